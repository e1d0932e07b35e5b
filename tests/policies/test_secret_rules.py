"""The rules as data: complete, unique, readable."""

import re

import pytest

from warden_policies.finding import Severity
from warden_policies.rules import (
    SecretRule,
    Shelf,
    parse_secret_rules,
    secret_rules,
)

VALID = {
    "provider": "A",
    "title": "A token",
    "severity": "high",
    "specificity": 30,
    "shown": 4,
    "fix": "read it",
    "revoke": "https://a.example/revoke",
    "reference": "https://a.example/format",
    "detect_secrets": "ADetector",
}


def toml(table: dict[str, object], rule: str = "a-token") -> str:
    lines = [
        f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"'
        for name, value in table.items()
    ]
    return "\n".join([f"[{rule}]", *lines])


@pytest.mark.parametrize("rule", secret_rules().values(), ids=lambda rule: rule.id)
def test_every_rule_says_what_it_is_and_what_to_do(rule: SecretRule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", rule.id)
    assert rule.title[0].isupper() or rule.title.startswith("npm")
    assert "\n" not in rule.fix
    assert len(rule.fix) > 20
    assert rule.fix[-1] not in ".!"
    for address in (rule.revoke, rule.reference):
        assert re.fullmatch(r"https://[\w.-]+/\S*", address)


def test_titles_are_unique_and_every_plugin_has_its_own_rule() -> None:
    rules = secret_rules().values()
    assert len({rule.title for rule in rules}) == len(rules)
    plugins = [rule.detect_secrets for rule in rules if rule.detect_secrets]
    assert len(set(plugins)) == len(plugins)


def test_a_rule_is_read() -> None:
    (rule,) = parse_secret_rules(toml(VALID), "a.toml")
    assert (rule.id, rule.severity, rule.shown) == ("a-token", Severity.HIGH, 4)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fix": None}, "a.toml: rule 'a-token': missing or unknown fields: fix"),
        ({"fxi": "x"}, "a.toml: rule 'a-token': missing or unknown fields: fxi"),
        ({"severity": "bad"}, "'bad' is not a valid Severity"),
        ({"shown": 13}, "a.toml: rule 'a-token': shown must be 0 to 12"),
        ({"shown": -1}, "a.toml: rule 'a-token': shown must be 0 to 12"),
    ],
)
def test_a_wrong_rule_is_refused(change: dict[str, object], message: str) -> None:
    table = {name: value for name, value in (VALID | change).items() if value is not None}
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_secret_rules(toml(table), "a.toml")


def test_a_rule_cannot_be_written_twice() -> None:
    with pytest.raises(ValueError, match="a-token"):
        parse_secret_rules(toml(VALID) + "\n" + toml(VALID), "a.toml")


def shelf(**texts: str) -> Shelf:
    return Shelf({f"{name}.toml": text for name, text in texts.items()})


def test_only_the_file_that_is_asked_about_has_to_be_right() -> None:
    rules = shelf(good=toml(VALID), bad="[b-token]\n")
    assert rules["a-token"].title == "A token"
    assert rules.with_plugin("ADetector").id == "a-token"
    assert "c-token" not in rules
    with pytest.raises(ValueError, match="missing or unknown fields"):
        list(rules)


def test_an_id_in_two_files_is_refused() -> None:
    with pytest.raises(ValueError, match="two rules have the id 'a-token'"):
        len(shelf(one=toml(VALID), two=toml(VALID)))


def test_a_plugin_that_no_rule_claims_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        shelf(one=toml(VALID)).with_plugin("Nobody")
