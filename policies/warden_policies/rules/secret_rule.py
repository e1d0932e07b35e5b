"""One kind of secret as data, read strictly from a table of a rule file."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from warden_policies.finding import Confidence, Severity
from warden_policies.rules.assignment import assignment, keywords_of

LONGEST_PUBLIC_PREFIX = 12
"""`shown` may not exceed this: what is shown of a secret must be the same for all of its kind."""

_OF_THE_FILE = ("provider", "revoke", "reference")
"""Fields that a file may give once for all of its rules."""


class RuleError(ValueError):
    """A rule file that cannot be used; the message names file, rule and field."""


@dataclass(frozen=True, slots=True)
class SecretRule:
    """One kind of secret: how it is found, named, judged and remedied."""

    id: str
    provider: str
    """Whose secret it is, as people call them."""
    title: str
    severity: Severity
    fix: str
    """What to type instead."""
    revoke: str
    """Where a real secret of this kind is made worthless."""
    reference: str
    """The page that documents the format."""
    regex: str = ""
    """What it looks like, for a search in bytes. The first group is the secret, else the match.
    Written in what Hyperscan and `re` have in common, every quantifier bounded."""
    keywords: tuple[str, ...] = ()
    """Lower-case texts, one of which is a part of every match whatever its case."""
    shown: int = 0
    """How many leading characters are the same for every secret of this kind and may be shown."""
    specificity: int = 30
    """Which rule names a finding that several saw: the highest. 30 a token with a format of its
    own, 20 a structure or a provider's name with a value, 10 any name that a value is given to."""
    confidence: Confidence = Confidence.HIGH
    """How sure a match is to be a secret, before its value is looked at."""
    entropy: int = 0
    """The least information in the random part, in tenths of a bit per character; 0 for any."""
    check: str = ""
    """The name of the offline check of the secret's structure, if its format has one: what fails it
    is no such secret."""
    checksum: str = ""
    """The name of the checksum with which its format ends, if it does: a right one is certain."""
    found: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()
    """Recipes for texts in which the rule must and must not find a secret: see `recipe`."""
    known_by: str = ""
    """`context` when no regex of its own finds it, but the name that a value is given to."""
    detect_secrets: str = ""
    """The type name of the detect-secrets plug-in that finds it too."""


_TEXTS = (
    "id",
    "provider",
    "title",
    "fix",
    "revoke",
    "reference",
    "regex",
    "check",
    "checksum",
    "known_by",
)
_KNOWN = {field.name for field in fields(SecretRule)} - {"id"} | {"names", "value"}
_REQUIRED = {field.name for field in fields(SecretRule) if field.default is MISSING} - {"id"}


def read_rule(rule_id: str, table: Mapping[str, Any], shared: Mapping[str, Any]) -> SecretRule:
    """The rule in a table; `shared` are the fields that the file gives for all of its rules.

    Instead of `regex` and `keywords` a rule may give `names` and `value`: a value of that form,
    assigned to something with one of those words in its name.

    Raises:
        RuleError: a field is missing, unknown or out of range.
    """
    given = {**shared, **table}
    wrong = sorted((given.keys() - _KNOWN) | (_REQUIRED - given.keys()))
    if wrong:
        raise RuleError(f"missing or unknown fields: {', '.join(wrong)}")
    if "names" in given:
        given |= _from_names(given.pop("names"), given.pop("value", ""), given)
    try:
        rule = SecretRule(
            id=rule_id,
            severity=Severity(given.pop("severity")),
            confidence=Confidence(given.pop("confidence", Confidence.HIGH)),
            keywords=tuple(given.pop("keywords", ())),
            found=tuple(given.pop("found", ())),
            not_found=tuple(given.pop("not_found", ())),
            **given,
        )
    except (TypeError, ValueError) as error:
        raise RuleError(str(error)) from error
    _require_whole(rule)
    return rule


def _from_names(names: Any, value: Any, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - as TOML gives it
    if not value or "regex" in given or "keywords" in given:
        raise RuleError("names go with value, and with neither regex nor keywords")
    return {
        "regex": assignment(names, value),
        "keywords": keywords_of(names),
        "specificity": given.get("specificity", 20),
        "confidence": given.get("confidence", Confidence.MEDIUM),
    }


def _require_whole(rule: SecretRule) -> None:
    if not all(isinstance(getattr(rule, name), str) for name in _TEXTS):
        raise RuleError(f"these are texts: {', '.join(_TEXTS)}")
    if not 0 <= rule.shown <= LONGEST_PUBLIC_PREFIX:
        raise RuleError(f"shown must be 0 to {LONGEST_PUBLIC_PREFIX}")
    if not rule.regex and not rule.detect_secrets and rule.known_by != "context":
        raise RuleError("nothing finds it: give regex, names and value, or detect_secrets")
    if rule.regex and not rule.keywords:
        raise RuleError("keywords are missing: without them every line would be searched")


def split_shared(document: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A rule file's own fields, and its tables of rules.

    Raises:
        RuleError: a field that a file cannot give for all of its rules.
    """
    shared = {name: value for name, value in document.items() if not isinstance(value, dict)}
    if wrong := sorted(shared.keys() - set(_OF_THE_FILE)):
        raise RuleError(f"unknown fields of the file: {', '.join(wrong)}")
    return shared, {name: value for name, value in document.items() if name not in shared}
