"""What conditions share: an answer that is yes or no, and who could make it another."""

from collections.abc import Iterable
from typing import Final

from warden_policies.globs import divided
from warden_policies.model import Change
from warden_policies.outcome import Action, Evidence, Outcome, Result
from warden_policies.text import plain


def yes_or_no(  # noqa: PLR0913 - the parts of a result
    name: str,
    reason: str,
    action: Action,
    *,
    holds: bool,
    evidence: Iterable[str] = (),
    dropped: Iterable[str] = (),
) -> Result:
    """The answer: a pass, or a failure with what would make it one."""
    return Result(
        name,
        Outcome.PASS if holds else Outcome.FAIL,
        reason,
        evidence=tuple(map(Evidence, evidence)),
        dropped=tuple(dropped),
        actions=() if holds else (action,),
    )


def opener_of(change: Change) -> tuple[str, ...]:
    """Who an action is for that only whoever opened the pull request can do."""
    return (plain(change.opener.login),) if change.opener else ()


EVERY: Final = 1000
"""A limit for who wants to know the whole list."""


def some_of(globs: tuple[str, ...], limit: int = 3) -> str:
    """`src/** or lib/** but not src/docs/**`; of more than `limit` only how many more there are."""
    wanted, unwanted = (" or ".join(_bounded(part, limit)) for part in divided(globs))
    return f"{wanted} but not {unwanted}" if unwanted else wanted


def _bounded(globs: tuple[str, ...], limit: int) -> list[str]:
    more = len(globs) - limit
    return [*map(plain, globs[:limit]), *([f"{more} more"] if more > 0 else [])]
