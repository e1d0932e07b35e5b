"""`changewarden rules` and `changewarden explain`: what is looked for, and what to do about it."""

import json

import pytest

from warden_hooks.commands import explain, rules
from warden_hooks.secrets.rule_set import rule_set
from warden_policies.rules import secret_rules


def test_every_rule_is_listed_in_both_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules.main([]) == 0
    text = capsys.readouterr().out
    assert rules.main(["--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [rule["id"] for rule in document["rules"]] == sorted(secret_rules())
    assert document["digest"] == rule_set().digest
    assert all(rule_id in text for rule_id in secret_rules())
    assert f"{len(secret_rules())} rules for" in text


def test_the_digest_is_printed_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules.main(["--digest"]) == 0
    assert capsys.readouterr().out == f"{rule_set().digest}\n"


@pytest.mark.parametrize("name", ["aws-access-key", "aws-access-key-3f9c2a"])
def test_a_rule_is_explained_by_its_id_and_by_a_findings(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain.main([name]) == 0
    page = capsys.readouterr().out
    rule = secret_rules()["aws-access-key"]
    assert all(part in page for part in (rule.title, rule.fix, rule.revoke, rule.reference))


@pytest.mark.parametrize(
    ("name", "hint"),
    [("aws-acess-key", "did you mean 'aws-access-key'?"), ("???", "`changewarden rules` lists")],
)
def test_an_unknown_rule_is_a_usage_error_with_a_hint(
    name: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain.main([name]) == 2
    assert hint in capsys.readouterr().err
