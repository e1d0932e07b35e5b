"""Collects the facts from which it is proven that a head holds what a reviewer saw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from warden_bot.clone.errors import TooMuchError
from warden_bot.clone.fetch import Fetcher
from warden_bot.clone.history import History
from warden_policies.coverage import Seen, Step, prove, unproven
from warden_policies.model import ContentProof

_GONE = "it is not to be had from the server any more"
_TOO_MANY = "more than {} commits were reviewed"


@dataclass(frozen=True, slots=True)
class Head:
    """What has to hold the reviewed content: a head, on the tip of a base branch."""

    base: str
    commit: str
    base_name: str


def prove_all(
    history: History, fetcher: Fetcher, head: Head, seen_on: Mapping[str, str]
) -> tuple[ContentProof, ...]:
    """The proofs for reviewed commits, each of which was seen on the base commit that it maps to.

    Raises:
        CloneError: git could not answer.
    """
    limit = history.git.limits.reviewed
    pairs = list(seen_on.items())
    known = fetcher.known([name for pair in pairs[:limit] for name in pair])
    proofs = Proofs(history, head)
    return (
        *(
            proofs.of(*pair) if known.issuperset(pair) else unproven(pair[0], _GONE)
            for pair in pairs[:limit]
        ),
        *(unproven(commit, _TOO_MANY.format(limit)) for commit, _ in pairs[limit:]),
    )


class Proofs:
    """Proofs for one head. What holds for every reviewed commit is worked out once."""

    def __init__(self, history: History, head: Head) -> None:
        self._history = history
        self._head = head
        self._steps = _Remembered(self._walk())

    def of(self, commit: str, seen_on: str) -> ContentProof:
        """The proof for a commit that was reviewed against the base commit `seen_on`.

        Raises:
            CloneError: git could not answer.
        """
        seen = Seen(
            commit,
            self._history.work(commit, seen_on),
            in_head=self._history.descends(self._head.commit, commit),
            base_stands=self._history.descends(self._head.base, seen_on),
        )
        return prove(seen, self._steps, self._head.base_name)

    def _walk(self) -> Iterator[Step]:
        """The head, and below it for as long as each commit is a clean update of the next."""
        at: str | None = self._head.commit
        for _ in range(self._history.git.limits.merges):
            if at is None:
                return
            yield Step(at, self._history.work(at, self._head.base))
            at = self._updated_by(at)

    def _updated_by(self, commit: str) -> str | None:
        """The commit that `commit` merges the base into, changing nothing by hand.

        The other side has to be a commit of the base itself: not of a branch that was reviewed by
        nobody, even if that one holds the base.
        """
        it = self._history.commit(commit)
        base = self._head.base
        own = [parent for parent in it.parents if not self._history.descends(base, parent)]
        if len(it.parents) != 2 or len(own) != 1:
            return None
        try:
            return own[0] if self._history.merged_tree(*it.parents) == it.tree else None
        except TooMuchError:
            return None


class _Remembered:
    """Steps that are worked out when first asked for, and then known."""

    def __init__(self, coming: Iterator[Step]) -> None:
        self._coming = coming
        self._known: list[Step] = []

    def __iter__(self) -> Iterator[Step]:
        yield from self._known
        for step in self._coming:
            self._known.append(step)
            yield step
