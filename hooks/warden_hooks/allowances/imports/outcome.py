"""What becomes of each entry of another scanner's file."""

from dataclasses import dataclass

from warden_hooks.allowances.lookup import Seen
from warden_hooks.errors import UsageError

UNAUDITED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Allowed:
    """A finding that an entry names without doubt."""

    seen: Seen
    reason: str
    days: int
    """At most; the finding's rule may permit fewer."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that is not imported, why, and the findings that a person has to decide about."""

    about: str
    why: str
    seen: tuple[Seen, ...] = ()
    is_real: bool = False
    """Whether it was found to be a real secret: then to allow it is not offered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import would do."""

    allowed: tuple[Allowed, ...] = ()
    questions: tuple[Refused, ...] = ()
    """Entries that allow more than one secret, or a real one."""
    stale: tuple[str, ...] = ()
    """Entries that match nothing any more."""
    not_reported: int = 0
    """Entries for what our rules do not report."""


def repository_path(path: str, name: str) -> str:
    """A path as another scanner wrote it, as ours are written.

    Raises:
        UsageError: it leads out of the repository.
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part != "."]
    if not parts or parts[0] == "" or ".." in parts or ":" in parts[0]:
        what = f"{name} names {path!r}, which is outside the repository"
        raise UsageError(what, "remove the entry, or make its path relative to the root")
    return "/".join(parts)
