"""One insecure pattern as people read it. How it is found is the engine's business."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from warden_policies.finding import Confidence, Severity
from warden_policies.rules.secret_rule import RuleError

_SEVERITY = {
    "CRITICAL": Severity.CRITICAL,
    "ERROR": Severity.HIGH,
    "HIGH": Severity.HIGH,
    "WARNING": Severity.MEDIUM,
    "MEDIUM": Severity.MEDIUM,
    "INFO": Severity.LOW,
    "LOW": Severity.LOW,
}
"""semgrep's words, old and new."""
_BLOCKING = (Severity.CRITICAL, Severity.HIGH)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_CWE = re.compile(r"CWE-[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class PatternRule:
    """What a rule is about, how bad that is, and what to do instead."""

    id: str
    title: str
    message: str
    """Why it is a problem and what to do. May name metavariables, such as `$X`."""
    severity: Severity
    languages: tuple[str, ...]
    cwe: tuple[str, ...] = ()
    """Numbers of the Common Weakness Enumeration, as `CWE-78`."""
    owasp: tuple[str, ...] = ()
    """Categories of the OWASP Top 10, as `A05:2025 Injection`."""
    fix: str = ""
    """What to type instead, in one line."""
    references: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    mends: bool = False
    """Whether the engine knows what to write instead."""
    secret: bool = False
    """Whether what it finds may be a secret, so that no text in quotes may be shown."""

    @property
    def blocks(self) -> bool:
        """Whether a finding stops a commit, or is only told."""
        return self.severity in _BLOCKING

    def as_data(self) -> dict[str, Any]:
        """For the pack, from which `from_data` makes it again."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "PatternRule":
        """A rule out of a pack."""
        lists = ("languages", "cwe", "owasp", "references")
        given = dict(data) | {name: tuple(data[name]) for name in lists}
        given["severity"] = Severity(data["severity"])
        given["confidence"] = Confidence(data["confidence"])
        return cls(**given)


def read_pattern_rule(rule: Mapping[str, Any]) -> PatternRule:
    """What a semgrep rule says of itself.

    Raises:
        RuleError: something that every rule has is missing, or is not what it should be.
    """
    if wrong := [name for name in ("id", "message", "severity") if not _text(rule, name)]:
        raise RuleError(f"a rule needs {', '.join(wrong)}, as text")
    if not _ID.fullmatch(rule["id"]):
        raise RuleError(f"{rule['id'][:80]!r} is no id: letters, digits, '.', '_' and '-'")
    if rule["severity"] not in _SEVERITY:
        known = ", ".join(_SEVERITY)
        raise RuleError(f"{rule['id']}: severity {rule['severity']!r} is not one of {known}")
    languages = rule.get("languages")
    if not isinstance(languages, list) or not all(isinstance(name, str) for name in languages):
        raise RuleError(f"{rule['id']}: languages is a list of names")
    metadata = rule.get("metadata")
    return _rule(rule, languages, metadata if isinstance(metadata, dict) else {})


def _rule(
    rule: Mapping[str, Any], languages: list[str], metadata: Mapping[str, Any]
) -> PatternRule:
    severity = _SEVERITY[rule["severity"]]
    usual = Confidence.HIGH if severity in _BLOCKING else Confidence.MEDIUM
    confidence = str(metadata.get("confidence", usual)).lower()
    return PatternRule(
        id=rule["id"],
        title=_text(metadata, "title") or rule["id"],
        message=" ".join(rule["message"].split()),
        severity=severity,
        languages=tuple(languages),
        cwe=tuple(found[0] for text in _texts(metadata, "cwe") if (found := _CWE.search(text))),
        owasp=tuple(_texts(metadata, "owasp")),
        fix=" ".join(_text(metadata, "fix").split()),
        references=tuple(_texts(metadata, "references")),
        confidence=Confidence(confidence) if confidence in tuple(Confidence) else usual,
        mends="fix" in rule or "fix-regex" in rule,
        secret=metadata.get("secret") is True,
    )


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    return value.strip() if isinstance(value, str) else ""


def _texts(table: Mapping[str, Any], name: str) -> list[str]:
    """One text or several: both are usual in rules."""
    value = table.get(name, [])
    return [str(item) for item in (value if isinstance(value, list) else [value])]
