"""The rule files, of which only those are parsed that somebody asks about.

Parsing hundreds of files costs a third of a second, and a commit with a finding needs one rule.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from warden_policies.rules.secret_rule import RuleError, SecretRule, read_rule, split_shared


class Shelf(Mapping[str, SecretRule]):
    """Secret rules by id, from rule files by name. Walking over it parses all of them.

    Raises:
        RuleError: a file that has to be parsed is wrong, or an id stands in two of them.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._parsed: dict[str, dict[str, SecretRule]] = {}
        self._asked_for: dict[str, SecretRule] = {}
        self._of_plugins: dict[str, SecretRule] = {}

    def __getitem__(self, rule_id: str) -> SecretRule:
        if rule_id not in self._asked_for:
            self._asked_for[rule_id] = self._sought(rule_id)
        return self._asked_for[rule_id]

    def _sought(self, rule_id: str) -> SecretRule:
        if "_whole" in vars(self):  # whoever walks over it asks for each of them next
            return self._whole[rule_id]
        holding = [name for name, text in self._texts.items() if f"[{rule_id}]" in text]
        for name in holding:
            if rule_id in self._file(name):
                return self._file(name)[rule_id]
        raise KeyError(rule_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)

    def with_plugin(self, plugin: str) -> SecretRule:
        """The rule of a detect-secrets plug-in.

        Raises:
            KeyError: no rule claims it.
        """
        if plugin not in self._of_plugins:
            self._of_plugins[plugin] = self._sought_with(plugin)
        return self._of_plugins[plugin]

    def _sought_with(self, plugin: str) -> SecretRule:
        holding = [name for name, text in self._texts.items() if f'"{plugin}"' in text]
        for name in holding:
            for rule in self._file(name).values():
                if rule.detect_secrets == plugin:
                    return rule
        raise KeyError(plugin)

    @cached_property
    def _whole(self) -> Mapping[str, SecretRule]:
        table: dict[str, SecretRule] = {}
        for name in self._texts:
            for rule_id, rule in self._file(name).items():
                if rule_id in table:
                    raise RuleError(f"{name}: two rules have the id {rule_id!r}")
                table[rule_id] = rule
        return table

    def _file(self, name: str) -> dict[str, SecretRule]:
        if name not in self._parsed:
            rules = parse_secret_rules(self._texts[name], name)
            self._parsed[name] = {rule.id: rule for rule in rules}
        return self._parsed[name]


@cache
def secret_rules() -> Shelf:
    """Our own rules, from the files that are part of this package."""
    folder = files("warden_policies.rules") / "secrets"
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return Shelf(
        {entry.name: entry.read_text("utf-8") for entry in entries if entry.name.endswith(".toml")}
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
