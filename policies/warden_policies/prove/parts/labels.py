"""The labels on the change, and who put them there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from warden_policies.model import Change, Label
from warden_policies.prove.formula import TRUE, Formula, Is, Values, no, some
from warden_policies.prove.part import Need
from warden_policies.prove.parts.cast import Cast


@dataclass(frozen=True, slots=True)
class LabelNeed:
    """The policy names a label."""

    name: str


@dataclass(frozen=True)
class Labels:
    """For each label that the policy names: whether it is there, and by whom."""

    cast: Cast
    names: tuple[str, ...]
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need], cast: Cast) -> "Labels":
        """The labels that a policy with these needs can tell apart."""
        names = {need.name.casefold(): need.name for need in needs if isinstance(need, LabelNeed)}
        return cls(cast, tuple(names.values()))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """A label is absent, put there by one of the accounts, or by nobody knows whom."""
        return {_name(name): self.cast.size + 2 for name in self.names}

    @property
    def always(self) -> Formula:
        """Nothing: labels come and go."""
        return TRUE

    def there(self, name: str) -> Formula:
        """The label is on the change."""
        return no(Is(_name(name), 0))

    def put_by(self, name: str, who: int) -> Formula:
        """The label is there, put by this account."""
        return Is(_name(name), who + 1)

    def any_by(self, who: int) -> Formula:
        """The account put some label there."""
        return some(self.put_by(name, who) for name in self.names)

    @property
    def any_by_unknown(self) -> Formula:
        """Nobody knows who put some label there."""
        return some(Is(_name(name), self.cast.size + 1) for name in self.names)

    def draw(self, values: Values, change: Change) -> Change:
        """The labels."""
        found = []
        for name in self.names:
            value = values.get(_name(name), 0)
            by = self.cast.person(value - 1, values) if 0 < value <= self.cast.size else None
            found += [Label(name, by)] if value else []
        return replace(change, labels=tuple(found))


def _name(label: str) -> str:
    return f"label.{label.casefold()}"
