"""The Merkle tree of RFC 6962, section 2.1: one hash that stands for a whole list of entries.

A leaf and an inner node are hashed with different prefixes, so that neither can be passed off as
the other. To grow a tree only its frontier is needed: the roots of the complete subtrees it is made
of, at most one per bit of its size.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

HASH_SIZE = 32
"""Bytes in every hash of the tree (SHA-256)."""

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

_SIZE_BYTES = 8


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry's bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node with these two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree reduced to what appending needs.

    `hashes` are the roots of the complete subtrees from left to right, the largest first: one for
    every bit set in `size`.

    Raises:
        ValueError: the hashes cannot belong to a tree of this size.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size < 1 << (8 * _SIZE_BYTES):
            raise ValueError(f"a tree cannot have {self.size} leaves")
        if len(self.hashes) != self.size.bit_count():
            raise ValueError(
                f"the frontier of a tree with {self.size} leaves has {self.size.bit_count()}"
                f" hashes, got {len(self.hashes)}"
            )
        for item in self.hashes:
            require_hash(item)

    def append(self, leaf: bytes) -> Self:
        """The frontier after one more leaf hash. Takes logarithmic time; `self` stays as it is."""
        hashes, merged = [*self.hashes], require_hash(leaf)
        remaining = self.size
        while remaining & 1:  # a complete subtree as large as `merged` stands to its left
            merged = node_hash(hashes.pop(), merged)
            remaining >>= 1
        return type(self)(self.size + 1, (*hashes, merged))

    def root(self) -> bytes:
        """The root hash of the tree."""
        if not self.hashes:
            return EMPTY_ROOT
        *left, root = self.hashes
        for subtree in reversed(left):
            root = node_hash(subtree, root)
        return root

    def to_bytes(self) -> bytes:
        """The size as 8 bytes, the highest first, then the hashes from left to right."""
        return self.size.to_bytes(_SIZE_BYTES) + b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read back what `to_bytes` wrote.

        Raises:
            ValueError: the bytes are not exactly a frontier.
        """
        rest = data[_SIZE_BYTES:]
        if len(data) < _SIZE_BYTES or len(rest) % HASH_SIZE:
            raise ValueError(f"{len(data)} bytes are not a frontier: 8 and a multiple of 32 are")
        hashes = (rest[at : at + HASH_SIZE] for at in range(0, len(rest), HASH_SIZE))
        return cls(int.from_bytes(data[:_SIZE_BYTES]), tuple(hashes))


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root hash over these leaf hashes."""
    frontier = Frontier()
    for leaf in leaf_hashes:
        frontier = frontier.append(leaf)
    return frontier.root()


def require_hash(value: bytes) -> bytes:
    """`value`, when it has a hash's length.

    Raises:
        ValueError: it has another length.
    """
    if len(value) != HASH_SIZE:
        raise ValueError(f"a hash has {HASH_SIZE} bytes, got {len(value)}")
    return value
