"""The tree against RFC 6962: its published vectors and its recursive definition."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warden_bot.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash, node_hash, root_of

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The leaves that the reference implementations of Certificate Transparency are tested with."""

ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Their roots over the first 0 to 8 of them."""


def recursive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = recursive_root(leaves[:split]), recursive_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("size", range(9))
def test_published_vectors(size: int) -> None:
    leaves = LEAVES[:size]
    assert root_of(map(leaf_hash, leaves)).hex() == ROOTS[size]
    assert recursive_root(leaves).hex() == ROOTS[size]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Frontier().root() == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_a_leaf_is_never_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)


def test_the_frontier_has_the_root_of_the_recursive_definition_at_every_size() -> None:
    leaves = [b"%d" % number for number in range(300)]
    frontier = Frontier()
    for size, leaf in enumerate(leaves):
        assert frontier.root() == recursive_root(leaves[:size]), size
        assert Frontier.from_bytes(frontier.to_bytes()) == frontier
        frontier = frontier.append(leaf_hash(leaf))


def test_appending_leaves_the_old_frontier_as_it_was() -> None:
    frontier = Frontier().append(leaf_hash(b"a"))
    before = frontier.root()
    frontier.append(leaf_hash(b"b"))
    assert (frontier.size, frontier.root()) == (1, before)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=60))
def test_any_list_has_the_root_of_the_recursive_definition(leaves: list[bytes]) -> None:
    assert root_of(map(leaf_hash, leaves)) == recursive_root(leaves)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(bytes(7), id="half a size"),
        pytest.param((1).to_bytes(8), id="size 1 without a hash"),
        pytest.param((1).to_bytes(8) + bytes(31), id="a hash too short"),
        pytest.param((1).to_bytes(8) + bytes(33), id="a byte too many"),
        pytest.param((1).to_bytes(8) + bytes(64), id="a hash too many"),
        pytest.param(bytes(8) + bytes(32), id="size 0 with a hash"),
        pytest.param((3).to_bytes(8) + bytes(32), id="size 3 with one hash"),
    ],
)
def test_bytes_that_are_no_frontier_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"frontier"):
        Frontier.from_bytes(data)


@pytest.mark.parametrize("wrong", [b"", bytes(31), bytes(33)])
def test_a_leaf_hash_of_another_length_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Frontier().append(wrong)


def test_a_negative_size_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 leaves"):
        Frontier(size=-1)
