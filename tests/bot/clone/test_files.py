"""The files of a change, from git: all of them, and each as what it is."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.clone.book import Book, Node, Tree, text
from tests.bot.clone.conftest import OpenHistory
from tests.bot.clone.shapes import MAIN, crossed
from warden_bot.clone.errors import CloneError
from warden_bot.clone.files import files_between
from warden_policies.model import ChangedFile, EntryKind, FileChange

ADDED, MODIFIED, REMOVED, RENAMED = FileChange
FILE, EXECUTABLE, SYMLINK, SUBMODULE = EntryKind
LINK = Node(b"app.py", "120000")
PROGRAM = Node(MAIN["app.py"].encode(), "100755")


def sub(digit: bytes) -> Node:
    return Node(digit * 40, "160000")


def without(tree: Tree, *names: str | bytes) -> dict[Any, Any]:
    return {name: node for name, node in tree.items() if name not in names}


CASES: dict[str, tuple[Tree, Tree, list[ChangedFile]]] = {
    "a new file": (
        MAIN,
        MAIN | {"new.py": "1\n2\n"},
        [ChangedFile("new.py", ADDED, additions=2)],
    ),
    "a changed file": (
        MAIN,
        MAIN | {"app.py": text({3: "a\nb"})},
        [ChangedFile("app.py", MODIFIED, 2, 1)],
    ),
    "a file that is gone": (
        MAIN,
        without(MAIN, "README"),
        [ChangedFile("README", REMOVED, deletions=1)],
    ),
    "a renamed file": (
        MAIN,
        without(MAIN, "lib.py") | {"src/lib.py": text({1: "x"}), "app.py": text({1: "y"})},
        [
            ChangedFile("app.py", MODIFIED, 1, 1),
            ChangedFile("src/lib.py", RENAMED, 1, 1, previous_path="lib.py"),
        ],
    ),
    "a copied file is a new one": (
        MAIN,
        MAIN | {"copy.py": MAIN["app.py"]},
        [ChangedFile("copy.py", ADDED, 30)],
    ),
    "a file that may be executed": (
        MAIN,
        MAIN | {"app.py": PROGRAM},
        [ChangedFile("app.py", MODIFIED, entry=EXECUTABLE, previous_entry=FILE)],
    ),
    "a file that becomes a link": (
        MAIN,
        MAIN | {"README": LINK},
        [ChangedFile("README", MODIFIED, 1, 1, entry=SYMLINK, previous_entry=FILE)],
    ),
    "a link that is gone": (
        MAIN | {"link": LINK},
        MAIN,
        [ChangedFile("link", REMOVED, 0, 1, entry=SYMLINK)],
    ),
    "a new submodule": (
        MAIN,
        MAIN | {"sub": sub(b"1")},
        [ChangedFile("sub", ADDED, 1, entry=SUBMODULE)],
    ),
    "a submodule that moved": (
        MAIN | {"sub": sub(b"1")},
        MAIN | {"sub": sub(b"2")},
        [ChangedFile("sub", MODIFIED, 1, 1, entry=SUBMODULE)],
    ),
    "a submodule that becomes a file": (
        MAIN | {"sub": sub(b"1")},
        MAIN | {"sub": "mine\n"},
        [ChangedFile("sub", MODIFIED, 1, 1, previous_entry=SUBMODULE)],
    ),
    "a binary file": (
        MAIN,
        MAIN | {"logo": b"\0\1\2"},
        [ChangedFile("logo", ADDED)],
    ),
    "attributes that call a text binary": (
        MAIN | {".gitattributes": "*.py -diff\n"},
        MAIN | {".gitattributes": "*.py -diff\n", "app.py": text({3: "x"})},
        [ChangedFile("app.py", MODIFIED, 1, 1)],
    ),
    "names with everything in them": (
        MAIN,
        MAIN | {"a\tb\n1\t2\tc": "x\n", ":100644 R": "y\n", b"caf\xe9": "z\n", "é": "1\n2\n"},
        [
            ChangedFile(":100644 R", ADDED, 1),
            ChangedFile("a\tb\n1\t2\tc", ADDED, 1),
            ChangedFile("caf\\xe9", ADDED, 1),
            ChangedFile("é", ADDED, 2),
        ],
    ),
    "a renamed name with everything in it": (
        MAIN | {"a\tb\n": text({5: "five"})},
        MAIN | {b":c\xff R\t": text({5: "five"})},
        [ChangedFile(":c\\xff R\t", RENAMED, previous_path="a\tb\n")],
    ),
    "nothing": (MAIN, MAIN, []),
}


@pytest.mark.parametrize(
    ("before", "after", "expected"), [pytest.param(*case, id=name) for name, case in CASES.items()]
)
def test_each_file_is_told_as_what_it_is(
    tmp_path: Path,
    open_history: OpenHistory,
    before: Tree,
    after: Tree,
    expected: list[ChangedFile],
) -> None:
    book = Book()
    old = book.commit((), before)
    base = book.commit(old, {**before, "later": "the base moved on\n"})
    head = book.commit(old, after)
    names = book.write(tmp_path / "repository")
    files = files_between(open_history(tmp_path / "repository"), names[base], names[head])
    assert list(files) == expected


def test_row_31_more_than_three_thousand_files_are_all_there(
    tmp_path: Path, open_history: OpenHistory
) -> None:
    book = Book()
    base = book.commit((), MAIN)
    head = book.commit(base, MAIN | {f"data/{number:05}": "x\n" for number in range(3_500)})
    names = book.write(tmp_path / "repository")
    files = files_between(open_history(tmp_path / "repository"), names[base], names[head])
    assert len(files) == 3_500
    assert sum(file.additions for file in files) == 3_500


def test_without_exactly_one_common_ancestor_there_is_no_answer_but_a_way_out(
    tmp_path: Path, open_history: OpenHistory
) -> None:
    book = Book()
    at = crossed(book)
    orphan = book.commit((), MAIN)
    updated = book.commit((at.reviewed, at.base), at.tree)
    names = book.write(tmp_path / "repository")
    history = open_history(tmp_path / "repository")
    with pytest.raises(CloneError, match="more than one common ancestor: merge the base branch"):
        files_between(history, names[at.base], names[at.reviewed])
    with pytest.raises(CloneError, match="no common ancestor"):
        files_between(history, names[at.base], names[orphan])
    (file,) = files_between(history, names[at.base], names[updated])
    assert file.path == "new.py"
