"""Whether a head still holds what a reviewer saw, decided from facts that git gives.

Two ways of moving a branch leave its content as it was. A clean rebase: against the base, commit
and head change the same files from the same content to the same content. A clean update: every
commit on top merges the base into the branch, and git merges the two sides to exactly that tree.
Everything else is new content.

Why that is safe: whoever approves a commit lets it be merged into whatever the base has become.
Both ways lead to a head from which that merge has the same result.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from warden_policies.model import ContentProof
from warden_policies.text import plain

_MOST_PATHS = 5_000
"""Beyond so many nobody is helped by a list, and each proof would be stored with all of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one path between two trees; a rename is one path gone and another come.

    Modes and object names are as git writes them, zeros where there is nothing. The path is in
    bytes: two names that are not text must not be taken for one.
    """

    path: bytes
    old_mode: str
    mode: str
    old_blob: str
    blob: str


Changes: TypeAlias = frozenset[Entry]


@dataclass(frozen=True, slots=True)
class Work:
    """What a commit changes since it left the base, and the one commit where it did."""

    fork: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Seen:
    """A commit as it was reviewed."""

    commit: str
    work: Work | None
    """Against the base it was reviewed for; None unless there is exactly one common ancestor."""
    in_head: bool
    """Whether the head still descends from the commit."""
    base_stands: bool = True
    """Whether the base it was reviewed for is part of today's. It is not where the pull request
    was aimed at another branch since, or the base was rewound."""


@dataclass(frozen=True, slots=True)
class Step:
    """The head, or a commit that lies under it and under nothing but clean updates."""

    commit: str
    work: Work | None
    """Against today's base; None unless there is exactly one common ancestor."""


def prove(seen: Seen, steps: Iterable[Step], base: str) -> ContentProof:
    """The proof for `seen`.

    The first of `steps` is the head. Each further one is the commit that the one before brought up
    to date with the branch named `base`, by a clean merge; they are asked for one at a time.
    """
    head = None
    for updates, step in enumerate(steps):
        head = head or step
        if ways := _ways(seen, step, updates, plain(base)):
            how = " and ".join(dict.fromkeys(ways))
            return ContentProof(seen.commit, same=True, how=how, differing=())
    return _difference(seen, head, plain(base))


def unproven(commit: str, why: str) -> ContentProof:
    """No proof, because `why` kept it from being worked out."""
    return ContentProof(commit, same=False, how=f"not proven: {why}", differing=None)


def _ways(seen: Seen, step: Step, updates: int, base: str) -> list[str]:
    """How the commit's content came into `step` and from there to the head; empty if it did not."""
    update = f"a clean update from {base}"
    updated = [update] * bool(updates)
    if step.commit == seen.commit and seen.base_stands:
        return updated or ["the reviewed commit itself"]
    if seen.work is None or step.work is None or seen.work.changes != step.work.changes:
        return []
    # Two commits that the base has already change nothing against it, whatever they hold.
    if not seen.work.changes:
        return []
    if seen.work.fork == step.work.fork:
        return [
            "more commits that change nothing" if seen.in_head else "the same changes",
            *updated,
        ]
    return [update if seen.in_head else "a clean rebase", *updated]


def _difference(seen: Seen, head: Step | None, base: str) -> ContentProof:
    if head is None or head.work is None:
        return unproven(seen.commit, f"the head has not exactly one common ancestor with {base}")
    if seen.work is None:
        return unproven(seen.commit, f"it has not exactly one common ancestor with {base}")
    if seen.work.changes == head.work.changes:
        return unproven(seen.commit, f"{base} has all of it already, and of the head")
    paths = sorted({entry.path for entry in seen.work.changes ^ head.work.changes})
    how = "1 file differs" if len(paths) == 1 else f"{len(paths)} files differ"
    listed = tuple(map(path_text, paths)) if len(paths) <= _MOST_PATHS else None
    return ContentProof(seen.commit, same=False, how=how, differing=listed)


def path_text(path: bytes) -> str:
    r"""A path as text. Of a name that is not UTF-8 the bytes that do not fit read as `\xff`, so
    that the rest can be matched and shown."""
    return path.decode("utf-8", "backslashreplace")
