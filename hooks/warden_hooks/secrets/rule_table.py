"""The rules as the engine needs them: plain tuples, so that a table of them can be marshalled."""

from collections.abc import Iterable
from re import _parser as parser  # type: ignore[attr-defined]  # the only way to learn a width
from typing import NamedTuple

from warden_policies.rules import RuleError, SecretRule

WIDEST = 20_000
"""Bytes. No secret is wider; a rule that could match more has a quantifier without a bound."""


class CompiledRule(NamedTuple):
    """One rule. Its place in the table is what a prefilter calls it."""

    id: str
    regex: bytes
    width: int
    """The longest text, in bytes, that the regex can match."""
    keywords: tuple[bytes, ...]
    """Lower case; every match holds one of them, whatever its case."""
    shown: int
    entropy: int
    check: str
    confidence: str = "high"
    checksum: str = ""


def rule_table(rules: Iterable[SecretRule]) -> tuple[CompiledRule, ...]:
    """The table of those rules that have a regex.

    Raises:
        RuleError: a regex is no regex, or could match a text of any length.
    """
    return tuple(_compiled(rule) for rule in rules if rule.regex)


def _compiled(rule: SecretRule) -> CompiledRule:
    keywords = tuple(sorted(keyword.lower().encode() for keyword in rule.keywords))
    return CompiledRule(
        id=rule.id,
        regex=rule.regex.encode(),
        width=_width(rule),
        keywords=keywords,
        shown=rule.shown,
        entropy=rule.entropy,
        check=rule.check,
        confidence=rule.confidence.value,
        checksum=rule.checksum,
    )


def _width(rule: SecretRule) -> int:
    try:
        _, width = parser.parse(rule.regex.encode()).getwidth()
    except parser.error as error:
        raise RuleError(f"rule {rule.id!r}: {error}") from error
    if width > WIDEST:
        raise RuleError(f"rule {rule.id!r}: it could match more than {WIDEST} bytes")
    return int(width)
