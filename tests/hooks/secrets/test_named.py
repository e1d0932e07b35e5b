"""Which names are looked for everywhere, and which only near a long value of a telling name."""

import re

import pytest

from warden_hooks.secrets.named import Named, is_named, named
from warden_hooks.secrets.rule_table import CompiledRule, rule_table
from warden_policies.rules import secret_rules
from warden_policies.rules.assignment import assignment

LONG, SHORT, EXACT = "[0-9a-f]{32}", "[0-9a-f]{8}", r"[0-9a-f]{16}\|[0-9a-f]{4}"
COMMON = [["access token"]] * 10


def rule(names: list[str], value: str) -> CompiledRule:
    regex = assignment(names, value).encode()
    return CompiledRule(names[0], regex, 500, (), 0, 0, "")


def patterns(*given: tuple[list[str], str]) -> Named:
    return named([rule(*one) for one in given])


def test_a_long_value_of_a_telling_name_is_looked_for_near_such_a_value() -> None:
    found = patterns((["acme api key"], LONG))
    assert (found.everywhere, found.near_owners) == ((), ((0,),))
    assert re.search(found.telling, f"ACME_API_KEY = '{'1b' * 16}'\n".encode())
    assert re.search(found.near[0], f"ACME_API_KEY = '{'1b' * 16}'\n".encode())


@pytest.mark.parametrize(
    ("names", "value"), [(["acme"], LONG), (["acme key"], SHORT), (["acme key"], EXACT)]
)
def test_anything_else_is_looked_for_everywhere(names: list[str], value: str) -> None:
    found = patterns((names, value))
    assert (found.owners, found.near, found.telling) == (((0,),), (), b"")


def test_a_rule_may_have_names_of_both_kinds() -> None:
    found = patterns((["acme", "acme key"], LONG))
    assert found.owners == found.near_owners == ((0,),)


def test_rules_with_values_of_about_the_same_form_share_a_pattern() -> None:
    found = patterns((["acme key"], LONG), (["other token"], "[0-9A-Z]{36}"))
    assert found.near_owners == ((0, 1),)


def test_the_value_of_a_name_as_common_as_any_stays_as_it_is() -> None:
    """Else each of its assignments would be a place to look at."""
    found = patterns(*((names, "[sbr]x[0-9a-z]{30}") for names in COMMON))
    assert found.owners == tuple((place,) for place in range(len(COMMON)))
    assert not re.search(found.everywhere[0], b"access_token = some_name_of_ours_in_here;\n")
    assert re.search(found.everywhere[0], b"access_token = 'sx" + b"1b" * 15 + b"'\n")


def test_every_rule_that_knows_names_is_asked_for() -> None:
    table = rule_table(secret_rules().values())
    found = named(table)
    owners = {place for places in (*found.owners, *found.near_owners) for place in places}
    assert owners == {place for place, rule in enumerate(table) if is_named(rule.regex)}
    assert len(found.near_owners) < len(owners) / 10, "that is what sharing is for"
