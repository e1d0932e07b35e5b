"""The check runs on the head commit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Final

from warden_policies.model import Change, Check, CheckConclusion, CheckStatus
from warden_policies.prove.formula import TRUE, Formula, Is, Values
from warden_policies.prove.part import Need


@dataclass(frozen=True, slots=True, order=True)
class CheckNeed:
    """A check is asked for."""

    name: str
    app_id: int


class Run(IntEnum):
    """How a check stands."""

    SUCCEEDED = 0
    MISSING = 1
    RUNNING = 2
    FAILED = 3


_STATES: Final = {
    Run.SUCCEEDED: (CheckStatus.COMPLETED, CheckConclusion.SUCCESS),
    Run.RUNNING: (CheckStatus.IN_PROGRESS, None),
    Run.FAILED: (CheckStatus.COMPLETED, CheckConclusion.FAILURE),
}


@dataclass(frozen=True)
class Runs:
    """The latest run of each check that the policy asks for."""

    checks: tuple[CheckNeed, ...]
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Runs":
        """The runs that a policy with these needs can tell apart."""
        return cls(tuple(sorted({need for need in needs if isinstance(need, CheckNeed)})))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How each check stands."""
        return {_name(check): len(Run) for check in self.checks}

    @property
    def always(self) -> Formula:
        """Nothing: checks end as they end."""
        return TRUE

    def stands(self, check: CheckNeed, run: Run) -> Formula:
        """The check stands so."""
        return Is(_name(check), run)

    def draw(self, values: Values, change: Change) -> Change:
        """The runs, each with an id of its own."""
        runs = (
            Check(number, check.name, check.app_id, f"app-{check.app_id}", *_STATES[run])
            for number, check in enumerate(self.checks, 1)
            if (run := Run(values.get(_name(check), 0))) is not Run.MISSING
        )
        return replace(change, checks=tuple(runs))


def _name(check: CheckNeed) -> str:
    return f"check.{check.app_id}.{check.name}"
