"""What is said right after a commit that holds a secret: its hooks were skipped, or never armed."""

from warden_hooks.scan import ScanResult

_SHORT = 7
"""Digits of a commit, as `git commit` itself shows it."""


def render(result: ScanResult, report: str, *, is_first: bool) -> str:
    """The findings in `report`, what they mean, and how to take the commit back.

    `is_first` says that the commit has no parent.
    """
    commit = result.findings[0].commit[:_SHORT]
    take_back = "git update-ref -d HEAD" if is_first else "git reset --soft HEAD~1"
    return (
        f"changewarden: hooks were skipped for {commit}; the pull request will be scanned anyway\n"
        f"\n{report}"
        f"take the commit back before you push it: {take_back} (its changes stay staged)\n"
    )
