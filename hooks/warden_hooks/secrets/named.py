"""Rules that know a value by the name it is given to, as patterns: half of all rules.

Names that are given a value of about the same form share a pattern. Most names end in a word as
telling as `key`, and most values are long; where neither such a word nor such a value is, none of
these names is either. So they have a database of their own, which is asked only there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from warden_hooks.secrets.coarse import VALUE_BEGINS, VALUE_ENDS, coarse_value, cut_short
from warden_hooks.secrets.rule_table import CompiledRule

_NAMES_BEGIN, _NAMES_END = b"(?i:", rb")(?i:[\w.-]{0,40})"
"""What stands around the names in every regex made by `assignment`."""
_BETWEEN_WORDS, _WORD_BEGINS = rb"[\s_.-]{0,2}", rb"(?:\b|_)"
_EITHER = re.compile(rb"\|(?!_\))")
_WORD_ENDS = re.compile(rb"([a-z0-9])(?=\[\\s_\.-\]\{0,2\})")
_IN_NO_TEXT = rb"\x0e-\x1f\xf5-\xff"
"""Bytes that neither UTF-8 nor any other text has."""

_COMMON = 10
"""Rules in whose names a word is that tells next to nothing."""
_LONG = 64
"""A count up to which the length of a value tells something."""
_MOST_NAMES, _MOST_NAMES_NEAR = 1_200, 6_000
"""Bytes in one pattern: more is smaller, but of much more Hyperscan says that it is too large."""
_TELLING = b"key|token|secret|pass|auth|salt|cred|api"
_TELLS = re.compile(_TELLING)
_LONG_VALUE = 16
_FROM_A_TELLING_WORD = b"(?i:" + _TELLING + rb")[\w.-]{0,}"
_ANY_LONG_VALUE = VALUE_BEGINS + rb"[\w+/=.:~-]{%d,}" % _LONG_VALUE + VALUE_ENDS

Owners = tuple[tuple[int, ...], ...]
"""For each of some regexes, the places in the table of the rules that it stands for."""
_ByValue = dict[bytes, list[tuple[int, bytes]]]
"""What follows names, and the names that it follows, with the places of their rules."""


class Named(NamedTuple):
    """Rules that know names, as regexes for two databases."""

    everywhere: tuple[bytes, ...]
    owners: Owners
    telling: bytes
    """Ends wherever one of `near` does, and elsewhere. Empty without any."""
    near: tuple[bytes, ...]
    near_owners: Owners


def named(table: Sequence[CompiledRule]) -> Named:
    """The patterns of those of the rules that know names.

    A name as common as `access token` tells too little by itself, so that its value has to be just
    as the rule says.
    """
    rules = [(place, *_names_and_rest(rule.regex)) for place, rule in enumerate(table)]
    common = _common_words(names for _, names, _ in rules)
    alone: list[tuple[bytes, int]] = []
    everywhere: _ByValue = defaultdict(list)
    near: _ByValue = defaultdict(list)
    for place, names, rest in rules:
        coarse, least = coarse_value(rest)
        plain = [name for name in names if common.issuperset(_words(name))]
        if plain:
            alone.append((_regex(plain, cut_short(rest, _LONG)), place))
        for name in names:
            if name not in plain:
                tells = least >= _LONG_VALUE and _TELLS.search(_words(name)[-1])
                (near if tells else everywhere)[coarse].append((place, name))
    shared, owners = _shared(everywhere, _MOST_NAMES)
    return Named(
        (*(regex for regex, _ in alone), *shared),
        (*((place,) for _, place in alone), *owners),
        _telling(near),
        *_shared(near, _MOST_NAMES_NEAR),
    )


def is_named(regex: bytes) -> bool:
    """Whether the regex is made by `assignment`."""
    return bool(_names_and_rest(regex)[0])


def _names_and_rest(regex: bytes) -> tuple[list[bytes], bytes]:
    """The alternative names in a regex made by `assignment`, and what follows them; no names in
    another one."""
    head, end, rest = regex.partition(_NAMES_END)
    names = head.removeprefix(_NAMES_BEGIN)
    try:
        re.compile(names)
    except re.error:  # a group that began before the names
        return [], regex
    return (_EITHER.split(names), end + rest) if end and names != head else ([], regex)


def _words(name: bytes) -> list[bytes]:
    return name.removeprefix(_WORD_BEGINS).split(_BETWEEN_WORDS)


def _common_words(names: Iterable[Sequence[bytes]]) -> frozenset[bytes]:
    """Those that are in the names of many rules."""
    used: Counter[bytes] = Counter()
    for of_a_rule in names:
        used.update({word for name in of_a_rule for word in _words(name)})
    return frozenset(word for word, rules in used.items() if rules >= _COMMON)


def _regex(names: Iterable[bytes], rest: bytes) -> bytes:
    return _NAMES_BEGIN + b"|".join(map(_without_pairs, names)) + rest


def _without_pairs(name: bytes) -> bytes:
    """The name, with many bytes more for the last letter of each word before another one.

    Vectorscan 5.4.12 skips over text that has none of a few pairs of bytes in it, and forgets to
    look at the last two bytes of what it skips (mended by its pull request 368). So it could lose
    `r2secret`, because the text before `secret` ends with the pair it waits for. A pair with many
    second bytes is none that it would wait for.
    """
    return _WORD_ENDS.sub(lambda letter: b"[" + letter[1] + _IN_NO_TEXT + b"]", name)


def _shared(by_value: _ByValue, most: int) -> tuple[tuple[bytes, ...], Owners]:
    """The regexes, as long as they may be, and whose they are."""
    regexes: list[bytes] = []
    owners: list[tuple[int, ...]] = []
    for rest, names in by_value.items():
        for some in _batches(names, most):
            regexes.append(_regex((name for _, name in some), rest))
            owners.append(tuple(sorted({place for place, _ in some})))
    return tuple(regexes), tuple(owners)


def _batches(names: Iterable[tuple[int, bytes]], most: int) -> Iterator[list[tuple[int, bytes]]]:
    batch: list[tuple[int, bytes]] = []
    size = 0
    for place, name in names:
        if batch and size + len(name) > most:
            yield batch
            batch, size = [], 0
        batch.append((place, name))
        size += len(name) + 1
    yield batch


def _telling(near: _ByValue) -> bytes:
    """A telling word, the rest of the name, what gives it a value, and any long value."""
    between = {rest.partition(VALUE_BEGINS)[0].removeprefix(_NAMES_END) for rest in near}
    return b"|".join(_FROM_A_TELLING_WORD + some + _ANY_LONG_VALUE for some in sorted(between))
