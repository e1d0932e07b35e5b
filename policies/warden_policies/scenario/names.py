"""How people, commits and times are written in a scenario."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, TypeAlias

from warden_policies.actors import AccountName
from warden_policies.constraints import NumberAsText
from warden_policies.problem import Path

_UNITS = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}
_AGO = re.compile(rf"([1-9][0-9]{{0,3}}) ({'|'.join(_UNITS)})s? ago")
_COMMIT = re.compile(r"head|[1-9][0-9]{0,3}|[0-9a-f]{7,40}")
_SHA = re.compile(r"[0-9a-f]{7,40}")
_ADDRESS = re.compile(r"[^\s@]{1,100}@[^\s@]{1,100}")


@dataclass(frozen=True, slots=True)
class IsLogin:
    """A text is an account's login, without the id that only `people` gives it."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else."""
        if isinstance(value, str) and ("#" in value or any(AccountName().broken(value))):
            yield (), "expected a login such as bob"


@dataclass(frozen=True, slots=True)
class IsSigner:
    """A text is a login, or the e-mail address of somebody whom GitHub does not know."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else."""
        address = isinstance(value, str) and _ADDRESS.fullmatch(value)
        if not address and any(IsLogin().broken(value)):
            yield (), "expected a login such as bob, or an e-mail address that has no account"


@dataclass(frozen=True, slots=True)
class IsCommit:
    """A text names a commit."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else."""
        if isinstance(value, str) and not _COMMIT.fullmatch(value):
            yield (), "expected head, a commit's number in the list, or 7 to 40 digits of its sha"


@dataclass(frozen=True, slots=True)
class IsSha:
    """A text is a commit's sha, whole or its beginning."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else."""
        if isinstance(value, str) and not _SHA.fullmatch(value):
            yield (), "expected 7 to 40 hexadecimal digits in quotes, such as '7be01d4'"


@dataclass(frozen=True, slots=True)
class IsMoment:
    """A text names an instant."""

    def broken(self, value: object) -> Iterator[tuple[Path, str]]:
        """Complain about anything else."""
        if isinstance(value, str) and moment(value, datetime.max.replace(tzinfo=UTC)) is None:
            yield (), "expected a time such as 2026-11-23T14:02:00Z or '3 days ago'"


Who: TypeAlias = Annotated[str, IsLogin()]
Signer: TypeAlias = Annotated[str, IsSigner()]
CommitName: TypeAlias = Annotated[str, NumberAsText(), IsCommit()]
Sha: TypeAlias = Annotated[str, NumberAsText(), IsSha()]
Moment: TypeAlias = Annotated[str, IsMoment()]


def moment(text: str, now: datetime) -> datetime | None:
    """The instant that `text` names, counted back from `now` if need be, or None."""
    ago = _AGO.fullmatch(text)
    try:
        if ago:
            return now - timedelta(minutes=int(ago[1]) * _UNITS[ago[2]])
        instant = datetime.fromisoformat(text)
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None


def is_address(signer: str) -> bool:
    """Whether a signer is told by an e-mail address, that is: no account of GitHub's."""
    return "@" in signer
