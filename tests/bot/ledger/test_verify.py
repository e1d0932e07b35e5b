"""Whatever is done to the log afterwards shows against its checkpoints, and is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bot.ledger.logs import ORIGIN, PUBLIC_KEY, SIGNER, Log, entry, log_of
from warden_bot.ledger.checkpoint import Checkpoint, sign
from warden_bot.ledger.keys import Signer
from warden_bot.ledger.tree import EMPTY_ROOT, leaf_hash, root_of
from warden_bot.ledger.verify import Verification, verify_evidence, verify_log
from warden_policies.outcome import Verdict

LOG = log_of(12)


def check(leaves: list[bytes], notes: list[str], stored: list[bytes] | None = None) -> Verification:
    return verify_log(leaves, notes, PUBLIC_KEY, ORIGIN, stored_leaf_hashes=stored)


def forged(sequence: int) -> bytes:
    """The entry as somebody would like it to have been."""
    return entry(sequence, verdict=Verdict.ALLOW).to_bytes()


def test_an_untouched_log_fits() -> None:
    found = check(LOG.leaves, LOG.notes, LOG.hashes)
    assert found == Verification(12, root_of(LOG.hashes), 12, None)
    assert found.ok


def test_an_empty_log_fits() -> None:
    note = sign(Checkpoint(ORIGIN, 0, EMPTY_ROOT), SIGNER)
    assert check([], [note]) == check([], []) == Verification(0, EMPTY_ROOT, 0, None)


def test_entries_after_the_last_checkpoint_are_not_called_covered() -> None:
    assert check(LOG.leaves, LOG.notes[:5]).covered == 5
    assert check(LOG.leaves, [LOG.notes[4], LOG.notes[8], LOG.notes[2]]).covered == 9


def test_an_altered_entry_is_named_with_both_hashes() -> None:
    leaves = [*LOG.leaves]
    leaves[9] = forged(9)
    found = check(leaves, LOG.notes, LOG.hashes)
    expected, seen = LOG.hashes[9].hex()[:8], leaf_hash(leaves[9]).hex()[:8]
    assert found.problem == f"entry 9 altered: expected {expected}…, found {seen}…"
    assert found.covered == 9
    assert not found.ok


def test_an_entry_altered_together_with_its_stored_hash_is_found_by_the_root() -> None:
    leaves = [*LOG.leaves]
    leaves[9] = forged(9)
    hashes = [leaf_hash(leaf) for leaf in leaves]
    problem = check(leaves, LOG.notes, hashes).problem
    assert problem is not None
    assert problem.startswith("entries 9 to 9: not what the checkpoint at size 10 signed")


def test_without_a_checkpoint_for_each_entry_the_range_is_named() -> None:
    leaves = [*LOG.leaves]
    leaves[6] = forged(6)
    problem = check(leaves, [LOG.notes[3], LOG.notes[11]]).problem
    assert problem is not None
    assert problem.startswith("entries 4 to 11: not what the checkpoint at size 12 signed")


@pytest.mark.parametrize(
    ("leaves", "problem"),
    [
        pytest.param(
            LOG.leaves[:4] + LOG.leaves[5:],
            "entry 5 stands where entry 4 belongs: entries were deleted, inserted or reordered",
            id="deleted",
        ),
        pytest.param(
            [*LOG.leaves[:4], LOG.leaves[5], LOG.leaves[4], *LOG.leaves[6:]],
            "entry 5 stands where entry 4 belongs: entries were deleted, inserted or reordered",
            id="reordered",
        ),
        pytest.param(
            [*LOG.leaves[:4], forged(4), *LOG.leaves[4:]],
            "entries 4 to 4: not what the checkpoint at size 5 signed",
            id="inserted",
        ),
        pytest.param(
            LOG.leaves[:-3],
            "truncated: a checkpoint signed 12 entries, the log holds 9",
            id="truncated",
        ),
        pytest.param(
            [], "truncated: a checkpoint signed 12 entries, the log holds 0", id="emptied"
        ),
        pytest.param(
            [*LOG.leaves[:4], b"gone", *LOG.leaves[5:]],
            "entry 4 is not an entry: not JSON",
            id="overwritten",
        ),
        pytest.param(
            [*LOG.leaves[:4], entry(4, log="other.example").to_bytes(), *LOG.leaves[5:]],
            "entry 4 belongs to the log 'other.example', not to 'warden.example/log/42'",
            id="of another log",
        ),
    ],
)
def test_what_was_done_is_said_in_words(leaves: list[bytes], problem: str) -> None:
    found = check(leaves, LOG.notes).problem
    assert found is not None
    assert found.startswith(problem)


def test_a_rollback_shows_against_a_checkpoint_kept_elsewhere() -> None:
    rolled_back = Log(LOG.leaves[:7], LOG.hashes[:7], LOG.notes[:7])
    assert check(rolled_back.leaves, rolled_back.notes, rolled_back.hashes).ok
    elsewhere = LOG.notes[10]
    problem = check(rolled_back.leaves, [*rolled_back.notes, elsewhere]).problem
    assert problem == "truncated: a checkpoint signed 11 entries, the log holds 7"


def test_a_rewritten_log_signed_with_the_stolen_key_shows_against_an_old_checkpoint() -> None:
    leaves = [*LOG.leaves[:7], *(forged(sequence) for sequence in range(7, 12))]
    root = root_of([leaf_hash(leaf) for leaf in leaves])
    resigned = sign(Checkpoint(ORIGIN, 12, root), SIGNER)
    assert check(leaves, [resigned]).ok
    problem = check(leaves, [resigned, LOG.notes[11]]).problem
    assert problem is not None
    assert "not what the checkpoint at size 12 signed" in problem


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        (sign(Checkpoint(ORIGIN, 3, bytes(32)), Signer.from_seed(bytes(32))), "another key"),
        (LOG.notes[2].replace("\n3\n", "\n4\n"), "not valid"),
        ("", "empty line"),
    ],
)
def test_a_checkpoint_that_is_none_is_a_problem(note: str, reason: str) -> None:
    problem = check(LOG.leaves, [LOG.notes[0], note, LOG.notes[11]]).problem
    assert problem is not None
    assert problem.startswith("checkpoint 1: ")
    assert reason in problem


def test_a_log_without_checkpoints_proves_nothing() -> None:
    empty = sign(Checkpoint(ORIGIN, 0, EMPTY_ROOT), SIGNER)
    for notes in ([], [empty]):
        problem = check(LOG.leaves, notes).problem
        assert problem == "no checkpoint covers an entry: nothing proves what the log says"


def test_a_wrong_root_of_the_empty_log_is_a_problem() -> None:
    note = sign(Checkpoint(ORIGIN, 0, bytes(32)), SIGNER)
    problem = check(LOG.leaves, [note, *LOG.notes]).problem
    assert problem == "the checkpoint at size 0 does not hold the root of an empty log"


@pytest.mark.parametrize("stored", [LOG.hashes[:-1], [*LOG.hashes, bytes(32)]])
def test_stored_hashes_have_to_be_as_many_as_the_entries(stored: list[bytes]) -> None:
    problem = check(LOG.leaves, LOG.notes, stored).problem
    assert problem == f"12 entries, but {len(stored)} stored leaf hashes"


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_edit_of_the_leaves_goes_unseen_by_the_last_checkpoint(data: st.DataObject) -> None:
    """Edit, delete, insert, swap, truncate: any mixture, against one checkpoint at the end."""
    leaves = [*LOG.leaves]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, max(len(leaves) - 2, 0)))
        match data.draw(st.sampled_from(["edit", "delete", "insert", "swap", "truncate"])):
            case "edit":
                leaves[at : at + 1] = [forged(at)]
            case "delete":
                del leaves[at : at + 1]
            case "insert":
                leaves.insert(at, entry(at, number=99).to_bytes())
            case "swap":
                leaves[at : at + 2] = reversed(leaves[at : at + 2])
            case _:
                del leaves[at + 1 :]
    assert check(leaves, [LOG.notes[-1]]).ok is (leaves == LOG.leaves)


def test_evidence_is_held_against_the_digests() -> None:
    evidence = {
        entry(3).policy_digest or "": b"policy",
        entry(3).change_digest: b"change 3",
        entry(3).decision_digest: b"decision 3",
    }
    assert verify_evidence(entry(3), evidence) == ()
    assert verify_evidence(entry(3, policy_digest=None), evidence) == ()

    altered = evidence | {entry(3).change_digest: b"change 4"}
    (problem,) = verify_evidence(entry(3), altered)
    assert problem.startswith("entry 3: its change was altered: expected ")

    digest = entry(3).decision_digest
    missing = {key: value for key, value in evidence.items() if key != digest}
    shown = digest.removeprefix("sha256:")[:8]
    assert verify_evidence(entry(3), missing) == (f"entry 3: its decision ({shown}…) is missing",)
    assert len(verify_evidence(entry(3), {})) == 3
