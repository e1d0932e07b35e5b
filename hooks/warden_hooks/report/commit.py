"""How commits are called in reports for people."""

from collections.abc import Mapping

_DIGITS = 12


def short(commit: str) -> str:
    """The first digits of a commit's id: as good as unique, and short enough to type."""
    return commit[:_DIGITS]


def named(commit: str, subjects: Mapping[str, str]) -> str:
    """The commit with what it says it is about, as far as that is known."""
    return f"{short(commit)} {subjects.get(commit, '')}".rstrip()
