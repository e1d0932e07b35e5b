"""Offline checks of a secret's structure: what its format promises beyond prefix and alphabet.

A check that fails is a doubt: the value is no secret of this kind, whatever else it may be.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping

from warden_hooks.secrets.password import (
    is_app_password,
    is_mail_password,
    is_password,
    is_url_password,
)

_PYPI_VERSION = 2
_PYPI_LOCATION = b"pypi.org"
_MACAROON_HEAD = 48
"""Characters in which version and location stand; the rest may be cut off or run on."""
_SHORTEST_SIGNATURE = 20
"""Characters; no signature of RFC 7518 has fewer than 43, but tests and samples cut them."""
_SHOWN_TO_ALL = ({"sub": "1234567890"}, {"iss": "supabase-demo"})
"""Claims of the tokens that jwt.io shows, and that a local Supabase starts with."""
_AWS_ID = re.compile(r"[A-Z][0-9A-Z]{3}[A-Z2-7]{16}")
_SLACK = re.compile(
    r"xoxb-(?:\d{6,14}-){1,2}[0-9A-Za-z]{18,27}|xox[opr]-(?:\d{6,14}-){2,3}[0-9A-Za-z]{10,34}"
    r"|xoxa-(?:2-)?(?:\d{6,14}-){2,3}[0-9A-Za-z]{10,48}|xox[es]-(?:\d{6,14}-){3}[0-9a-f]{10,64}"
    r"|https://hooks\.slack(?:-gov)?\.com/services/T\w{7,14}/B\w{7,14}/\w{20,28}",
    re.IGNORECASE,
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def is_jwt(secret: str) -> bool:
    """RFC 7519: header and claims are JSON objects, the header names an algorithm; it is signed.

    The tokens that manuals show to all are none.
    """
    header, claims, signature = [*secret.split("."), "", "", ""][:3]
    held = _json_object(claims)
    shown = any(sample.items() <= held.items() for sample in _SHOWN_TO_ALL)
    signed = len(signature) >= _SHORTEST_SIGNATURE
    return signed and "alg" in _json_object(header) and bool(held) and not shown


def is_pypi_macaroon(secret: str) -> bool:
    """A macaroon of version 2 whose location is the index."""
    macaroon = decoded(secret.partition("-")[2][:_MACAROON_HEAD])
    return macaroon[:1] == bytes([_PYPI_VERSION]) and _PYPI_LOCATION in macaroon


def holds_json(secret: str) -> bool:
    """Base64 of a JSON object, behind the prefix and before the signature if there are any."""
    return any(_json_object(part) for part in re.split(r"[._]", secret) if part.startswith("eyJ"))


def is_basic_auth(secret: str) -> bool:
    """RFC 7617: base64 of user, colon and password; a token may be the user of no password."""
    user, colon, password = decoded(secret).decode("utf-8", "replace").partition(":")
    return bool(colon) and is_password(password.removeprefix("key-") or user)


def has_digit(secret: str) -> bool:
    """Twenty random letters and digits hold a digit in 97 cases of 100; a name in code seldom does.

    For keys that are nothing but a run of them, which `MonitoringClientFactory` could pass for.
    """
    return any(map(str.isdigit, secret))


def is_mixed(secret: str) -> bool:
    """Capitals, small letters and digits, and no UUID in it: not an identifier, not a name."""
    kinds = (str.isdigit, str.isupper, str.islower)
    return all(any(map(kind, secret)) for kind in kinds) and not _UUID.search(secret)


def is_aws_key(secret: str) -> bool:
    """The id of an access key in base 32, or a secret access key."""
    return bool(_AWS_ID.fullmatch(secret)) or is_mixed(secret)


def is_slack(secret: str) -> bool:
    """The numbers of workspace, bot and user, and a random part as long as the kind's."""
    return bool(_SLACK.fullmatch(secret))


def is_artifactory(secret: str) -> bool:
    """An API key, or a password that Artifactory encrypted: long and mixed, no name in capitals."""
    return len(secret) >= 24 and is_mixed(secret)


def is_twilio_key(secret: str) -> bool:
    """`SK` names an API key; `AC` names an account, which is no secret."""
    return secret.startswith("SK")


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "app-password": is_app_password,
    "artifactory": is_artifactory,
    "aws-key": is_aws_key,
    "basic-auth": is_basic_auth,
    "digit": has_digit,
    "jwt": is_jwt,
    "mail-password": is_mail_password,
    "mixed": is_mixed,
    "password": is_password,
    "pypi-macaroon": is_pypi_macaroon,
    "slack": is_slack,
    "url-password": is_url_password,
    "twilio-key": is_twilio_key,
}
"""By the name that a rule gives in `check`."""


def decoded(text: str) -> bytes:
    """The bytes of base64 in either alphabet, with or without padding; none if it is none."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def _json_object(text: str) -> dict[str, object]:
    try:
        value = json.loads(decoded(text))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
