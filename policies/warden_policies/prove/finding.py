"""What the prover reports: findings, each with a change to try where there is one, and doubts."""

from dataclasses import dataclass
from enum import StrEnum

from warden_policies.model import Change
from warden_policies.problem import Mark


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a policy allows or forbids and hardly was meant to.

    `change` shows it: the evaluator says of it what `message` claims. None for what is shown by
    the text alone, or proved of all changes.
    """

    id: str
    severity: Severity
    requirement: str
    """Its name; empty when no single one is to blame."""
    mark: Mark
    message: str
    fix: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question that could not be decided, and why."""

    id: str
    requirement: str
    mark: Mark
    asked: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found in one policy, in the order of its text."""

    findings: tuple[Finding, ...]
    doubts: tuple[Doubt, ...]
