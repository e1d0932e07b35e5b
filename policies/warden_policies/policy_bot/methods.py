"""Whose words count as an approval, a disapproval or its withdrawal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias

from warden_policies.model import Change, NotRecorded, Person, Review, ReviewState
from warden_policies.policy_bot.accounts import login_of
from warden_policies.policy_bot.parts import part_of
from warden_policies.regex import Regex, first_found
from warden_policies.text import quoted

Pattern: TypeAlias = Annotated[str, Regex()]
Patterns: TypeAlias = tuple[Pattern, ...]

THUMBS_UP = (":+1:", "👍")
THUMBS_DOWN = (":-1:", "👎")


@dataclass(frozen=True, slots=True)
class Methods:
    """The ways to say it. `comments` are found anywhere in a comment, even after a "not".

    `github_review_comment_patterns` restrict the reviews that count to those whose text matches,
    and make reviews count even when `github_review` is false.
    """

    comments: tuple[str, ...] = ()
    comment_patterns: Patterns = ()
    github_review: bool = False
    github_review_comment_patterns: Patterns = ()
    body_patterns: Patterns = ()

    def words(self) -> tuple[str, ...]:
        """`a review`, `the comment ':+1:'`, ..."""
        reviews = self.github_review or self.github_review_comment_patterns
        return (
            *(("a review",) if reviews and not self.github_review_comment_patterns else ()),
            *(f"a review that matches {quoted(p)}" for p in self.github_review_comment_patterns),
            *(f"the comment {quoted(text)}" for text in self.comments),
            *(f"a comment that matches {quoted(p)}" for p in self.comment_patterns),
            *(f"a description that matches {quoted(p)}" for p in self.body_patterns),
        )


@dataclass(frozen=True, slots=True)
class ApprovalMethods(Methods):
    """The ways to approve. What a rule leaves out keeps its default, whatever else it says."""

    comments: tuple[str, ...] = THUMBS_UP
    github_review: bool = True


BY_DEFAULT = ApprovalMethods()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who said it, and when they did so last."""

    person: Person | None
    at: datetime
    edited: bool

    @property
    def login(self) -> str:
        """Empty for an account that was deleted."""
        return login_of(self.person)


def candidates(methods: Methods, state: ReviewState, change: Change) -> tuple[Candidate, ...]:
    """Who said it in one of these ways, earliest first; each person once, at the last time.

    `state` is what a review has to say. Of two at the same time the first one found counts:
    comments, then the description, then reviews.

    Raises:
        NotRecorded: a part that has to be searched was not read.
    """
    latest: dict[str, Candidate] = {}
    for found in _all(methods, state, change):
        known = latest.get(found.login)
        if known is None or found.at > known.at:
            latest[found.login] = found
    return tuple(sorted(latest.values(), key=lambda candidate: candidate.at))


def _all(methods: Methods, state: ReviewState, change: Change) -> Iterator[Candidate]:
    if methods.comments or methods.comment_patterns:
        yield from _in_comments(methods, change)
    if methods.body_patterns:
        yield from _in_body(methods, change)
    if methods.github_review or methods.github_review_comment_patterns:
        yield from _in_reviews(methods, state, change)


def _in_comments(methods: Methods, change: Change) -> Iterator[Candidate]:
    """A review that only comments is a comment too."""
    comments = part_of(change, "comments", change.comments, "failed to list comments")
    for comment in comments:
        if _says(methods, comment.body):
            yield Candidate(comment.author, comment.created_at, comment.edited_at is not None)
    for review in _reviews(change):
        if review.state is ReviewState.COMMENTED and _says(methods, review.body):
            yield _reviewer(review)


def _says(methods: Methods, text: str) -> bool:
    if any(word in text for word in methods.comments):
        return True
    return first_found(methods.comment_patterns, text) is not None


def _in_body(methods: Methods, change: Change) -> Iterator[Candidate]:
    if first_found(methods.body_patterns, change.body) is None:
        return
    if change.opened_at is None:
        raise NotRecorded("failed to get the body: this snapshot does not tell when it was written")
    yield Candidate(change.opener, change.opened_at, change.body_edited_at is not None)


def _in_reviews(methods: Methods, state: ReviewState, change: Change) -> Iterator[Candidate]:
    patterns = methods.github_review_comment_patterns
    for review in _reviews(change):
        if review.state is not state:
            continue
        if not patterns or first_found(patterns, review.body) is not None:
            yield _reviewer(review)


def _reviews(change: Change) -> tuple[Review, ...]:
    return part_of(change, "reviews", change.reviews, "failed to list reviews")


def _reviewer(review: Review) -> Candidate:
    return Candidate(review.author, review.submitted_at, review.edited_at is not None)
