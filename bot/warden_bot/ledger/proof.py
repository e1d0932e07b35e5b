"""Proofs that need only a few hashes: "this entry is in the log", "this log grew out of that one".

Proofs are made as RFC 6962, sections 2.1.1 and 2.1.2 define them and checked with the algorithms of
RFC 9162, sections 2.1.3.2 and 2.1.4.2. A verifier answers False for everything that is not a valid
proof; it never raises on hashes from outside.
"""

from collections.abc import Sequence

from warden_bot.ledger.tree import EMPTY_ROOT, node_hash, root_of

Proof = tuple[bytes, ...]


def inclusion_proof(index: int, leaf_hashes: Sequence[bytes]) -> Proof:
    """The hashes that lead from the leaf at `index` to the root over `leaf_hashes`.

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaf_hashes):
        raise IndexError(f"no entry {index} in a log of {len(leaf_hashes)}")
    if len(leaf_hashes) == 1:
        return ()
    split = _left_size(len(leaf_hashes))
    left, right = leaf_hashes[:split], leaf_hashes[split:]
    if index < split:
        return (*inclusion_proof(index, left), root_of(right))
    return (*inclusion_proof(index - split, right), root_of(left))


def verify_inclusion(proof: Proof, leaf: bytes, index: int, size: int, root: bytes) -> bool:
    """Whether `proof` shows that the leaf hash `leaf` stands at `index` under `root`."""
    if not 0 <= index < size:
        return False
    node, last = index, size - 1
    computed = leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            computed = node_hash(sibling, computed)
            node, last = _up_past_missing_siblings(node, last)
        else:
            computed = node_hash(computed, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and computed == root


def consistency_proof(first: int, leaf_hashes: Sequence[bytes]) -> Proof:
    """The hashes that show that the first `first` leaves were only added to.

    Raises:
        IndexError: there are fewer leaves than `first`.
    """
    if not 0 <= first <= len(leaf_hashes):
        raise IndexError(f"a log of {len(leaf_hashes)} has no first {first} entries")
    return () if first == 0 else _subproof(first, leaf_hashes, whole=True)


def verify_consistency(
    proof: Proof, first: int, first_root: bytes, second: int, second_root: bytes
) -> bool:
    """Whether `proof` shows that the tree of `first` leaves is the start of that of `second`."""
    if first == 0:  # every log grew out of the empty one, so there is nothing to prove
        return second >= 0 and not proof and first_root == EMPTY_ROOT
    if first == second:
        return not proof and first_root == second_root
    if not 0 < first < second or not proof:
        return False
    return _verify_growth(proof, first, first_root, second, second_root)


def _verify_growth(
    proof: Proof, first: int, first_root: bytes, second: int, second_root: bytes
) -> bool:
    complete = first & (first - 1) == 0  # the old tree is one subtree: the proof leaves it out
    start, *rest = (first_root, *proof) if complete else proof
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = start
    for sibling in rest:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            node, last = _up_past_missing_siblings(node, last)
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _up_past_missing_siblings(node: int, last: int) -> tuple[int, int]:
    """Rise over the levels on which the right-most node has no sibling and is not hashed."""
    while not node & 1 and node != 0:
        node, last = node >> 1, last >> 1
    return node, last


def _subproof(first: int, leaf_hashes: Sequence[bytes], *, whole: bool) -> Proof:
    if first == len(leaf_hashes):
        return () if whole else (root_of(leaf_hashes),)
    split = _left_size(len(leaf_hashes))
    left, right = leaf_hashes[:split], leaf_hashes[split:]
    if first <= split:
        return (*_subproof(first, left, whole=whole), root_of(right))
    return (*_subproof(first - split, right, whole=False), root_of(left))


def _left_size(size: int) -> int:
    """The largest power of two below `size`: how many leaves the left subtree has."""
    return 1 << (size - 1).bit_length() - 1
