"""What a rule saw in a piece of code: the vocabulary that hooks, reports and the bot share."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is when the finding is true."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Confidence(StrEnum):
    """How sure it is that a finding is true, the surest first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    def reaches(self, least: "Confidence") -> bool:
        """Whether it is at least so sure."""
        order = tuple(Confidence)
        return order.index(self) <= order.index(least)


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where in a file: lines and columns count from 1, in characters; `end_column` is exclusive.

    `path` is relative to the repository's root and always written with forward slashes.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule saw.

    `redacted` and `redacted_line` are the only text of the match that ever leaves the engine;
    `fingerprint` identifies the *whole* match without revealing it.
    """

    rule: str
    title: str
    severity: Severity
    location: Location
    fingerprint: str
    redacted: str
    redacted_line: str
    also: tuple[str, ...] = ()
    """Ids of the rules whose overlapping matches were merged into this finding."""
    confidence: Confidence = Confidence.HIGH
    commit: str = ""
    """The commit that brought it in, where commits were scanned."""
    layers: tuple[str, ...] = ()
    """The encodings in which the secret stands there, such as base64, the outermost first."""
    blocks: bool = True
    """Whether it stops what waits for the answer, or is only told."""
    cwe: tuple[str, ...] = ()
    """Numbers of the Common Weakness Enumeration, as `CWE-78`."""
    message: str = ""
    """Why it is a problem and what to do, where the rule says that."""

    @property
    def id(self) -> str:
        """What a person types to name this finding: the rule and the fingerprint's first digits."""
        return f"{self.rule}-{self.fingerprint[:6]}"
