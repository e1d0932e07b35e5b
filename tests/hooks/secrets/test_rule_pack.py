"""Every rule finds what its recipes say it finds, and leaves alone what they say it must."""

import re
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import hyperscan
import pytest

from warden_hooks.secrets.checksum import CHECKSUMS
from warden_hooks.secrets.judge import verdict
from warden_hooks.secrets.structure import CHECKS
from warden_policies.rules import SecretRule, secret_rules
from warden_policies.rules.recipe import bake

RULES = [rule for rule in secret_rules().values() if rule.regex]
IDS = [rule.id for rule in RULES]
WIDEST = 1_000
"""Bytes; only a rule for a whole block may be wider."""
BLOCKS = frozenset(
    {
        "base64-private-key",
        "encrypted-private-key",
        "jwt-token",
        "kubeconfig-client-key",
        "private-key",
        "private-key-der",
        "pkcs12-key-store",
        "java-key-store",
        "keepass-database",
        "putty-encrypted-private-key",
        "putty-private-key",
    }
)
EXAMPLES_EACH_WAY = 3


def secrets_in(rule: SecretRule, text: str) -> list[str]:
    """What the rule takes for a secret in the text, after its value was judged."""
    found = []
    for match in re.finditer(rule.regex.encode(), text.encode()):
        secret = (match[1] if match.re.groups else match[0]).decode()
        if not verdict(rule, secret).doubt:
            found.append(secret)
    return found


def baked(rule: SecretRule, recipes: tuple[str, ...]) -> list[str]:
    return [bake(recipe, f"{rule.id}/{index}") for index, recipe in enumerate(recipes)]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_finds_its_examples(rule: SecretRule) -> None:
    assert len(rule.found) >= EXAMPLES_EACH_WAY
    for number, text in enumerate(baked(rule, rule.found)):
        found = secrets_in(rule, text)
        assert len(found) == 1, f"found[{number}] gives {len(found)} secrets"
        assert any(keyword in text.lower() for keyword in rule.keywords), f"found[{number}]"


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_leaves_its_counter_examples_alone(rule: SecretRule) -> None:
    assert len(rule.not_found) >= EXAMPLES_EACH_WAY
    for number, text in enumerate(baked(rule, rule.not_found)):
        assert not secrets_in(rule, text), f"not_found[{number}]"


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_is_written_for_every_engine(rule: SecretRule) -> None:
    compiled = re.compile(rule.regex.encode())
    assert compiled.groups <= 1, "one group at most: the secret"
    tree = parser.parse(rule.regex)
    assert tree.getwidth()[1] <= (WIDEST if rule.id not in BLOCKS else 20_000), "unbounded"
    assert not forbidden(tree), "look-arounds, back references and lazy quantifiers are not shared"
    assert all(keyword == keyword.lower() and len(keyword) >= 2 for keyword in rule.keywords)
    assert not rule.check or rule.check in CHECKS
    assert not rule.checksum or rule.checksum in CHECKSUMS
    hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK).compile(
        expressions=[rule.regex.encode()], ids=[0], flags=[hyperscan.HS_FLAG_ALLOWEMPTY]
    )


def forbidden(tree: Any) -> bool:
    """Whether the parsed regex uses what not every engine knows."""
    bad = {sre.ASSERT, sre.ASSERT_NOT, sre.GROUPREF, sre.GROUPREF_EXISTS, sre.MIN_REPEAT}
    return any(operation in bad or holds_forbidden(argument) for operation, argument in tree)


def holds_forbidden(argument: Any) -> bool:
    if isinstance(argument, parser.SubPattern):
        return forbidden(argument)
    if isinstance(argument, list | tuple):
        return any(map(holds_forbidden, argument))
    return False
