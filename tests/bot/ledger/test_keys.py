"""The key is read strictly and shown never."""

import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from warden_bot.ledger.keys import KeyFormatError, Signer, load_public_pem, public_pem

SEED = bytes(range(32))


def test_a_key_survives_the_way_through_its_pem_form() -> None:
    signer = Signer.from_seed(SEED)
    again = Signer.from_pem(signer.to_pem())
    assert again.sign(b"text") == signer.sign(b"text")
    public = load_public_pem(public_pem(signer.public_key()))
    assert public.public_bytes_raw() == signer.public_key().public_bytes_raw()


def test_a_signer_shows_nothing_of_its_key() -> None:
    signer = Signer.from_seed(SEED)
    pem = signer.to_pem().decode().splitlines()[1]
    for shown in (repr(signer), str(signer), f"{signer!r}"):
        assert shown == "Signer(<private key>)"
        assert pem not in shown
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(signer)


@pytest.mark.parametrize("seed", [b"", bytes(31), bytes(33)])
def test_a_seed_of_another_length_is_refused(seed: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Signer.from_seed(seed)


def test_what_is_not_an_ed25519_key_is_refused_without_showing_it() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    locked = other.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password")
    )
    for data, reason in [
        (pem, "not an Ed25519 key"),
        (locked, "encrypted"),
        (b"a secret by mistake", "not a private key in PEM"),
        (b"", "not a private key in PEM"),
    ]:
        with pytest.raises(KeyFormatError, match=reason) as caught:
            Signer.from_pem(data)
        assert "mistake" not in str(caught.value)
        assert caught.value.__cause__ is None


def test_what_is_not_an_ed25519_public_key_is_refused() -> None:
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(KeyFormatError, match="not an Ed25519 key"):
        load_public_pem(pem)
    with pytest.raises(KeyFormatError, match="not a public key"):
        load_public_pem(b"")
