"""The rules as data: what each kind of secret is called, how bad it is and what to do about it.

One TOML file per provider under `secrets/`, one table per kind of secret; the table's name is the
rule's id. The files are part of this package: reading them is reading our own source, and nothing
else is read here. Loaded only when there is something to report.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from warden_policies.rules.secret_rule import RuleError, SecretRule, read_rule, split_shared

__all__ = [
    "RuleError",
    "SecretRule",
    "parse_secret_rules",
    "secret_rules",
    "secret_rules_by_plugin",
]


@cache
def secret_rules() -> Mapping[str, SecretRule]:
    """Every secret rule by id.

    Raises:
        RuleError: a rule file lacks a field, has one too many, or repeats an id.
    """
    table: dict[str, SecretRule] = {}
    for name, text in _rule_files():
        for rule in parse_secret_rules(text, name):
            if rule.id in table:
                raise RuleError(f"{name}: two rules have the id {rule.id!r}")
            table[rule.id] = rule
    return MappingProxyType(table)


@cache
def secret_rules_by_plugin() -> Mapping[str, SecretRule]:
    """Every secret rule by the detect-secrets plug-in that finds it.

    Raises:
        RuleError: two rules claim the same plug-in.
    """
    table: dict[str, SecretRule] = {}
    for rule in secret_rules().values():
        if not rule.detect_secrets:
            continue
        if rule.detect_secrets in table:
            raise RuleError(f"two rules claim the plug-in {rule.detect_secrets}")
        table[rule.detect_secrets] = rule
    return MappingProxyType(table)


def _rule_files() -> list[tuple[str, str]]:
    folder = files(__name__) / "secrets"
    return sorted(
        (entry.name, entry.read_text("utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )


def parse_secret_rules(text: str, name: str) -> list[SecretRule]:
    """The rules in the text of one rule file; `name` is what errors call the file.

    Raises:
        RuleError: the text is not TOML, or a field is missing, unknown or out of range.
    """
    try:
        shared, tables = split_shared(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RuleError) as error:
        raise RuleError(f"{name}: {error}") from error
    return [_rule(rule_id, table, shared, name) for rule_id, table in tables.items()]


def _rule(
    rule_id: str, table: Mapping[str, Any], shared: Mapping[str, Any], name: str
) -> SecretRule:
    try:
        return read_rule(rule_id, table, shared)
    except RuleError as error:
        raise RuleError(f"{name}: rule {rule_id!r}: {error}") from error
