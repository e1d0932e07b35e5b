"""How checks and statuses of a name ended, whoever reported them, and runs of workflows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from warden_policies.model import (
    Change,
    Check,
    CheckConclusion,
    CheckStatus,
    CommitStatus,
    WorkflowRun,
)
from warden_policies.prove.formula import (
    FALSE,
    TRUE,
    Formula,
    Is,
    Values,
    both,
    either,
    every,
    flag,
    implies,
    no,
    rewritten,
    some,
)
from warden_policies.prove.part import Need
from warden_policies.prove.parts.cast import Cast

_STATES: Final = ("success", "failure", "error", "pending")
"""What a commit status may be, which anybody who may push can report."""
_USUAL: Final = ("success", "", "failure")
"""The endings in order of plainness; empty for none at all."""
_CONCLUSIONS: Final = frozenset(way.value for way in CheckConclusion)
_APP: Final = 15368


@dataclass(frozen=True, slots=True)
class StatusNeed:
    """The policy asks whether a name ended in one of these ways."""

    name: str
    conclusions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkflowNeed:
    """The policy asks whether a workflow ended in one of these ways, of those that runs have."""

    path: str
    conclusions: tuple[str, ...]


@dataclass(frozen=True)
class Statuses:
    """For each name and workflow how it ended, and whether the opener is who says so."""

    cast: Cast
    endings: Mapping[str, tuple[str, ...]]
    workflows: Mapping[str, tuple[str, ...]]
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, needs: Iterable[Need], cast: Cast) -> "Statuses":
        """The endings that a policy with these needs can tell apart."""
        known = list(needs)
        names = [(one.name, one.conclusions) for one in known if isinstance(one, StatusNeed)]
        paths = [(one.path, one.conclusions) for one in known if isinstance(one, WorkflowNeed)]
        return cls(cast, _endings(names), _only_of_runs(_endings(paths)))

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Each ending, and who reports it."""
        return {
            **{_status(name): len(ways) for name, ways in self.endings.items()},
            **{_by_opener(name): 2 for name in self.endings},
            **{_workflow(path): len(ways) for path, ways in self.workflows.items()},
        }

    @cached_property
    def always(self) -> Formula:
        """A check and a commit status have endings of their own."""
        only_checks = (
            implies(self.by_opener(name), no(Is(_status(name), at)))
            for name, ways in self.endings.items()
            for at, way in enumerate(ways)
            if way not in _STATES
        )
        only_statuses = (
            implies(Is(_status(name), at), self.by_opener(name))
            for name, ways in self.endings.items()
            for at, way in enumerate(ways)
            if way in _STATES and way not in _CONCLUSIONS
        )
        return every((*only_checks, *only_statuses))

    def ended(self, name: str, conclusions: Iterable[str]) -> Formula:
        """What has this name ended in one of these ways."""
        wanted = frozenset(conclusions)
        ways = self.endings[name]
        return some(Is(_status(name), at) for at, way in enumerate(ways) if way and way in wanted)

    def by_opener(self, name: str) -> Formula:
        """It is the opener who reported this name."""
        return flag(_by_opener(name))

    def ran(self, path: str, conclusions: Iterable[str]) -> Formula:
        """The workflow ran, and ended in one of these ways."""
        wanted = frozenset(conclusions)
        ways = self.workflows[path]
        return some(Is(_workflow(path), at) for at, way in enumerate(ways) if way and way in wanted)

    def if_unreported(self, atom: Is) -> Formula:
        """The atom of the same change, had the opener not reported any status."""
        for name, ways in self.endings.items():
            if atom.name == _status(name):
                mine = self.by_opener(name)
                gone = not ways[atom.value]
                return either(atom, mine) if gone else both(atom, no(mine))
        return atom

    def if_nothing_ran(self, formula: Formula) -> Formula:
        """The formula about the same change, had no workflow run."""
        never = {_workflow(path): ways.index("") for path, ways in self.workflows.items()}

        def unrun(atom: Is) -> Formula:
            if atom.name not in never:
                return atom
            return TRUE if atom.value == never[atom.name] else FALSE

        return rewritten(formula, unrun)

    def draw(self, values: Values, change: Change) -> Change:
        """The checks and statuses, beside the checks that are there, and the runs."""
        checks = [*change.checks]
        statuses = []
        for name, ways in self.endings.items():
            way = ways[values.get(_status(name), 0)]
            if not way:
                continue
            if values.get(_by_opener(name)):
                statuses.append(CommitStatus(name, way, self.cast.person(0, values)))
            else:
                checks.append(_check(len(checks) + 1, name, way))
        runs = tuple(self._runs(values))
        return replace(change, checks=tuple(checks), statuses=tuple(statuses), workflow_runs=runs)

    def _runs(self, values: Values) -> Iterator[WorkflowRun]:
        for path, ways in self.workflows.items():
            way = ways[values.get(_workflow(path), 0)]
            if way:
                yield WorkflowRun(path, "pull_request", CheckConclusion(way))


def _endings(asked: Iterable[tuple[str, tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    """By name: every ending that is told apart, the plainest first."""
    found: dict[str, dict[str, None]] = {}
    for name, conclusions in asked:
        ways = found.setdefault(name, dict.fromkeys(_USUAL))
        ways |= dict.fromkeys(way for way in conclusions if way in _CONCLUSIONS or way in _STATES)
        if set(conclusions) >= {"success", "failure"}:
            ways |= dict.fromkeys(way.value for way in CheckConclusion)
    return {name: tuple(ways) for name, ways in found.items()}


def _only_of_runs(endings: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return {
        path: tuple(way for way in ways if not way or way in _CONCLUSIONS)
        for path, ways in endings.items()
    }


def _check(id: int, name: str, way: str) -> Check:
    ended = CheckConclusion(way)
    return Check(id, name, _APP, f"app-{_APP}", CheckStatus.COMPLETED, ended)


def _status(name: str) -> str:
    return f"status.{name}"


def _by_opener(name: str) -> str:
    return f"status.{name}.by the opener"


def _workflow(path: str) -> str:
    return f"workflow.{path}"
