"""Formulas of what a file must hold for a rule, or a part of one, to match in it.

The forms: `"None"`, which says nothing, or `["Some", F]`, where F is `["And", [F..]]`,
`["Or", [F..]]`, `["Pred", ["Idents", [WORD..]]]` (all of them), `["Pred", ["Regexp", PATTERN]]`
or, which is ours, `["Pred", ["Text", PART]]`, a text that may be a part of words. The engine
answers in them (`-prefilter_of_rules`); `prefilter` tries them on texts.
"""

import json
from collections.abc import Iterable
from typing import Any

NOTHING = "None"
"""The formula that every text passes."""
WORDS, TEXT, REGEXP = "Idents", "Text", "Regexp"


def compact(value: Any) -> str:  # noqa: ANN401 - whatever JSON can spell
    """JSON without a blank, always the same for the same."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def predicate(kind: str, value: str) -> Any:  # noqa: ANN401 - a formula
    """The formula that a pattern (REGEXP) or a text (TEXT) must be found."""
    return ["Some", ["Pred", [kind, value]]]


def joined(kind: str, formulas: Iterable[Any]) -> Any:  # noqa: ANN401 - a formula
    """All of the formulas together (And), or any of them (Or)."""
    every = list(formulas)
    if kind == "Or" and (not every or NOTHING in every):
        return NOTHING
    told: list[Any] = []
    for formula in every:
        if formula != NOTHING and formula[1] not in told:
            told.append(formula[1])
    if not told:
        return NOTHING
    return ["Some", told[0] if len(told) == 1 else [kind, told]]


def of_words(formula: Any) -> Any:  # noqa: ANN401 - as JSON gives it
    """What remains of a formula when its patterns are taken to be found: what was said of one
    variable is no pattern for a whole file."""
    if formula == NOTHING:
        return NOTHING
    kind, value = formula
    if kind == "Some":
        return of_words(value)
    if kind == "Pred":
        return ["Some", formula] if value[0] == WORDS else NOTHING
    return joined(kind, map(of_words, value))


def is_selective(formula: Any) -> bool:  # noqa: ANN401 - as JSON gives it
    """Whether there are texts that do not pass."""
    if formula == NOTHING:
        return False
    kind, value = formula
    if kind == "Some":
        return is_selective(value)
    if kind == "And":
        return any(map(is_selective, value))
    if kind == "Or":
        return all(map(is_selective, value))
    return value[0] not in (WORDS, TEXT) or any(value[1])
