"""A change, completed by what git can prove about it."""

from dataclasses import replace

from warden_bot.clone.clones import Clones
from warden_bot.clone.errors import CloneError
from warden_bot.clone.proofs import Head
from warden_bot.clone.source import Source
from warden_policies.coverage import unproven
from warden_policies.model import Change, ReviewState, Unread


def with_proofs(change: Change, clones: Clones, source: Source, token: str) -> Change:
    """The change with a proof for each commit that somebody had an opinion on, but for the head.

    Where git could not be asked nothing is proven, and `unread` says so: then it is worth asking
    again.
    """
    opinions = (review for review in change.reviews if review.state is not ReviewState.COMMENTED)
    reviewed = sorted({review.commit for review in opinions} - {change.head_sha, ""})
    if not reviewed:
        return change
    head = Head(change.base_sha, change.head_sha, change.base_ref)
    try:
        proofs = clones.prove(source, token, head, dict.fromkeys(reviewed, change.base_sha))
    except CloneError as error:
        nothing = tuple(unproven(commit, str(error)) for commit in reviewed)
        gap = Unread("proofs", str(error))
        return replace(change, proofs=nothing, unread=(*change.unread, gap))
    return replace(change, proofs=proofs)
