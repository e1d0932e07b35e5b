"""How risky the change is: drawn by adding risky files until the score fits.

The score is made of the words in paths, which no glob tells apart. So any tier is thought possible
with any files, which proves what holds of all; and `likely` says where one can be drawn.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise
from typing import Final

from warden_policies.example import SAMPLE
from warden_policies.model import Change, ChangedFile, FileChange
from warden_policies.prove.formula import (
    TRUE,
    Formula,
    Is,
    Values,
    at_least,
    both,
    either,
    every,
    no,
    some,
)
from warden_policies.prove.part import CannotDraw, Need
from warden_policies.prove.parts.commits import (
    Commits,
)
from warden_policies.prove.parts.files import Files
from warden_policies.risk import Tier, risk_of
from warden_policies.risk_weights import HIGHEST, LARGEST_SIZE

_NAME: Final = "risk"
_RISKY: Final = (
    "auth/login.py", "payments/fee.py", "migrations/7.sql", "terraform/main.tf", "package.json",
    "other/package.json", "login.py", "fee.sql", "main.tf", "auth", "payments.txt", "login.md",
)  # fmt: skip
"""Put behind a folder, or in place of it, these make a path risky and often still match."""
_TAME: Final = ("note.txt", "a.txt", "a.md", "a", "test_a.py")
_TIERS: Final = tuple(Tier)
_LEAST: Final = tuple(tier.least for tier in Tier)
_PLENTY: Final = 5
"""So many risky names are enough for any score."""


@dataclass(frozen=True, slots=True)
class RiskNeed:
    """The policy asks how risky the change is."""


@dataclass(frozen=True)
class Danger:
    """The tier of the risk."""

    files: Files
    commits: Commits
    asked: bool
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need], files: Files, commits: Commits) -> "Danger":
        """The risks that a policy with these needs can tell apart."""
        return cls(files, commits, any(isinstance(need, RiskNeed) for need in needs))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Each tier."""
        return {_NAME: len(_TIERS)} if self.asked else {}

    @property
    def always(self) -> Formula:
        """Nothing: any change may be thought risky."""
        return TRUE

    @cached_property
    def likely(self) -> Formula:
        """As much risk as the drawn files have; or none with harmless ones, or more with others."""
        if not self.asked:
            return TRUE
        harmless = every(
            no(self.files.touched(number)) for number in self._cases if not self._tame_texts(number)
        )
        risky = (number for number in self._cases if len(self._texts(number, _RISKY)) >= _PLENTY)
        growing = both(
            some(map(self.files.touched, risky)),
            some(Is("files", at) for at in self._large_counts()),
        )
        fitting = either(
            both(Is(_NAME, 0), harmless),
            *(
                both(Is(_NAME, at), no(self._scored(beyond)), either(self._scored(least), growing))
                for at, (least, beyond) in enumerate(pairwise((*_LEAST, HIGHEST + 1)))
            ),
        )
        return both(fitting, self._few_robots())

    def _few_robots(self) -> Formula:
        """Robots have not written most of it, which counts too."""
        cast, commits = self.commits.cast, self.commits
        opener, *others = cast.everybody
        people = (both(commits.contributes(who), no(cast.robot(who))) for who in others)
        return both(
            *(no(both(cast.robot(who), commits.contributes(who))) for who in others),
            either(
                no(cast.robot(opener)),
                no(commits.opener_commits),
                commits.has_unknown,
                *people,
            ),
        )

    @property
    def _cases(self) -> range:
        return range(len(self.files.classes.rows))

    def _scored(self, points: int) -> Formula:
        """The files as they are drawn first have at least this score."""
        return at_least(points, self._points)

    @cached_property
    def _points(self) -> tuple[Formula, ...]:
        """One formula for each point that the score may have."""
        found: list[Formula] = []
        by_factor: dict[tuple[str, int], list[Formula]] = {}
        for number in self._cases:
            for factor in _factors(self.files.classes.rows[number].text):
                by_factor.setdefault(factor, []).append(self.files.touched(number))
        for (_, points), touched in by_factor.items():
            found += [some(touched)] * points
        for at in range(len(self.files.lines.bounds)):
            size = self.files.lines.drawn(at).bit_length() - 1
            found += [Is("lines", at)] * min(LARGEST_SIZE, max(0, size))
        return tuple(found)

    def _tame_texts(self, number: int) -> list[str]:
        return self._texts(number, _TAME)

    def _large_counts(self) -> Iterator[int]:
        for at, (_, last) in enumerate(self.files.count.bounds):
            if last is None or last > len(_RISKY):
                yield at

    def _texts(self, number: int, names: Iterable[str]) -> list[str]:
        """Those of the names that, put in the folder of a case's text, are of that case."""
        classes = self.files.classes
        row = classes.rows[number]
        folder = row.text[: row.text.rfind("/") + 1]
        made = [f"{folder}{name}" for name in names]
        return [text for text in made if classes.belongs(text, number)]

    def reaches(self, tier: Tier) -> Formula:
        """The risk is of this tier or of a higher one."""
        return some(Is(_NAME, at) for at, each in enumerate(_TIERS) if each.least >= tier.least)

    def draw(self, values: Values, change: Change) -> Change:
        """The change with files changed for others, or added, until it is as risky as wanted.

        Where nothing is said of the risk, any will do.
        """
        if not self.asked or _NAME not in values:
            return change
        wanted = _TIERS[values[_NAME]]
        for attempt in (change, *self._tamer(change), *self._riskier(values, change)):
            if risk_of(attempt).tier is wanted:
                return attempt
        raise CannotDraw(f"a change with these files whose risk is {wanted}")

    def _tamer(self, change: Change) -> Iterator[Change]:
        """With every path replaced by a harmless one of the same case, where there is one."""
        yield replace(change, files=tuple(map(self._tame, change.files or ())))

    def _tame(self, file: ChangedFile) -> ChangedFile:
        known = self.files.classes
        tame = self._texts(known.class_of(file.path), _TAME)
        return replace(file, path=tame[0]) if tame and file.previous_path is None else file

    def _riskier(self, values: Values, change: Change) -> Iterator[Change]:
        """With more and more risky files of the cases that are touched anyway."""
        files = change.files or ()
        last = self.files.count.bounds[values.get("files", 0)][1]
        room = len(_RISKY) if last is None else max(0, last - len(files))
        here = {file.path for file in files}
        cases = dict.fromkeys(self.files.classes.class_of(file.path) for file in files)
        more = (text for case in cases for text in self._texts(case, _RISKY) if text not in here)
        added: list[ChangedFile] = []
        for text in islice(more, room):
            added.append(ChangedFile(text, FileChange.MODIFIED))
            every_file = (*files, *added)
            grown = replace(change, files=every_file, changed_files=len(every_file))
            yield grown
            if self.files.lines.bounds[values.get("lines", 0)][1] is None:
                yield replace(grown, additions=max(change.additions, 40_000))


def _factors(path: str) -> Iterator[tuple[str, int]]:
    """What makes a change of this file alone risky, but its size."""
    alone = replace(SAMPLE, files=(ChangedFile(path, FileChange.MODIFIED),), additions=0)
    for factor in risk_of(replace(alone, deletions=0)).factors:
        yield factor.name, factor.points
