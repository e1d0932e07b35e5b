"""The commits of a scenario, and which commit a word means."""

from collections.abc import Iterable, Iterator
from typing import Final

from warden_policies.model import Commit, KeyKind, Person, Signature, Verification
from warden_policies.problem import Path, Problems
from warden_policies.scenario.people import Cast
from warden_policies.scenario.times import Clock
from warden_policies.scenario.words import OPENER, CommitWords, SignatureWords

BASE_SHA: Final = "ba5e000".ljust(40, "0")
"""The tip of the base branch."""


class History:
    """The commits between base and head. The last of the list is the head."""

    def __init__(self, words: Iterable[CommitWords], path: Path, problems: Problems) -> None:
        self._words = tuple(words)
        self._path = path
        self._problems = problems
        self._shas = tuple(
            (each.sha or f"{number:07x}").ljust(40, "0")
            for number, each in enumerate(self._words, 1)
        )
        for index, sha in enumerate(self._shas):
            if sha in self._shas[:index]:
                problems.add((*path, index), "another commit has the same sha")

    @property
    def head(self) -> str:
        """The head's sha; that of a commit nobody made when the list is empty."""
        return self._shas[-1] if self._shas else "0" * 40

    def sha(self, name: str, path: Path) -> str:
        """The sha of the commit that is named at `path`: of the list, or one that is gone."""
        if name == "head":
            return self.head
        if name.isdecimal() and int(name) <= len(self._shas):
            return self._shas[int(name) - 1]
        if len(name) < 7:
            self._problems.add(path, f"no commit {name}: the list has {len(self._shas)}")
        return name.ljust(40, "0")

    def commits(self, opener: str | None, cast: Cast, clock: Clock) -> Iterator[Commit]:
        """Every commit; one without an author is the opener's."""
        for index, words in enumerate(self._words):
            path = (*self._path, index)
            author = self._author(words, opener, cast, path)
            others = (
                cast.signature(each, (*path, "co_authors", number))
                for number, each in enumerate(words.co_authors)
            )
            yield Commit(
                self._shas[index],
                (author, *others),
                _committer(words, author, cast, path),
                self._parents(index, path),
                words.on_web,
                _verification(words, author.person, cast, path),
                tuple(
                    cast.signature(each, (*path, "on_behalf_of", number))
                    for number, each in enumerate(words.on_behalf_of)
                ),
                clock.at(words.pushed_at, (*path, "pushed_at")),
            )

    def _author(self, words: CommitWords, opener: str | None, cast: Cast, path: Path) -> Signature:
        if words.by != OPENER:
            return cast.signature(words.by, (*path, "by"))
        if opener is None:
            self._problems.add(path, "say with 'by' whose commit it is: nobody opened the change")
            return Signature("", None)
        return cast.signature(opener, path)

    def _parents(self, index: int, path: Path) -> tuple[str, ...]:
        names = self._words[index].parents
        if names is None:
            return (self._shas[index - 1] if index else BASE_SHA,)
        return tuple(
            self.sha(name, (*path, "parents", number)) for number, name in enumerate(names)
        )


def _committer(words: CommitWords, author: Signature, cast: Cast, path: Path) -> Signature | None:
    if words.committer:
        return cast.signature(words.committer, (*path, "committer"))
    return None if words.on_web else author


def _verification(
    words: CommitWords, author: Person | None, cast: Cast, path: Path
) -> Verification | None:
    """What is made on the web is signed by GitHub."""
    said = words.signature
    if said is None:
        return Verification(valid=True, signer=None, key=KeyKind.GPG) if words.on_web else None
    return _said(said, author, cast, (*path, "signature", "by"))


def _said(said: SignatureWords, author: Person | None, cast: Cast, path: Path) -> Verification:
    signer = author if said.by == OPENER else cast.somebody(said.by, path)
    return Verification(said.valid, signer, said.key, said.key_id, said.state)
