"""Real git repositories for tests, written commit by commit from trees that are spelled out.

Every tree is given whole, merges included: what a commit holds never depends on what git would
have made of it. All of a book is written by one run of `git fast-import`.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

ANA = "Ana <ana@example.org>"
_CORE = "[core]\n\tbare = true\n\trepositoryformatversion = "
_CONFIG = {40: f"{_CORE}0\n", 64: f"{_CORE}1\n[extensions]\n\tobjectFormat = sha256\n"}


@dataclass(frozen=True, slots=True)
class Node:
    """What lies at a path; a submodule's content is the name of a commit."""

    content: bytes
    mode: str = "100644"


Tree: TypeAlias = Mapping[Any, "str | bytes | Node"]
"""By path, which is text or bytes."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A commit to be written; `parents` are positions in the book."""

    parents: tuple[int, ...]
    tree: Tree
    message: str
    author: str
    committer: str


@dataclass(slots=True)
class Book:
    """Commits, each known by its position."""

    leaves: list[Leaf] = field(default_factory=list)

    def commit(
        self,
        parents: int | Sequence[int],
        tree: Tree,
        message: str = "Change",
        author: str = ANA,
        committer: str = "",
    ) -> int:
        """A commit that holds `tree` and nothing else."""
        every = (parents,) if isinstance(parents, int) else tuple(parents)
        self.leaves.append(Leaf(every, dict(tree), message, author, committer or author))
        return len(self.leaves) - 1

    def tree(self, at: int) -> Tree:
        """What the commit at that position holds."""
        return self.leaves[at].tree

    def tips(self) -> list[int]:
        """The commits that are nobody's parent."""
        parents = {parent for leaf in self.leaves for parent in leaf.parents}
        return [at for at in range(len(self.leaves)) if at not in parents]

    def write(self, folder: Path, digits: int = 40) -> list[str]:
        """Make a bare repository of it; the names of the commits, in their order."""
        lay(folder, digits)
        stream = b"".join(line for at, leaf in enumerate(self.leaves) for line in _leaf(at, leaf))
        marks = "".join(f"get-mark :{at + 1}\n" for at in range(len(self.leaves)))
        printed = git(folder, "fast-import", "--quiet", "--force", given=stream + marks.encode())
        return printed.split()


def lay(folder: Path, digits: int = 40) -> None:
    """Make an empty bare repository."""
    for name in ("objects/info", "objects/pack", "refs"):
        (folder / name).mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/none\n")
    (folder / "config").write_text(_CONFIG[digits])


def git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    """What git prints in a repository, on a machine that has no configuration."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }
    command = ("git", f"--git-dir={folder}", *arguments)
    done = subprocess.run(command, input=given, capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def _leaf(at: int, leaf: Leaf) -> Iterator[bytes]:
    stamp = f"{1_700_000_000 + at} +0000"
    yield f"commit refs/heads/book-{at}\nmark :{at + 1}\n".encode()
    yield f"author {leaf.author} {stamp}\ncommitter {leaf.committer} {stamp}\n".encode()
    yield _data(leaf.message.encode())
    for index, parent in enumerate(leaf.parents):
        yield f"{'merge' if index else 'from'} :{parent + 1}\n".encode()
    yield b"deleteall\n"
    for path, node in leaf.tree.items():
        yield _entry(path if isinstance(path, bytes) else path.encode(), _node(node))
    yield b"\n"


def _node(value: str | bytes | Node) -> Node:
    if isinstance(value, Node):
        return value
    return Node(value.encode() if isinstance(value, str) else value)


def _entry(path: bytes, node: Node) -> bytes:
    name = b'"%s"' % b"".join(b"\\%03o" % byte for byte in path)
    if node.mode == "160000":
        return b"M 160000 %s %s\n" % (node.content, name)
    return b"M %s inline %s\n" % (node.mode.encode(), name) + _data(node.content)


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def text(changed: Mapping[int, str] | None = None, lines: int = 30) -> str:
    """A file of many lines, some of which are others: changes far apart merge by themselves."""
    return "".join((changed or {}).get(at, f"line {at}") + "\n" for at in range(lines))
