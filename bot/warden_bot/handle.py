"""The straight line: what is claimed is read, decided, recorded, and then published.

Nothing is published that was not written first. Deciding and publishing are two pieces of work, so
that a crash between them leaves the second one due, and neither is ever done half.
"""

from collections.abc import Callable
from dataclasses import dataclass

from warden_bot.deciding import decide_all
from warden_bot.errors import GoneError, RefusedError
from warden_bot.github.publish import check_run, content_digest, publish
from warden_bot.github.snapshot import Snapshot
from warden_bot.look import Looker
from warden_bot.record import Facts, Recorder, to_show
from warden_bot.store import decisions, publications, repositories
from warden_bot.store.decisions import Decided, Standing
from warden_bot.store.store import Store
from warden_bot.store.work import Claim
from warden_bot.work_keys import CheckKey, PullRequestKey


@dataclass(frozen=True, slots=True)
class World:
    """Everything a decision needs that is not a value."""

    looker: Looker
    store: Store
    log_of: Callable[[int], str]
    """The name of an installation's log."""
    page_of: Callable[[str, int], str | None]
    """Where people read about a change."""


def handle(claim: Claim, world: World) -> None:
    """Do the claimed work, whatever kind it is."""
    if pull := PullRequestKey.parse(claim.key):
        _decide(claim, pull, world)
    elif check := CheckKey.parse(claim.key):
        _show(claim, check, world)
    else:
        raise GoneError(f"no such kind of work: {claim.key.partition(':')[0]}")


def _decide(claim: Claim, key: PullRequestKey, world: World) -> None:
    with world.store.reading() as connection:
        full_name = repositories.name_of(connection, key.repository_id)
        standing = decisions.standing_of(connection, key.repository_id, key.number)
    if full_name is None:
        raise GoneError("a repository that nobody told us about")
    snapshot = _look(key, full_name, world)
    log = world.log_of(key.installation_id)
    recorder = Recorder(claim, key.installation_id, log, snapshot)
    check = CheckKey(key.installation_id, key.repository_id, snapshot.change.head_sha)
    world.store.record(claim, _news(recorder, standing), check)


def _look(key: PullRequestKey, full_name: str, world: World) -> Snapshot:
    snapshot = world.looker.look(key.installation_id, full_name, key.number)
    if snapshot.change.repository.id != key.repository_id:
        raise RefusedError(f"{full_name} is another repository now; this one was renamed")
    return snapshot


def _news(recorder: Recorder, standing: Standing | None) -> tuple[Decided, ...]:
    """What there is to record: a decision, and the merge if there was one.

    A merge seals the decision that stood on its head commit. Where none stood, or it could not be
    made again when it should have been, one is made now and says by its time that it came after
    the merge.
    """
    snapshot = recorder.snapshot
    facts = Facts.of_entry(standing.entry) if standing and not standing.trouble else None
    if snapshot.merge_sha and facts and facts.head_sha == snapshot.change.head_sha:
        return (recorder.merge(facts),)
    decision = decide_all(snapshot)
    decided = recorder.decision(decision)
    if snapshot.merge_sha is None:
        return (decided,)
    return decided, recorder.merge(Facts.of_decision(decision, snapshot.change))


def _show(claim: Claim, check: CheckKey, world: World) -> None:
    with world.store.reading() as connection:
        publication = publications.publication_on(connection, check.repository_id, check.head_sha)
        standings = decisions.standings_on(connection, check.repository_id, check.head_sha)
    if publication is None or not standings:
        raise GoneError("nothing was decided about this commit")
    shown = [
        to_show(standing, world.page_of(publication.full_name, standing.number))
        for standing in _deciding(standings)
    ]
    digest = content_digest(shown)
    # An attempt that failed may have been carried out all the same: then nothing is as remembered.
    if digest == publication.digest and not claim.attempts:
        world.store.complete(claim)
        return
    if not world.store.holds(claim):
        return
    installation = world.looker.github.installation(check.installation_id)
    run = check_run(check.head_sha, shown)
    check_run_id = publish(installation, publication.full_name, publication.check_run_id, run)
    world.store.published(claim, check, check_run_id, digest)


def _deciding(standings: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """The open pull requests on a commit; when none is open any more, what stood at the end."""
    still_open = tuple(standing for standing in standings if standing.state == "open")
    return still_open or standings
