"""Commits, and everybody who is named in them."""

from collections.abc import Iterable, Mapping
from typing import Any

from warden_bot.errors import RetryLaterError
from warden_bot.github.parse.operators import AddressBook, operator_addresses
from warden_bot.github.parse.people import to_user
from warden_policies.model import Commit, KeyKind, Signature, Verification

_GITHUB_ITSELF = "noreply@github.com"
_KEYS: Mapping[str, tuple[KeyKind, str]] = {
    "GpgSignature": (KeyKind.GPG, "keyId"),
    "SshSignature": (KeyKind.SSH, "keyFingerprint"),
    "SmimeSignature": (KeyKind.SMIME, ""),
}


def to_commit(commit: dict[str, Any], book: AddressBook) -> Commit:
    """A commit with everybody who is named in it; `book` says whose an address is.

    GitHub lists a bounded number of co-authors. Those beyond it are kept as nobody we know, which
    blocks, instead of being forgotten.
    """
    authors, parents = commit["authors"], commit["parents"]
    named = tuple(to_signature(node) for node in authors["nodes"])
    unlisted = authors["totalCount"] - len(named)
    if parents["totalCount"] != len(parents["nodes"]):
        raise RetryLaterError("GitHub did not list all parents of a commit")
    return Commit(
        sha=commit["oid"],
        authors=named + (Signature("", None),) * unlisted,
        committer=None if _made_by_github(commit) else _committer(commit),
        parents=tuple(parent["oid"] for parent in parents["nodes"]),
        on_web=commit["committedViaWeb"],
        verification=_verification(commit["signature"]),
        operators=tuple(
            Signature(address, book.owner_of(address))
            for address in operator_addresses(commit["message"])
        ),
    )


def to_signature(actor: dict[str, Any]) -> Signature:
    """A name in a commit; GitHub maps the address to an account where it can."""
    return Signature(email=actor["email"] or "", person=to_user(actor["user"]))


def _committer(commit: dict[str, Any]) -> Signature:
    committer = commit["committer"]
    return to_signature(committer) if committer else Signature("", None)


def _made_by_github(commit: dict[str, Any]) -> bool:
    """The committer's name alone proves nothing; only GitHub can sign as GitHub."""
    signature, committer = commit["signature"], commit["committer"]
    return bool(
        signature
        and signature["isValid"]
        and signature["wasSignedByGitHub"]
        and committer
        and committer["email"] == _GITHUB_ITSELF
    )


def _verification(signature: dict[str, Any] | None) -> Verification | None:
    """What GitHub says of a signature. One of a kind that it does not know is not valid."""
    if signature is None:
        return None
    kind, name = _KEYS.get(signature["__typename"], (None, ""))
    return Verification(
        valid=signature["isValid"] and kind is not None,
        signer=to_user(signature["signer"]),
        key=kind or KeyKind.GPG,
        key_id=signature.get(name) or "",
        state=signature["state"],
    )


def signatures_of(commit: dict[str, Any]) -> Iterable[Signature]:
    """Every name in a commit that GitHub lists."""
    actors = (*commit["authors"]["nodes"], commit["committer"])
    return (to_signature(actor) for actor in actors if actor)
