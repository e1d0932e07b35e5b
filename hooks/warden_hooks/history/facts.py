"""What a scan of the history knows besides its findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the history a secret is."""

    commit: str = ""
    """The first commit that holds it in the finding's path; empty when no commit does."""
    author: str = ""
    authored: "datetime | None" = None
    """With the author's own offset from UTC; None when the commit says no possible time."""
    last_commit: str = ""
    """The commit before the newest one that removed it; empty when none removed it."""
    at_head: tuple[str, ...] = ()
    """The paths in which HEAD holds it."""
    branches: tuple[str, ...] = ()
    """Other branches whose newest commit holds it in the finding's path."""
    reachable: bool | None = True
    """Whether a branch or a tag leads to it; None when git cannot follow every commit. What
    nothing leads to, git will delete some day."""
    contents: int = 1
    """How many versions of the file hold it."""


@dataclass(frozen=True, slots=True)
class History:
    """What was looked at, and where the findings come from."""

    commits: int = 0
    blobs: int = 0
    """Different contents that files ever had."""
    remembered: int = 0
    """Those of them that an earlier scan with the same rules found to be clean."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """By the finding's fingerprint."""
    incomplete: tuple[str, ...] = ()
    """Why this is not the whole history."""
