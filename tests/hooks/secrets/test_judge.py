"""What speaks against a candidate."""

import pytest

from tests.hooks.planted import ALPHANUMERIC, BASE64, aws_key, characters, password
from warden_hooks.secrets import judge
from warden_policies.rules import secret_rules
from warden_policies.rules.recipe import bake


@pytest.mark.parametrize(
    ("value", "doubt"),
    [
        (aws_key(), ""),
        ("AKIA" + "IOSFODNN7" + "EXAMPLE", "placeholder"),
        ("ghp_" + "x" * 36, "placeholder"),
        ("ghp_" + "0" * 36, "repetition"),
        ("ACCA" + "TCTCTACCGGTTCGCT", "repetition"),
        ("ghp_" + "a1b2c3" * 6, "repetition"),
        ("AKIA" + "DEADBEEF" * 2, "repetition"),
        ("ghp_" + "abcdefghijklmnopqrstuvwxyz1234567890", "sequence"),
        ("ghp_" + "Q7" + "12345678" + "x" + "ABCDEFGH" + "Z", "sequence"),
        ("ghp_" + "abcdef" + characters(ALPHANUMERIC, 30), ""),
        ("123456" + ".1234567890abcdef", "sequence"),
    ],
)
def test_a_token_is_doubted_when_it_is_a_dummy(value: str, doubt: str) -> None:
    assert judge.token_doubt(value, 4) == doubt


def test_a_key_that_its_provider_prints_is_published() -> None:
    assert judge.token_doubt("sk_" + "test_" + "4eC39HqLyjWDarjtT1zdp7dc", 8) == "published"


def test_a_right_checksum_is_certain_whatever_else_speaks_against_it() -> None:
    rule = secret_rules()["github-token"]
    assert judge.verdict(rule, bake("ghp_{x:6}{alnum:24}{crc62}", "seed")) == ("", "high")


@pytest.mark.parametrize(
    ("recipe", "doubt"), [("ghp_{alnum:36}", ""), ("ghp_my0test0{alnum:28}", "checksum")]
)
def test_a_wrong_checksum_is_less_sure_and_no_made_up_token(recipe: str, doubt: str) -> None:
    rule = secret_rules()["github-token"]
    assert judge.verdict(rule, bake(recipe, "seed")) == (doubt, "medium")


@pytest.mark.parametrize(
    ("before", "doubt"),
    [
        ("", ""),
        ('key = "', ""),
        ("x", "boundary"),
        ("9", "boundary"),
        ("key\\n", ""),
        ("key\\u003d", ""),
        ("key%3D", ""),
        ("é", ""),
        ("my_", ""),
    ],
)
def test_a_token_in_the_middle_of_a_word_is_doubted(before: str, doubt: str) -> None:
    assert judge.boundary_doubt(before + aws_key(), len(before)) == doubt


_DATA = characters(BASE64, 39)


@pytest.mark.parametrize(
    ("before", "after", "doubt"),
    [
        ("key = '", "'", ""),
        ("https://api.corp/v1/this/is/a/path/with/words/", "/a", ""),
        (_DATA + "/", "", "inside data"),
        ("x", "+" + _DATA, "inside data"),
        (aws_key() + ":", "", "same as the user"),
        (aws_key(2) + ":", "", ""),
    ],
)
def test_a_token_is_doubted_for_what_it_touches(before: str, after: str, doubt: str) -> None:
    text = before + aws_key() + after
    assert judge.place_doubt(text, len(before), len(before) + 20) == doubt


@pytest.mark.parametrize(
    ("value", "doubt"),
    [
        (password(), ""),
        (characters(ALPHANUMERIC, 40), ""),
        ("Tr0ub4dor&3", ""),
        ("correct!horse!battery", ""),
        ("short1!", "length"),
        ("a1" * 200, "length"),
        ("12121212", "repetition"),
        ("hello", "length"),
        ("my_setting_name", "words"),
        ("settings-page-v2", "words"),
        ("enter it again, 2nd time!", "prose"),
        ("changeme123!", "placeholder"),
        ("your-value-here-1!", "placeholder"),
        ("test_1a2b3c4d", "placeholder"),
        ("${VAULT_4_VALUE}", "reference"),
        ("{{ vault_4_value }}", "prose"),
        ("vault:kv/data/app#4", "reference"),
        ("/etc/app/id_4", "place"),
        ("app.settings4.name", "place"),
        ("https://login.site4.org", "place"),
        ("sha256:" + characters("0123456789abcdef", 64), "digest"),
        ("2014-09-14T18:00:00Z", "date"),
    ],
)
def test_an_assigned_value_is_doubted_when_it_does_not_look_random(value: str, doubt: str) -> None:
    assert judge.assigned_doubt(value, "") == doubt


def test_a_qualified_name_is_a_type_and_not_a_variable() -> None:
    assert judge.assigned_doubt(password(), '"AWS::AppSync::') == "type name"
    assert judge.assigned_doubt(password(), 'Settings::current["') == ""


@pytest.mark.parametrize(
    ("value", "user", "host", "doubt"),
    [
        (password(), "app", "db.internal/app", ""),
        ("n0tAdictWord", "app", "db:5432", ""),
        ("password", "user", "db", "placeholder"),
        ("secret123", "user", "db", "placeholder"),
        ("***", "user", "db", "placeholder"),
        ("tiger", "scott", "db", "placeholder"),
        ("rails", "rails", "db", "same as the user"),
        ("$DB_VALUE", "app", "db", "reference"),
        ("<value>", "app", "db", "reference"),
        (password(), "app", "www.example.com/x", "reserved host"),
        (password(), "app", "mail.test", "reserved host"),
        (password(), "app", "tests.internal", ""),
    ],
)
def test_a_password_in_a_url(value: str, user: str, host: str, doubt: str) -> None:
    assert judge.url_password_doubt(value, user, host) == doubt
