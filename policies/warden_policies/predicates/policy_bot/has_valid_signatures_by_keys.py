"""`has_valid_signatures_by_keys: {key_ids: [0000000000000001]}`: which keys signed the commits."""

from collections.abc import Iterator
from dataclasses import dataclass

from warden_policies.model import Change, Commit, KeyKind, Verification
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Dialect
from warden_policies.policy_bot.answers import any_of, every_of, false, true
from warden_policies.policy_bot.example import made_of, signed
from warden_policies.policy_bot.parts import commits_of
from warden_policies.policy_bot.signatures import first_bad
from warden_policies.predicate import Example, predicate
from warden_policies.text import plain, short

NAME = "policy-bot has_valid_signatures_by_keys"


@dataclass(frozen=True, slots=True)
class Keys:
    """`key_ids`: the ids of GPG keys, as GitHub shows them."""

    key_ids: tuple[str, ...] = ()


_KEYS = Keys(("0000000000000001",))
_GPG = Verification(valid=True, key_id="0000000000000001")
_SSH = Verification(valid=True, key=KeyKind.SSH, key_id="0000000000000001")
_EXAMPLES = (
    Example(
        "it is the key",
        _KEYS,
        made_of(signed(_GPG)),
        Outcome.PASS,
        "every commit is signed with '0000000000000001'",
    ),
    Example(
        "SSH keys are none",
        _KEYS,
        made_of(signed(_SSH)),
        Outcome.FAIL,
        "commit 7be01d4 is signed with the ssh key 0000000000000001",
    ),
    Example("one is not signed", _KEYS, made_of(signed(None)), Outcome.FAIL,
            "commit 7be01d4 is not signed"),
)  # fmt: skip


def _describe(arguments: Keys) -> str:
    return f"every commit has a valid signature by the GPG key {every_of(arguments.key_ids)}"


@predicate(
    NAME,
    arguments=Keys,
    examples=_EXAMPLES,
    condition=True,
    dialect=Dialect.POLICY_BOT,
    describe=_describe,
)
def has_valid_signatures_by_keys(arguments: Keys, change: Change) -> Result:
    """Every commit has a valid GPG signature, made with one of the keys."""
    keys = any_of(arguments.key_ids)
    reason = first_bad(change) or next(_others(arguments, commits_of(change)), None)
    if reason is not None:
        return false(NAME, reason, f"sign every commit with {keys}")
    return true(NAME, f"every commit is signed with {keys}")


def _others(keys: Keys, commits: tuple[Commit, ...]) -> Iterator[str]:
    for commit in commits:
        found = commit.verification
        if found and not (found.key is KeyKind.GPG and found.key_id in keys.key_ids):
            key = f"the {found.key} key {plain(found.key_id) or 'without an id'}"
            yield f"commit {short(commit.sha)} is signed with {key}"
