"""What a name says about the value that it is given."""

import pytest

from warden_hooks.secrets.context.names import is_question, telling, words


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("dbPassword", ["db", "password"]),
        ("DB_PASSWORD", ["db", "password"]),
        ("db-password.value", ["db", "password", "value"]),
        ("APIKey2", ["api", "key", "2"]),
        ("$this->apiKey", ["this", "api", "key"]),
        ("AWS_S3_SECRET", ["aws", "s3", "secret"]),
        ("password1", ["password", "1"]),
        ("", []),
        ("___", []),
    ],
)
def test_a_name_falls_into_words(name: str, parts: list[str]) -> None:
    assert words(name) == parts


STRONG = {
    "password": (
        *("password", "dbPassword", "DB_PASSWORD", "spring.datasource.password", "passwd", "pwd"),
        *("POSTGRES_PASSWORD_PROD", "passwordConfirmation", "smtp_pass", "dbpassword", "Passwort"),
        *("contrasena", "keyStorePassword", "password1", "PASSPHRASE", "--db-password"),
    ),
    "secret": ("secret", "client_secret", "JWT_SECRET", "APP_SECRET_STAGING", "clientsecret"),
    "token": ("token", "authToken", "GITHUB_TOKEN", "x-auth-token", "access_tokens"),
    "key": (
        *("api_key", "apiKey", "APIKEY", "openaiapikey", "secret_key", "SECRET_KEY_BASE"),
        *("AWS_SECRET_ACCESS_KEY", "private_key", "encryptionKey", "x-api-key", "signing.key"),
    ),
}
WEAK = ("key", "PASS", "auth", "credentials", "token_github", "salt", "Authorization", "pw")
NOTHING = (
    *("password_field", "passwordLength", "api_key_id", "tokenType", "secret_name", "token_url"),
    *("primary_key", "cacheKey", "csrf_token", "next_page_token", "render_pass", "publicKey"),
    *("encrypted_password", "hashed_token", "keyword", "keyboard", "monkey", "passive", "bypass"),
    *("compass", "tokenizer", "author", "authority", "secretary", "password_hash", "user", ""),
    *("forgotPassword", "invalid_token", "key_file", "credentialsId", "secretsManager"),
)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in STRONG.items() for name in names]
)
def test_a_name_that_says_it_is_a_secret(kind: str, name: str) -> None:
    told = telling(name)
    assert told is not None
    assert (told.kind, told.strong) == (kind, True)


@pytest.mark.parametrize("name", WEAK)
def test_a_name_that_may_say_so(name: str) -> None:
    told = telling(name)
    assert told is not None
    assert not told.strong


@pytest.mark.parametrize("name", NOTHING)
def test_a_name_of_something_else(name: str) -> None:
    assert telling(name) is None


@pytest.mark.parametrize(
    ("function", "asks"),
    [
        ("getPassword", True),
        ("this.getCredentials", True),
        ("decrypt_token", True),
        ("setPassword", False),
        ("withPassword", False),
        ("password", False),
    ],
)
def test_a_function_that_asks_is_given_no_secret(function: str, asks: bool) -> None:
    assert is_question(function) is asks
