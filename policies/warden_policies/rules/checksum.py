"""The checksums with which tokens end: what examples are made with, and tokens are checked with."""

import hashlib
import string
import zlib

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
BASE36 = string.digits + string.ascii_lowercase
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
_BECH32_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def crc62(text: str) -> str:
    """The CRC-32 of `text` in base 62, six characters: how GitHub and npm end a token.

    The digits are 0-9, A-Z, a-z in that order, the most significant first, padded with zeros.
    """
    return _digits(zlib.crc32(text.encode()), BASE62, 6)


def crc36(text: str) -> str:
    """The CRC-32 of `text` in base 36, seven characters: how GitLab ends a routable token."""
    return _digits(zlib.crc32(text.encode()), BASE36, 7)


def crc_hex(text: str) -> str:
    """The CRC-32 of `text` in hexadecimal, its lowest byte first: how Grafana ends a token."""
    return zlib.crc32(text.encode()).to_bytes(4, "little").hex()


def bech32(readable: str, data: str) -> str:
    """BIP 173: six characters that check the human-readable part and the data, in capitals."""
    numbers = [ord(character) for character in readable.lower()]
    values = [number >> 5 for number in numbers] + [0] + [number & 31 for number in numbers]
    values += [BECH32.index(character) for character in data.upper()]
    check = _polymod([*values, *[0] * 6]) ^ 1
    return "".join(BECH32[check >> 5 * (5 - place) & 31] for place in range(6))


def base58check(payload: bytes) -> bytes:
    """Bitcoin's: the first four bytes of the double SHA-256."""
    return hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]


def base58(data: bytes) -> str:
    """Bytes in base 58, without a digit for zeros that lead."""
    return _digits(int.from_bytes(data, "big"), BASE58, 0)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_BECH32_GENERATOR):
            check ^= generator if top >> place & 1 else 0
    return check


def _digits(value: int, alphabet: str, width: int) -> str:
    digits = ""
    while value or len(digits) < width:
        value, digit = divmod(value, len(alphabet))
        digits = alphabet[digit] + digits
    return digits
