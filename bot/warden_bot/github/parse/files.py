"""Changed files, as REST lists them."""

from typing import Any

from warden_policies.model import ChangedFile, FileChange

_CHANGES = {
    "added": FileChange.ADDED,
    "copied": FileChange.ADDED,
    "modified": FileChange.MODIFIED,
    "changed": FileChange.MODIFIED,
    "unchanged": FileChange.MODIFIED,
    "removed": FileChange.REMOVED,
    "renamed": FileChange.RENAMED,
}


def to_file(entry: dict[str, Any]) -> ChangedFile:
    """One file between the merge base and the head."""
    change = _CHANGES[entry["status"]]
    return ChangedFile(
        path=entry["filename"],
        change=change,
        additions=entry["additions"],
        deletions=entry["deletions"],
        previous_path=entry["previous_filename"] if change is FileChange.RENAMED else None,
    )
