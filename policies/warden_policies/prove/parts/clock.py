"""When the change is decided on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.prove.formula import TRUE, Formula, Is, Values, some
from warden_policies.prove.part import Need


@dataclass(frozen=True, slots=True)
class InstantNeed:
    """Something begins or ends at an instant."""

    at: datetime


@dataclass(frozen=True)
class Clock:
    """The spans between the instants that the policy names, the earliest one being the first."""

    instants: tuple[datetime, ...]
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Clock":
        """The times that a policy with these needs can tell apart."""
        return cls(tuple(sorted({need.at for need in needs if isinstance(need, InstantNeed)})))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The span in which the decision is made."""
        return {"time": len(self.instants) + 1}

    @property
    def always(self) -> Formula:
        """Nothing: any time comes."""
        return TRUE

    def within(self, begins: datetime, ends: datetime) -> Formula:
        """It is decided from `begins` to just before `ends`."""
        first, last = self.instants.index(begins), self.instants.index(ends)
        return some(Is("time", span) for span in range(first + 1, last + 1))

    def draw(self, values: Values, change: Change) -> Change:
        """The time of the decision; everything else is drawn around it."""
        span = values.get("time", 0)
        if span:
            return replace(change, evaluated_at=self.instants[span - 1])
        usual = SAMPLE.evaluated_at
        before = [instant - timedelta(days=1) for instant in self.instants[:1]]
        return replace(change, evaluated_at=min([usual, *before]))
