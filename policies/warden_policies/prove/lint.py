"""What is likely not meant, as the text of a policy alone shows: checks, each with its examples."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from warden_policies.language.policy_bot.yaml_sharing import SharingReader
from warden_policies.language.yaml_source import read_yaml
from warden_policies.policy import Dialect, Policy
from warden_policies.problem import Mark, Path
from warden_policies.prove.finding import Finding, Severity
from warden_policies.prove.places import Places


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy with the plain data of its text, and where everything stands in it."""

    policy: Policy
    data: Mapping[str, object]
    places: Places

    @classmethod
    def of(cls, policy: Policy, source: bytes) -> "PolicyText":
        """The text of a policy that was read from it before."""
        by_bot = policy.dialect is Dialect.POLICY_BOT
        data = read_yaml(source, SharingReader() if by_bot else None).data
        places = Places.of(source, policy.dialect)
        return cls(policy, data if isinstance(data, dict) else {}, places)

    @property
    def bot_rules(self) -> Iterator[tuple[Path, Mapping[str, object]]]:
        """The rules of policy-bot's, each with the way to it."""
        rules = self.data.get("approval_rules")
        for at, rule in enumerate(rules if isinstance(rules, list) else []):
            if isinstance(rule, dict):
                yield ("approval_rules", at), rule

    @property
    def requirements(self) -> Iterator[tuple[Path, Mapping[str, object]]]:
        """The native requirements that are written in the text, each with the way to it."""
        rows = self.data.get("requirements")
        for name, row in (rows if isinstance(rows, dict) else {}).items():
            if isinstance(row, dict):
                yield ("requirements", name), row


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that a check found: where, in which requirement, what it is and what to do."""

    path: Path
    requirement: str
    message: str
    fix: str


Look: TypeAlias = Callable[[PolicyText], Iterator[Seen]]


@dataclass(frozen=True, slots=True)
class Lint:
    """A check. `bad` and `good` are policies in which it finds something, and nothing."""

    id: str
    severity: Severity
    dialect: Dialect
    look: Look
    bad: tuple[str, ...]
    good: tuple[str, ...]


_TABLE: Final[dict[str, Lint]] = {}
LINTS: Final[Mapping[str, Lint]] = MappingProxyType(_TABLE)
"""Every check by its id. Complete once `warden_policies.prove.lints` is imported."""


def lint(
    id: str,
    dialect: Dialect,
    *,
    bad: tuple[str, ...],
    good: tuple[str, ...],
    severity: Severity = Severity.WARNING,
) -> Callable[[Look], Look]:
    """Register the decorated function as the check `id`."""

    def register(look: Look) -> Look:
        _TABLE[id] = Lint(id, severity, dialect, look, bad, good)
        return look

    return register


def seen_in(text: PolicyText, lints: Mapping[str, Lint] = LINTS) -> Iterator[Finding]:
    """What all checks for the policy's language find in it."""
    for check in lints.values():
        if check.dialect is text.policy.dialect:
            for seen in check.look(text):
                mark = _mark(text, seen.path)
                yield Finding(
                    check.id, check.severity, seen.requirement, mark, seen.message, seen.fix
                )


def _mark(text: PolicyText, path: Path) -> Mark:
    return text.places.at(*path)


def walked(data: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Every value in some data, itself included, with the way to it."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walked(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from walked(value, (*path, at))


def name_of(rule: Mapping[str, object]) -> str:
    """The name of a rule of policy-bot's."""
    return str(rule.get("name", ""))


def inside(data: object, *keys: str) -> object:
    """What stands under these keys; None where one is missing."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def texts(data: object) -> list[str]:
    """The texts of a list; none if it is no list."""
    return [item for item in data if isinstance(item, str)] if isinstance(data, list) else []
