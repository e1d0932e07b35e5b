"""A change, completed by what git can prove about it."""

from dataclasses import replace

from warden_bot.clone.clones import Clones
from warden_bot.clone.proofs import Head
from warden_bot.clone.source import Source
from warden_policies.coverage import unproven
from warden_policies.model import Change, ReviewState, Unread


def reviewed_before(change: Change) -> tuple[str, ...]:
    """The commits that somebody had an opinion on, but for the head: what has to be proven."""
    opinions = (review for review in change.reviews if review.state is not ReviewState.COMMENTED)
    return tuple(sorted({review.commit for review in opinions} - {change.head_sha, ""}))


def with_proofs(change: Change, clones: Clones, source: Source, token: str) -> Change:
    """The change with a proof for each commit that was `reviewed_before`.

    Raises:
        CloneError: git could not be asked; then the change is an `unanswered` one.
    """
    reviewed = reviewed_before(change)
    if not reviewed:
        return change
    head = Head(change.base_sha, change.head_sha, change.base_ref)
    proofs = clones.prove(source, token, head, dict.fromkeys(reviewed, change.base_sha))
    return replace(change, proofs=proofs)


def unanswered(change: Change, why: str) -> Change:
    """The change with nothing proven, and `unread` says why: then it is worth asking again."""
    nothing = tuple(unproven(commit, why) for commit in reviewed_before(change))
    return replace(change, proofs=nothing, unread=(*change.unread, Unread("proofs", why)))
