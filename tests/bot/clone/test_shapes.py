"""Every way of moving a branch, honest or not, and whether an approval can survive it."""

from pathlib import Path

import pytest

from tests.bot.clone.book import Book
from tests.bot.clone.conftest import OpenHistory
from tests.bot.clone.every_shape import SHAPES
from tests.bot.clone.shapes import Draw
from warden_bot.clone.proofs import Head, Proofs
from warden_policies.model import ContentProof


def prove_in(folder: Path, open_history: OpenHistory, draw: Draw, digits: int) -> ContentProof:
    """The proof that is found for a history, which is written to `folder`."""
    book = Book()
    shape = draw(book)
    names = book.write(folder, digits)
    head = Head(names[shape.base], names[shape.head], "main")
    seen_on = names[shape.base if shape.seen_on is None else shape.seen_on]
    return Proofs(open_history(folder, digits), head).of(names[shape.reviewed], seen_on)


@pytest.mark.parametrize("draw", [pytest.param(draw, id=name) for name, draw in SHAPES.items()])
def test_a_proof_is_given_for_what_was_reviewed_and_for_nothing_else(
    tmp_path: Path, open_history: OpenHistory, draw: Draw
) -> None:
    expected = draw(Book())
    proof = prove_in(tmp_path / "repository", open_history, draw, 40)
    assert (proof.how, proof.differing) == (expected.how, expected.differing)
    assert proof.same is (expected.differing == ())


@pytest.mark.parametrize("name", ["an update that merges the same file", "a clean rebase"])
def test_a_repository_that_uses_sha_256_is_no_different(
    tmp_path: Path, open_history: OpenHistory, name: str
) -> None:
    assert prove_in(tmp_path / "repository", open_history, SHAPES[name], 64).same
