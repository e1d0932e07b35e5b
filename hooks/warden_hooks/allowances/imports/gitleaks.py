"""gitleaks' `.gitleaksignore`: `file:rule:line`, or `commit:file:rule:line`.

Such an entry allows whatever stands on a line. It is imported as what stands there: with a
commit, what stood there then, if it is still in the file; without one, what stands there today.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from warden_hooks.allowances.imports.outcome import (
    UNAUDITED_DAYS,
    Allowed,
    Outcome,
    Refused,
    repository_path,
)
from warden_hooks.allowances.lookup import Look, Seen
from warden_hooks.errors import UsageError

_ENTRY = re.compile(r"(?:([0-9a-f]{40}|[0-9a-f]{64}):)?(.+):([\w.-]{1,100}):(\d{1,9})")
_FIX = "entries are FILE:RULE:LINE or COMMIT:FILE:RULE:LINE"


@dataclass(frozen=True, slots=True)
class Ignored:
    """An entry; no commit means the file as it is."""

    commit: str
    path: str
    rule: str
    line: int

    @property
    def about(self) -> str:
        """What to call it."""
        return f"{self.path}:{self.line}, {self.rule}"


def parse_gitleaksignore(data: bytes, name: str) -> list[Ignored]:
    """The entries of a `.gitleaksignore`, in its order, each once.

    Raises:
        UsageError: a line is none.
    """
    entries: dict[Ignored, None] = {}
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").splitlines(), 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        match = _ENTRY.fullmatch(text)
        if match is None:
            raise UsageError(f"{name}:{number}: not an entry of gitleaks", _FIX)
        path = repository_path(match[2], f"{name}:{number}")
        entries[Ignored(match[1] or "", path, match[3], int(match[4]))] = None
    return list(entries)


def resolve(
    entries: Iterable[Ignored], look: Look, look_back: Callable[[Ignored], Look], name: str
) -> Outcome:
    """What becomes of each entry; `look_back` gives the findings in the file of its commit."""
    allowed: list[Allowed] = []
    questions: list[Refused] = []
    stale: list[str] = []
    for ignored in entries:
        then = look_back(ignored) if ignored.commit else look
        meant = {item.finding.fingerprint for item in then.seen if _is_meant(item, ignored)}
        today = {
            item.finding.fingerprint: item
            for item in look.seen
            if item.finding.fingerprint in meant
        }
        if len(meant) > 1 and today:
            why = "several secrets stand on that line"
            questions.append(Refused(ignored.about, why, tuple(today.values())))
        elif today:
            reason = f"imported from {name} (gitleaks rule {ignored.rule})"
            allowed += [Allowed(item, reason, UNAUDITED_DAYS) for item in today.values()]
        else:
            stale.append(ignored.about)
    return Outcome(tuple(allowed), tuple(questions), tuple(stale))


def _is_meant(seen: Seen, ignored: Ignored) -> bool:
    place = seen.finding.location
    return place.path == ignored.path and place.line <= ignored.line <= place.end_line
