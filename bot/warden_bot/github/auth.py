"""Who we are to GitHub: a JWT signed with the App's key, exchanged for installation tokens."""

from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from github.Auth import AppAuth

_MINIMUM_KEY_BITS = 2048


class UnusableKeyError(ValueError):
    """The configured private key cannot sign for a GitHub App."""


def load_private_key(pem: str) -> RSAPrivateKey:
    """Parse the App's private key once; signing with text would parse it again for every request.

    Raises:
        UnusableKeyError: it is not an unencrypted RSA key of at least 2048 bits.
    """
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise UnusableKeyError("the private key is not an unencrypted PEM private key") from error
    if not isinstance(key, RSAPrivateKey):
        raise UnusableKeyError("the private key is not an RSA key; GitHub Apps sign with RS256")
    if key.key_size < _MINIMUM_KEY_BITS:
        raise UnusableKeyError(f"the private key has {key.key_size} bits; GitHub makes 2048")
    return key


def app_auth(app_id: int, key: RSAPrivateKey) -> AppAuth:
    """Authentication as the App: each JWT lives five minutes and starts a minute in the past."""

    def sign(claims: dict[str, Any]) -> str:
        return jwt.encode(claims, key, algorithm="RS256")

    return AppAuth(app_id, sign_func=sign)
