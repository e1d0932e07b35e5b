"""Which files a pull request changes: those between its base and its head commit, or nothing.

The list is asked for by commit, so that nobody can show one push's files under another push's head.
GitHub ends it at the 300th file. Beyond that the pull request's own list has to do, which ends at
the 3,000th and is believed only where everything in it speaks of the same head. Where it does not,
git is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from warden_bot.errors import GoneError
from warden_bot.github.client import Installation
from warden_bot.github.parse.files import to_file
from warden_bot.github.snapshot.pages import MovedError, Pages
from warden_policies.model import ChangedFile, Repository
from warden_policies.text import short

_COMPARED, _LISTED, _PAGE = 300, 3_000, 100


@dataclass(frozen=True, slots=True)
class Files:
    """The changed files by path; None where they cannot all be known, and then why."""

    changed: tuple[ChangedFile, ...] | None
    problem: str = ""
    before: str = ""
    """The commit whose files were changed: the merge base of base and head. Empty where it is known
    already what each path leads to."""


FromGit: TypeAlias = Callable[[Repository, str, str], Files]
"""What git says of a repository's files between a base and a head commit."""


def read_files(
    installation: Installation, pages: Pages, base_sha: str, from_git: FromGit | None
) -> Files:
    """The files of `base_sha...head`, each page of them.

    Raises:
        MovedError: the pull request's own list is of another head.
        RetryLaterError: GitHub did not answer.
    """
    full_name, head = pages.repository["nameWithOwner"], pages.pull["headRefOid"]
    if pages.state == "merged":  # its head is in the base by now: comparing the two shows nothing
        return _listed(installation, pages, pages.pull["baseRefOid"], ())
    try:
        comparison = installation.compare(full_name, base_sha, head)
    except GoneError:
        why = f"GitHub finds nothing in common between {short(base_sha)} and {short(head)}"
        return Files(None, why)
    before = str(comparison["merge_base_commit"]["sha"])
    compared = _in_order(comparison["files"])
    if len(compared) < _COMPARED:
        return Files(compared, before=before)
    listed = _listed(installation, pages, before, compared)
    if listed.changed is not None or from_git is None:
        return listed
    found = from_git(Repository(pages.repository["databaseId"], full_name), base_sha, head)
    if found.changed is not None:
        return found
    return Files(None, f"{listed.problem}; {found.problem}")


def _listed(
    installation: Installation, pages: Pages, before: str, known: tuple[ChangedFile, ...]
) -> Files:
    """The pull request's own list, where it is whole, of this head, and holds what is `known`."""
    pull, total = pages.pull, pages.pull["changedFiles"]
    if total > _LISTED:
        return Files(None, f"{total} files changed, and GitHub lists no more than {_LISTED}")
    entries: list[dict[str, Any]] = []
    for page in range(1, -(-total // _PAGE) + 1):
        full_name = pages.repository["nameWithOwner"]
        entries += installation.pull_request_files(full_name, pull["number"], page)
    if not all(_is_of(entry, pull["headRefOid"]) for entry in entries):
        raise MovedError
    listed = _in_order(entries)
    lines = sum(file.additions for file in listed), sum(file.deletions for file in listed)
    if (len(listed), *lines) != (total, pull["additions"], pull["deletions"]):
        return Files(None, "the files that GitHub lists do not add up to what it counts")
    if not set(known) <= set(listed):
        return Files(None, "GitHub lists other files than it compares: the base branch has moved")
    return Files(listed, before=before)


def _is_of(entry: dict[str, Any], head: str) -> bool:
    """Whether an entry speaks of this head; one of a removed file speaks of the commit before."""
    return entry["status"] == "removed" or str(entry["contents_url"]).endswith(f"ref={head}")


def _in_order(entries: list[dict[str, Any]]) -> tuple[ChangedFile, ...]:
    files = sorted(map(to_file, entries), key=lambda file: file.path)
    if len({file.path for file in files}) < len(files):
        raise MovedError
    return tuple(files)
