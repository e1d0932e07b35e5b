"""Whether decoded bytes are text, which is what only text can hold: a secret."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_WHITE = b"\t\n\f\r"
_ASCII = bytes(range(0x20, 0x7F)) + _WHITE
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CONTROLS = bytes({*range(0x20), 0x7F} - {*_WHITE})
_MASK = bytes(byte if byte in _ASCII else ord("?") for byte in range(256))
_ENCRYPTED = (b"age-encryption.org/", b"$ANSIBLE_VAULT;", b"Salted__", b"ENC[AES256_GCM,")
_MOST_UNREADABLE = 8
"""Of so many bytes one may be unreadable."""


def readable(decoded: bytes) -> tuple[bytes, int]:
    """The bytes as UTF-8, and how many of them each byte of it stands for: two in UTF-16.

    Empty when they are no text, hold no word, or say that what follows is encrypted.
    """
    width = 1
    if decoded[1:2] == b"\0" and not decoded[1::2].strip(b"\0"):
        decoded, width = decoded[::2], 2
    elif decoded[:1] == b"\0" and not decoded[::2].strip(b"\0"):
        decoded, width = decoded[1::2], 2
    if not decoded.isascii() or decoded.translate(None, _ASCII):
        decoded = _mostly(decoded)
    if decoded.startswith(_ENCRYPTED) or not decoded.strip(_NO_LETTERS):
        return b"", width
    return decoded, width


_NO_LETTERS = bytes({*_ASCII} - {*_LETTERS})


def _mostly(decoded: bytes) -> bytes:
    """UTF-8 as it is; else with a mark for what is unreadable, if that is little."""
    if not decoded.translate(None, _without(_CONTROLS)):
        try:
            decoded.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return decoded
    unreadable = len(decoded.translate(None, _ASCII))
    return decoded.translate(_MASK) if unreadable * _MOST_UNREADABLE <= len(decoded) else b""


def _without(some: "Iterable[int]") -> bytes:
    return bytes({*range(256)} - {*some})
