"""Text made to be slow: four times as much of it takes about four times as long, and no more."""

import time

import pytest

from tests.hooks.planted import aws_key, password
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.source import SourceFile

SIZE = 40_000
TOO_MUCH = 12
"""Quadratic is sixteen; a busy machine makes four look like more, so the best of three counts."""

PIECES = {
    "one letter": "a",
    "quotes": "'",
    "names without values": "password=",
    "names in one line": "my_secret_key: password: api_key ",
    "URLs": "://a:b@",
    "beginnings of tokens": "eyJ",
    "dots": "eyJa.",
    "keys in one line": "AK" + "IA",
    "prefixes": "ghp_",
    "values": "token='" + "a1b2c3d4" * 5 + "';",
    "headers": "-----BEGIN PRIVATE KEY-----\n",
    "base64": "A1b2" * 19 + "\n",
    "other letters": "é=",
    "blanks": " \t",
    "lines": "x\n",
    "secrets in one line": 'password="' + password() + '",',
    "secrets with other letters": "é password='" + password() + "',",
    "strings that never end": 'password="',
    "brackets that never end": "password=(((((",
    "calls that never end": 'auth("a","b",',
    "pairs that never end": "name: key value: ",
    "elements": f"<password>{password()}</password>",
    "escaped quotes": '\\"password\\": \\"',
}


def seconds(text: str) -> float:
    """CPU, the best of three."""
    best = float("inf")
    with secret_engine() as engine:
        for _ in range(3):
            start = time.process_time()
            list(engine.matches(SourceFile("a.py", text, len(text))))
            best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_time_grows_with_the_text(piece: str) -> None:
    small, large = piece * (SIZE // len(piece)), piece * (4 * SIZE // len(piece))
    assert seconds(large) < TOO_MUCH * max(seconds(small), 0.002)


def test_a_token_at_the_end_of_a_line_of_megabytes_is_found() -> None:
    text = "password=;" * 300_000 + f"k='{aws_key()}'" + "x" * 10_000
    with secret_engine() as engine:
        found = {m.secret for m in engine.matches(SourceFile("a.js", text, len(text)))}
    assert aws_key() in found
