"""Settings from the environment: all errors at once, and no secret ever in a `repr`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

PREFIX = "CHANGEWARDEN_"
_NETLOC = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?", re.ASCII)


class InvalidSettingsError(Exception):
    """The environment does not make a working service. `problems` has one line for each reason."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if "@" in parts.netloc:  # it names the log, and is shown with every decision
        raise ValueError("must not hold a user name or a password")
    if parts.scheme not in {"http", "https"} or not _NETLOC.fullmatch(parts.netloc):
        raise ValueError("is not an http(s) address")
    if parts.query or parts.fragment:
        raise ValueError("must end with the path")
    return value.rstrip("/")


def _not_blank(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().strip():
        raise ValueError("is empty")
    return value


Address = Annotated[str, AfterValidator(_web_address)]
Secret = Annotated[SecretStr, AfterValidator(_not_blank)]


class Settings(BaseModel):
    """What `changewarden serve` needs to know. Each field is an environment variable.

    `CHANGEWARDEN_X_FILE` may name a file that holds the value of `CHANGEWARDEN_X`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    app_id: int = Field(gt=0, description="The GitHub App's id.")
    private_key: Secret = Field(description="The GitHub App's private key (PEM).")
    webhook_secret: Secret = Field(description="The webhook secret set in the GitHub App.")
    webhook_secret_previous: SecretStr | None = Field(
        default=None, description="The secret before the last rotation, still accepted."
    )
    github_api_url: Address = Field(
        default="https://api.github.com",
        description="Where GitHub's API is; GitHub Enterprise Server: https://HOST/api/v3.",
    )
    data_dir: Path = Field(
        default=Path("changewarden-data"),
        description="The folder for the database and the ledger's signing key.",
    )
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8080, ge=0, le=65535, description="The port to listen on.")
    public_url: Address | None = Field(
        default=None, description="Where people reach the web view; links in checks use it."
    )
    open_pages: bool = Field(
        default=False,
        description="Show the pages, which have no login yet, on an address others can reach.",
    )
    policy_bot: bool = Field(
        default=False,
        description="Decide by policy-bot's `.policy.yml` where a branch has no"
        " `.github/changewarden.yml`; otherwise such a file is ignored.",
    )
    workers: int = Field(default=4, ge=1, le=64, description="Pull requests decided at a time.")
    max_body_bytes: int = Field(
        default=25 * 1024 * 1024,
        ge=1024,
        description="The largest webhook body accepted; GitHub sends at most 25 MiB.",
    )

    @property
    def webhook_secrets(self) -> tuple[bytes, ...]:
        """The secrets to try, the current one first."""
        both = (self.webhook_secret, self.webhook_secret_previous)
        values = (secret.get_secret_value() for secret in both if secret)
        return tuple(value.encode() for value in values if value.strip())


def load(environment: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises:
        InvalidSettingsError: with every problem, each naming its variable.
    """
    values, problems = _collect(environment)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise InvalidSettingsError((*problems, *_explain(error, values))) from None
    if problems:
        raise InvalidSettingsError(problems)
    return settings


def _collect(environment: Mapping[str, str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in Settings.model_fields:
        variable = PREFIX + field.upper()
        if variable in environment:
            values[field] = environment[variable]
        elif file := environment.get(f"{variable}_FILE"):
            try:
                values[field] = Path(file).read_text(encoding="utf-8").rstrip("\n")
            except (OSError, UnicodeDecodeError) as error:
                problems.append(f"{variable}_FILE: cannot read {file}: {type(error).__name__}")
    return values, tuple(problems)


def _explain(error: ValidationError, values: Mapping[str, Any]) -> tuple[str, ...]:
    """One line for each problem; the value itself is never repeated, it may be a secret."""
    lines = []
    for problem in error.errors(include_input=False, include_url=False, include_context=False):
        field = str(problem["loc"][0])
        variable = PREFIX + field.upper()
        if problem["type"] == "missing":
            what = Settings.model_fields[field].description
            lines.append(f"{variable} is not set. {what}")
        elif field in values:
            lines.append(f"{variable}: {problem['msg'].removeprefix('Value error, ')}")
    return tuple(lines)
