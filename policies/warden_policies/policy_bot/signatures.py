"""What GitHub says of the signatures under a change's commits."""

from warden_policies.model import Change
from warden_policies.policy_bot.parts import commits_of
from warden_policies.text import plain, short


def first_bad(change: Change) -> str | None:
    """The first commit without a valid signature, in words; None when there is none.

    Raises:
        NotRecorded: the commits were not read.
    """
    for commit in commits_of(change):
        if commit.verification is None:
            return f"commit {short(commit.sha)} is not signed"
        if not commit.verification.valid:
            state = plain(commit.verification.state) or "not valid"
            return f"commit {short(commit.sha)}: the signature is {state}"
    return None
