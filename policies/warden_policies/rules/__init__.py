"""The rules as data: what each kind of secret is called, how bad it is and what to do about it.

One TOML file per provider under `secrets/`, one table per kind of secret; the table's name is the
rule's id. The files are part of this package: reading them is reading our own source, and nothing
else is read here. Loaded only when there is something to report.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from warden_policies.finding import Severity

LONGEST_PUBLIC_PREFIX = 12
"""`shown` may not exceed this: what is shown of a secret must be the same for all of its kind."""


@dataclass(frozen=True, slots=True)
class SecretRule:
    """One kind of secret: how it is named, judged and remedied."""

    id: str
    title: str
    severity: Severity
    specificity: int
    """Which rule names a finding that several saw: the highest. 30 a token with a format of its
    own, 20 a structure that holds a secret, 10 a name that a value is assigned to."""
    shown: int
    """How many leading characters are the same for every secret of this kind and may be shown."""
    fix: str
    """What to type instead."""
    revoke: str
    """Where a real secret of this kind is made worthless."""
    reference: str
    """The page that documents the format."""
    detect_secrets: str
    """The type name of the detect-secrets plug-in that finds it."""


@cache
def secret_rules() -> Mapping[str, SecretRule]:
    """Every secret rule by id.

    Raises:
        ValueError: a rule file lacks a field, has one too many, or repeats an id.
    """
    table: dict[str, SecretRule] = {}
    for name, text in _rule_files():
        for rule in parse_secret_rules(text, name):
            if rule.id in table:
                raise ValueError(f"{name}: two rules have the id {rule.id!r}")
            table[rule.id] = rule
    return MappingProxyType(table)


@cache
def secret_rules_by_plugin() -> Mapping[str, SecretRule]:
    """Every secret rule by the detect-secrets plug-in that finds it.

    Raises:
        ValueError: two rules claim the same plug-in.
    """
    table: dict[str, SecretRule] = {}
    for rule in secret_rules().values():
        if rule.detect_secrets in table:
            raise ValueError(f"two rules claim the plug-in {rule.detect_secrets}")
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
        ValueError: the text is not TOML, or a field is missing, unknown or out of range.
    """
    return [_rule(rule_id, table, name) for rule_id, table in tomllib.loads(text).items()]


def _rule(rule_id: str, table: Mapping[str, Any], name: str) -> SecretRule:
    expected = {field.name for field in fields(SecretRule)} - {"id"}
    if table.keys() != expected:
        wrong = ", ".join(sorted(table.keys() ^ expected))
        raise ValueError(f"{name}: rule {rule_id!r}: missing or unknown fields: {wrong}")
    rule = SecretRule(id=rule_id, **{**table, "severity": Severity(table["severity"])})
    if not 0 <= rule.shown <= LONGEST_PUBLIC_PREFIX:
        raise ValueError(f"{name}: rule {rule_id!r}: shown must be 0 to {LONGEST_PUBLIC_PREFIX}")
    return rule
