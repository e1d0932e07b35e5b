"""What a file must hold for a rule to match in it, as the engine itself says of each rule.

The engine derives a formula of literals from a rule's patterns (`-prefilter_of_rules`); it was
asked when the pack was made. Where no formula of a rule holds for a file, the rule cannot match
there, and where that is so for all rules, the engine need not even start. What is looked for here
are parts of words, so that a formula may hold where the engine's own would not, never the reverse.

The forms: `"None"`, or `["Some", F]`, where F is `["And", [F..]]`, `["Or", [F..]]`,
`["Pred", ["Idents", [TEXT..]]]` (all of them) or `["Pred", ["Regexp", PATTERN]]`.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from warden_policies.rules.secret_rule import RuleError

Test = Callable[[str], bool]
"""Whether a text may hold a match."""


_LONGEST_TEXT, _LONGEST_LINE = 300_000, 4_000


def is_safe_for_patterns(text: str) -> bool:
    """Whether even our own patterns may be run on it: its author may want us to wait."""
    return len(text) <= _LONGEST_TEXT and all(
        len(line) <= _LONGEST_LINE for line in text.split("\n")
    )


def is_usable(formula: Any) -> bool:  # noqa: ANN401 - as JSON gives it
    """Whether the formula rules anything out."""
    return not _always(formula)


def _always(formula: Any) -> bool:  # noqa: ANN401 - as JSON gives it
    """Whether every text passes."""
    if formula == "None":
        return True
    kind, value = formula
    if kind == "Some":
        return _always(value)
    if kind == "And":
        return all(map(_always, value))
    if kind == "Or":
        return any(map(_always, value))
    return bool(value[0] == "Idents" and not any(value[1]))


def compiled(formula: Any, *, own: bool) -> Test:  # noqa: ANN401 - as JSON gives it
    """The formula as a function. `own` says that its patterns are ours: those of others could be
    made to run for hours, and are taken to match.

    Raises:
        RuleError: the engine says something that is not known.
    """
    if formula == "None":
        return _anything
    try:
        return _part(formula[1] if formula[0] == "Some" else formula, own=own)
    except (TypeError, ValueError, IndexError, re.error):
        raise RuleError("the engine says something unknown of what a rule needs") from None


def _part(formula: Any, *, own: bool) -> Test:  # noqa: ANN401 - as JSON gives it
    kind, value = formula
    if kind == "Pred":
        return _predicate(*value, own=own)
    parts = tuple(_part(inner, own=own) for inner in value)
    if kind == "And":
        return parts[0] if len(parts) == 1 else lambda text: all(part(text) for part in parts)
    if kind == "Or":
        return parts[0] if len(parts) == 1 else lambda text: any(part(text) for part in parts)
    raise ValueError(kind)


def _predicate(kind: str, value: Any, *, own: bool) -> Test:  # noqa: ANN401 - as JSON gives it
    if kind == "Idents":
        words = tuple(map(str, value))
        if len(words) == 1:
            return _has(words[0])
        return lambda text: all(word in text for word in words)
    if not kind.startswith("Regexp"):
        raise ValueError(kind)
    if not own:
        return _anything
    search = _pattern(value).search
    return lambda text: search(text) is not None


@cache
def _has(word: str) -> Test:
    return lambda text: word in text


@cache
def _pattern(text: str) -> "re.Pattern[str]":
    return re.compile(text, re.MULTILINE)


def _anything(_text: str) -> bool:
    return True
