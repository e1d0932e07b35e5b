"""Yes or no: whether the change is a draft, and whether it comes from a fork."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from warden_policies.example import SAMPLE
from warden_policies.model import Change
from warden_policies.prove.formula import TRUE, Formula, Values, flag

_DRAFT: Final = "draft"
_FORK: Final = "fork"


@dataclass(frozen=True)
class Marks:
    """Both, each free."""

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
        here = SAMPLE.repository.full_name
        head = f"eve/{here.partition('/')[2]}" if values.get(_FORK) else here
        return replace(change, draft=bool(values.get(_DRAFT)), head_repository=head)
