"""Proofs hold for what is true, and for nothing else."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warden_bot.ledger.proof import (
    Proof,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from warden_bot.ledger.tree import EMPTY_ROOT, leaf_hash, root_of

LARGEST = 40
HASHES = [leaf_hash(b"%d" % number) for number in range(LARGEST)]
ROOTS = [root_of(HASHES[:size]) for size in range(LARGEST + 1)]
OTHER = leaf_hash(b"something else")


def altered(proof: Proof) -> Iterator[Proof]:
    """Every proof with one hash replaced, left out, doubled or swapped with its neighbour."""
    for at, item in enumerate(proof):
        yield (*proof[:at], OTHER, *proof[at + 1 :])
        yield (*proof[:at], *proof[at + 1 :])
        yield (*proof[:at], item, *proof[at:])
        yield (*proof[:at], *reversed(proof[at : at + 2]), *proof[at + 2 :])
    yield (*proof, OTHER)
    yield (OTHER, *proof)


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_entry_is_proved_and_only_where_it_stands(size: int) -> None:
    root = ROOTS[size]
    for index in range(size):
        proof = inclusion_proof(index, HASHES[:size])
        assert len(proof) <= (size - 1).bit_length()
        assert verify_inclusion(proof, HASHES[index], index, size, root)
        assert not verify_inclusion(proof, OTHER, index, size, root)
        assert not verify_inclusion(proof, HASHES[index], index, size, OTHER)
        for wrong in {index - 1, index + 1, size, -1}:
            assert not verify_inclusion(proof, HASHES[index], wrong, size, root)
        for changed in altered(proof):
            assert changed == proof or not verify_inclusion(
                changed, HASHES[index], index, size, root
            )


@pytest.mark.parametrize("second", range(1, LARGEST + 1))
def test_growth_is_proved_and_a_rewritten_past_is_not(second: int) -> None:
    for first in range(1, second + 1):
        proof = consistency_proof(first, HASHES[:second])
        assert verify_consistency(proof, first, ROOTS[first], second, ROOTS[second])
        assert not verify_consistency(proof, first, OTHER, second, ROOTS[second])
        assert not verify_consistency(proof, first, ROOTS[first], second, OTHER)
        for changed in altered(proof):
            assert changed == proof or not verify_consistency(
                changed, first, ROOTS[first], second, ROOTS[second]
            )


def test_sizes_the_wrong_way_round_are_refused() -> None:
    proof = consistency_proof(3, HASHES[:7])
    assert not verify_consistency(proof, 7, ROOTS[7], 3, ROOTS[3])
    assert not verify_consistency((), -1, ROOTS[1], 3, ROOTS[3])
    assert not verify_consistency((), 3, ROOTS[3], 7, ROOTS[7])


def test_every_log_grew_out_of_the_empty_one() -> None:
    assert consistency_proof(0, HASHES[:5]) == ()
    assert verify_consistency((), 0, EMPTY_ROOT, 5, ROOTS[5])
    assert not verify_consistency((), 0, OTHER, 5, ROOTS[5])
    assert not verify_consistency((OTHER,), 0, EMPTY_ROOT, 5, ROOTS[5])


@settings(deadline=None)
@given(st.data(), st.lists(st.binary(max_size=8), min_size=2, max_size=80))
def test_a_log_with_one_altered_entry_did_not_grow_out_of_the_old_one(
    data: st.DataObject, leaves: list[bytes]
) -> None:
    first = data.draw(st.integers(1, len(leaves) - 1))
    at = data.draw(st.integers(0, first - 1))
    hashes = [leaf_hash(leaf) for leaf in leaves]
    rewritten = [*hashes[:at], OTHER, *hashes[at + 1 :]]
    old, new = root_of(hashes[:first]), root_of(rewritten)
    assert not verify_consistency(consistency_proof(first, rewritten), first, old, len(leaves), new)


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_there_is_no_proof_of_an_entry_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError, match="no entry"):
        inclusion_proof(index, HASHES[:3])


@pytest.mark.parametrize("first", [-1, 4])
def test_there_is_no_proof_of_a_log_larger_than_this_one(first: int) -> None:
    with pytest.raises(IndexError, match="no first"):
        consistency_proof(first, HASHES[:3])
