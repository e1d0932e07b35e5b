"""The log's Ed25519 key: made from a seed, written and read as PEM, never shown.

The caller brings the seed's randomness and keeps the bytes; nothing here touches a disk.
"""

from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

SEED_SIZE = 32
"""Bytes of randomness that a key is made from."""


class KeyFormatError(ValueError):
    """Bytes that were meant to be an Ed25519 key in PEM form, and are not."""


class Signer:
    """Signs with the log's private key. Its text forms show nothing of the key."""

    __slots__ = ("_key",)

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key: Final = key

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The key made from 32 random bytes, such as `secrets.token_bytes(SEED_SIZE)`.

        Raises:
            ValueError: the seed has another length.
        """
        if len(seed) != SEED_SIZE:
            raise ValueError(f"a seed has {SEED_SIZE} bytes, got {len(seed)}")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def from_pem(cls, pem: bytes) -> Self:
        """Read an unencrypted PKCS #8 private key.

        Raises:
            KeyFormatError: the bytes are not one. The message shows nothing of them.
        """
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError) as error:
            reason = "encrypted" if isinstance(error, TypeError) else "not a private key in PEM"
            raise KeyFormatError(f"the log's key is {reason}") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyFormatError("the log's key is not an Ed25519 key")
        return cls(key)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature over `message`."""
        return self._key.sign(message)

    def public_key(self) -> Ed25519PublicKey:
        """What others verify with."""
        return self._key.public_key()

    def to_pem(self) -> bytes:
        """The private key as unencrypted PKCS #8: for a file that only the service can read."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def __repr__(self) -> str:
        return "Signer(<private key>)"

    def __reduce__(self) -> str:
        raise TypeError("a Signer is never pickled")


def public_pem(key: Ed25519PublicKey) -> bytes:
    """The public key as SubjectPublicKeyInfo, the form that `openssl pkeyutl -pubin` reads."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def load_public_pem(pem: bytes) -> Ed25519PublicKey:
    """Read back what `public_pem` wrote.

    Raises:
        KeyFormatError: the bytes are not an Ed25519 public key.
    """
    try:
        key = load_pem_public_key(pem)
    except ValueError as error:
        raise KeyFormatError("the log's public key is not a public key in PEM form") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFormatError("the log's public key is not an Ed25519 key")
    return key
