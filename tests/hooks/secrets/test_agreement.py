"""Hyperscan finds whatever Python's `re` finds: every way to match every rule, in many places.

Not to be taken for granted: see `without_pairs`.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from detect_secrets.settings import get_plugins

from tests.hooks.secrets.prefilters import fastest
from tests.hooks.secrets.regex_text import every_way, matching
from warden_hooks.secrets.context.forms import FORMS
from warden_hooks.secrets.detect_secrets import TOKEN_PLUGINS, plugin_settings
from warden_hooks.secrets.engines import best_prefilter
from warden_hooks.secrets.layers.patterns import LAYERS
from warden_hooks.secrets.load import load
from warden_hooks.secrets.prefilter import Prefilter
from warden_hooks.secrets.rule_engine import RuleEngine
from warden_hooks.secrets.rule_table import CompiledRule, rule_table
from warden_policies.rules import secret_rules
from warden_policies.rules.recipe import bake

Table = tuple[CompiledRule, ...]
Span = tuple[int, int]
TABLE: Table = rule_table(secret_rules().values())
LONGER_TEXTS = 2
"""For each rule, beside those that are as short as may be."""


@cache
def texts(rule: CompiledRule) -> Sequence[bytes]:
    """Every way to match the rule, two long ones, and its own examples."""
    chance = random.Random(rule.id)
    made = every_way(rule.regex)
    made += [matching(rule.regex, chance) for _ in range(LONGER_TEXTS)]
    made += [bake(recipe, rule.id).encode() for recipe in secret_rules()[rule.id].found]
    return [text for text in made if expected(rule, text)]


def expected(rule: CompiledRule, data: bytes) -> set[Span]:
    found = re.finditer(rule.regex, data)
    return {match.span(match.lastindex or 0) for match in found}


@cache
def neighbours() -> Sequence[bytes]:
    """A keyword and a secret of every rule."""
    return [some for rule in TABLE for some in (rule.keywords[0], texts(rule)[0])]


def after_other_rules(text: bytes, chance: random.Random) -> bytes:
    others = b" ".join(chance.choices(neighbours(), k=2))
    return b"\n" * chance.randint(16, 32) + others + b"\n" + text


Surrounding = Callable[[bytes, random.Random], bytes]
BETWEEN_LINES: Surrounding = lambda text, _: b"import os\n" * 9 + text + b"\r\nx = 1\n"  # noqa: E731
SURROUNDINGS: dict[str, Surrounding] = {
    "alone": lambda text, _: text,
    "between lines": BETWEEN_LINES,
    "in a long line": lambda text, _: b"x=(1);" * 30 + b" " + text + b" " + b"y=[2];" * 30,
    "after other rules": after_other_rules,
}


def lost(table: Table, prefilter: Prefilter, around: Surrounding) -> set[str]:
    """The rules of which something is not found. The texts may look like secrets: none is told."""
    engine, chance = RuleEngine(table, prefilter), random.Random(1)
    missing: set[str] = set()
    for index, rule in enumerate(table):
        for text in texts(rule):
            data = around(text, chance)
            hits = [hit for hit in prefilter.hits(data) if hit[0] == index]
            matches = engine.confirmed(data.decode("latin-1"), data, hits)
            if {(match.start, match.end) for match in matches} != expected(rule, data):
                missing.add(rule.id)
    return missing


@pytest.fixture(scope="module")
def as_built() -> Prefilter:
    prefilter = best_prefilter(load(patient=True))
    assert prefilter.name == "hyperscan"
    return prefilter


def test_there_are_texts_for_every_rule() -> None:
    assert not [rule.id for rule in TABLE if len(texts(rule)) < 3]
    assert sum(len(texts(rule)) for rule in TABLE) > 20 * len(TABLE)


@pytest.mark.parametrize("around", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_every_way_to_match_every_rule_is_found(as_built: Prefilter, around: Surrounding) -> None:
    assert not lost(TABLE, as_built, around)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_lost_whatever_other_rules_there_are(seed: int) -> None:
    """Rules share patterns, and patterns share machines: each rule added changes others."""
    some = tuple(random.Random(seed).sample(TABLE, 100))
    assert not lost(some, fastest(some), BETWEEN_LINES)


BITS = [
    *(b"passwor", b"secre", b"toke", b"ke", b"cre", b"aut", b"beare", b"pw", b"pat", b"login"),
    *(b"pass", b"secret", b"token", b"key", b"cred", b"auth", b"r2", b"a", b"self", b"return"),
    *(b" ", b"_", b"-", b".", b"=", b":", b'"', b"'", b"\n", b"(", b")", b"{", b"x1"),
]


def hit(prefilter: Prefilter, text: bytes) -> set[int]:
    return {place for place, _ in prefilter.hits(BETWEEN_LINES(text, random.Random(1)))}


@pytest.mark.parametrize("number", range(len(FORMS)), ids=lambda number: FORMS[number].id)
def test_every_way_to_give_a_value_to_a_name_is_found(as_built: Prefilter, number: int) -> None:
    """Also behind beginnings of other names, which the engine could take for the one it waits
    for."""
    chance = random.Random(number)
    missing: list[bytes] = []
    for part in FORMS[number].parts:
        for text in every_way(part):
            data = b"".join(chance.choices(BITS, k=chance.randint(0, 40))) + text + b"\n"
            wanted = {match.end() for match in re.finditer(part, data)}
            found = {end for place, end in as_built.hits(data) if place == len(TABLE) + number}
            missing += [data] if wanted - found else []
    assert not missing


def test_every_way_to_match_a_plug_in_is_found(as_built: Prefilter) -> None:
    with plugin_settings():
        regexes = [
            regex
            for plugin in get_plugins()
            if type(plugin).__name__ in TOKEN_PLUGINS
            for regex in plugin.denylist
        ]
    assert len(regexes) == len(load(patient=True).plugins)
    missing: set[str] = set()
    for place, regex in enumerate(regexes, len(TABLE) + len(FORMS) + len(LAYERS)):
        ways = every_way(regex.pattern.encode())
        texts = [text for way in ways for text in (way, way.swapcase())]
        found = [text for text in texts if regex.search(text.decode())]
        assert found, regex.pattern
        if any(place not in hit(as_built, text) for text in found):
            missing.add(regex.pattern)
    assert not missing
