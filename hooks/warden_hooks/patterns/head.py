"""The first line of the pack: which rules these are, for which languages.

All that a commit needs whose files were looked at before. On the way of every commit, so it imports
next to nothing.
"""
# ruff: noqa: PTH118, PTH120, PTH123 - pathlib stays off a commit's way: slow to import

import os

import warden_policies

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = "patterns.pack"
_START = "changewarden-patterns/1"
_DIGEST_DIGITS = 32


class Head:
    """Which rules decide, and about what."""

    __slots__ = ("digest", "engine", "languages")

    def __init__(self, digest: str, engine: str, languages: "Mapping[str, bool]") -> None:
        """`digest` names the rules; `languages` says for each language that there are rules for
        whether one of them asks for the path."""
        self.digest = digest
        self.engine = engine
        self.languages = languages


def place() -> str:
    """Where the pack is: a file of the package that decides."""
    return os.path.join(os.path.dirname(warden_policies.__file__), "rules", _NAME)


def of_ours() -> Head:
    """The head of our own pack.

    Raises:
        ValueError: it is not what this version wrote.
        OSError: it cannot be read.
    """
    with open(place(), encoding="ascii") as file:
        return read(file.readline())


def read(line: str) -> Head:
    """A head as it is written.

    Raises:
        ValueError: it is not what this version writes.
    """
    start, digest, engine, names = line.rstrip("\n").split(" ")
    if start != _START or len(digest) != _DIGEST_DIGITS:
        raise ValueError(start)
    marked = names.split(",")
    return Head(digest, engine, {name.rstrip("*"): name.endswith("*") for name in marked})


def written(body: str, engine: str, languages: "Mapping[str, bool]") -> str:
    """The head of a pack with these lines."""
    names = ",".join(f"{name}*" if languages[name] else name for name in sorted(languages))
    return f"{_START} {digest_of(body)} {engine} {names}\n"


def digest_of(body: str) -> str:
    """What names the rules in a pack."""
    import hashlib  # noqa: PLC0415 - nothing heavy at the top

    return hashlib.sha256(body.encode()).hexdigest()[:_DIGEST_DIGITS]
