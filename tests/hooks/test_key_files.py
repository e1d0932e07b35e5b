"""Binary files that hold private keys are read; those that hold public ones stay binary."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)

from tests.hooks.planted import characters, github_token
from tests.hooks.repository import commit, git, write
from tests.hooks.surroundings import begun
from warden_hooks.cli import main
from warden_hooks.key_files import may_hold_keys

_RSA = rsa.generate_private_key(65537, 2048)
_NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a")])
_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_CERTIFICATE = (
    x509.CertificateBuilder(_NAME, _NAME, _RSA.public_key(), 1, _DAY, _DAY.replace(year=2027))
    .sign(_RSA, hashes.SHA256())
)  # fmt: skip
_FILLING = characters("0123456789abcdef", 2_000).encode()
_PRIVATE = (Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())

SECRET: dict[str, tuple[str, bytes]] = {
    "PKCS #1": ("private-key-der", _RSA.private_bytes(*_PRIVATE)),
    "PKCS #8": (
        "private-key-der",
        _RSA.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
    ),
    **{
        f"SEC 1, {curve.name}": (
            "private-key-der",
            ec.generate_private_key(curve).private_bytes(*_PRIVATE),
        )
        for curve in (ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1())
    },
    "Ed25519": (
        "private-key-der",
        ed25519.Ed25519PrivateKey.generate().private_bytes(
            Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
        ),
    ),
    "PKCS #12": (
        "pkcs12-key-store",
        pkcs12.serialize_key_and_certificates(
            b"a", _RSA, _CERTIFICATE, None, BestAvailableEncryption(b"changeit")
        ),
    ),
    "Java": ("java-key-store", bytes.fromhex("feedfeed000000020000000100000001000161") + _FILLING),
    "KeePass": ("keepass-database", bytes.fromhex("03d9a29a67fb4bb501000400") + _FILLING),
}
PUBLIC = {
    "certificate": _CERTIFICATE.public_bytes(Encoding.DER),
    "public key": _RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    "picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + _FILLING,
}


@pytest.mark.parametrize(("rule", "data"), SECRET.values(), ids=SECRET)
def test_a_private_key_in_a_binary_file_is_found(
    repository: Path, capsys: pytest.CaptureFixture[str], rule: str, data: bytes
) -> None:
    (repository / "a.bin").write_bytes(data)
    assert main(["scan", "--format", "json", "."]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["rule"], finding["path"], finding["line"]) == (rule, "a.bin", 1)


@pytest.mark.parametrize("data", PUBLIC.values(), ids=PUBLIC)
def test_what_is_public_stays_a_binary_file(
    repository: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    (repository / "a.bin").write_bytes(data)
    assert not may_hold_keys(data)
    write(repository, "b.txt", "x\n")
    assert main(["scan", "--format", "json", "."]) == 0
    assert [one["reason"] for one in json.loads(capsys.readouterr().out)["skipped"]] == ["binary"]


@pytest.mark.parametrize("text", ["0", "00 00 00", "0\x81", "{}", "0\x82\x01\x02", ""])
def test_no_text_begins_like_one(text: str) -> None:
    assert not may_hold_keys(text.encode())


WAYS: dict[str, tuple[str, ...]] = {
    "staged": ("--staged",),
    "the history": ("--history",),
    "a range": ("--from-ref", "base"),
}


@pytest.mark.parametrize("arguments", WAYS.values(), ids=WAYS)
def test_it_is_found_wherever_it_is_looked_for(
    repository: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    begun(repository)
    git(repository, "tag", "base")
    (repository / "release.p12").write_bytes(SECRET["PKCS #12"][1])
    git(repository, "add", "release.p12")
    if arguments != ("--staged",):
        commit(repository)
    assert main(["scan", "--format", "json", *arguments]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["rule"] == "pkcs12-key-store"


def test_a_store_that_got_a_key_is_not_what_it_was(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the key it is clean, and most of its bytes stay the same."""
    begun(repository)
    certificates = bytes.fromhex("feedfeed000000020000000100000002000161") + _FILLING
    for data in (certificates, SECRET["Java"][1]):
        (repository / "store.jks").write_bytes(data)
        git(repository, "add", "store.jks")
        commit(repository)
    assert main(["scan", "--history", "--format", "json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 1


@pytest.mark.parametrize(
    "begin",
    [b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce\0", b"0A\x02\x01\x01", b"0A\x02\x01\x00", b"0\x82"],
)
def test_nothing_hides_behind_the_first_bytes_of_a_key_store(
    repository: Path, capsys: pytest.CaptureFixture[str], begin: bytes
) -> None:
    text = b"\nk = '" + github_token().encode() + b"'\n"
    (repository / "a.py").write_bytes(begin + text)
    code = main(["scan", "--format", "json", "."])
    document = json.loads(capsys.readouterr().out)
    named = [one["reason"] for one in document["skipped"]]
    assert code == 1 or "binary" in named, "found, or not read and named"
    assert {finding["rule"] for finding in document["findings"]} <= {"github-token"}
