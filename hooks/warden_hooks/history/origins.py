"""When a secret came, when it went, and where it still is: asked only about what was found."""

import os
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from warden_hooks import git
from warden_hooks.history.changes import Change, changes
from warden_hooks.history.commits import Author, authors, places
from warden_hooks.history.facts import Origin
from warden_hooks.history.objects import Blob, Objects
from warden_hooks.history.refs import Tip, looked_up
from warden_hooks.history.sweep import Secret

Secrets = Mapping[str, Secret]
"""By fingerprint."""
_MOST_PATHS = 200
"""On one command line. With more it is as well to ask about all."""
_NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Now:
    """What the refs lead to."""

    tips: Sequence[Tip]
    at_head: Mapping[str, Sequence[str]]
    """The paths in which HEAD holds a secret, by the secret's name."""
    tagged: Collection[Blob]
    """Contents that a tag leads to without a commit."""
    is_whole: bool = True
    """Whether every commit can be followed."""


@dataclass(slots=True)
class Journey:
    """A secret in a path, from commit to commit."""

    held: dict[bytes, Blob] = field(default_factory=dict)
    """The commits that changed the path to a content with the secret, and that content."""
    removed: list[bytes] = field(default_factory=list)
    """The commits that changed it to one without, or to nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """An origin, and the content in which the secret came."""

    origin: Origin
    blob: Blob


def origins(secrets: Secrets, objects: Objects, now: Now) -> dict[str, Found]:
    """Where each secret is in the history.

    Raises:
        GitError: a commit or a tree cannot be read.
    """
    chart = _Chart(secrets, journeys(secrets, objects, now), now)
    return {fingerprint: chart.found(fingerprint) for fingerprint in secrets}


class _Chart:
    """What git says about all commits that matter, asked at once."""

    def __init__(self, secrets: Secrets, travelled: Mapping[str, Journey], now: Now) -> None:
        self._secrets = secrets
        self._journeys = travelled
        self._now = now
        self._branches = _branches(secrets, now)
        self._places = places(
            commit for journey in travelled.values() for commit in (*journey.held, *journey.removed)
        )
        self._authors = authors(
            commit for journey in travelled.values() for commit in self._may_be_first(journey)
        )

    def found(self, fingerprint: str) -> Found:
        secret, journey = self._secrets[fingerprint], self._journeys[fingerprint]
        first = min(self._may_be_first(journey), key=self._day, default=b"")
        author = self._authors.get(first, Author())
        origin = Origin(
            commit=first.decode(),
            author=author.name,
            authored=author.time,
            last_commit=self._last(journey).decode(),
            at_head=tuple(self._now.at_head.get(secret.name, ())),
            branches=tuple(self._branches.get(fingerprint, ())),
            reachable=self._is_reachable(secret, first),
            contents=len(secret.blobs),
        )
        return Found(origin, journey.held.get(first, min(secret.blobs)))

    def _is_reachable(self, secret: Secret, first: bytes) -> bool | None:
        if first in self._places or not secret.blobs.isdisjoint(self._now.tagged):
            return True
        return False if self._now.is_whole else None

    def _may_be_first(self, journey: Journey) -> list[bytes]:
        """The commit that the secret came with; where no ref leads to one, all that hold it."""
        reached = [commit for commit in journey.held if commit in self._places]
        if reached:
            return [max(reached, key=lambda commit: self._places[commit].number)]
        return list(journey.held)

    def _day(self, commit: bytes) -> tuple[bool, datetime, bytes]:
        time = self._authors.get(commit, Author()).time
        return time is None, time or _NO_TIME, commit

    def _last(self, journey: Journey) -> bytes:
        """The commit before the newest that removed the secret, unless a newer one holds it."""
        held = [self._places[commit] for commit in journey.held if commit in self._places]
        removed = [self._places[commit] for commit in journey.removed if commit in self._places]
        newest = min(removed, default=None)
        return b"" if newest is None or any(place < newest for place in held) else newest.parent


def journeys(secrets: Secrets, objects: Objects, now: Now) -> dict[str, Journey]:
    """The commits that each secret came and went with.

    Raises:
        GitError: a commit or a tree cannot be read, and that is news.
    """
    found = {fingerprint: Journey() for fingerprint in secrets}
    holding = {fingerprint: frozenset(secret.blobs) for fingerprint, secret in secrets.items()}
    in_path: dict[bytes, list[str]] = defaultdict(list)
    for fingerprint, secret in secrets.items():
        in_path[os.fsencode(secret.path)].append(fingerprint)
    asked = in_path if len(in_path) <= _MOST_PATHS else ()
    with nullcontext() if now.is_whole else suppress(git.GitError):
        for change in changes(objects.commit_ids, asked):
            for fingerprint in in_path.get(change.path, ()):
                _note(found[fingerprint], change, holding[fingerprint])
    return found


def _note(journey: Journey, change: Change, blobs: frozenset[Blob]) -> None:
    if change.after in blobs:
        journey.held[change.commit] = change.after
    elif not blobs.isdisjoint(change.before):
        journey.removed.append(change.commit)


def _branches(secrets: Secrets, now: Now) -> dict[str, list[str]]:
    """The branches whose newest commits hold a secret that HEAD does not hold in its path."""
    branches = [tip for tip in now.tips if tip.is_branch]
    gone = {
        fingerprint: secret
        for fingerprint, secret in secrets.items()
        if secret.path not in now.at_head.get(secret.name, ()) and "\n" not in secret.path
    }
    paths = dict.fromkeys(os.fsencode(secret.path) for secret in gone.values())
    asked = dict.fromkeys(tip.object + b":" + path for path in paths for tip in branches)
    held = {name: blob for name, (_, blob) in zip(asked, looked_up(asked), strict=True)}
    return {
        fingerprint: [
            tip.short
            for tip in branches
            if held[tip.object + b":" + os.fsencode(secret.path)] in secret.blobs
        ]
        for fingerprint, secret in gone.items()
    }
