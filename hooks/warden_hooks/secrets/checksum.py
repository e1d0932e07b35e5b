"""Checksums and other marks by which providers know their own tokens, recomputed offline.

A right one makes a token certain. A wrong one only makes it less sure: sample tokens have random
bodies, formats change, and who dropped it would have a hole.
"""

import base64
import re
from collections.abc import Callable, Mapping

from warden_hooks.secrets.structure import decoded, holds_json
from warden_policies.rules.checksum import BASE58, base58check, bech32, crc36, crc62, crc_hex

_CLASSIC = re.compile(r"(?:gh[pousr]|npm)_([A-Za-z0-9]{30})([A-Za-z0-9]{6})")
_VERCEL = re.compile(r"vc[a-z]_([\w-]{50})([A-Za-z0-9]{6})")
_GITLAB_ROUTABLE = re.compile(r"([\w-]+\.(?:[0-9a-z]{2}\.)?[0-9a-z]{2})([0-9a-z]{7})")
_GRAFANA = re.compile(r"(gl[a-z]{2}_[0-9A-Za-z]{32})_([0-9a-fA-F]{8})")
_AWS_ID = re.compile(r"[A-Z][0-9A-Z]{3}([A-Z2-7]{16})")
_AWS_OLD = "IJ"
"""Access keys from before 2019 go on with these, and hold no account."""
_AWS_ACCOUNTS = 10**12
_DISCORD_IDS = re.compile(rb"\d{17,20}")
_BECH32 = re.compile(r"(.{1,83})1([02-9AC-HJ-NP-Z]+)([02-9AC-HJ-NP-Z]{6})", re.IGNORECASE)


def is_classic(secret: str) -> bool | None:
    """GitHub's and npm's end with the CRC-32 of the thirty characters before, in base 62."""
    match = _CLASSIC.fullmatch(secret)
    return crc62(match[1]) == match[2] if match else None


def is_vercel(secret: str) -> bool | None:
    """Vercel's end with the CRC-32 of the fifty characters before, in base 62."""
    match = _VERCEL.fullmatch(secret)
    return crc62(match[1]) == match[2] if match else None


def is_gitlab_routable(secret: str) -> bool | None:
    """GitLab's routable tokens end with the CRC-32 of all before it, in seven digits of base 36."""
    match = _GITLAB_ROUTABLE.fullmatch(secret)
    return crc36(match[1]) == match[2] if match else None


def is_grafana(secret: str) -> bool | None:
    """Grafana's service account tokens end with a CRC-32, its lowest byte first."""
    match = _GRAFANA.fullmatch(secret)
    return crc_hex(match[1]) == match[2].lower() if match else None


def is_bech32(secret: str) -> bool | None:
    """BIP 173: the last six characters check the human-readable part and the data."""
    match = _BECH32.fullmatch(secret)
    return bech32(match[1], match[2]) == match[3].upper() if match else None


def is_base58check(secret: str) -> bool | None:
    """Bitcoin's: the last four bytes are those of the double SHA-256 of what is before them."""
    number = 0
    for character in secret:
        digit = BASE58.find(character)
        if digit < 0:
            return None
        number = number * 58 + digit
    decoded = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base58check(decoded[:-4]) == decoded[-4:]


def is_aws_account(secret: str) -> bool | None:
    """Since 2019 an access key holds its account in forty bits: a number of twelve digits.

    It speaks against a key when it is larger; nine of ten random texts have one that fits.
    """
    match = _AWS_ID.fullmatch(secret)
    if match is None or match[1][0] in _AWS_OLD:
        return None
    head = int.from_bytes(base64.b32decode(match[1])[:6], "big")
    return None if (head & 0x7FFF_FFFF_FF80) >> 7 < _AWS_ACCOUNTS else False


def is_discord(secret: str) -> bool | None:
    """The first part is the bot's number, in base64."""
    return bool(_DISCORD_IDS.fullmatch(decoded(secret.partition(".")[0])))


CHECKSUMS: Mapping[str, Callable[[str], bool | None]] = {
    "aws-account": is_aws_account,
    "base58check": is_base58check,
    "base64-json": holds_json,
    "bech32": is_bech32,
    "crc62": is_classic,
    "discord": is_discord,
    "gitlab-routable": is_gitlab_routable,
    "grafana": is_grafana,
    "vercel": is_vercel,
}
"""By the name that a rule gives in `checksum`. None: the token has a form without one."""
