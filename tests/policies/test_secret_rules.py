"""The rules as data: complete, unique, readable."""

import re

import pytest

from warden_policies.finding import Severity
from warden_policies.rules import (
    SecretRule,
    parse_secret_rules,
    secret_rules,
    secret_rules_by_plugin,
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
    assert len(secret_rules_by_plugin()) == sum(bool(rule.detect_secrets) for rule in rules)


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
