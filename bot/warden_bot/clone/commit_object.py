"""Commits as they are stored, byte by byte, before anybody's configuration interprets them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from warden_bot.clone.errors import GitFailedError
from warden_bot.clone.git import Git

_NAMES_PEOPLE = frozenset({"co-authored-by", "on-behalf-of"})


@dataclass(frozen=True, slots=True)
class Trailer:
    """A line of a commit's message that names somebody who had a part in it."""

    key: str
    """In lower case: `co-authored-by`, `on-behalf-of`."""
    value: str
    """As it was written, without white space around it."""


@dataclass(frozen=True, slots=True)
class CommitObject:
    """A commit. A name that cannot be read has the empty address, which is nobody's."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author_email: str
    committer_email: str
    trailers: tuple[Trailer, ...]
    """From anywhere in the message: a name that is not in its last paragraph is a name as well."""


def read_commit(git: Git, names: Iterable[str]) -> Iterator[CommitObject]:
    """The commits of these names, in this order.

    Raises:
        GitFailedError: one of them is not here, or is no commit.
    """
    given = "".join(f"{name}\n" for name in names).encode()
    printed = git.run("cat-file", "--batch", given=given)
    at = 0
    while at < len(printed):
        end = printed.index(b"\n", at)
        name, _, rest = printed[at:end].decode("ascii", "replace").partition(" commit ")
        if not rest.isdigit():
            raise GitFailedError(f"git cat-file: {name} is not a commit of this clone")
        content = printed[end + 1 : end + 1 + int(rest)]
        at = end + int(rest) + 2
        yield _parsed(name, content)


def _parsed(name: str, content: bytes) -> CommitObject:
    head, _, message = content.partition(b"\n\n")
    tree, *others = head.split(b"\n")
    # As git reads it: a parent that is named further down is none.
    parents = tuple(takewhile(lambda line: line.startswith(b"parent "), others))
    return CommitObject(
        sha=name,
        tree=_text(tree.removeprefix(b"tree ")),
        parents=tuple(_text(line.removeprefix(b"parent ")) for line in parents),
        author_email=_email(b"author ", others),
        committer_email=_email(b"committer ", others),
        trailers=tuple(_trailers(message)),
    )


def _email(header: bytes, lines: list[bytes]) -> str:
    """The address, as git finds it: between the first `<` and the first `>` after it.

    Where more than one signature stands, nobody can say whose commit it is.
    """
    signatures = [line for line in lines if line.startswith(header)]
    if len(signatures) != 1:
        return ""
    _, _, rest = signatures[0].partition(b"<")
    address, end, _ = rest.partition(b">")
    return _text(address.strip()) if end else ""


def _trailers(message: bytes) -> Iterator[Trailer]:
    for line in message.splitlines():
        key, colon, value = line.partition(b":")
        word = _text(key.strip().lower())
        if colon and word in _NAMES_PEOPLE:
            yield Trailer(word, _text(value.strip()))


def _text(value: bytes) -> str:
    return value.decode("utf-8", "backslashreplace")
