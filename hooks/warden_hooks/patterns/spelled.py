"""What the punctuation and the keywords of a pattern say a file must hold, when the pack is made.

The engine itself derives only words from a pattern: of `$L = ["...", $X]` it says nothing, and of
most code such a pattern is not true. What is said here holds for every way to write what the
pattern means, with brackets around it and over several lines; but for a text that code puts
together from parts. Files are not ours: none of the patterns here may run for long on any.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from warden_hooks.patterns.formula import NOTHING, REGEXP, compact, joined, predicate
from warden_hooks.patterns.parts import ALL, ANY, HERE, HOLDS, OF_VARIABLE

_SUBSCRIPT = r"\[(?:[^\[\]]|\[[^\[\]]{0,100}\]){0,200}?"
_SIGNS = (
    (r"\+=", r"\+="),
    (r"(?m)^\s*\$\w+(\[[^\]]*\])+ = ", r"\]\s*(?::[^\n=]*)?="),
    (r"= \[", r"=[\s(]*\["),
    (r"= \{", r"=[\s(]*\{"),
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
_REGEX = "pattern-regex"


Words = Callable[[str], Any]
"""What the engine itself derives from a pattern: a formula."""


def spelled(item: Mapping[str, Any], words: Words, *, of_file: bool = True) -> Any:  # noqa: ANN401
    """The formula that follows from an item's patterns; "None" when none does.

    `of_file` is false for what is looked for in a variable, where a regex begins and ends with it.
    """
    found = [_of_pattern(item[key], words) for key in HERE if key in item]
    if _REGEX in item and of_file:
        found.append(_found(item[_REGEX]))
    for kind, key in (("And", ALL), ("Or", ANY)):
        if key in item:
            inner = (spelled(each, words, of_file=of_file) for each in item[key])
            found.append(joined(kind, inner))
    if _is_of_this_language(item):
        found.append(spelled(item[OF_VARIABLE], words, of_file=False))
    return joined("And", found)


def _is_of_this_language(item: Mapping[str, Any]) -> bool:
    return OF_VARIABLE in item and "language" not in item[OF_VARIABLE]


def _of_pattern(pattern: Any, words: Words) -> Any:  # noqa: ANN401 - as YAML gives it
    if isinstance(pattern, Mapping):
        return spelled(pattern, words)
    text = str(pattern)
    held = [held for sign, held in _SIGNS if re.search(sign, text)]
    held += [re.escape(literal) for literal in _LITERAL.findall(text)]
    return joined("And", [words(text), *(predicate(REGEXP, each) for each in held)])


def inner(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The items in an item of which one or all have to be found."""
    yield from (item[key] for key in HERE if isinstance(item.get(key), Mapping))
    for key in (ALL, ANY):
        yield from item.get(key, ())
    if _is_of_this_language(item):
        yield item[OF_VARIABLE]


def patterns_in(item: Mapping[str, Any]) -> Iterator[str]:
    """The patterns of which one or all have to be found."""
    yield from (
        str(item[key]) for key in HERE if key in item and not isinstance(item[key], Mapping)
    )
    for each in inner(item):
        yield from patterns_in(each)


def marked(item: Mapping[str, Any], words: Words, *, of_file: bool = True) -> dict[str, Any]:
    """The item, in which alternatives say what a file must hold for them: see `parts`."""

    def alternative(each: Mapping[str, Any]) -> dict[str, Any]:
        formula = spelled(each, words, of_file=of_file)
        says = {} if formula == NOTHING else {HOLDS: compact(formula)}
        return marked(each, words, of_file=of_file) | says

    told = dict(item)
    for key in HERE:
        if isinstance(item.get(key), Mapping):
            told[key] = marked(item[key], words)
    if ALL in item:
        told[ALL] = [marked(each, words, of_file=of_file) for each in item[ALL]]
    if ANY in item:
        told[ANY] = [alternative(each) for each in item[ANY]]
    if _is_of_this_language(item):
        told[OF_VARIABLE] = marked(item[OF_VARIABLE], words, of_file=False)
    return told


def _found(pattern: str) -> Any:  # noqa: ANN401 - a formula
    try:
        re.compile(pattern)
    except re.error:  # the engine's patterns can say more
        return NOTHING
    return predicate(REGEXP, pattern)
