"""How outcomes, verdicts and times read on a page: one word and one sign for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from warden_policies.outcome import Action, Outcome, Verdict
from warden_policies.text import listed, plain

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_ANYBODY = "somebody with write access who is not a contributor"


@dataclass(frozen=True, slots=True)
class Sign:
    """A word with its icon and colour, so that neither has to stand alone."""

    kind: str
    """Names the icon in the templates and the colour in the style sheet."""
    word: str


OUTCOME_SIGNS: Mapping[Outcome, Sign] = MappingProxyType(
    {
        Outcome.PASS: Sign("pass", "Met"),
        Outcome.FAIL: Sign("fail", "Not met"),
        Outcome.PENDING: Sign("wait", "Waiting"),
        Outcome.NOT_APPLICABLE: Sign("none", "Not needed"),
        Outcome.ERROR: Sign("error", "Error"),
    }
)
VERDICT_SIGNS: Mapping[Verdict, Sign] = MappingProxyType(
    {
        Verdict.BLOCK: Sign("fail", "Blocked"),
        Verdict.ERROR: Sign("error", "Error"),
        Verdict.PENDING: Sign("wait", "Waiting"),
        Verdict.ALLOW: Sign("pass", "Allowed"),
    }
)
"""The worst first."""
APPLIES = Sign("none", "Applies")
OUT_OF_DATE = Sign("error", "Out of date")
MERGED = Sign("merged", "Merged")
MERGED_ANYWAY = Sign("fail", "Merged anyway")
CLOSED = Sign("none", "Closed")


def from_milliseconds(instant: int) -> datetime:
    """A stored instant (milliseconds since 1970 UTC) as a time in UTC."""
    return datetime.fromtimestamp(instant / 1000, UTC)


def absolute(instant: datetime) -> str:
    """`23 Nov 2026, 14:40 UTC`."""
    return f"{instant.astimezone(UTC):%-d %b %Y, %H:%M} UTC"


def relative(instant: datetime, now: datetime) -> str:
    """`5 min ago`; an instant that is not over yet, by a clock that runs ahead, is `just now`."""
    minutes = int((now - instant).total_seconds()) // 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    hours = minutes // 60
    return f"{hours} h ago" if hours < 24 else f"{hours // 24} d ago"


def who(action: Action) -> str:
    """Who can do it, in words."""
    return listed(map(plain, action.who)) or _ANYBODY


def web_address(url: str) -> str | None:
    """`url` when it is one that a browser opens as a page; never a script in disguise."""
    return url if url.startswith(("https://", "http://")) else None


def visible(value: object) -> object:
    """Every text on its way to a page: what nobody can see in it is replaced; line ends stay.

    Direction overrides and zero-width signs can make a text read as another one; escaping does not
    touch them.
    """
    if type(value) is not str or value.isprintable():
        return value
    return "".join(map(_visible, value))


def _visible(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return " " if character.isspace() else _REPLACEMENT
