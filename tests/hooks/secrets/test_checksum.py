"""Checksums and marks with which providers end their tokens."""

import pytest

from warden_hooks.secrets.checksum import CHECKSUMS
from warden_policies.rules.checksum import bech32
from warden_policies.rules.recipe import bake

RIGHT = [
    ("crc62", "ghp_{alnum:30}{crc62}"),
    ("crc62", "npm_{alnum:30}{crc62}"),
    ("vercel", "vcp_{base64url:50}{crc62:50}"),
    ("gitlab-routable", "glpat-{base64url:27}.0r{crc36}"),
    ("gitlab-routable", "glrt-{base64url:40}.01.14{crc36}"),
    ("grafana", "glsa_{alnum:32}_{crchex}"),
    ("bech32", "AGE-SECRET-KEY-1{bech32:52}{bech32check}"),
    ("base58check", "{base58check:0488ADE4/78}"),
    ("base64-json", 'glc_{json64:"o":"12","k":"########"}'),
    ("discord", "{b64:123456789012345678}.{alnum:6}.{base64url:27}"),
]


@pytest.mark.parametrize(("name", "recipe"), RIGHT)
def test_a_right_checksum_is_seen(name: str, recipe: str) -> None:
    assert CHECKSUMS[name](bake(recipe, "seed"))


@pytest.mark.parametrize(("name", "recipe"), RIGHT)
def test_one_other_character_is_seen(name: str, recipe: str) -> None:
    token = bake(recipe, "seed")
    place = 9  # past every prefix, and before every checksum
    other = "q" if token[place] != "q" else "w"
    assert not CHECKSUMS[name](token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize(
    ("name", "recipe"),
    [
        ("crc62", "ghs_1234567_{jwt}"),
        ("crc62", "github_pat_{alnum:22}_{alnum:59}"),
        ("gitlab-routable", "glpat-{base64url:20}"),
        ("grafana", "glsa_{alnum:32}"),
        ("base58check", "xprv0{alnum:100}"),
        ("aws-account", "AKIAI{base32:15}"),
        ("aws-account", "AKIAQ{base32:15}"),
    ],
)
def test_some_tokens_have_none(name: str, recipe: str) -> None:
    assert CHECKSUMS[name](bake(recipe, "seed")) is None


@pytest.mark.parametrize("text", ["A12UEL5L", "a12uel5l"])
def test_the_shortest_text_of_bip_173_is_right(text: str) -> None:
    readable, data = text.split("1", 1)[0], text.upper()[2:-6]
    assert bech32(readable, data) == text.upper()[-6:]


def test_a_key_of_aws_cannot_hold_a_number_of_thirteen_digits() -> None:
    assert CHECKSUMS["aws-account"]("AKIA" + "7" * 16) is False
