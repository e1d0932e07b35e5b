"""A look at a pull request: what GitHub says of it, completed by what git proves."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from warden_bot.clone.clones import Clones
from warden_bot.clone.errors import CloneError
from warden_bot.clone.source import source_of
from warden_bot.clone.with_proofs import reviewed_before, unanswered, with_proofs
from warden_bot.errors import GoneError, RetryLaterError
from warden_bot.github.client import GitHub, Installation
from warden_bot.github.snapshot import Snapshot, take_snapshot
from warden_policies.model import Change

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Looker:
    """Looks at pull requests, through the API and with git."""

    github: GitHub
    clones: Clones
    clock: Callable[[], datetime]

    def look(self, installation_id: int, full_name: str, number: int) -> Snapshot:
        """The pull request as it is now, with proofs where somebody reviewed an earlier commit.

        Raises:
            GoneError: there is no such pull request.
            RetryLaterError: GitHub could not answer completely.
        """
        installation = self.github.installation(installation_id)
        snapshot = take_snapshot(
            installation, full_name, number, own_app_id=self.github.app_id, clock=self.clock
        )
        # A head that is merged lies in its base: against that, it changes nothing, and so does
        # everything that was ever reviewed on the way to it.
        if snapshot.state == "merged" or not reviewed_before(snapshot.change):
            return snapshot
        return replace(snapshot, change=self._proven(snapshot.change, installation))

    def _proven(self, change: Change, installation: Installation) -> Change:
        """The change with its proofs. Whatever goes wrong, nothing is proven and it says why."""
        context = log.bind(repository=change.repository.full_name, number=change.number)
        try:
            repository = change.repository
            source = source_of(self.github.api_url, repository.id, repository.full_name)
            proven = with_proofs(change, self.clones, source, installation.token())
        except (CloneError, GoneError, RetryLaterError) as error:
            context.warning("nothing proven", reason=str(error))
            return unanswered(change, str(error))
        except Exception as error:  # noqa: BLE001 - our own fault is no proof, and stops no decision
            context.exception("nothing proven")
            return unanswered(change, f"internal error ({type(error).__name__})")
        for gap in proven.unread:
            if gap.part == "proofs":
                context.warning("nothing proven", reason=gap.why)
        return proven
