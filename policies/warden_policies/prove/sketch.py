"""The whole picture of a change that has not been drawn yet: all its parts, and how it is drawn."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from warden_policies.example import SAMPLE
from warden_policies.model import Change, Person, Standing
from warden_policies.prove.formula import Formula, Values, every
from warden_policies.prove.part import Need, Part
from warden_policies.prove.parts.cast import Cast
from warden_policies.prove.parts.commits import Commits
from warden_policies.prove.parts.record import Record
from warden_policies.prove.parts.reviews import Reviews
from warden_policies.prove.parts.riddles import Riddles
from warden_policies.prove.parts.runs import Runs


@dataclass(frozen=True)
class Sketch:
    """The parts, by what they hold."""

    cast: Cast
    commits: Commits
    reviews: Reviews
    record: Record
    runs: Runs
    riddles: Riddles

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Sketch":
        """The changes that policies with these needs can tell apart."""
        known = tuple(dict.fromkeys(needs))
        cast = Cast.of(known)
        return cls(
            cast,
            Commits(cast),
            Reviews.of(known, cast),
            Record.of(known),
            Runs.of(known),
            Riddles.of(known),
        )

    @property
    def _parts(self) -> tuple[Part, ...]:
        """In the order in which they are drawn."""
        return (self.cast, self.commits, self.reviews, self.record, self.runs, self.riddles)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Every choice, and how many values it has."""
        return {name: size for part in self._parts for name, size in part.sizes.items()}

    @cached_property
    def always(self) -> Formula:
        """What holds for every change."""
        return every(part.always for part in self._parts)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is left out: where there is any, nothing is proved of all changes."""
        return tuple(gap for part in self._parts for gap in part.gaps)

    def draw(self, values: Values) -> Change:
        """The change that the values describe.

        Raises:
            CannotDraw: there is none.
        """
        change = SAMPLE
        for part in self._parts:
            change = part.draw(values, change)
        return replace(change, people=tuple(_involved(change)))


def _involved(change: Change) -> Iterator[Standing]:
    """The standing of everybody who is mentioned: whoever stays away is of no interest."""
    mentioned = {person.id for person in _mentioned(change) if person}
    return (one for one in change.people or () if one.person.id in mentioned)


def _mentioned(change: Change) -> Iterator[Person | None]:
    yield change.opener
    for commit in change.commits:
        yield from (signature.person for signature in commit.authors)
        yield commit.committer.person if commit.committer else None
    for review in change.reviews:
        yield review.author
        yield review.dismissal.by if review.dismissal else None
