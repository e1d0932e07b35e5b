"""The App's key pair: one per process, because making one takes longer than a test."""

import functools

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


@functools.cache
def app_key() -> rsa.RSAPrivateKey:
    """The private key that every sandbox of this process gives its App."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@functools.cache
def app_key_pem() -> str:
    """The private key as GitHub lets an owner download it: PKCS #1 PEM."""
    return (
        app_key()
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        .decode()
    )
