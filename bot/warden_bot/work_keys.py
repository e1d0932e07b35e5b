"""What work is about, as the one text under which it is serialised."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class PullRequestKey:
    """Decide this pull request again."""

    installation_id: int
    repository_id: int
    number: int

    def __str__(self) -> str:
        return f"pull:{self.installation_id}:{self.repository_id}:{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The key that `text` is, or None when it is of another kind."""
        kind, *parts = text.split(":")
        return cls(*map(int, parts)) if kind == "pull" else None


@dataclass(frozen=True, slots=True)
class CheckKey:
    """Make GitHub show, on this commit, what was decided."""

    installation_id: int
    repository_id: int
    head_sha: str

    def __str__(self) -> str:
        return f"check:{self.installation_id}:{self.repository_id}:{self.head_sha}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The key that `text` is, or None when it is of another kind."""
        kind, *parts = text.split(":")
        if kind != "check":
            return None
        installation_id, repository_id, head_sha = parts
        return cls(int(installation_id), int(repository_id), head_sha)
