"""A header alone is text about keys; a header with a body is a key."""

import json

import pytest

from tests.hooks.planted import private_key
from warden_hooks.secrets.key_block import KeyBlock, key_block

HEADER = "BEGIN RSA PRIVATE KEY"
PEM = private_key()
LINES = PEM.split("\n")
BODY = "".join(LINES[1:-1])
PUTTY = "\n".join(
    [
        "PuTTY-User-Key-File-2: ssh-rsa",
        "Encryption: none",
        "Comment: rsa-key",
        "Public-Lines: 2",
        *LINES[1:3],
        "Private-Lines: 3",
        *LINES[3:6],
        "Private-MAC: 0123",
    ]
)


def found(text: str, words: str = HEADER) -> KeyBlock | None:
    start = text.index(words)
    return key_block(text, start, start + len(words))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PEM, id="a PEM file"),
        pytest.param(PEM.replace("\n", "\r\n"), id="with Windows line ends"),
        pytest.param("key: |\n" + "".join(f"    {line}\n" for line in LINES), id="indented"),
        pytest.param(json.dumps({"key": PEM}), id="in JSON"),
        pytest.param(json.dumps(json.dumps({"key": PEM})), id="in JSON in JSON"),
        pytest.param("\n".join(f'"{line}\\n" +' for line in LINES), id="joined strings"),
        pytest.param("\n".join(f"# {line}" for line in LINES), id="in comments"),
        pytest.param("\n".join(f"> {line}" for line in LINES), id="quoted in a mail"),
        pytest.param(PEM.replace("\n", " "), id="on one line"),
    ],
)
def test_a_key_is_found_however_it_is_laid_out_and_its_body_is_the_same(text: str) -> None:
    block = found(text)
    assert block is not None
    assert block.body == BODY
    assert text[block.start :].startswith("-----BEGIN")
    assert text[: block.end].endswith(LINES[-2])
    assert text[block.start : block.start + block.shown] == LINES[0]


def test_an_encrypted_key_is_a_key() -> None:
    headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123\n\n"
    block = found(PEM.replace("\n", "\n" + headers, 1))
    assert block is not None
    assert block.body == BODY


def test_a_putty_key_is_a_key() -> None:
    block = found(PUTTY, "PuTTY-User-Key-File-2")
    assert block is not None
    assert block.body == "".join(LINES[1:6])


def test_the_short_last_line_of_a_key_belongs_to_it() -> None:
    block = found("\n".join([*LINES[:3], "abcd+/1", LINES[-1]]))
    assert block is not None
    assert block.body.endswith("abcd+/1")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f'if "-----{HEADER}-----" in text:\n    return load(text)', id="code"),
        pytest.param(f"A file that says {HEADER} is one.", id="prose"),
        pytest.param(f"-----{HEADER}-----\n<your key here>\n{LINES[-1]}", id="a placeholder"),
        pytest.param(f"-----{HEADER}-----\nMIIE...\n{LINES[-1]}", id="an ellipsis"),
        pytest.param(f"-----{HEADER}-----\n" * 50, id="headers only"),
        pytest.param(f"-----{HEADER}-----", id="the end of the file"),
    ],
)
def test_a_header_without_a_body_is_no_key(text: str) -> None:
    assert found(text) is None
