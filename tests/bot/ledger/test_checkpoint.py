"""Checkpoints in the exact text form of C2SP, readable by stock tools, refused when touched."""

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bot.ledger.logs import ORIGIN, PUBLIC_KEY, SIGNER
from warden_bot.ledger.checkpoint import Checkpoint, CheckpointError, key_id, sign, verify
from warden_bot.ledger.keys import Signer, public_pem
from warden_bot.ledger.tree import leaf_hash

CHECKPOINT = Checkpoint(ORIGIN, 9, leaf_hash(b"root"))
NOTE = sign(CHECKPOINT, SIGNER)
BODY, SIGNATURE_LINE = NOTE.split("\n\n")
OTHER = Signer.from_seed(bytes(32))


def test_the_text_is_the_body_an_empty_line_and_one_signature_line() -> None:
    assert (
        f"{ORIGIN}\n9\n{base64.b64encode(CHECKPOINT.root).decode()}\n"
        "\n"
        f"\N{EM DASH} {ORIGIN} {SIGNATURE_LINE.split()[2]}\n"
    ) == NOTE
    signature = base64.b64decode(SIGNATURE_LINE.split()[2])
    assert signature[:4] == key_id(ORIGIN, PUBLIC_KEY)
    PUBLIC_KEY.verify(signature[4:], CHECKPOINT.body())


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [
        ("PeterNeumann", "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "c74f20a3"),
        ("sum.golang.org", "Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "033de0ae"),
    ],
)
def test_key_ids_of_keys_that_others_published(name: str, key: str, expected: str) -> None:
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key)[1:])
    assert key_id(name, public).hex() == expected


def test_a_signed_checkpoint_comes_back() -> None:
    assert verify(NOTE, PUBLIC_KEY, ORIGIN) == CHECKPOINT


@settings(deadline=None)
@given(st.integers(0, 2**64 - 1), st.binary(min_size=32, max_size=32))
def test_every_checkpoint_comes_back(size: int, root: bytes) -> None:
    checkpoint = Checkpoint(ORIGIN, size, root)
    assert verify(sign(checkpoint, SIGNER), PUBLIC_KEY, ORIGIN) == checkpoint


@settings(deadline=None)
@given(st.data())
def test_one_altered_character_is_never_accepted(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(NOTE) - 1))
    character = data.draw(st.characters().filter(lambda new: new != NOTE[at]))
    with pytest.raises(CheckpointError):
        verify(NOTE[:at] + character + NOTE[at + 1 :], PUBLIC_KEY, ORIGIN)


@settings(deadline=None)
@given(st.text())
def test_arbitrary_text_is_refused_with_our_own_error(text: str) -> None:
    with pytest.raises(CheckpointError):
        verify(text, PUBLIC_KEY, ORIGIN)


def body_signed(body: str) -> str:
    """Any text, correctly signed: what the parser must refuse by itself."""
    signature = key_id(ORIGIN, PUBLIC_KEY) + SIGNER.sign(body.encode())
    return f"{body}\n\N{EM DASH} {ORIGIN} {base64.b64encode(signature).decode()}\n"


ROOT = BODY.splitlines()[2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "empty line", id="nothing"),
        pytest.param(BODY + "\n", "empty line", id="no signature"),
        pytest.param(NOTE.removesuffix("\n"), "empty line", id="no last newline"),
        pytest.param(NOTE.replace("\n", "\r\n"), "control characters", id="windows newlines"),
        pytest.param(NOTE.replace("9", "9\t"), "control characters", id="tab"),
        pytest.param("x" * 70_000, "cap", id="too long"),
        pytest.param(NOTE.replace("\n9\n", "\n8\n"), "not valid", id="another size"),
        pytest.param(NOTE.replace("\N{EM DASH}", "-"), "em dash", id="a hyphen for the em dash"),
        pytest.param(NOTE + "\n", "empty line", id="a newline more"),
        pytest.param(f"{BODY}\n\n{SIGNATURE_LINE}{SIGNATURE_LINE[:-3]}\n", "base64", id="cut"),
        pytest.param(body_signed(f"{ORIGIN}\n09\n{ROOT}\n"), "not a size", id="leading zero"),
        pytest.param(body_signed(f"{ORIGIN}\n-9\n{ROOT}\n"), "not a size", id="negative"),
        pytest.param(body_signed(f"{ORIGIN}\n٩\n{ROOT}\n"), "not a size", id="other digits"),
        pytest.param(body_signed(f"{ORIGIN}\n9\n{ROOT[:-1]}\n"), "not base64", id="no padding"),
        pytest.param(body_signed(f"{ORIGIN}\n9\n{ROOT[:-2]}9=\n"), "canonical", id="stray bits"),
        pytest.param(body_signed(f"{ORIGIN}\n9\nAAAA\n"), "32 bytes", id="short root"),
        pytest.param(body_signed(f"{ORIGIN}\n9\n{ROOT}\nmore\n"), "got 4", id="extension line"),
        pytest.param(body_signed(f"other.example\n9\n{ROOT}\n"), "not of", id="another log"),
    ],
)
def test_malformed_checkpoints_are_refused_even_when_signed(text: str, reason: str) -> None:
    with pytest.raises(CheckpointError, match=reason):
        verify(text, PUBLIC_KEY, ORIGIN)


def test_another_key_is_named_as_the_reason() -> None:
    with pytest.raises(CheckpointError, match="signed by another key"):
        verify(NOTE, OTHER.public_key(), ORIGIN)


def test_another_key_under_our_key_id_is_refused() -> None:
    forged = key_id(ORIGIN, PUBLIC_KEY) + OTHER.sign(CHECKPOINT.body())
    line = f"\N{EM DASH} {ORIGIN} {base64.b64encode(forged).decode()}\n"
    with pytest.raises(CheckpointError, match="not valid"):
        verify(f"{BODY}\n\n{line}", PUBLIC_KEY, ORIGIN)
    with pytest.raises(CheckpointError, match="not valid"):
        verify(f"{NOTE}{line}", PUBLIC_KEY, ORIGIN)


def test_a_signature_with_bytes_too_many_is_refused() -> None:
    long = key_id(ORIGIN, PUBLIC_KEY) + SIGNER.sign(CHECKPOINT.body()) + b"\x00"
    line = f"\N{EM DASH} {ORIGIN} {base64.b64encode(long).decode()}\n"
    with pytest.raises(CheckpointError, match="64 bytes"):
        verify(f"{BODY}\n\n{line}", PUBLIC_KEY, ORIGIN)


def test_signatures_of_witnesses_and_of_the_next_key_are_passed_over() -> None:
    witness = f"\N{EM DASH} witness.example {base64.b64encode(bytes(80)).decode()}\n"
    next_key = sign(CHECKPOINT, OTHER).split("\n\n")[1]
    text = f"{BODY}\n\n{witness * 7}{SIGNATURE_LINE}{next_key}{witness * 7}"
    assert verify(text, PUBLIC_KEY, ORIGIN) == CHECKPOINT
    assert verify(text, OTHER.public_key(), ORIGIN) == CHECKPOINT


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [
        ("", 0, bytes(32)),
        ("two words", 0, bytes(32)),
        ("a+b", 0, bytes(32)),
        ("line\nbreak", 0, bytes(32)),
        ("narrow\u2009space", 0, bytes(32)),
        (ORIGIN, -1, bytes(32)),
        (ORIGIN, 0, bytes(31)),
    ],
)
def test_what_cannot_be_written_is_never_a_checkpoint(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(ValueError, match=r"cannot|32 bytes"):
        Checkpoint(origin, size, root)


@pytest.mark.parametrize(("body", "accepted"), [(BODY + "\n", True), ("x" + BODY + "\n", False)])
def test_the_openssl_command_gives_the_same_answer(
    body: str, *, accepted: bool, tmp_path: Path
) -> None:
    """An auditor needs nothing of ours; where openssl 3 is missing this fails, on purpose."""
    (tmp_path / "log.pem").write_bytes(public_pem(PUBLIC_KEY))
    (tmp_path / "body").write_bytes(body.encode())
    (tmp_path / "sig").write_bytes(base64.b64decode(SIGNATURE_LINE.split()[2])[-64:])
    command = "openssl pkeyutl -verify -pubin -inkey log.pem -rawin -in body -sigfile sig"
    done = subprocess.run(
        command.split(), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ("Signature Verified Successfully" in done.stdout) is accepted, done
    assert (done.returncode == 0) is accepted
