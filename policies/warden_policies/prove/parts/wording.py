"""The texts of which a change has one each: its branches, its title, its repository."""

from collections.abc import (
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from warden_policies.model import Change
from warden_policies.prove.formula import (
    FALSE,
    TRUE,
    Formula,
    Is,
    Values,
    both,
    either,
    no,
    some,
)
from warden_policies.prove.part import Need
from warden_policies.prove.texts.classes import (
    Classes,
    classes_for,
)
from warden_policies.prove.texts.patterns import (
    Attribute,
    Pattern,
    globs_for,
    regexes,
)

_SINGLE: Final = (
    Attribute.BASE,
    Attribute.HEAD,
    Attribute.FORK,
    Attribute.TITLE,
    Attribute.REPOSITORY,
)


@dataclass(frozen=True)
class Wording:
    """For each such text the cases that the policy tells apart."""

    classes: Mapping[Attribute, Classes]

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Wording":
        """The texts that a policy with these needs can tell apart."""
        known = list(needs)
        return cls({attribute: classes_for(attribute, known) for attribute in _SINGLE})

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

    def fits(
        self, attribute: Attribute, matches: Sequence[str], not_matches: Sequence[str]
    ) -> Formula:
        """The text matches a regular expression of the first list; or none of the second's."""
        found, hit = (
            some(self.matches(attribute, each) for each in regexes(texts))
            for texts in (matches, not_matches)
        )
        return either(found, no(hit) if not_matches else FALSE)

    def matches(self, attribute: Attribute, pattern: Pattern) -> Formula:
        """The text matches the pattern."""
        rows = self.classes[attribute].rows
        return some(
            Is(attribute.value, at) for at, row in enumerate(rows) if pattern in row.matched
        )

    def draw(self, values: Values, change: Change) -> Change:
        """The texts."""
        name = self._text(Attribute.REPOSITORY, values)
        return replace(
            change,
            base_ref=self._text(Attribute.BASE, values),
            head_ref=self._text(Attribute.HEAD, values),
            title=self._text(Attribute.TITLE, values),
            repository=replace(change.repository, full_name=name),
            head_repository=name,
        )

    def in_fork(self, values: Values, change: Change) -> Change:
        """The change with its head branch in a fork."""
        owner, _, branch = self._text(Attribute.FORK, values).partition(":")
        # Only where a policy asks for the branch of a fork with its owner does it matter here.
        known = self.classes[Attribute.FORK].patterns
        name = change.repository.full_name.partition("/")[2]
        return replace(
            change,
            head_repository=f"{owner}/{name}",
            head_ref=branch if known else change.head_ref,
        )

    def _text(self, attribute: Attribute, values: Values) -> str:
        return self.classes[attribute].rows[values.get(attribute.value, 0)].text
