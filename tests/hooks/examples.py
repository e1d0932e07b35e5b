"""One line for each kind of secret that the hook knows, made when a test runs.

`secret` is all of the secret that has to be masked and fingerprinted, `shown` what may be seen.
"""

import base64
import json
from dataclasses import dataclass, field

from tests.hooks.planted import (
    ALPHANUMERIC,
    BASE64,
    HEXADECIMAL,
    aws_key,
    characters,
    github_token,
    password,
    private_key,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A secret of a rule, and the text around it with a hole for it."""

    rule: str
    secret: str = field(repr=False)
    around: str = "x = '{}'"
    shown: str = ""
    path: str = "app.py"

    @property
    def text(self) -> str:
        return self.around.replace("{}", self.secret)


def _word(count: int, seed: int = 1) -> str:
    return characters(ALPHANUMERIC, count, seed)


def _hex(count: int) -> str:
    return characters(HEXADECIMAL, count)


def _jwt() -> str:
    parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": "ana", "iat": 1_700_000_000}]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    return ".".join([part.rstrip("=") for part in encoded] + [_word(43)])


def _new_github_token() -> str:
    """Since 2026: the App's number, an underscore and a JWT, some 520 characters."""
    return "ghs" + "_1234567_" + _jwt() + _word(380)


DIGITS = "23456789"
_KEY = private_key()

EXAMPLES = [
    Example("artifactory-credential", "AKC" + _word(64), 'x = "{}"', "AK"),
    Example("artifactory-credential", "APA" + _word(30), "x: {}", "AP"),
    Example("aws-access-key", aws_key(), shown="AKIA"),
    Example("aws-access-key", characters(BASE64, 40), 'aws_secret_access_key = "{}"'),
    Example(
        "azure-storage-key", "Account" + "Key=" + characters(BASE64, 88), "x={};y", "AccountKey="
    ),
    Example("discord-bot-token", "M" + _word(24) + "." + _word(6) + "." + _word(27)),
    Example("generic-assigned-secret", password(), 'db_password = "{}"'),
    Example("generic-assigned-secret", password(), "api_key: {}", path="app.yaml"),
    Example("generic-assigned-secret", password(), "DB_PASSWORD={}", path="deploy/.env"),
    Example("generic-assigned-secret", password(), "DB_PASSWORD={}", path=".env.production"),
    Example("github-token", github_token(), shown="ghp_"),
    Example(
        "github-token", github_token(kind="gho"), "git clone https://{}@github.com/a/b", "gho_"
    ),
    Example("github-token", _new_github_token(), shown="ghs_"),
    Example("gitlab-token", "gl" + "pat-" + _word(20), shown="glpat"),
    Example("gitlab-token", "gl" + "cbt-1a_" + _word(20), shown="glcbt"),
    Example("gitlab-token", "gl" + "cbt-" + _word(20), shown="glcbt"),
    Example("ibm-cloud-api-key", _word(44), 'ibm_api_key = "{}"'),
    Example("ibm-cloudant-credential", _hex(64), 'cloudant_password = "{}"'),
    Example("ibm-cos-hmac-key", _hex(48), 'cos_hmac_secret_access_key = "{}"'),
    Example("ibm-softlayer-key", _hex(64), 'softlayer_api_key = "{}"'),
    Example("jwt-token", _jwt(), shown="eyJ"),
    Example("mailchimp-api-key", _hex(32) + "-us12"),
    Example("npm-token", "npm_" + _word(36), "//registry.npmjs.org/:_authToken={}", path=".npmrc"),
    Example("openai-api-key", "sk-" + _word(20) + "T3Blbk" + "FJ" + _word(20, 2), shown="sk-"),
    Example("private-key", _KEY.rpartition("\n")[0], "{}\n", _KEY.partition("\n")[0], "id_rsa"),
    Example("pypi-token", "pypi-" + "AgEIcHlwaS5vcmc" + _word(92), shown="pypi-"),
    Example("sendgrid-api-key", "SG." + _word(22) + "." + _word(43), shown="SG."),
    Example("slack-token", "xoxb-" + characters(DIGITS, 12) + "-" + _hex(24), shown="xoxb"),
    Example(
        "slack-token",
        "https://hooks.slack.com/" + "services/T" + _word(8) + "/B" + _word(8) + "/" + _word(24),
        shown="http",
    ),
    Example("square-oauth-secret", "sq0csp-" + _word(43), shown="sq0csp-"),
    Example("stripe-live-key", "sk_" + "live_" + _word(24), shown="sk_live_"),
    Example("stripe-live-key", "rk_" + "live_" + _word(99), shown="rk_live_"),
    Example("telegram-bot-token", characters(DIGITS, 9) + ":" + _word(35)),
    Example("twilio-api-key", "SK" + _hex(32), shown="SK"),
    Example("url-password", _word(14), "postgres://app:{}@db.internal/app"),
]
