"""What is encrypted is no finding; what stands beside it in plain text is one."""

import base64
import random
from collections.abc import Iterator

import pytest

from tests.hooks.planted import password
from warden_hooks.scan import scan_source
from warden_hooks.secrets.encrypted import is_encrypted, is_sealed
from warden_hooks.secrets.engine import SecretEngine
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.source import SourceFile
from warden_policies.finding import Confidence


@pytest.fixture(scope="module")
def engine() -> Iterator[SecretEngine]:
    with secret_engine(patient=True) as opened:
        yield opened


def drawn(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def b64(size: int, seed: int = 1) -> str:
    return base64.b64encode(drawn(size, seed)).decode()


def sops(size: int) -> str:
    return f"ENC[AES256_GCM,data:{b64(size)},iv:{b64(32)},tag:{b64(16)},type:str]"


def vault(indent: str) -> str:
    inner = "\n".join(drawn(size, size).hex() for size in (32, 33, 160))
    digits = inner.encode().hex()
    lines = [digits[place : place + 80] for place in range(0, len(digits), 80)]
    return "\n".join(indent + line for line in ("$ANSIBLE_VAULT;1.1;AES256", *lines))


def armoured(label: str, indent: str = "") -> str:
    body = [b64(48, number) for number in range(6)]
    lines = (f"-----BEGIN {label}-----", "", *body, f"-----END {label}-----")
    return "\n".join(indent + line for line in lines)


def age() -> str:
    head = f"age-encryption.org/v1\n-> X25519 {b64(32)[:-1]}\n{b64(32, 2)[:-1]}\n--- {b64(32, 3)}\n"
    body = base64.encodebytes(head.encode() + drawn(120)).decode()
    return f"-----BEGIN AGE ENCRYPTED FILE-----\n{body}-----END AGE ENCRYPTED FILE-----"


ENCRYPTED = {
    "SOPS, YAML": ("a.yaml", f"db:\n  password: {sops(12)}\nsops:\n  mac: {sops(64)}\n"),
    "SOPS, dotenv": (".env", f"DB_PASSWORD={sops(12)}\nsops_mac={sops(64)}\n"),
    "SOPS, JSON": ("a.json", f'{{"password": "{sops(12)}"}}'),
    "SOPS' own keys": ("a.yaml", f"sops:\n  kms:\n    - enc: AQICAH{b64(90)}\n"),
    "Ansible Vault": ("vault.yml", vault("") + "\n"),
    "one value of it": ("a.yml", f"db_password: !vault |\n{vault('    ')}\nport: 1\n"),
    "one in a string": ("a.yml", 'db_password: "' + vault("").replace("\n", "\\n") + '"\n'),
    "a sealed secret": (
        "a.yaml",
        f"kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgB{b64(150)}\n",
    ),
    "Jasypt": ("application.properties", f"spring.datasource.password=ENC({b64(32)})\n"),
    "Spring Cloud Config": ("a.properties", f"db.password={{cipher}}{drawn(48).hex()}\n"),
    "eyaml": ("a.yaml", f"password: ENC[PKCS7,{b64(150)}]\n"),
    "PGP": ("a.yaml", f"password: |\n{armoured('PGP MESSAGE', '  ')}\n"),
    "age": ("a.age", age()),
    "OpenSSL": (".env", f"TOKEN=U2FsdGVkX1{b64(40)}\n"),
    "Fernet": (".env", f"TOKEN=gAAAAAB{b64(90)}\n"),
}


@pytest.mark.parametrize(("path", "text"), ENCRYPTED.values(), ids=ENCRYPTED)
def test_it_is_no_finding(engine: SecretEngine, path: str, text: str) -> None:
    result = scan_source(SourceFile(path, text, 0), engine, b"for tests", Confidence.LOW)
    assert [finding.rule for finding in result.findings] == []
    assert result.skipped == ()


@pytest.mark.parametrize(("path", "text"), ENCRYPTED.values(), ids=ENCRYPTED)
def test_a_secret_beside_it_is_one(engine: SecretEngine, path: str, text: str) -> None:
    text = f"# db_password = '{password()}'\n{text}"
    found = scan_source(SourceFile(path, text, 0), engine, b"for tests").findings
    assert [finding.location.line for finding in found] == [1]


def test_only_the_beginning_says_so() -> None:
    assert is_encrypted("ENC(abc)")
    assert not is_encrypted("x-ENC(abc)")
    assert not is_encrypted("")


def test_only_in_a_sealed_secret_a_value_is_sealed() -> None:
    value = "AgB" + b64(100)
    assert is_sealed(value, b"kind: SealedSecret\n")
    assert not is_sealed(value, b"kind: Secret\n")
    assert not is_sealed(value[:20], b"kind: SealedSecret\n")
