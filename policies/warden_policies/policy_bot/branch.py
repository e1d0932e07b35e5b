"""The commits that an approval rule looks at: the first-parent line from the head, or less."""

from collections.abc import Iterator
from dataclasses import dataclass

from warden_policies.memo import per_change
from warden_policies.model import Change, Commit, NotRecorded
from warden_policies.policy_bot.accounts import users_of
from warden_policies.policy_bot.actors import NOBODY, ActorSet, is_actor
from warden_policies.policy_bot.parts import LISTING_COMMITS, commits_of


@dataclass(frozen=True, slots=True)
class Ignoring:
    """Which commits a rule does not look at."""

    update_merges: bool = False
    commits_by: ActorSet = NOBODY


NOTHING = Ignoring()


@per_change
def line(change: Change) -> tuple[Commit, ...]:
    """From the head along first parents, as far as the commits belong to the change.

    What was merged in from a side branch is not seen, as policy-bot does not see it.

    Raises:
        NotRecorded: the commits were not read, the head is not among them, or the line breaks off
            because the snapshot does not tell a commit's parents.
    """
    commits = {commit.sha: commit for commit in commits_of(change, LISTING_COMMITS)}
    found: dict[str, Commit] = {}
    sha = change.head_sha
    while sha in commits and sha not in found:
        found[sha] = commits[sha]
        if not commits[sha].parents:
            _refuse_unless_all(commits, found)
            break
        sha = commits[sha].parents[0]
    if not found:
        raise NotRecorded(f"{LISTING_COMMITS}: the head commit is not among them")
    return tuple(found.values())


def _refuse_unless_all(commits: dict[str, Commit], found: dict[str, Commit]) -> None:
    """A snapshot from before parents were recorded would hide everybody behind its head."""
    if len(found) < len(commits):
        raise NotRecorded(f"{LISTING_COMMITS}: this snapshot does not tell their parents")


def considered(ignoring: Ignoring, change: Change) -> tuple[Commit, ...]:
    """The first-parent line without the commits that are ignored, newest first.

    The people of an ignored commit are not looked at either, as in policy-bot.

    Raises:
        NotRecorded: the commits, or the people behind them, were not read.
    """
    return tuple(_considered(ignoring, change))


def _considered(ignoring: Ignoring, change: Change) -> Iterator[Commit]:
    commits = line(change)
    shas = {commit.sha for commit in commits}
    for commit in commits:
        if ignoring.update_merges and _is_update_merge(commit, shas):
            continue
        if not ignoring.commits_by.empty and _is_by(ignoring.commits_by, commit, change):
            continue
        yield commit


def _is_update_merge(commit: Commit, shas: set[str]) -> bool:
    """Two parents, made in the web interface, and only the first belongs to the branch.

    That GitHub says so does not prove that the merge changed nothing else; policy-bot trusts it.
    """
    if len(commit.parents) != 2 or not commit.on_web:
        return False
    first, second = commit.parents
    return first in shas and second not in shas


def _is_by(actors: ActorSet, commit: Commit, change: Change) -> bool:
    users = tuple(users_of(commit))
    return bool(users) and all(is_actor(actors, person, change) for person in users)
