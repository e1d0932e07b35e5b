"""What a part of the picture is, and what the words of a policy need of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from warden_policies.model import Change
from warden_policies.prove.formula import Formula, Values


class Need(Protocol):
    """Something that a word of the policy tells apart. Each part collects those it knows."""

    def __hash__(self) -> int:
        """Needs are kept in sets."""
        ...


class Part(Protocol):
    """A part of the picture of a change."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """The choices that make up the part, each with how many values it has."""
        ...

    @property
    def always(self) -> Formula:
        """What holds for every change."""
        ...

    @property
    def gaps(self) -> tuple[str, ...]:
        """What real changes may have and this picture leaves out: no proof then covers all."""
        ...

    def draw(self, values: Values, change: Change) -> Change:
        """`change` with this part as the values say.

        Raises:
            CannotDraw: no change is like that.
        """
        ...


class CannotDraw(Exception):
    """No change is as the values say: the picture knows too little. The text says of what."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many people may have to do something at once. Asked for twice, it needs twice as many."""

    why: object
    people: int
    object: bool = False
    """Whether what they do is to object, or to dismiss an objection."""
