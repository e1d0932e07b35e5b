"""Secrets for tests, put together when a test runs, so that the tree holds none."""

import random
import string

ALPHANUMERIC = string.ascii_letters + string.digits
BASE64 = ALPHANUMERIC + "+/"
HEXADECIMAL = "0123456789abcdef"


def characters(alphabet: str, count: int, seed: int = 1) -> str:
    """The same `count` characters for the same seed."""
    return "".join(random.Random(seed).choices(alphabet, k=count))


def aws_key(seed: int = 1) -> str:
    return "AK" + "IA" + characters(string.ascii_uppercase + "234567", 16, seed)


def github_token(seed: int = 1, kind: str = "ghp") -> str:
    return kind + "_" + characters(ALPHANUMERIC, 36, seed)


def password(seed: int = 1) -> str:
    return characters(ALPHANUMERIC, 12, seed) + "7#"


def private_key(seed: int = 1, lines: int = 12, line_end: str = "\n", kind: str = "RSA ") -> str:
    body = [characters(BASE64, 64, seed * 100 + number) for number in range(lines)]
    words = f"{kind}PRIVATE KEY-----"
    return line_end.join(["-----BEGIN " + words, *body, "-----END " + words])
