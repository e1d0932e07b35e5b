"""Who is calling: App JWTs, installation tokens and people's tokens, really checked."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import jwt

from warden_bot.sandbox.keys import app_key
from warden_bot.sandbox.refusal import Refusal, unprocessable
from warden_bot.sandbox.state import Account, App, Installation

TOKEN_LIFETIME: Final = timedelta(hours=1)
JWT_LIFETIME: Final = timedelta(minutes=10)
_LEVELS: Final = {"read": 1, "write": 2, "admin": 3}


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Nobody: no credentials were sent."""


@dataclass(frozen=True, slots=True)
class AppCaller:
    """An App, proved by a JWT signed with its key."""

    app: App


@dataclass(frozen=True, slots=True)
class InstallationCaller:
    """An installation token. `repositories` is None when it reaches all of the account's."""

    installation: Installation
    permissions: Mapping[str, str]
    repositories: frozenset[int] | None
    expires_at: datetime

    def may(self, permission: str, level: str) -> bool:
        """Whether the token carries the permission at this level or above."""
        return _LEVELS.get(self.permissions.get(permission, ""), 0) >= _LEVELS[level]


@dataclass(frozen=True, slots=True)
class PersonCaller:
    """A person's access token: it may do what the person may do."""

    account: Account


Caller: TypeAlias = Anonymous | AppCaller | InstallationCaller | PersonCaller


class Credentials:
    """Every token that was handed out. Nothing here is ever printed."""

    def __init__(self) -> None:
        self._installation_tokens: dict[str, InstallationCaller] = {}
        self._person_tokens: dict[str, PersonCaller] = {}
        self._token_of: dict[int, str] = {}

    def person_token(self, account: Account) -> str:
        """The person's token, made when first asked for."""
        if account.id not in self._token_of:
            token = "gh" + "p_" + secrets.token_hex(18)
            self._token_of[account.id] = token
            self._person_tokens[token] = PersonCaller(account)
        return self._token_of[account.id]

    def mint(
        self,
        installation: Installation,
        permissions: Mapping[str, str],
        repositories: frozenset[int] | None,
        now: datetime,
    ) -> tuple[str, InstallationCaller]:
        """A new installation token, as narrow as asked for.

        Raises:
            Refusal: the installation is suspended, or does not have what is asked for.
        """
        if installation.suspended_at is not None:
            raise Refusal(403, "This installation has been suspended")
        granted = dict(permissions or installation.permissions)
        held = InstallationCaller(installation, installation.permissions, None, now)
        if not all(held.may(name, level) for name, level in granted.items()):
            raise unprocessable("The permissions requested are not granted to this installation.")
        granted.setdefault("metadata", "read")
        caller = InstallationCaller(installation, granted, repositories, now + TOKEN_LIFETIME)
        token = _long_token(installation.app.id)
        self._installation_tokens[token] = caller
        return token, caller

    def revoke_installation_tokens(self) -> None:
        """Make every installation token minted so far worthless."""
        self._installation_tokens.clear()

    def caller(self, token: str, now: datetime) -> InstallationCaller | PersonCaller:
        """Who holds `token`.

        Raises:
            Refusal: 401, nobody does, or it has expired.
        """
        person = self._person_tokens.get(token)
        if person is not None:
            return person
        installation = self._installation_tokens.get(token)
        if installation is None or installation.expires_at <= now:
            raise Refusal(401, "Bad credentials")
        return installation


def _long_token(app_id: int) -> str:
    """The shape GitHub is moving to: the App's id and three parts as in a JWT, about 520 long."""
    parts = (secrets.token_urlsafe(27), secrets.token_urlsafe(96), secrets.token_urlsafe(256))
    return f"gh{'s'}_{app_id}_" + ".".join(parts)


def looks_like_jwt(token: str) -> bool:
    """Whether a bearer token is an App's JWT rather than one of GitHub's own tokens."""
    return not token.startswith("gh") and token.count(".") == 2


def app_of_jwt(token: str, apps: Mapping[int, App], now: datetime) -> App:
    """The App that signed this JWT, verified against its public key.

    The rules are GitHub's: RS256, `iss` the App's id or client id as text, `iat` not in the
    future, `exp` in the future by at most ten minutes.

    Raises:
        Refusal: 401, one of these does not hold.
    """
    claims = _verified_claims(token)
    _check_times(claims, now)
    for app in apps.values():
        if claims["iss"] in {str(app.id), app.client_id}:
            return app
    raise Refusal(401, "Integration not found")


def _verified_claims(token: str) -> dict[str, Any]:
    unchecked_times = {"verify_exp": False, "verify_iat": False, "require": ["iss", "iat", "exp"]}
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            app_key().public_key(),
            algorithms=["RS256"],
            options=unchecked_times,  # type: ignore[arg-type]  # a plain dict is accepted
        )
    except jwt.InvalidTokenError as error:
        raise Refusal(401, "A JSON web token could not be decoded") from error
    return claims


def _check_times(claims: Mapping[str, Any], now: datetime) -> None:
    issued, expires = claims["iat"], claims["exp"]
    if not isinstance(issued, int) or issued > now.timestamp():
        raise Refusal(
            401,
            "'Issued at' claim ('iat') must be an Integer representing the time that the "
            "assertion was issued",
        )
    if not isinstance(expires, int) or expires <= now.timestamp():
        raise Refusal(
            401,
            "'Expiration time' claim ('exp') must be a numeric value representing the future "
            "time at which the assertion expires",
        )
    if expires > (now + JWT_LIFETIME).timestamp():
        raise Refusal(401, "'Expiration time' claim ('exp') is too far in the future")
