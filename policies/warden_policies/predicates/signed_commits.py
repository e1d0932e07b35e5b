"""`signed_commits: {}`: every commit carries a signature that GitHub has verified."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from warden_policies.accounts import NamedActors
from warden_policies.actors import Actors, includes, standing_of
from warden_policies.conditions import opener_of
from warden_policies.example import ANA, BOB, SAMPLE, commit, signed_by
from warden_policies.model import Change, Commit, Person, Verification
from warden_policies.outcome import Action, Evidence, Outcome, Result
from warden_policies.people import is_github
from warden_policies.predicate import Example, predicate
from warden_policies.text import listed, plain, short


@dataclass(frozen=True, slots=True)
class SignedCommits:
    """`signers`: whose signatures count; `signer_is_author`: only the author's own does."""

    signer_is_author: bool = False
    signers: NamedActors | None = None


def _signed(signer: Person | None, *, valid: bool = True, state: str = "VALID") -> Change:
    made = replace(commit(ANA), committer=signed_by(ANA))
    proof = Verification(valid, signer, key_id="3AA5C34371567BD2", state=state)
    return replace(SAMPLE, commits=(replace(made, verification=proof),))


_WEB = replace(
    SAMPLE, commits=(replace(commit(ANA), on_web=True, verification=Verification(valid=True)),)
)
_ANY = SignedCommits()
_OWN = SignedCommits(signer_is_author=True)
_BOBS = SignedCommits(signers=Actors(people=("bob",)))
_EXAMPLES = (
    Example("signed", _ANY, _signed(ANA), Outcome.PASS, "1 of 1 commits signed"),
    Example("not signed", _ANY, SAMPLE, Outcome.FAIL, "7be01d4 is not signed"),
    Example(
        "signed with a key that GitHub does not know",
        _ANY,
        _signed(None, valid=False, state="UNKNOWN_KEY"),
        Outcome.FAIL,
        "the signature of 7be01d4 is not valid (unknown key)",
    ),
    Example(
        "made on github.com, and signed there", _ANY, _WEB, Outcome.PASS, "1 of 1 commits signed"
    ),
    Example(
        "GitHub's signature is not the author's",
        _OWN,
        _WEB,
        Outcome.FAIL,
        "7be01d4 was made on github.com: GitHub signed it, and not ana",
    ),
    Example(
        "signed by somebody other than the author",
        _OWN,
        _signed(BOB),
        Outcome.FAIL,
        "bob signed 7be01d4, which ana authored",
    ),
    Example("one of the signers", _BOBS, _signed(BOB), Outcome.PASS, "1 of 1 commits signed"),
    Example(
        "none of the signers",
        _BOBS,
        _signed(ANA),
        Outcome.FAIL,
        "ana, who signed 7be01d4, is not bob",
    ),
    Example(
        "no commit is signed by nobody",
        _ANY,
        replace(SAMPLE, commits=()),
        Outcome.FAIL,
        "there are no commits between base and head",
    ),
)


def _describe(arguments: SignedCommits) -> str:
    whose = ["the author's own"] if arguments.signer_is_author else []
    whose += [f"by {arguments.signers}"] if arguments.signers else []
    return ", ".join(["a verified signature on every commit", *whose])


def _never(arguments: SignedCommits) -> tuple[str, ...]:
    if not arguments.signer_is_author and arguments.signers is None:
        return ()
    return ("The signature under what is made on github.com is GitHub's own, and nobody else's",)


@predicate(
    "signed_commits", arguments=SignedCommits, examples=_EXAMPLES, describe=_describe, never=_never
)
def signed_commits(arguments: SignedCommits, change: Change) -> Result:
    """Every commit is signed, GitHub has verified it, and by whom, if that is asked.

    A signature says who held the key, not who wrote the code: with `signer_is_author` both must be
    one account. GitHub signs what is made on its pages, for whoever was logged in. That is a valid
    signature, but GitHub's own: it is neither the author's nor that of any of the `signers`.
    """
    faults = [
        (commit, fault)
        for commit in change.commits
        if (fault := _unsigned(commit) or _by_another(commit, arguments, change))
    ]
    number = len(change.commits)
    signed = f"{number - len(faults)} of {number} commits signed"
    none = "there are no commits between base and head"
    return Result(
        "signed_commits",
        Outcome.PASS if number and not faults else Outcome.FAIL,
        listed((fault for _, fault in faults), 3) or (signed if number else none),
        evidence=tuple(_evidence(commit) for commit in change.commits if _is_valid(commit)),
        actions=tuple(_actions([commit for commit, _ in faults], arguments, change)),
    )


def _is_valid(commit: Commit) -> bool:
    return commit.verification is not None and commit.verification.valid


def _unsigned(commit: Commit) -> str | None:
    proof = commit.verification
    if proof is None:
        return f"{short(commit.sha)} is not signed"
    if not proof.valid:
        state = plain(proof.state).replace("_", " ").lower()
        return f"the signature of {short(commit.sha)} is not valid ({state})"
    return None


def _by_another(commit: Commit, arguments: SignedCommits, change: Change) -> str | None:
    """Why a valid signature is not by whom it should be, if that matters."""
    if not arguments.signer_is_author and arguments.signers is None:
        return None
    sha, author = short(commit.sha), commit.authors[0].person if commit.authors else None
    if _by_github(commit):
        return f"{sha} was made on github.com: GitHub signed it, and not {_name(author)}"
    signer = commit.verification.signer if commit.verification else None
    if signer is None:
        return f"nobody knows whose key signed {sha}"
    if arguments.signer_is_author and (author is None or author.id != signer.id):
        return f"{_name(signer)} signed {sha}, which {_name(author)} authored"
    allowed = arguments.signers
    if allowed is None or includes(allowed, standing_of(signer, change)):
        return None
    return f"{_name(signer)}, who signed {sha}, is not {allowed}"


def _by_github(commit: Commit) -> bool:
    signer = commit.verification.signer if commit.verification else None
    return commit.committer is None or commit.on_web or (signer is not None and is_github(signer))


def _name(person: Person | None) -> str:
    return plain(person.login) if person else "an account that nobody knows"


def _evidence(commit: Commit) -> Evidence:
    proof = commit.verification
    if proof is None or _by_github(commit):
        return Evidence(f"{short(commit.sha)} signed by GitHub", commit=commit.sha)
    signer = _name(proof.signer)
    key = f" with {proof.key} key {plain(proof.key_id)}" if proof.key_id else ""
    return Evidence(f"{short(commit.sha)} signed by {signer}{key}", commit=commit.sha)


def _actions(faulty: list[Commit], arguments: SignedCommits, change: Change) -> Iterator[Action]:
    if not change.commits:
        what = f"push a commit to {plain(change.head_ref)}, or close the pull request"
        yield Action(opener_of(change), what)
    if faulty:
        key = f"a key of {arguments.signers}" if arguments.signers else "a key that GitHub knows"
        key = "the author's own key" if arguments.signer_is_author else key
        which = listed((short(commit.sha) for commit in faulty), 3)
        what = f"sign {which} with {key} (git rebase --force-rebase --gpg-sign), and push again"
        yield Action(opener_of(change), what)
