"""What a value looks like."""

import pytest

from tests.hooks.planted import ALPHANUMERIC, BASE64, HEXADECIMAL, characters
from warden_hooks.secrets.context import values

KINDS = [
    (characters(ALPHANUMERIC, 20, 2), "random"),
    (characters(ALPHANUMERIC, 40, 3), "random"),
    (characters(BASE64, 44, 4) + "==", "random"),
    ("vzih" + "laqu" + "knri" + "qlht", "random"),
    (characters(HEXADECIMAL, 32), "hex"),
    ("f4aeb6bc-2a25-458a" + "-8111-9be9e502c0e7", "uuid"),
    ("Zx7" + "#kQ9v" + "!mT2", "made-up"),
    ("Prestigitariu" + "$", "made-up"),
    ("Tr0ub4dor" + "&3", "made-up"),
    ("4ian" + "1234x", "mixed"),
    ("secret" + "99!", "weak"),
    ("p4ssw0rd" + "12", "weak"),
    ("Passw0rd" + "@2", "made-up"),
    ("whiteduke", "words"),
    ("open-sesame", "words"),
    ("weeksInWeekYear", "words"),
    ("MonitoringClientFactory", "words"),
    ("utf8mb4_general", "words"),
    ("download-pdf", "words"),
]


@pytest.mark.parametrize(("value", "kind"), KINDS)
def test_a_value_is_of_a_kind(value: str, kind: str) -> None:
    assert values.look(value) == (kind, "")


DOUBTS = [
    ("a1!x", "length"),
    ("a1" * 200, "length"),
    ("12121212", "repetition"),
    ("correct horse 1!", "prose"),
    ("a\x001!Zq9", "prose"),
    ("${VAULT_4_VALUE}", "reference"),
    ("{{ vault_4_value }}".replace(" ", ""), "reference"),
    ("%DB_PASSWORD1%", "reference"),
    ("@db.password1@", "reference"),
    ("__DB_PASSWORD1__", "reference"),
    ("$password1", "reference"),
    ("<password1>", "reference"),
    ("user-{id}-x1", "reference"),
    ("vault:kv/data/app#4", "reference"),
    ("op://vault/item/field1", "reference"),
    ("ENC[AES256_GCM,data:x1]", "encrypted"),
    ("{cipher}a1b2c3d4e5f6", "encrypted"),
    ("sha512-" + "a1B2c3D4", "digest"),
    ("$2b$12$" + "a1B2c3D4e5", "digest"),
    ("/etc/app/id_4", "place"),
    ("C:\\keys\\id4", "place"),
    ("https://login.site4.org", "place"),
    ("ana4@example.org", "place"),
    ("server4.pem", "place"),
    ("settings.DB_PASS4", "reference"),
    ("crypto.password4", "code"),
    ("get_secret4()", "code"),
    ("Settings::Secret4", "code"),
    ("&User-Password", "reference"),
    ("naspasswd($ARGV[1", "code"),
    ("SecureRandom.hex(40", "code"),
    ("2024-01-01T00:00:00", "number"),
    ("1,234,567.89", "number"),
    ("abcdefgh1234", "sequence"),
    ("AbCdEfGh1234", "sequence"),
    (characters(ALPHANUMERIC, 30, 5) + "...", "placeholder"),
    ("changeme123!", "placeholder"),
    ("your-value-1!", "placeholder"),
    ("test_1a2b3c4d", "placeholder"),
    ("EXAMPLE1a2b!", "placeholder"),
]


@pytest.mark.parametrize(("value", "doubt"), DOUBTS)
def test_a_value_that_is_no_secret(value: str, doubt: str) -> None:
    assert values.look(value) == ("", doubt)


def test_a_word_in_a_long_random_value_is_chance() -> None:
    assert values.look("test-" + characters(ALPHANUMERIC, 30, 5)) == ("random", "")


def test_most_of_what_is_drawn_by_lot_is_seen_to_be() -> None:
    drawn = [characters(ALPHANUMERIC, 24, seed) for seed in range(500)]
    assert sum(values.look(value)[0] == values.RANDOM for value in drawn) > 490
    drawn = [characters(ALPHANUMERIC[:26], 16, seed) for seed in range(500)]
    assert sum(values.look(value)[0] == values.RANDOM for value in drawn) > 440
