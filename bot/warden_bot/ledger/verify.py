"""Does the log say today what its checkpoints signed? Names the first thing that does not fit.

What this cannot see: a holder of both the database and the key who rewrites everything, or who cuts
the log back to an old checkpoint. Both show against a checkpoint kept elsewhere, so give this every
checkpoint that can be had, above all those that stand in the check runs on GitHub.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from warden_bot.ledger.checkpoint import CheckpointError
from warden_bot.ledger.checkpoint import verify as verify_checkpoint
from warden_bot.ledger.entry import Entry, EntryError
from warden_bot.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash
from warden_policies.canonical import digest

_Signed = dict[int, frozenset[bytes]]
"""Every root that a checkpoint signed, by the size it was signed at."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `size` and `root` are of the entries as they stand, whatever is wrong.

    `covered` is how many entries lie under a checkpoint that fits; the others could still be
    changed unseen. `problem` is the first thing that does not fit, in words, or None.
    """

    size: int
    root: bytes
    covered: int
    problem: str | None

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return self.problem is None


def verify_log(
    leaves: Iterable[bytes],
    checkpoint_texts: Iterable[str],
    public_key: Ed25519PublicKey,
    origin: str,
    *,
    stored_leaf_hashes: Sequence[bytes] | None = None,
) -> Verification:
    """Re-derive the tree from the entries and hold it against every checkpoint.

    `stored_leaf_hashes` are the hashes that were kept beside the entries, when there are any: with
    them an altered entry is named, without them only the range it lies in is. They are a help for
    the search and never a proof; the proof is the root.
    """
    signed, problem = _checkpoints(checkpoint_texts, public_key, origin)
    frontier, covered = Frontier(), 0
    for position, leaf in enumerate(leaves):
        found = leaf_hash(leaf)
        frontier = frontier.append(found)
        roots = signed.get(frontier.size, frozenset())
        problem = (
            problem
            or _hash_problem(position, found, stored_leaf_hashes)
            or _entry_problem(position, leaf, origin)
            or _root_problem(covered, frontier, roots)
        )
        if roots and not problem:
            covered = frontier.size
    problem = problem or _end_problem(frontier, signed, stored_leaf_hashes)
    return Verification(frontier.size, frontier.root(), covered, problem)


def verify_evidence(entry: Entry, evidence: Mapping[str, bytes]) -> tuple[str, ...]:
    """Everything that is wrong with the evidence of one entry, in words; empty when all fits.

    `evidence` maps a digest (`sha256:` and 64 digits) to the bytes that are said to have it.
    """
    wanted = {
        "change": entry.change_digest,
        "decision": entry.decision_digest,
        "policy": entry.policy_digest,
    }
    return tuple(
        problem
        for name, expected in wanted.items()
        if expected is not None
        for problem in _evidence_problem(entry, name, expected, evidence)
    )


def _evidence_problem(
    entry: Entry, name: str, expected: str, evidence: Mapping[str, bytes]
) -> list[str]:
    data = evidence.get(expected)
    if data is None:
        return [f"entry {entry.sequence}: its {name} ({_short(expected)}) is missing"]
    if digest(data) != expected:
        shown = f"expected {_short(expected)}, found {_short(digest(data))}"
        return [f"entry {entry.sequence}: its {name} was altered: {shown}"]
    return []


def _checkpoints(
    texts: Iterable[str], public_key: Ed25519PublicKey, origin: str
) -> tuple[_Signed, str | None]:
    """The signed roots by size, and the first checkpoint that is not one."""
    signed: _Signed = {}
    problem = None
    for index, text in enumerate(texts):
        try:
            checkpoint = verify_checkpoint(text, public_key, origin)
        except CheckpointError as error:
            problem = problem or f"checkpoint {index}: {error}"
        else:
            known = signed.get(checkpoint.size, frozenset())
            signed[checkpoint.size] = known | {checkpoint.root}
    return signed, problem


def _hash_problem(position: int, found: bytes, stored: Sequence[bytes] | None) -> str | None:
    if stored is None or position >= len(stored) or stored[position] == found:
        return None
    expected = _short(stored[position].hex())
    return f"entry {position} altered: expected {expected}, found {_short(found.hex())}"


def _entry_problem(position: int, leaf: bytes, origin: str) -> str | None:
    try:
        entry = Entry.from_bytes(leaf)
    except EntryError as error:
        return f"entry {position} is not an entry: {error}"
    if entry.sequence != position:
        return (
            f"entry {entry.sequence} stands where entry {position} belongs:"
            " entries were deleted, inserted or reordered"
        )
    if entry.log != origin:
        return f"entry {position} belongs to the log {entry.log!r}, not to {origin!r}"
    return None


def _root_problem(covered: int, frontier: Frontier, roots: frozenset[bytes]) -> str | None:
    if not roots:  # most sizes: spare the root
        return None
    found = frontier.root()
    wrong = sorted(roots - {found})
    if not wrong:
        return None
    return (
        f"entries {covered} to {frontier.size - 1}: not what the checkpoint at size"
        f" {frontier.size} signed (root expected {_short(wrong[0].hex())},"
        f" found {_short(found.hex())}): at least one was altered"
    )


def _end_problem(frontier: Frontier, signed: _Signed, stored: Sequence[bytes] | None) -> str | None:
    """What shows only once the last entry was read."""
    if signed.get(0, frozenset()) - {EMPTY_ROOT}:
        return "the checkpoint at size 0 does not hold the root of an empty log"
    promised = max(signed, default=0)
    if promised > frontier.size:
        return f"truncated: a checkpoint signed {promised} entries, the log holds {frontier.size}"
    if stored is not None and len(stored) != frontier.size:
        return f"{frontier.size} entries, but {len(stored)} stored leaf hashes"
    if frontier.size and not promised:
        return "no checkpoint covers an entry: nothing proves what the log says"
    return None


def _short(hexadecimal: str) -> str:
    """The first digits, as people compare them."""
    return hexadecimal.removeprefix("sha256:")[:8] + "\u2026"
