"""What a commit says, as git prints it."""

from dataclasses import dataclass
from typing import Final

LOG_FORMAT: Final = "%x1f".join(
    (
        "%H",
        "%T",
        "%P",
        "%an",
        "%ae",
        "%aI",
        "%cn",
        "%ce",
        "%(trailers:key=Co-authored-by,valueonly,separator=%x1e)",
        "%B",
    )
)


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and an address in a commit."""

    name: str
    email: str

    @classmethod
    def parse(cls, text: str) -> "Identity":
        """From `Name <address>`; text without an address is all name."""
        name, _, rest = text.partition("<")
        return cls(name.strip(), rest.rstrip("> \n"))


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """What a commit says. `co_authors` come from its `Co-authored-by` trailers."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: Identity
    authored_at: str
    committer: Identity
    co_authors: tuple[Identity, ...]
    message: str

    @classmethod
    def parse(cls, record: str) -> "CommitInfo":
        """From one record in `LOG_FORMAT`."""
        sha, tree, parents, name, email, date, committer, address, others, message = record.split(
            "\x1f", 9
        )
        return cls(
            sha=sha,
            tree=tree,
            parents=tuple(parents.split()),
            author=Identity(name, email),
            authored_at=date,
            committer=Identity(committer, address),
            co_authors=tuple(map(Identity.parse, filter(str.strip, others.split("\x1e")))),
            message=message.rstrip("\n"),
        )
