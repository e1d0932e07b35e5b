"""Offline checks of a secret's structure."""

from base64 import b64encode

import pytest

from warden_hooks.secrets.password import is_password
from warden_hooks.secrets.structure import CHECKS, has_digit, is_basic_auth
from warden_policies.rules.recipe import bake


@pytest.mark.parametrize(
    "recipe", ["{alnum:9}4", "{alnum:5}-{alnum:5}-{digit:2}a", "x!{base64:14}", "Winter-{digit:4}"]
)
def test_a_password_that_somebody_made(recipe: str) -> None:
    assert is_password(bake(recipe, "seed"))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("P@ssw0rd-123", id="dressed-up word of manuals"),
        pytest.param("s3cr3t-value-1", id="dressed-up secret"),
        pytest.param("change-me-9", id="to be replaced"),
        pytest.param("test_4711", id="word of tests"),
        pytest.param("correct-horse-battery-1", id="only words"),
        pytest.param("onlyletters", id="only letters"),
        pytest.param("4711471147", id="only digits"),
        pytest.param("${DB_4_PASS_X}", id="shell reference"),
        pytest.param("%(db_9)s", id="format reference"),
        pytest.param("settings.db9.value", id="attribute"),
        pytest.param("process(4)", id="call"),
        pytest.param("spring.jpa2.show=", id="next line's name"),
        pytest.param("DB_SLOT_42", id="constant's name"),
        pytest.param("/run/x9/db", id="path"),
        pytest.param("action=", id="next argument"),
        pytest.param("length=15", id="next argument with its value"),
        pytest.param("section:", id="next key"),
        pytest.param("X-Goog-Installations-Auth", id="header"),
        pytest.param("no_log=True", id="next argument with its truth"),
        pytest.param("cert_pkcs12_enc", id="words with numbers"),
        pytest.param("tunnel2PresharedKey", id="camel case with a number"),
        pytest.param("Identity_3_0_Connection", id="words with a version"),
        pytest.param("sha256=LzWK0mhexRm03LQx", id="digest of a file"),
        pytest.param("badpw,", id="next item"),
        pytest.param("*params", id="Python's arguments"),
        pytest.param("&ecdsa.PrivateKey", id="Go's address"),
        pytest.param("https.pfx&&delete", id="minified"),
        pytest.param("Buffer|Uint8Array|Blob", id="TypeScript's union"),
        pytest.param("core/wrapping/jwtkey", id="path of words"),
    ],
)
def test_what_is_no_password(value: str) -> None:
    assert not is_password(value)


@pytest.mark.parametrize("login", ["ann:{alnum:12}4", "{hex:24}:"])
def test_a_login_in_base64(login: str) -> None:
    assert is_basic_auth(b64encode(bake(login, "seed").encode()).decode())


@pytest.mark.parametrize("login", ["ann:password", "Aladdin:open sesame", "no colon 4x", ":", "a:"])
def test_base64_that_is_no_login(login: str) -> None:
    assert not is_basic_auth(b64encode(login.encode()).decode())


@pytest.mark.parametrize(
    ("check", "recipe"),
    [
        ("slack", "xoxb-{digit:12}-{alnum:24}"),
        ("slack", "xoxp-{digit:11}-{digit:12}-{digit:12}-{hex:32}"),
        ("slack", "xoxa-2-{digit:9}-{digit:11}-{digit:13}-{hex:18}"),
        ("slack", "xoxe-{digit:13}-{digit:13}-{digit:13}-{hex:32}"),
        ("jwt", "{jwt}"),
        ("artifactory", "AKCp{alnum:69}"),
        ("aws-key", "AKIA{base32:16}"),
        ("mixed", "{alnum:44}"),
        ("twilio-key", "SK{hex:32}"),
        ("url-password", "bria@135!"),
        ("url-password", "deadbeef"),
        ("url-password", "D1fficult%40{digit:4}"),
        ("app-password", " ".join(("zkqh", "wvxj", "trbn", "mldp"))),
        ("mail-password", "{alnum:9}4"),
    ],
)
def test_what_has_the_structure(check: str, recipe: str) -> None:
    assert CHECKS[check](bake(recipe, "seed"))


@pytest.mark.parametrize(
    ("check", "recipe"),
    [
        ("slack", "xoxb-{digit:5}-{alnum:24}"),
        ("slack", "xoxb-{digit:12}-{alnum:8}"),
        ("slack", "xoxp-1-{alnum:24}"),
        ("jwt", '{json64:"alg":"HS256"}.{json64:"sub":"x"}.signature'),
        ("jwt", '{json64:"alg":"HS256"}.{json64:"sub":"1234567890","name":"x"}.{base64url:43}'),
        ("jwt", '{json64:"alg":"HS256"}.{json64:"iss":"supabase-demo"}.{base64url:43}'),
        ("artifactory", "AP123456789"),
        ("artifactory", "APACHEHTTPDCONFIGURATIONFILE"),
        ("aws-key", "AKIA{digit:8}00000000"),
        ("mixed", "signed-{uuid}"),
        ("twilio-key", "AC{hex:32}"),
        ("url-password", "secretpassword"),
        ("url-password", "password12345"),
        ("url-password", "tiger^5HHH"),
        ("url-password", "%3CYourStrong%21Passw0rd%3E"),
        ("url-password", "${braces:DB_SLOT}x9"),
        ("app-password", "mysecretpassword"),
        ("app-password", "thisisonephraseo"),
        ("mail-password", "password"),
    ],
)
def test_what_only_looks_like_it(check: str, recipe: str) -> None:
    assert not CHECKS[check](bake(recipe, "seed"))


def test_a_random_key_holds_a_digit_and_a_name_in_code_does_not() -> None:
    assert has_digit(bake("{alnum:32}", "seed"))
    assert not has_digit("MonitoringClientFactory")
