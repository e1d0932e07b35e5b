"""What scanning the change has found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from warden_policies.finding import Severity
from warden_policies.model import Change, OpenFinding
from warden_policies.prove.formula import TRUE, Formula, Is, Values, some

_WORST_LAST: Final = tuple(reversed(Severity))
_NAME: Final = "worst finding"


@dataclass(frozen=True)
class Findings:
    """The worst finding: others change nothing."""

    gaps: tuple[str, ...] = ()

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """None, or one of each severity."""
        return {_NAME: 1 + len(_WORST_LAST)}

    @property
    def always(self) -> Formula:
        """Nothing: anything may be found."""
        return TRUE

    def reach(self, least: Severity) -> Formula:
        """Some finding is at least so bad."""
        first = _WORST_LAST.index(least) + 1
        return some(Is(_NAME, value) for value in range(first, len(_WORST_LAST) + 1))

    def draw(self, values: Values, change: Change) -> Change:
        """The finding."""
        value = values.get(_NAME, 0)
        found = [OpenFinding("aws-access-key", _WORST_LAST[value - 1], "src/app.py", 12)]
        return replace(change, findings=tuple(found) if value else ())
