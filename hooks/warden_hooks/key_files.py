"""Binary files that hold private keys: read as their base64, in which rules know them.

A key in DER and the base64 of it in a variable of a CI system are one secret, and one rule. The
bytes themselves are read as well: anybody can begin a file like a key store.
"""

_KEY_STORES = (
    b"\xfe\xed\xfe\xed",  # Java: JKS
    b"\xce\xce\xce\xce",  # Java: JCEKS
    b"\x03\xd9\xa2\x9a",  # KeePass
)
_SEQUENCE, _LONG_FORM, _MOST_LENGTH_BYTES = 0x30, 0x80, 3
_VERSIONS = (b"\x02\x01\x00", b"\x02\x01\x01", b"\x02\x01\x03")
"""INTEGER 0, 1, 3: PKCS #8 and #1, SEC 1 and later PKCS #8, PKCS #12. No certificate, request or
public key has a number first."""


def may_hold_keys(data: bytes) -> bool:
    """Whether a binary file that begins so may be a key store, or a private key in DER."""
    if data.startswith(_KEY_STORES):
        return True
    if len(data) < 2 or data[0] != _SEQUENCE:
        return False
    length = data[1] - _LONG_FORM if data[1] > _LONG_FORM else 0
    return length <= _MOST_LENGTH_BYTES and data[2 + length : 5 + length] in _VERSIONS


def as_text(data: bytes) -> str:
    """What is read of such a file: one line, and then every byte as a character."""
    import binascii  # noqa: PLC0415 - for few files

    return binascii.b2a_base64(data).decode() + data.decode("latin-1")
