"""The same secrets, whichever way the places to look at are found, and as in the whole text."""

import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hooks.secrets.prefilters import fastest as prefilter_of
from tests.hooks.secrets.regex_text import matching
from warden_hooks.secrets import windows
from warden_hooks.secrets.engine import RawMatch
from warden_hooks.secrets.prefilter import Prefilter
from warden_hooks.secrets.prefilter.ahocorasick import AhoCorasickPrefilter
from warden_hooks.secrets.prefilter.plain import PlainPrefilter
from warden_hooks.secrets.rule_engine import RuleEngine, raw_match
from warden_hooks.secrets.rule_table import CompiledRule, rule_table
from warden_hooks.secrets.windows import regions
from warden_hooks.source import SourceFile
from warden_policies.finding import Severity
from warden_policies.rules import RuleError, SecretRule, secret_rules
from warden_policies.rules.recipe import bake

Table = tuple[CompiledRule, ...]
RULES = [rule for rule in secret_rules().values() if rule.regex]


def source(text: str) -> SourceFile:
    return SourceFile("a.txt", text, len(text))


def rungs(table: Table, *, fastest: bool = True) -> list[RuleEngine]:
    prefilters: list[Prefilter] = [AhoCorasickPrefilter(table), PlainPrefilter(table)]
    if fastest:
        prefilters.append(prefilter_of(table))
    return [RuleEngine(table, prefilter) for prefilter in prefilters]


def in_the_whole_text(table: Table, text: str) -> list[RawMatch]:
    """What every rule's regex finds when it is searched everywhere."""
    data, found = text.encode(), []
    for rule in table:
        for match in re.finditer(rule.regex, data):
            start, end = (
                len(data[:place].decode(errors="ignore"))
                for place in match.span(match.lastindex or 0)
            )
            found.append(raw_match(rule, text, start, end))
    return found


def by_place(matches: Iterator[RawMatch] | list[RawMatch]) -> list[RawMatch]:
    return sorted(matches, key=lambda match: (match.start, match.end, match.rule))


@pytest.fixture(scope="module")
def table() -> Table:
    return rule_table(RULES)


@pytest.fixture(scope="module")
def engines(table: Table) -> list[RuleEngine]:
    return rungs(table)


def assert_equal(engines: list[RuleEngine], table: Table, text: str) -> None:
    """Told by rule: a secret is printed by no failing test either."""
    expected = by_place(in_the_whole_text(table, text))
    for engine in engines:
        found = by_place(engine.matches(source(text)))
        differing = {match.rule for match in {*found} ^ {*expected}}
        assert not differing, f"{engine.rung}: is one of its keywords in every match?"
        assert len(found) == len(expected)


def baked(count: int | None = None) -> list[str]:
    """Recipes of all rules, or some of them, in no order."""
    recipes = [(rule.id, recipe) for rule in RULES for recipe in (*rule.found, *rule.not_found)]
    random.Random(1).shuffle(recipes)
    return [bake(recipe, seed) for seed, recipe in recipes[:count]]


def test_every_recipe_gives_the_same_on_every_rung(engines: list[RuleEngine], table: Table) -> None:
    assert_equal(engines, table, "\n".join(baked()))


@pytest.mark.parametrize("between", ["", " ", "é'", "\r\n日本 = ", "x" * 1000])
def test_secrets_side_by_side_are_the_same_on_every_rung(
    engines: list[RuleEngine], table: Table, between: str
) -> None:
    assert_equal(engines, table, between.join(baked(100)))


def test_texts_made_from_the_rules_are_the_same_on_every_rung(table: Table) -> None:
    """Also shows that a keyword is a part of every match, which the lower rungs rely on."""
    for first in range(0, len(table), 40):
        some = table[first : first + 40]
        chance = random.Random(first)
        pieces = [matching(rule.regex, chance) for rule in some for _ in range(5)]
        text = b"".join(piece + chance.choice([b"\n", b"'", b" ", b""]) for piece in pieces)
        assert_equal(rungs(some, fastest=False), some, text.decode("latin-1"))


_SOME = rule_table(random.Random(2).sample(RULES, 40))
_PIECES = [matching(rule.regex, random.Random(1)).decode("latin-1") for rule in _SOME]


@pytest.fixture(scope="module")
def few() -> list[RuleEngine]:
    return rungs(_SOME)


@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=20)), max_size=8))
def test_whatever_the_text_every_rung_finds_the_same(
    few: list[RuleEngine], pieces: list[str]
) -> None:
    assert_equal(few, _SOME, "".join(pieces))


def rule(regex: str, *keywords: str) -> SecretRule:
    return SecretRule(
        id="r",
        provider="P",
        title="T",
        severity=Severity.LOW,
        fix="f",
        revoke="r",
        reference="r",
        regex=regex,
        keywords=keywords or ("k",),
    )


AWKWARD = [
    pytest.param(r"k[a-z]{3,9}", "kabc kabcdefghijkl kkkkkkkk" * 9, id="greedy, many ends"),
    pytest.param(r"k(a{3})(?:[^a]|$)", "kaaa kaaaa kaaakaaa\nkaaa", id="the end must be seen"),
    pytest.param(r"k(?:a|ab)c{0,3}", "kabccc kacc kab", id="the first alternative wins"),
    pytest.param(r"\bk\d{2}\b", "k12 xk12 k123 k12é ék12", id="boundaries beside other letters"),
    pytest.param(r"(?i:key)\s{0,3}=(\S{4,8})", "KEY \n =abcdefghij key=äöüß ", id="over lines"),
    pytest.param(r"k[^k]{0,5}k", "k k k k k kkkk kaak aaak", id="overlapping matches"),
    pytest.param(r"^k1|k2$", "k1 k1\nk2\nk1 k2\n", id="ends of the text"),
    pytest.param(r"k[0-9a-z]{40}(?:[^0-9a-z]|$)", ("k" + "a1" * 20) * 50, id="never a boundary"),
]


@pytest.mark.parametrize(("regex", "text"), AWKWARD)
@pytest.mark.parametrize("repeat", [1, 30])
def test_awkward_rules_are_the_same_on_every_rung(regex: str, text: str, repeat: int) -> None:
    table = rule_table([rule(regex)])
    assert_equal(rungs(table), table, text * repeat)
    assert_equal(rungs(table), table, f"{text}\n{'-' * 50}" * repeat)


@pytest.mark.parametrize("between", ["", " ", "\n"])
def test_ends_close_together_are_told_by_the_outermost(between: str) -> None:
    """Shorter and longer apart than a run, with rules narrower and wider than one."""
    regexes = (r"k[a-z]{1,300}", r"k[0-9]{2}", r"(k[a-z]{1,9})[^a-z]")
    table = rule_table([rule(regex) for regex in regexes])
    for count in (1, 31, 32, 33, 63, 64, 65, 66, 200, 400):
        text = between.join(["k" + "a" * count, "k12", "kk" * count, "k34 "] * 3)
        assert_equal(rungs(table), table, text)


def test_a_password_that_is_the_user_is_none(table: Table) -> None:
    rule = next(rule for rule in table if rule.id == "mysql-url-password")
    text = "mysql://zookeeper7:zookeeper7@db.corp/shop"
    start = text.rindex("zookeeper7")
    assert raw_match(rule, text, start, start + 10).doubt == "same as the user"
    assert not raw_match(rule, text.replace("//z", "//y"), start, start + 10).doubt


def test_regions_that_touch_are_one() -> None:
    assert list(regions([30, 10, 12], 4, 2, 31)) == [(6, 14), (26, 31)]
    assert list(regions([3], 10, 2, 100)) == [(0, 5)]


def test_a_rule_without_a_bound_is_refused() -> None:
    with pytest.raises(RuleError, match="more than"):
        rule_table([rule(r"k.*")])
    with pytest.raises(RuleError, match="'r'"):
        rule_table([rule(r"k(")])


def test_a_width_is_that_of_the_longest_match() -> None:
    (compiled,) = rule_table([rule(r"\bk(?:a{2,9}|bb)[^c]?\b", "K", "a")])
    assert compiled.width == 11
    assert compiled.keywords == (b"a", b"k")


def test_a_regex_is_compiled_only_once_it_has_a_hit(table: Table) -> None:
    windows.pattern.cache_clear()
    assert not [*RuleEngine(table, PlainPrefilter(table)).matches(source("0 0 0"))]
    assert windows.pattern.cache_info().currsize == 0
