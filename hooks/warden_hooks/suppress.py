"""Findings that their own line allows: `# pragma: allowlist secret`."""

from typing import NamedTuple


class AllowedBy(NamedTuple):
    """The text in which a pragma is looked for: the finding's line and the one before it."""

    line: str
    previous: str


def is_allowed(path: str, text: AllowedBy) -> bool:
    """Whether detect-secrets' pragma, on the line or as `nextline` before it, allows a finding."""
    from detect_secrets.filters.allowlist import is_line_allowlisted  # noqa: PLC0415 - heavy
    from detect_secrets.util.code_snippet import CodeSnippet  # noqa: PLC0415 - heavy

    context = CodeSnippet([text.previous, text.line], start_line=0, target_index=1)
    return is_line_allowlisted(path, text.line, context)
