"""What the punctuation and the keywords of a pattern say a file must hold, when the pack is made.

The engine itself derives only words from a pattern: of `$L = ["...", $X]` it says nothing, and of
most code such a pattern is not true. What is said here holds for every way to write what the
pattern means, with brackets around it and over several lines.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from warden_hooks.patterns.prefilter import NOTHING, joined

_SUBSCRIPT = r"\[(?:[^\[\]]|\[[^\[\]]{0,100}\]){0,200}?"
_SIGNS = (
    (r"\+=", r"\+="),
    (r"(?m)^\s*\$\w+(\[[^\]]*\])+ = ", r"\]\s*(?::[^\n=]*)?="),
    (r"= \[", r"=\s*\(*\s*\["),
    (r"= \{", r"=\s*\(*\s*\{"),
    (r"\*\*\$", r"\*\*"),
    (r"\[::", r"::"),
    (r"\[:", r"\[\s*:"),
    (r"\[\$\w+:\]", r":\s*\]"),
    (r"\[\$\w+:\$", _SUBSCRIPT + ":"),
    (r" % ", "%"),
    (r" // ", "//"),
    (r"\bfor \$\w+ in ", r"\bfor\b"),
    (r" if .* else ", r"\belse\b"),
    (r"(?m)^\s*(switch|for|while) \(", r"\b(?:switch|for|while)\b"),
    (r" \? .* : ", r"\?"),
    (r"(?m)^\s*while ", r"\bwhile\b"),
    (r"(?m)^\s*assert ", r"\bassert\b"),
    (r"(?m)^\s*del ", r"\bdel\b"),
    (r'(?<!\w)f"', r"(?:[fF][rR]?|[rR][fF])[\"']"),
)
"""What a pattern may hold, and what a file then must."""
_LITERAL = re.compile(r"\"(?!\$[A-Z])([\w$-]{4,})\"")
"""A text that a file has to spell as it is; one put together from parts is not found."""
HERE, ALL, ANY = ("pattern", "pattern-inside"), "patterns", "pattern-either"
_REGEX = "pattern-regex"


Words = Callable[[str], Any]
"""What the engine itself derives from a pattern: a formula."""


def spelled(item: Mapping[str, Any], words: Words) -> Any:  # noqa: ANN401 - a formula
    """The formula that follows from an item's patterns; "None" when none does."""
    found = [_of_pattern(item[key], words) for key in HERE if key in item]
    found += [_found(item[_REGEX])] if _REGEX in item else []
    if ALL in item:
        found.append(joined("And", (spelled(each, words) for each in item[ALL])))
    if ANY in item:
        found.append(joined("Or", (spelled(each, words) for each in item[ANY])))
    return joined("And", found)


def _of_pattern(pattern: Any, words: Words) -> Any:  # noqa: ANN401 - as YAML gives it
    if isinstance(pattern, Mapping):
        return spelled(pattern, words)
    text = str(pattern)
    held = [held for sign, held in _SIGNS if re.search(sign, text)]
    held += [re.escape(literal) for literal in _LITERAL.findall(text)]
    return joined("And", [words(text), *map(regexp, held)])


def patterns_in(item: Mapping[str, Any]) -> Iterator[str]:
    """The patterns of which one or all have to be found."""
    for key in HERE:
        if isinstance(item.get(key), Mapping):
            yield from patterns_in(item[key])
        elif key in item:
            yield str(item[key])
    for key in (ALL, ANY):
        for inner in item.get(key, ()):
            yield from patterns_in(inner)


def _found(pattern: str) -> Any:  # noqa: ANN401 - a formula
    try:
        re.compile(pattern)
    except re.error:  # the engine's patterns can say more
        return NOTHING
    return regexp(pattern)


def regexp(pattern: str) -> Any:  # noqa: ANN401 - a formula
    """The formula that a pattern must be found."""
    return ["Some", ["Pred", ["Regexp", pattern]]]
