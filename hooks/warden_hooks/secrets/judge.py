"""What speaks against a candidate: small pure questions about a value, each with a name.

Every answer is the empty string ("nothing") or the name of the doubt.
"""

import re
from collections import Counter
from hashlib import sha256
from math import log2
from typing import NamedTuple, Protocol

from warden_hooks.secrets.checksum import CHECKSUMS
from warden_hooks.secrets.encrypted import is_encrypted
from warden_hooks.secrets.structure import CHECKS, is_mixed
from warden_policies.finding import Confidence
from warden_policies.rules.published import PUBLISHED

_FEWEST_DISTINCT = 5
"""Shapes like XXXXXXXX and strands of DNA have fewer different characters than any token."""
_LOOKED_AT = 200
"""Characters of a body, from its start: a key block has thousands."""
_SAME = re.compile(r"([^A])\1{9}")
"""Ten times the same; in base64, zeros are a row of A."""
_LONGEST_PERIOD = 8
_MOSTLY_REPEATED = 0.7
_RUN = 6
"""Characters that follow each other in the alphabet: six do so by chance in no token."""
_SHORTEST, _LONGEST = 8, 200
_EXAMPLE = re.compile(r"example|x{6}|\*{3}|\.{3}|redacted|placeholder", re.IGNORECASE)
_TYPED = re.compile(
    r"your|test|dummy|fake|sample|token|secret|invalid|expired|abcd|1234|here", re.IGNORECASE
)
"""What people type into the body of a token that they make up."""
_PLACEHOLDER = re.compile(
    r"change.?me|change.?it|replace|insert|your|dummy|sample|pass|secret|token|default|undefined"
    r"|(?:^|[^a-z])(?:foo|bar|test|tests|todo|fixme|none|null|key|fake|mock)(?:$|[^a-z])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"[<>{}]|\$\(|\$\w|%\(|%s|^%\w+%$|^(?:env|vault|op|ssm|arn|ref|file):")
_PLACE = re.compile(r"^[./~]|^\w+://|^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+$|^(?:[\w.-]*/){2}")
_DIGEST = re.compile(r"^(?:sha\d+|md5)[-:]", re.IGNORECASE)
_WORDS = re.compile(r"[A-Za-z]+(?:[_\-. ][A-Za-z]+)*[_\-. ]?v?\d{0,3}")
_VARIED = re.compile(r"\d|[^\w\s./:-]")
_DUMMY_PASSWORD = re.compile(
    r"(?:my|the|some|a)?[_-]?(?:user|username|pass|passwd|password|pwd|pw|secret|token|api[_-]?key"
    r"|key|tiger|guest|admin|root|test|postgres|mysql|rabbitmq|foo|bar|baz|abc|xyz|qwerty"
    r"|x+|y+|z+|\W*|.)[_-]?\d{0,4}!?",
    re.IGNORECASE,
)
_RESERVED_HOST = re.compile(
    r"[\w.-]*\bexample\.(?:com|net|org)\b|[\w-]+\.(?:example|test|invalid)\b", re.IGNORECASE
)
"""Names that RFC 2606 keeps for documentation and tests."""
_QUALIFIED = re.compile(r"::\w*$")
_ASSIGNED_SHAPES = (
    ("prose", re.compile(r"\s")),
    ("placeholder", _EXAMPLE),
    ("placeholder", _PLACEHOLDER),
    ("reference", _REFERENCE),
    ("place", _PLACE),
    ("digest", _DIGEST),
    ("date", re.compile(r"^\d{4}-\d\d-\d\d")),
)
_CALL = len("ENC(")
"""What Jasypt writes before a value, and takes for no part of it."""
_ROW = 40
_GLUE = ("+", "/")
"""What may stand inside base64 and yet looks like the end of a word."""
_BASE64 = re.compile(r"[0-9A-Za-z+/]+")
_ESCAPES_BEFORE = re.compile(r"(?:\\[nrtbf]|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|%[0-9A-Fa-f]{2})$")


def token_doubt(value: str, shown: int) -> str:
    """What speaks against a value that has the format of a token."""
    if _EXAMPLE.search(value):
        return "placeholder"
    if sha256(value.encode("utf-8", "replace")).hexdigest()[:16] in PUBLISHED:
        return "published"
    body = value[shown : shown + _LOOKED_AT]
    if len(set(body)) < _FEWEST_DISTINCT or _SAME.search(body) or _is_periodic(body):
        return "repetition"
    return "sequence" if _in_runs(body) * 2 >= len(body) else ""


def _is_periodic(text: str) -> bool:
    """Whether a few characters over and over make most of it."""
    return any(
        sum(map(str.__eq__, text, text[period:])) > _MOSTLY_REPEATED * (len(text) - period)
        for period in range(1, min(_LONGEST_PERIOD, len(text) // 2) + 1)
    )


def _in_runs(text: str) -> int:
    """How many characters are part of a run such as `abcdef`, `WXYZ12` or `678901`."""
    total, run = 0, 1
    for before, after in zip(text.lower(), [*text.lower()[1:], ""], strict=True):
        if after and (ord(after) - ord(before) == 1 or before + after in ("90", "z1", "z0", "9a")):
            run += 1
            continue
        total += run if run >= _RUN else 0
        run = 1
    return total


class Judged(Protocol):
    """What a rule says about the values of its secrets: see `SecretRule`."""

    @property
    def shown(self) -> int: ...
    @property
    def entropy(self) -> int: ...
    @property
    def check(self) -> str: ...
    @property
    def checksum(self) -> str: ...
    @property
    def confidence(self) -> str: ...


class Verdict(NamedTuple):
    """What is to be thought of a secret that matched the regex of a rule."""

    doubt: str
    confidence: Confidence


def verdict(rule: Judged, secret: str) -> Verdict:
    """A right checksum is certain; with a wrong one it may be a token, if nobody typed it."""
    right = CHECKSUMS[rule.checksum](secret) if rule.checksum else None
    if right:
        return Verdict("", Confidence.HIGH)
    doubt = rule_doubt(rule, secret)
    if right is None:
        return Verdict(doubt, Confidence(rule.confidence))
    typed = "checksum" if _TYPED.search(secret[rule.shown :]) else ""
    return Verdict(doubt or typed, Confidence.MEDIUM)


def rule_doubt(rule: Judged, secret: str) -> str:
    """What speaks against a secret that matched the regex of a rule, its checksum aside."""
    if is_encrypted(secret):
        return "encrypted"
    if doubt := token_doubt(secret, rule.shown):
        return doubt
    if rule.entropy and information(secret[rule.shown :]) * 10 < rule.entropy:
        return "entropy"
    return "structure" if rule.check and not CHECKS[rule.check](secret) else ""


def information(text: str) -> float:
    """Shannon's entropy of the characters, in bits for each; never above log2 of the length."""
    total = len(text)
    shares = (count / total for count in Counter(text).values())
    return -sum(share * log2(share) for share in shares)


def boundary_doubt(text: str, start: int) -> str:
    """A token that begins in the middle of a word is a piece of something else.

    An escape such as `\\n` or `%3D` before it is not part of the word.
    """
    if not text[start].isalnum() or start == 0 or not _is_word(text[start - 1]):
        return ""
    return "" if _ESCAPES_BEFORE.search(text, max(0, start - 6), start) else "boundary"


def place_doubt(text: str, start: int, end: int) -> str:
    """What speaks against a secret given what it touches: encryption, the user's name, or data."""
    if is_encrypted(text[max(0, start - _CALL) : start]):
        return "encrypted"
    if text.startswith(f"{text[start:end]}:", max(0, start - (end - start) - 1)):
        return "same as the user"
    before, after = text[max(0, start - _ROW) : start], text[end : end + _ROW]
    inside = (before[-1:] in _GLUE and _is_data(before)) or (after[:1] in _GLUE and _is_data(after))
    return "inside data" if inside else ""


def _is_data(row: str) -> bool:
    """A whole row of base64, as only data has it; a path has words."""
    return len(row) == _ROW and bool(_BASE64.fullmatch(row)) and is_mixed(row)


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def assigned_doubt(value: str, before: str) -> str:
    """What speaks against a value that is only known by the name it is assigned to.

    `before` is the line up to the telling part of the name: in `Vault::ApiKey` it names a type.
    """
    if _QUALIFIED.search(before):
        return "type name"
    if not _SHORTEST <= len(value) <= _LONGEST:
        return "length"
    if len(set(value)) < _FEWEST_DISTINCT:
        return "repetition"
    if _WORDS.fullmatch(value) or not _VARIED.search(value):
        return "words"
    return next((name for name, shape in _ASSIGNED_SHAPES if shape.search(value)), "")


def url_password_doubt(value: str, user: str, host: str) -> str:
    """What speaks against a password in a URL, given what stands around it."""
    if _EXAMPLE.search(value) or _DUMMY_PASSWORD.fullmatch(value):
        return "placeholder"
    if value == user:
        return "same as the user"
    if _RESERVED_HOST.match(host):
        return "reserved host"
    return "reference" if _REFERENCE.search(value) else ""
