"""Clones as the service uses them: over HTTP, partial, healed when damaged."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.bot.clone.book import Book, git
from tests.bot.clone.conftest import Hosted, Update
from tests.bot.clone.every_shape import SHAPES
from tests.bot.clone.shapes import MAIN, NEWS, UPDATE
from warden_bot.clone.proofs import Head
from warden_policies.model import ContentProof

GONE = "not proven: it is not to be had from the server any more"
NEED_CONTENT = sorted(name for name in SHAPES if "update" in name or "moved" in name)


def proven(proofs: list[ContentProof]) -> bool:
    return [proof.how for proof in proofs] == [UPDATE]


def test_a_partial_clone_proves_what_a_whole_one_would(hosted: Hosted) -> None:
    book = Book()
    shapes = {name: SHAPES[name](book) for name in NEED_CONTENT}
    names = hosted.publish(book)
    clones = hosted.clones()
    for name, shape in shapes.items():
        seen_on = names[shape.base if shape.seen_on is None else shape.seen_on]
        (proof,) = clones.prove(
            hosted.source,
            hosted.token,
            Head(names[shape.base], names[shape.head], "main"),
            {names[shape.reviewed]: seen_on},
        )
        assert (name, proof.how, proof.differing) == (name, shape.how, shape.differing)


def test_contents_of_files_come_only_when_they_have_to_be_merged(
    hosted: Hosted, update: Update
) -> None:
    base, head, reviewed = update
    assert hosted.prove(base, reviewed, head)[0].differing == ("app.py",)
    kinds = git(hosted.clone, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)")
    assert set(kinds.split()) == {"commit", "tree"}
    assert proven(hosted.prove(*update))
    kinds = git(hosted.clone, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)")
    assert kinds.split().count("blob") == 3


def test_a_question_leaves_nothing_behind_and_the_next_needs_no_server(
    hosted: Hosted, update: Update
) -> None:
    assert proven(hosted.prove(*update))
    before = sorted(path.name for path in hosted.clone.rglob("*"))
    hosted.github.stop()
    assert proven(hosted.prove(*update))
    assert sorted(path.name for path in hosted.clone.rglob("*")) == before
    places = {path.name for path in hosted.clone.parent.iterdir()}
    assert places == {f"{hosted.source.id}.git", f"{hosted.source.id}.lock"}


def test_the_stored_configuration_knows_no_server(hosted: Hosted, update: Update) -> None:
    assert proven(hosted.prove(*update))
    assert "remote" not in (hosted.clone / "config").read_text()
    assert not (hosted.clone / "hooks").exists()


def empty_config(clone: Path) -> None:
    (clone / "config").write_text("")


def broken_pack(clone: Path) -> None:
    for pack in (clone / "objects" / "pack").glob("*.pack"):
        pack.chmod(0o600)
        pack.write_bytes(pack.read_bytes()[:40])


def missing_pack(clone: Path) -> None:
    largest = max((clone / "objects" / "pack").glob("*.pack"), key=lambda path: path.stat().st_size)
    largest.unlink()


def broken_index(clone: Path) -> None:
    for index in (clone / "objects" / "pack").glob("*.idx"):
        index.chmod(0o600)
        index.write_bytes(b"\0" * 2000)


def no_objects(clone: Path) -> None:
    shutil.rmtree(clone / "objects")


def no_head(clone: Path) -> None:
    (clone / "HEAD").unlink()


def a_file_in_its_place(clone: Path) -> None:
    shutil.rmtree(clone)
    clone.write_text("")


def half_a_ref(clone: Path) -> None:
    (clone / "refs" / "kept" / f"{7:012}").write_text("0123")


@pytest.mark.parametrize(
    "damage",
    [
        empty_config,
        broken_pack,
        missing_pack,
        broken_index,
        no_objects,
        no_head,
        a_file_in_its_place,
        half_a_ref,
    ],
)
def test_a_damaged_clone_is_laid_anew(
    hosted: Hosted, update: Update, damage: Callable[[Path], None]
) -> None:
    assert proven(hosted.prove(*update))
    damage(hosted.clone)
    assert proven(hosted.prove(*update))


def test_a_clone_that_damage_and_no_server_leave_is_not_thrown_away(
    hosted: Hosted, update: Update
) -> None:
    assert proven(hosted.prove(*update))
    no_head(hosted.clone)
    hosted.github.stop()
    (proof,) = hosted.prove(*update)
    assert (proof.same, proof.differing) == (False, None)
    (hosted.clone / "HEAD").write_text("ref: refs/none\n")
    assert proven(hosted.prove(*update))


def test_a_lock_that_a_killed_git_left_is_no_obstacle(hosted: Hosted, update: Update) -> None:
    base, _, reviewed = update
    assert not hosted.prove(base, reviewed, base)[0].same
    (hosted.clone / "refs" / "kept" / f"{2:012}.lock").write_text("")
    assert proven(hosted.prove(*update))


def test_what_a_killed_fetch_left_is_removed(hosted: Hosted, update: Update) -> None:
    assert proven(hosted.prove(*update))
    rubbish = hosted.clone / "objects" / "pack" / "tmp_pack_x"
    rubbish.write_bytes(b"x")
    assert proven(hosted.prove(*update))
    assert not rubbish.exists()


def test_many_at_once_all_get_their_answer(hosted: Hosted) -> None:
    book = Book()
    old = book.commit((), MAIN)
    base = book.commit(old, MAIN | NEWS)
    pairs = []
    for number in range(6):
        mine = {"app.py": f"{number}\n"}
        reviewed = book.commit(old, MAIN | mine)
        pairs.append((book.commit(base, MAIN | NEWS | mine), reviewed))
    names = hosted.publish(book)
    with ThreadPoolExecutor(6) as pool:
        asked = [
            pool.submit(hosted.prove, names[base], names[head], names[reviewed])
            for head, reviewed in pairs
        ]
        assert [each.result()[0].how for each in asked] == ["a clean rebase"] * 6


def test_only_the_reviewed_commit_that_is_gone_stays_unproven(
    hosted: Hosted, update: Update
) -> None:
    base, head, reviewed = update
    proofs = hosted.prove(base, head, "1" * 40, reviewed)
    assert [proof.how for proof in proofs] == [GONE, UPDATE]
    assert proofs[0].differing is None


@pytest.mark.parametrize(
    "name", ["", "main", "-x", "1" * 39, "1" * 64, "A" * 40, "--upload-pack=x", f"{'1' * 40}\n"]
)
def test_what_is_no_name_of_a_commit_never_reaches_git(
    hosted: Hosted, update: Update, name: str
) -> None:
    base, head, reviewed = update
    (asked, known) = hosted.prove(base, head, name, reviewed)
    assert (asked.same, asked.differing, known.same) == (False, None, True)
    if name != "1" * 64:
        (proof,) = hosted.prove(name, head, reviewed)
        assert "is not the name of a commit" in proof.how


@pytest.mark.parametrize("which", [0, 1], ids=["base", "head"])
def test_nothing_is_proven_about_commits_that_are_not_there(
    hosted: Hosted, update: Update, which: int
) -> None:
    base, head, reviewed = ["1" * 40 if at == which else name for at, name in enumerate(update)]
    (proof,) = hosted.prove(base, head, reviewed)
    assert (proof.same, proof.differing) == (False, None)
    assert "not our ref" in proof.how


def test_a_blob_is_not_taken_for_a_commit(hosted: Hosted, update: Update) -> None:
    base, head, _ = update
    assert proven(hosted.prove(*update))
    listed = git(hosted.clone, "rev-parse", f"{head}:app.py").strip()
    (proof,) = hosted.prove(base, head, listed)
    assert (proof.same, proof.how) == (False, GONE)


def test_a_server_that_counts_otherwise_than_the_commits_proves_nothing(hosted: Hosted) -> None:
    """Names as long as those of SHA-256, where the server has SHA-1."""
    (proof,) = hosted.prove("1" * 64, "2" * 64, "3" * 64)
    assert (proof.same, proof.differing) == (False, None)
    assert proof.how.startswith("not proven: git fetch: ")


def test_a_history_with_flaws_is_refused_by_name(hosted: Hosted) -> None:
    """Some old tools left such commits in honest histories. git can be told to pass over one flaw
    or another, but not where it leaves contents out."""
    book = Book()
    base = book.commit((), MAIN)
    names = book.write(hosted.folder / "flawed")
    folder = hosted.folder / "flawed"
    tree = git(folder, "rev-parse", f"{names[base]}^{{tree}}").strip()
    who = "A<a@x.org> 1700000000 +0000"
    commit = f"tree {tree}\nparent {names[base]}\nauthor {who}\ncommitter {who}\n\nOld\n"
    make = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
    head = git(folder, *make, given=commit.encode()).strip()
    hosted.push(folder, f"{names[base]}:refs/heads/a", f"{head}:refs/heads/b")
    (proof,) = hosted.prove(names[base], head, names[base])
    assert "missingSpaceBeforeEmail" in proof.how


def test_a_tree_that_can_be_read_in_two_ways_is_refused(hosted: Hosted) -> None:
    book = Book()
    base = book.commit((), MAIN)
    names = book.write(hosted.folder / "flawed")
    folder = hosted.folder / "flawed"
    blobs = [git(folder, "hash-object", "-w", "--stdin", given=b"%d" % at).strip() for at in (1, 2)]
    twice = b"".join(b"100644 app.py\0" + bytes.fromhex(blob) for blob in blobs)
    make = ("hash-object", "-w", "--literally", "--stdin")
    tree = git(folder, *make, "-t", "tree", given=twice).strip()
    who = "A <a@x.org> 1700000000 +0000"
    commit = f"tree {tree}\nparent {names[base]}\nauthor {who}\ncommitter {who}\n\nTwice\n"
    head = git(folder, *make, "-t", "commit", given=commit.encode()).strip()
    hosted.push(folder, f"{names[base]}:refs/heads/a", f"{head}:refs/heads/b")
    (proof,) = hosted.prove(names[base], head, names[base])
    assert "duplicateEntries" in proof.how
