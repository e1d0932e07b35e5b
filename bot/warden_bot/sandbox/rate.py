"""GitHub's primary rate limit as far as a well-behaved client sees it: headers that count."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from warden_bot.sandbox.credentials import (
    AppCaller,
    Caller,
    InstallationCaller,
    PersonCaller,
)

LIMIT: Final = 5000
_WINDOW: Final = timedelta(hours=1)


@dataclass(slots=True)
class _Budget:
    resets_at: datetime
    used: int = 0


class RateBudgets:
    """One budget per caller and resource. Nobody is refused: going over is a scripted fault."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._budgets: dict[tuple[str, str], _Budget] = {}

    def spend(self, caller: Caller, resource: str) -> dict[str, str]:
        """Count one request and say so in headers."""
        now, key = self._clock(), (_name(caller), resource)
        budget = self._budgets.get(key)
        if budget is None or budget.resets_at <= now:
            budget = self._budgets[key] = _Budget(now + _WINDOW)
        budget.used += 1
        return {
            "X-RateLimit-Limit": str(LIMIT),
            "X-RateLimit-Used": str(budget.used),
            "X-RateLimit-Remaining": str(max(LIMIT - budget.used, 1)),
            "X-RateLimit-Reset": str(int(budget.resets_at.timestamp())),
            "X-RateLimit-Resource": resource,
        }


def _name(caller: Caller) -> str:
    match caller:
        case AppCaller(app=app):
            return f"app {app.id}"
        case InstallationCaller(installation=installation):
            return f"installation {installation.id}"
        case PersonCaller(account=account):
            return f"person {account.id}"
    return "anonymous"
