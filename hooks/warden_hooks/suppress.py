"""Findings that a comment in the file allows, on their line or on the one before.

    password = "..."  # changewarden: ignore[generic-password] why it is none
    -- changewarden: ignore-next-line[url-password] why it is none

The comment names the rule and gives a reason; without either it allows nothing, and says so.
What other scanners' users have already written counts too: `pragma: allowlist secret`, its
`nextline` form, and `gitleaks:allow`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from warden_hooks.allowances.reason import reason_problem

HOW = "changewarden: ignore[{rule}] REASON"
# Every repetition is bounded: the line may have been written by somebody who wants us to wait.
_GAP = r"[ \t]{0,8}"
_START = r"(?:#|//|--|/\*|<!--|;|%)"
_OURS = re.compile(
    rf"{_START}{_GAP}changewarden:{_GAP}ignore(-next-line)?(?![\w-]){_GAP}(?:\[([^\]]{{0,500}})\])?"
    r"[ \t:]{0,8}([^\r\n]{0,1000})"
)
_THEIR_START = r"(?:#|//|--|/\*|<!--|;|%|')[# \t]{0,8}"
_THEIRS = re.compile(
    rf"{_THEIR_START}pragma: ?(?:allow|white)list[ -]secret|(?<![\w-])gitleaks:allow(?![\w-])"
)
# Nothing but the comment may stand before a pragma for the next line, as detect-secrets has it.
_THEIRS_NEXT = re.compile(rf"{_GAP}{_THEIR_START}pragma: ?allowlist[ -]nextline[ -]secret")
_COMMENT_END = re.compile(r"(?:\*/|-->).*$")


class AllowedBy(NamedTuple):
    """The text in which a comment is looked for: the finding's line and the one before it."""

    line: str
    previous: str


class _Comment(NamedTuple):
    """A comment of ours that speaks of the finding's line; no rules means it names none."""

    rules: tuple[str, ...]
    reason: str


class Comments(NamedTuple):
    """What the comments around a line allow there."""

    everything: bool = False
    ours: tuple[_Comment, ...] = ()


class Answer(NamedTuple):
    """Whether a finding is allowed, and if a comment tried to and failed, why it did."""

    allowed: bool = False
    remark: str = ""
    reason: str = ""
    """What the comment gives as its reason."""


def comments(text: AllowedBy) -> Comments:
    """The comments that speak of a line."""
    if _THEIRS.search(text.line) or _THEIRS_NEXT.match(text.previous):
        return Comments(everything=True)
    ours = [*_ours(text.line, next_line=False), *_ours(text.previous, next_line=True)]
    return Comments(ours=tuple(ours))


def answer(found: Comments, rule: str, *, needs_reason: bool = True) -> Answer:
    """What the comments say about a finding of this rule."""
    if found.everything:
        return Answer(allowed=True)
    remark = ""
    for comment in found.ours:
        remark = _objection(comment, rule, needs_reason=needs_reason)
        if not remark:
            return Answer(allowed=True, reason=comment.reason)
    return Answer(remark=remark)


def _ours(line: str, *, next_line: bool) -> Iterator[_Comment]:
    if "changewarden" not in line:
        return
    for match in _OURS.finditer(line):
        if bool(match[1]) is next_line:
            named = (name.strip() for name in (match[2] or "").split(","))
            reason = _COMMENT_END.sub("", match[3]).strip()
            yield _Comment(tuple(name for name in named if name), reason)


def _objection(comment: _Comment, rule: str, *, needs_reason: bool) -> str:
    """Why a comment does not allow a finding of this rule, or the empty string."""
    if not comment.rules:
        return f"the comment names no rule; write  {HOW.format(rule=rule)}"
    if rule not in comment.rules:
        return f"the comment ignores {', '.join(comment.rules)}, and this is {rule}"
    if needs_reason and (problem := reason_problem(comment.reason, shortest=1)):
        return f"the comment's reason {problem}; write  {HOW.format(rule=rule)}"
    return ""


_NOSEMGREP = re.compile(
    r"(?:#|//|--|/\*|<!--|;|%)[ \t]{0,8}nosem(?:grep)?(?![\w-])"
    r"(?:[ \t]{0,8}:[ \t]{0,8}([\w.,\- \t]{0,1000}))?"
)


def is_nosemgrep(line: str, previous: str, rule: str) -> bool:
    """Whether semgrep's own comment, on the line or alone on the one before, speaks of the rule.

    As semgrep has it, also of what stands before a dot in a rule's id: https://semgrep.dev/docs/ignoring-files-folders-code
    """
    for text, alone in ((line, False), (previous, True)):
        match = _NOSEMGREP.search(text)
        if match and not (alone and text[: match.start()].strip()):
            named = re.split(r"[,\s]+", match[1].strip()) if match[1] else []
            return not named or any(f".{rule}".endswith(f".{name}") for name in named)
    return False
