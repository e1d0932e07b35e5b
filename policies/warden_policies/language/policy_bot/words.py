"""The keys of policy-bot 1.36.2's language, and those that came later."""

from collections.abc import Mapping
from typing import Final

PREDICATES: Final = (
    "changed_files",
    "no_changed_files",
    "only_changed_files",
    "has_author_in",
    "has_contributor_in",
    "only_has_contributors_in",
    "author_is_only_contributor",
    "targets_branch",
    "from_branch",
    "modified_lines",
    "has_status",
    "has_successful_status",
    "has_workflow_result",
    "has_labels",
    "repository",
    "title",
    "has_valid_signatures",
    "has_valid_signatures_by",
    "has_valid_signatures_by_keys",
)
"""In the order in which they are asked, whatever the order of the text."""

REMOTE: Final = ("remote", "path", "ref")
"""The keys of a file that only says where the policy is."""

_UNKNOWN_VERSION: Final = ""
NEWER: Final[Mapping[str, str]] = {
    "approval_defaults": "1.40.0",
    "custom_property_is_null": _UNKNOWN_VERSION,
    "custom_property_is_not_null": _UNKNOWN_VERSION,
    "custom_property_matches_any_of": _UNKNOWN_VERSION,
    "custom_property_matches_none_of": _UNKNOWN_VERSION,
    "file_not_deleted": _UNKNOWN_VERSION,
    "commit_messages": _UNKNOWN_VERSION,
    "commit_count": _UNKNOWN_VERSION,
    "changed_files_count": _UNKNOWN_VERSION,
    "topics": _UNKNOWN_VERSION,
    "reaction": _UNKNOWN_VERSION,
    "glob": _UNKNOWN_VERSION,
}
"""Keys of later versions and of proposals, with the version that brought them where it is known."""

BOOLEANS: Final = frozenset(
    {
        "admins",
        "allow_author",
        "allow_contributor",
        "allow_non_author_contributor",
        "author_is_only_contributor",
        "enabled",
        "github_review",
        "has_valid_signatures",
        "ignore_edited_comments",
        "ignore_update_merges",
        "invalidate_on_push",
        "write_collaborators",
    }
)
"""The keys whose value is true or false."""

NUMBERS: Final = frozenset({"count"})
"""The keys whose value is a whole number. Everything else that is not a list or mapping is text."""
