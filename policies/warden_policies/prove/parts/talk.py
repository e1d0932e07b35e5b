"""What everybody writes into the conversation, and what the description says."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Final

from warden_policies.model import Change, Comment
from warden_policies.prove.formula import TRUE, Formula, Is, Values, flag, no, some
from warden_policies.prove.part import Need
from warden_policies.prove.parts.cast import Cast
from warden_policies.prove.parts.moments import Moments, Sort
from warden_policies.prove.texts.classes import Classes, classes_for
from warden_policies.prove.texts.patterns import Attribute, Pattern

_BODY: Final = Attribute.BODY.value
_BODY_LATE: Final = "description.late"
_BODY_EDITED: Final = "description.edited"


class Said(IntEnum):
    """Whether and when an account wrote a comment of some sort, the last time."""

    NOT = 0
    LATE = 1
    """After the last push."""
    EARLY = 2
    LATE_EDITED = 3
    EARLY_EDITED = 4


@dataclass(frozen=True, slots=True)
class AgainstNeed:
    """These patterns disapprove; those take it back."""

    attribute: Attribute
    against: tuple[Pattern, ...]
    back: tuple[Pattern, ...]


@dataclass(frozen=True)
class Talk:
    """For each account and each case of comments whether it wrote one such, and when."""

    cast: Cast
    moments: Moments
    comments: Classes
    body: Classes
    needs: tuple[AgainstNeed, ...]

    @classmethod
    def of(cls, needs: Iterable[Need], cast: Cast, moments: Moments) -> "Talk":
        """The conversations that a policy with these needs can tell apart."""
        known = list(needs)
        return cls(
            cast,
            moments,
            classes_for(Attribute.COMMENT, known),
            classes_for(Attribute.BODY, known),
            tuple(need for need in known if isinstance(need, AgainstNeed)),
        )

    @property
    def gaps(self) -> tuple[str, ...]:
        """Texts that are not told apart."""
        return (*self.comments.gaps, *self.body.gaps)

    @property
    def _cases(self) -> tuple[int, ...]:
        """Comments that match something: others do not matter."""
        return tuple(at for at, row in enumerate(self.comments.rows) if row.matched)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Each account's comments, and the description."""
        found = {_name(who, at): len(Said) for who in self.cast.everybody for at in self._cases}
        if self.body.patterns:
            found |= {_BODY: len(self.body.rows), _BODY_LATE: 2, _BODY_EDITED: 2}
        return found

    @property
    def always(self) -> Formula:
        """Nothing: people write what they like."""
        return TRUE

    def names(self, who: int) -> Iterator[str]:
        """The choices that make up what an account writes into comments."""
        return (_name(who, at) for at in self._cases)

    def comments_at_all(self, who: int) -> Formula:
        """The account wrote a comment."""
        return some(no(Is(name, Said.NOT)) for name in self.names(who))

    def comments_late(self, who: int) -> Formula:
        """The account wrote a comment after the last push."""
        late = (Said.LATE, Said.LATE_EDITED)
        return some(Is(name, how) for name in self.names(who) for how in late)

    def comments_like(
        self, who: int, patterns: Sequence[Pattern], unlike: Sequence[Pattern] = (), *, how: Said
    ) -> Formula:
        """The account wrote such a comment, which matches one pattern and none of `unlike`."""
        return some(
            Is(_name(who, at), how)
            for at in self._cases
            if self.comments.rows[at].matched.intersection(patterns)
            and not self.comments.rows[at].matched.intersection(unlike)
        )

    def describes(self, patterns: Sequence[Pattern], unlike: Sequence[Pattern] = ()) -> Formula:
        """The description matches one of the patterns and none of `unlike`."""
        return some(
            Is(_BODY, at)
            for at, row in enumerate(self.body.rows)
            if row.matched.intersection(patterns) and not row.matched.intersection(unlike)
        )

    @property
    def plain_body(self) -> Formula:
        """The description matches no pattern of any policy."""
        if not self.body.patterns:
            return TRUE
        return some(Is(_BODY, at) for at, row in enumerate(self.body.rows) if not row.matched)

    @property
    def body_names(self) -> Collection[str]:
        """The choices that make up the description; an empty one, if all are plain."""
        return (_BODY, _BODY_LATE, _BODY_EDITED)

    @property
    def body_late(self) -> Formula:
        """The description was written after the last push."""
        return flag(_BODY_LATE)

    @property
    def body_edited(self) -> Formula:
        """The description was edited afterwards."""
        return flag(_BODY_EDITED)

    def draw(self, values: Values, change: Change) -> Change:
        """The comments, and the description behind what is there of it already."""
        drawn = sorted(self._comments(values, change), key=lambda one: one.created_at)
        comments = tuple(replace(comment, id=at) for at, comment in enumerate(drawn, 1))
        row = self.body.rows[values.get(_BODY, 0)]
        body = "\n".join(text for text in (change.body, row.text) if text)
        edited = bool(values.get(_BODY_EDITED))
        sort = self._sort(Attribute.BODY, row.matched)
        stale = not values.get(_BODY_LATE)
        ago = self.moments.ago(sort, values, edited=edited, stale=stale)
        opened_at = change.evaluated_at - ago
        return replace(
            change,
            comments=comments,
            body=body,
            opened_at=opened_at,
            body_edited_at=opened_at if edited else None,
        )

    def simpler(self, values: Values, name: str) -> Iterator[Values]:
        """With a plainer comment in the place of this one, if it is one."""
        who, _, rest = name.partition(".comment.")
        if not rest or name not in self.sizes:
            return
        others = {other: value for other, value in values.items() if other != name}
        for at in self._cases:
            if at < int(rest):
                yield {**others, _name(int(who), at): values[name]}

    def _comments(self, values: Values, change: Change) -> Iterator[Comment]:
        for who in self.cast.everybody:
            for at in self._cases:
                said = Said(values.get(_name(who, at), Said.NOT))
                if said is Said.NOT:
                    continue
                row = self.comments.rows[at]
                edited = said in (Said.LATE_EDITED, Said.EARLY_EDITED)
                stale = said in (Said.EARLY, Said.EARLY_EDITED)
                sort = self._sort(Attribute.COMMENT, row.matched)
                ago = self.moments.ago(sort, values, edited=edited, stale=stale)
                when = change.evaluated_at - ago
                person = self.cast.person(who, values)
                yield Comment(0, person, row.text, when, when if edited else None)

    def _sort(self, attribute: Attribute, matched: frozenset[Pattern]) -> Sort:
        known = [need for need in self.needs if need.attribute is attribute]
        against = any(matched.intersection(need.against) for need in known)
        back = any(matched.intersection(need.back) for need in known)
        return Sort.AGAINST if against and not back else Sort.OTHER


def _name(who: int, case: int) -> str:
    return f"{who}.comment.{case}"
