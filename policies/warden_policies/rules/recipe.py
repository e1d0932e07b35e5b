"""Examples of secrets as recipes: the text is made when it is needed, so no file ever holds one.

`{alnum:24}` stands for 24 random characters; which ones depends only on the seed. Everything else
is literal. The classes: digit, hex, HEX, lower, upper, alpha, alnum, ALNUM (capitals and digits),
base32 (A-Z2-7), bech32 (of BIP 173, in capitals), base62 (as alnum), base64, base64url, word
(alnum and _), print; and x and zero, rows of which are placeholders. Besides:

- `{uuid}`: a random UUID in its usual form
- `{crc62}`: the six characters with which GitHub and npm end a token: the CRC-32 of the thirty
  before them, in base 62; Vercel does so with fifty, `{crc62:50}`
- `{crc36}`, `{crchex}`, `{bech32check}`: the same for tokens of GitLab, Grafana and age, over the
  whole word before it
- `{base58check:PREFIX/78}`: 78 bytes in base 58, and Bitcoin's checksum; they begin with PREFIX, in
  hexadecimal
- `{jwt}`: a JSON Web Token with a random signature
- `{b64:TEXT}`: TEXT in base64; it may hold other recipes without a colon's meaning changing
- `{json64:TEXT}`: base64, without padding, of a JSON object whose members are TEXT, in which each #
  is a random letter or digit
- `{pem:LABEL}`: a PEM block with that label and a random body
- `{braces:TEXT}`: TEXT in braces, where it would be taken for a recipe
"""

import base64
import hashlib
import json
import re
import string
from collections.abc import Callable
from uuid import UUID

from warden_policies.rules import checksum

_ALPHABETS = {
    "digit": string.digits,
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "lower": string.ascii_lowercase,
    "upper": string.ascii_uppercase,
    "alpha": string.ascii_letters,
    "alnum": string.ascii_letters + string.digits,
    "ALNUM": string.ascii_uppercase + string.digits,
    "lownum": string.ascii_lowercase + string.digits,
    "base32": string.ascii_uppercase + "234567",
    "bech32": checksum.BECH32,
    "base62": checksum.BASE62,
    "base64": string.ascii_letters + string.digits + "+/",
    "base64url": string.ascii_letters + string.digits + "-_",
    "word": string.ascii_letters + string.digits + "_",
    "print": string.ascii_letters + string.digits + "!#$%&()*+,-./:;<=>?@[]^_{|}~",
    "x": "x",
    "zero": "0",
}
_HOLE = re.compile(r"\{([A-Za-z0-9]+)(?::([^{}]*))?\}")
_OF_A_WORD = string.ascii_letters + string.digits + "_.-"
_CRC_COVERS = 30
_LINE = 64
_LINES = 12


class _Chance:
    """Bytes that look random and are the same for the same seed, on every version of Python."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._blocks = 0

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        taken = b""
        while len(taken) < count:
            taken += hashlib.sha256(f"{self._seed}/{self._blocks}".encode()).digest()
            self._blocks += 1
        return taken[:count]

    def characters(self, alphabet: str, count: int) -> str:
        """The next `count` characters of an alphabet."""
        return "".join(alphabet[byte % len(alphabet)] for byte in self.take(count))


def bake(recipe: str, seed: str) -> str:
    """The text of a recipe, the same for the same seed.

    Raises:
        ValueError: a hole that is not one of those above.
    """
    chance = _Chance(seed)
    made, done = "", 0
    for hole in _HOLE.finditer(recipe):
        made += recipe[done : hole.start()]
        made += _fill(hole[1], hole[2] or "", made, chance)
        done = hole.end()
    return made + recipe[done:]


def _fill(kind: str, detail: str, before: str, chance: _Chance) -> str:
    if kind in _ALPHABETS:
        return chance.characters(_ALPHABETS[kind], int(detail))
    make = _SPECIAL.get(kind)
    if make is None:
        raise ValueError(f"no recipe is called {kind!r}")
    return make(detail, before, chance)


def _jwt(_: str, __: str, chance: _Chance) -> str:
    claims = {"sub": chance.characters(string.digits, 9), "iat": 1_700_000_000}
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    signature = _fill("base64url", "43", "", chance)
    return ".".join([*(part.rstrip("=") for part in encoded), signature])


def _pem(label: str, _: str, chance: _Chance) -> str:
    body = [_fill("base64", str(_LINE), "", chance) for _ in range(_LINES)]
    return "\n".join([f"-----BEGIN {label}-----", *body, f"-----END {label}-----"])


def _word(before: str) -> str:
    """What the recipe has made of the word it is in."""
    return before[len(before.rstrip(_OF_A_WORD)) :]


def _json64(text: str, chance: _Chance) -> str:
    parts = text.split("#")
    filled = "".join(
        part + chance.characters(_ALPHABETS["alnum"], place < len(parts) - 1)
        for place, part in enumerate(parts)
    )
    return base64.b64encode(f"{{{filled}}}".encode()).decode().rstrip("=")


def _base58check(detail: str, chance: _Chance) -> str:
    start, _, size = detail.partition("/")
    payload = (bytes.fromhex(start) + chance.take(int(size)))[: int(size)]
    return checksum.base58(payload + checksum.base58check(payload))


_SPECIAL: dict[str, Callable[[str, str, _Chance], str]] = {
    "uuid": lambda _, __, chance: str(UUID(bytes=chance.take(16), version=4)),
    "crc62": lambda count, before, __: checksum.crc62(before[-int(count or _CRC_COVERS) :]),
    "crc36": lambda _, before, __: checksum.crc36(_word(before)),
    "crchex": lambda _, before, __: checksum.crc_hex(_word(before).rstrip("_")),
    "bech32check": lambda _, before, __: checksum.bech32(*_word(before).split("1", 1)),
    "base58check": lambda detail, _, chance: _base58check(detail, chance),
    "b64": lambda text, _, __: base64.b64encode(text.encode()).decode(),
    "json64": lambda text, _, chance: _json64(text, chance),
    "braces": lambda text, _, __: "{" + text + "}",
    "jwt": _jwt,
    "pem": _pem,
}
