"""The texts of which a change has one each: its branches and its title."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from warden_policies.model import Change
from warden_policies.prove.formula import TRUE, Formula, Is, Values, both, no, some
from warden_policies.prove.part import Need
from warden_policies.prove.texts.classes import Classes, classes_of
from warden_policies.prove.texts.patterns import Attribute, Pattern, TextNeed, globs_for

_SINGLE: Final = (Attribute.BASE, Attribute.HEAD, Attribute.TITLE)


@dataclass(frozen=True)
class Wording:
    """For each such text the cases that the policy tells apart."""

    classes: Mapping[Attribute, Classes]

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Wording":
        """The texts that a policy with these needs can tell apart."""
        known = [need for need in needs if isinstance(need, TextNeed)]
        return cls(
            {
                attribute: classes_of(
                    attribute, [need.pattern for need in known if need.attribute is attribute]
                )
                for attribute in _SINGLE
            }
        )

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Which case each text is."""
        return {attribute.value: len(found.rows) for attribute, found in self.classes.items()}

    @property
    def always(self) -> Formula:
        """Nothing: people write what they like."""
        return TRUE

    @property
    def gaps(self) -> tuple[str, ...]:
        """Texts that are not told apart."""
        return tuple(gap for found in self.classes.values() for gap in found.gaps)

    def listed(self, attribute: Attribute, globs: tuple[str, ...]) -> Formula:
        """The text matches a list of globs, some of which may begin with `!`."""
        wanted, unwanted = globs_for(attribute, globs)
        return both(
            some(self.matches(attribute, each) for each in wanted),
            *(no(self.matches(attribute, each)) for each in unwanted),
        )

    def matches(self, attribute: Attribute, pattern: Pattern) -> Formula:
        """The text matches the pattern."""
        rows = self.classes[attribute].rows
        return some(
            Is(attribute.value, at) for at, row in enumerate(rows) if pattern in row.matched
        )

    def draw(self, values: Values, change: Change) -> Change:
        """The texts."""
        return replace(
            change,
            base_ref=self._text(Attribute.BASE, values),
            head_ref=self._text(Attribute.HEAD, values),
            title=self._text(Attribute.TITLE, values),
        )

    def _text(self, attribute: Attribute, values: Values) -> str:
        return self.classes[attribute].rows[values.get(attribute.value, 0)].text
