"""The words about a history: where a secret came in, where it is now, and what comes first."""

from collections.abc import Iterator
from datetime import UTC, datetime

from warden_hooks.history.facts import History, Origin
from warden_hooks.report.commit import short
from warden_hooks.report.terminal import printable
from warden_hooks.scan import ScanResult
from warden_policies.finding import Finding
from warden_policies.rules import SecretRule

_NAMED_AT_MOST = 3
_NO_UNDOING = (
    "What was pushed once is in clones, forks and caches that no rewriting reaches: a real secret\n"
    "is worth nothing only when it is revoked."
)


def summary(result: ScanResult, history: History) -> str:
    """The first line, when something was found."""
    total = len(result.findings)
    at_head = sum(bool(history.origins[each.fingerprint].at_head) for each in result.findings)
    if total == 1:
        return f"1 secret in the history, {'still' if at_head else 'not'} at HEAD"
    some = {0: "none of them", total: "all of them"}.get(at_head, f"{at_head:,} of them")
    return f"{total:,} secrets in the history, {some} at HEAD"


def closing(result: ScanResult, history: History, elapsed_ms: int) -> str:
    """The last line: how much was looked at."""
    commits = "1 commit" if history.commits == 1 else f"{history.commits:,} commits"
    blobs = "1 blob" if history.blobs == 1 else f"{history.blobs:,} blobs"
    known = f" ({history.remembered:,} known to be clean)" if history.remembered else ""
    total = len(result.findings)
    secrets = {0: "no secrets", 1: "1 secret"}.get(total, f"{total:,} secrets")
    counted = f"{commits}, {blobs}{known}, {secrets}. Nothing left your machine. {elapsed_ms:,} ms."
    return f"{_NO_UNDOING}\n{counted}" if total else counted


def advice(finding: Finding, rule: SecretRule, origin: Origin) -> Iterator[tuple[str, str]]:
    """Labels and texts, in the order in which to read them."""
    if origin.commit:
        yield "came with:", _came(origin)
    yield "now:", _now(finding, origin)
    if origin.at_head:
        yield "fix:", rule.fix
    yield "if this is real:", f"revoke it first, {rule.revoke}; rewriting the history comes second"


def _came(origin: Origin) -> str:
    when = _when(origin.authored) if origin.authored else "at an impossible time"
    versions = f"; in {origin.contents:,} versions of the file" if origin.contents > 1 else ""
    return f"{short(origin.commit)} by {printable(origin.author)}, {when}{versions}"


def _when(time: datetime) -> str:
    """In UTC, and as the author's clock showed it."""
    utc = time.astimezone(UTC)
    day = "" if time.date() == utc.date() else f"{time:%Y-%m-%d} "
    return f"{utc:%Y-%m-%d %H:%M} UTC ({day}{time:%H:%M %z})"


def _now(finding: Finding, origin: Origin) -> str:
    if finding.location.path in origin.at_head:
        return "still at HEAD"
    if origin.at_head:
        return f"still at HEAD, in {_some(origin.at_head)}"
    if origin.branches:
        return f"not at HEAD, but still at the end of {_some(origin.branches)}"
    if origin.reachable is None:
        return "somewhere in commits that git cannot follow here"
    if not origin.reachable:
        return "in no branch or tag, but it may have been in one, and pushed"
    last = f"; last in {short(origin.last_commit)}" if origin.last_commit else ""
    return f"removed in a later commit, but anybody with a clone has it{last}"


def _some(names: tuple[str, ...]) -> str:
    named = ", ".join(map(printable, names[:_NAMED_AT_MOST]))
    more = len(names) - _NAMED_AT_MOST
    return f"{named} and {more:,} more" if more > 0 else named
