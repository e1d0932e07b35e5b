"""Yes or no: whether the change is a draft, and whether it comes from a fork."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from warden_policies.model import Change
from warden_policies.prove.formula import TRUE, Formula, Values, flag
from warden_policies.prove.parts.wording import Wording

_DRAFT: Final = "draft"
_FORK: Final = "fork"


@dataclass(frozen=True)
class Marks:
    """Both, each free."""

    wording: Wording
    gaps: tuple[str, ...] = ()

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """One flag each."""
        return {_DRAFT: 2, _FORK: 2}

    @property
    def always(self) -> Formula:
        """Nothing: both are free."""
        return TRUE

    @property
    def draft(self) -> Formula:
        """It is a draft."""
        return flag(_DRAFT)

    @property
    def fork(self) -> Formula:
        """It comes from another repository."""
        return flag(_FORK)

    def draw(self, values: Values, change: Change) -> Change:
        """Both, as the values say."""
        drawn = replace(change, draft=bool(values.get(_DRAFT)))
        return self.wording.in_fork(values, drawn) if values.get(_FORK) else drawn
