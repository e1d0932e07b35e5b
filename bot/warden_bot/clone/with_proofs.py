"""A change, completed by what git can prove about it."""

from dataclasses import replace

from warden_bot.clone.clones import Clones
from warden_bot.clone.source import Source
from warden_policies.model import Change, ReviewState


def with_proofs(change: Change, clones: Clones, source: Source, token: str) -> Change:
    """The change with a proof for each commit that somebody had an opinion on, but for the head."""
    opinions = (review for review in change.reviews if review.state is not ReviewState.COMMENTED)
    reviewed = sorted({review.commit for review in opinions} - {change.head_sha, ""})
    if not reviewed:
        return change
    proofs = clones.proofs(
        source, token, change.base_sha, change.head_sha, reviewed, base_name=change.base_ref
    )
    return replace(change, proofs=proofs)
