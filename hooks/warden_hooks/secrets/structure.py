"""Offline checks of a secret's structure: what its format promises beyond prefix and alphabet.

A check that fails is a doubt and not a proof: sample tokens have random bodies, and formats change.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping

from warden_policies.rules.recipe import crc62

_CRC_TOKEN = re.compile(r"[A-Za-z0-9]{30}([A-Za-z0-9]{6})$")
_PYPI_VERSION = 2
_PYPI_LOCATION = b"pypi.org"
_IN_MANUALS = re.compile(
    r"p[a@4][s5$]{2}|s[e3]cr[e3]t|change.?(?:me|it)|replace|your|dummy|sample|example|default|token"
    r"|admin|guest|mysql|postgres|qwerty|letmein|welcome|hunter2|tiger|placeholder|undefined|12345|abcde"
    r"|(?:^|[^a-z])(?:user|root|test|demo|foo|bar|key|fake|mock|none|null|todo|my)(?:$|[^a-z])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"[<>{}()\[\]\s`]|\$[\w(]|%\(|%s|^%\w+%$|^[./~@#]|^--|://|->|::"
    r"|^[A-Za-z_][\w-]{0,30}(?:\.[A-Za-z_][\w-]{0,30})+$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$"
    r"|^[A-Za-z]\w*(?:[.-]\w+)+[=:]"
)
_WORDS = re.compile(
    r"(?:[A-Z]?[a-z]{2,}|[A-Z]{2,})(?:[_\-. ](?:[A-Z]?[a-z]{2,}|[A-Z]{2,})|[A-Z][a-z]{2,})*"
    r"[_\-. ]?v?\d{0,3}"
)


def has_crc(secret: str) -> bool:
    """GitHub's and npm's tokens end with the CRC-32 of the thirty characters before, in base 62."""
    match = _CRC_TOKEN.search(secret)
    return bool(match) and crc62(secret[-36:-6]) == secret[-6:]


def is_jwt(secret: str) -> bool:
    """RFC 7519: header and claims are JSON objects, the header names an algorithm."""
    header, claims = map(_json_object, [*secret.split("."), "", ""][:2])
    return "alg" in header and bool(claims)


def is_pypi_macaroon(secret: str) -> bool:
    """A macaroon of version 2 whose location is the index."""
    decoded = _decoded(secret.partition("-")[2])
    return decoded[:1] == bytes([_PYPI_VERSION]) and _PYPI_LOCATION in decoded[:32]


def holds_json(secret: str) -> bool:
    """Base64 of a JSON object, from the last dot or underscore's right side on."""
    return bool(_json_object(re.split(r"[._]", secret)[-1]))


def is_password(secret: str) -> bool:
    """A password that somebody made for a use: no word of manuals, no reference, not only words.

    For values that no format confirms, where the shipped default is more common than the secret.
    """
    mixed = re.search(r"[A-Za-z]", secret) and re.search(r"[\d\W]", secret)
    ruled_out = _IN_MANUALS.search(secret) or _REFERENCE.search(secret)
    return bool(mixed) and not ruled_out and not _WORDS.fullmatch(secret)


def is_basic_auth(secret: str) -> bool:
    """RFC 7617: base64 of user, colon and password; a token may be the user of no password."""
    user, colon, password = _decoded(secret).decode("utf-8", "replace").partition(":")
    return bool(colon) and is_password(password or user)


def has_digit(secret: str) -> bool:
    """Twenty random letters and digits hold a digit in 97 cases of 100; a name in code seldom does.

    For keys that are nothing but a run of them, which `MonitoringClientFactory` could pass for.
    """
    return any(map(str.isdigit, secret))


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "crc62": has_crc,
    "jwt": is_jwt,
    "pypi-macaroon": is_pypi_macaroon,
    "base64-json": holds_json,
    "basic-auth": is_basic_auth,
    "digit": has_digit,
    "password": is_password,
}
"""By the name that a rule gives in `check`."""


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def _json_object(text: str) -> dict[str, object]:
    try:
        value = json.loads(_decoded(text))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
