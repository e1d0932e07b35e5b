"""Whose the changed files are."""

from collections.abc import Mapping
from dataclasses import dataclass

from warden_policies.actors import Actors
from warden_policies.code_owners import OwnedPaths, TooLarge, parse_code_owners
from warden_policies.files import changed_paths
from warden_policies.memo import per_change
from warden_policies.model import Change, NotRecorded, missing_part


@dataclass(frozen=True, slots=True)
class Ownership:
    """The changed paths that somebody owns, by who does."""

    shares: Mapping[Actors, tuple[str, ...]]
    unrecognisable: tuple[tuple[OwnedPaths, tuple[str, ...]], ...]
    """Those owned by e-mail addresses alone."""
    skipped: tuple[str, ...]
    """The lines of CODEOWNERS that could not be read, each with why."""


@per_change
def ownership(change: Change) -> Ownership:
    """Who owns what of a change, as the base branch's CODEOWNERS says.

    Raises:
        NotRecorded: that file, or the changed files, are not known; or GitHub does not load it.
    """
    if change.code_owners is None:
        raise missing_part(change, "code_owners")
    try:
        file = parse_code_owners(change.code_owners)
    except TooLarge as error:
        raise NotRecorded(str(error)) from error
    shares: dict[Actors, list[str]] = {}
    others: dict[OwnedPaths, list[str]] = {}
    for path in changed_paths(change):
        line = file.of(path)
        if line is None or line.by_nobody:
            continue
        if line.owners.empty:
            others.setdefault(line, []).append(path)
        else:
            shares.setdefault(line.owners, []).append(path)
    return Ownership(
        {owners: tuple(paths) for owners, paths in shares.items()},
        tuple((line, tuple(paths)) for line, paths in others.items()),
        file.skipped,
    )
