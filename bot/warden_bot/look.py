"""A look at a pull request: what GitHub says of it, completed by what git proves."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog

from warden_bot.clone.clones import Clones
from warden_bot.clone.errors import CloneError
from warden_bot.clone.source import Source, source_of
from warden_bot.clone.with_proofs import reviewed_before, unanswered, with_proofs
from warden_bot.errors import GoneError, RetryLaterError
from warden_bot.github.client import GitHub, Installation
from warden_bot.github.snapshot import Files, Snapshot, take_snapshot
from warden_policies.model import Change, Repository

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Looker:
    """Looks at pull requests, through the API and with git."""

    github: GitHub
    clones: Clones
    clock: Callable[[], datetime]
    policy_bot: bool = False
    """Whether a repository's `.policy.yml` counts."""

    def look(self, installation_id: int, full_name: str, number: int) -> Snapshot:
        """The pull request as it is now, with proofs where somebody reviewed an earlier commit.

        Raises:
            GoneError: there is no such pull request.
            RetryLaterError: GitHub could not answer completely.
        """
        installation = self.github.installation(installation_id)
        snapshot = take_snapshot(
            installation,
            full_name,
            number,
            own_app_id=self.github.app_id,
            clock=self.clock,
            from_git=partial(self._files, installation),
            policy_bot=self.policy_bot,
        )
        # A head that is merged lies in its base: against that, it changes nothing, and so does
        # everything that was ever reviewed on the way to it.
        if snapshot.state == "merged" or not reviewed_before(snapshot.change):
            return snapshot
        return replace(snapshot, change=self._proven(snapshot.change, installation))

    def _proven(self, change: Change, installation: Installation) -> Change:
        """The change with its proofs. Whatever goes wrong, nothing is proven and it says why."""
        try:
            source = self._source(change.repository)
            return with_proofs(change, self.clones, source, installation.token())
        except Exception as error:  # noqa: BLE001 - whatever went wrong proves and stops nothing
            return unanswered(change, _why("proofs", change.repository, error))

    def _files(
        self, installation: Installation, repository: Repository, base: str, head: str
    ) -> Files:
        """The files that git finds changed, each with what it leads to."""
        try:
            source, token = self._source(repository), installation.token()
            return Files(self.clones.files_between(source, token, base, head))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, they are not known
            return Files(None, _why("files", repository, error))

    def _source(self, repository: Repository) -> Source:
        return source_of(self.github.api_url, repository.id, repository.full_name)


_EXPECTED = (CloneError, GoneError, RetryLaterError)


def _why(part: str, repository: Repository, error: Exception) -> str:
    """Why git could not be asked, as the picture says it; the log has all that there is."""
    context = log.bind(part=part, repository=repository.full_name)
    if isinstance(error, _EXPECTED):
        context.warning("git could not be asked", reason=str(error))
        return str(error)
    context.error("git could not be asked", exc_info=error)
    return f"internal error ({type(error).__name__})"
