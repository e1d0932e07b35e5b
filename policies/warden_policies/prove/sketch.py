"""The whole picture of a change that has not been drawn yet: all its parts, and how it is drawn."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

from warden_policies.example import SAMPLE
from warden_policies.model import Change, Person, Standing
from warden_policies.prove.formula import Formula, Values, both, every
from warden_policies.prove.part import Need, Part
from warden_policies.prove.parts.cast import Cast
from warden_policies.prove.parts.clock import Clock
from warden_policies.prove.parts.commits import Commits
from warden_policies.prove.parts.danger import Danger
from warden_policies.prove.parts.files import Files
from warden_policies.prove.parts.findings import Findings
from warden_policies.prove.parts.labels import Labels
from warden_policies.prove.parts.marks import Marks
from warden_policies.prove.parts.moments import (
    Moments,
)
from warden_policies.prove.parts.owners import Owners
from warden_policies.prove.parts.record import Record
from warden_policies.prove.parts.reviews import Reviews
from warden_policies.prove.parts.riddles import Riddles
from warden_policies.prove.parts.runs import Runs
from warden_policies.prove.parts.signing import Signing
from warden_policies.prove.parts.statuses import (
    Statuses,
)
from warden_policies.prove.parts.talk import (
    Talk,
)
from warden_policies.prove.parts.wording import Wording


@dataclass(frozen=True)
class Sketch:
    """The parts, by what they hold, in the order in which they are drawn."""

    clock: Clock
    cast: Cast
    commits: Commits
    wording: Wording
    marks: Marks
    files: Files
    labels: Labels
    findings: Findings
    owners: Owners
    danger: Danger
    record: Record
    runs: Runs
    statuses: Statuses
    moments: Moments
    reviews: Reviews
    talk: Talk
    riddles: Riddles

    @classmethod
    def of(cls, needs: Iterable[Need]) -> "Sketch":
        """The changes that policies with these needs can tell apart."""
        known = tuple(dict.fromkeys(needs))
        cast, files, wording = Cast.of(known), Files.of(known), Wording.of(known)
        commits = Commits(cast, Signing.of(known, cast))
        moments = Moments.of(known)
        return cls(
            Clock.of(known),
            cast,
            commits,
            wording,
            Marks(wording),
            files,
            Labels.of(known, cast),
            Findings(),
            Owners.of(known, cast),
            Danger.of(known, files, commits),
            Record.of(known),
            Runs.of(known),
            Statuses.of(known, cast),
            moments,
            Reviews.of(known, cast, moments),
            Talk.of(known, cast, moments),
            Riddles.of(known),
        )

    @property
    def _parts(self) -> tuple[Part, ...]:
        return tuple(getattr(self, field.name) for field in fields(self))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Every choice, and how many values it has."""
        return {name: size for part in self._parts for name, size in part.sizes.items()}

    @cached_property
    def always(self) -> Formula:
        """What holds for every change."""
        return every(part.always for part in self._parts)

    @property
    def likely(self) -> Formula:
        """What changes are like that can certainly be drawn."""
        return both(self.files.likely, self.danger.likely, self.owners.likely)

    @property
    def spelled_out(self) -> Collection[str]:
        """The choices whose plain value means something other than that nobody asks."""
        return self.danger.sizes

    @property
    def groups(self) -> Sequence[Collection[str]]:
        """The choices of each part."""
        return [frozenset(part.sizes) for part in self._parts]

    def simpler(self, values: Values, name: str) -> Iterator[Values]:
        """Other values that say the same in plainer words, if `name` is about words."""
        return self.talk.simpler(values, name)

    @property
    def sparing(self) -> Values:
        """What is better than the plain values where it serves: no file that need not be."""
        return self.files.sparing

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
        yield commit.verification.signer if commit.verification else None
    for review in change.reviews:
        yield review.author
        yield review.dismissal.by if review.dismissal else None
    yield from (label.applied_by for label in change.labels or ())
    yield from (comment.author for comment in change.comments or ())
    yield from (status.creator for status in change.statuses or ())
