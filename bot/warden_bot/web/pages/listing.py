"""The list of changes: one row for each, one column for each requirement."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from warden_bot.store.changes import ChangeRow
from warden_bot.web.pages.results import faults, requirements, steps
from warden_bot.web.pages.words import (
    CLOSED,
    MERGED,
    MERGED_ANYWAY,
    OUT_OF_DATE,
    OUTCOME_SIGNS,
    VERDICT_SIGNS,
    Sign,
    from_milliseconds,
)
from warden_policies import explain
from warden_policies.decision_file import decode_decision
from warden_policies.outcome import Action, Decision, Outcome, Verdict

MAX_COLUMNS = 5
"""More requirements than this, over all rows, and the rarer ones share the last column."""

_COUNTED = {"fail": "blocked", "error": "in error", "wait": "waiting", "pass": "allowed"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of one requirement; `reason` only where there is something to do about it."""

    name: str
    sign: Sign
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One change, with a cell (or None: not asked) for each column and the cells without one."""

    change: ChangeRow
    decision: Decision
    updated_at: datetime
    cells: tuple[Cell | None, ...]
    others: tuple[Cell, ...]
    standing: Sign
    undecided: str
    """Why no requirement was looked at; empty when they were."""
    steps: tuple[Action, ...]
    """What would unblock it; nothing once it is merged or closed."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole table, and how many of the open changes stand how."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    counts: tuple[tuple[Sign, int], ...]

    @property
    def has_others(self) -> bool:
        """Whether some requirement has no column of its own."""
        return any(row.others for row in self.rows)


def listing(changes: Iterable[ChangeRow]) -> Listing:
    """The list as it is shown."""
    decided = [(change, decode_decision(change.decision)) for change in changes]
    columns = _columns([decision for _, decision in decided])
    rows = tuple(_row(change, decision, columns) for change, decision in decided)
    return Listing(columns, rows, _counts(rows))


def _columns(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """The requirements that most decisions have, in the order in which policies name them."""
    names = Counter(result.name for decision in decisions for result in requirements(decision))
    common = {name for name, _ in names.most_common(MAX_COLUMNS)}
    return tuple(name for name in names if name in common)


def _row(change: ChangeRow, decision: Decision, columns: Sequence[str]) -> Row:
    cells = {
        result.name: Cell(
            result.name,
            OUTCOME_SIGNS[result.outcome],
            "" if result.outcome is Outcome.PASS else result.reason,
        )
        for result in requirements(decision)
    }
    return Row(
        change,
        decision,
        from_milliseconds(change.updated_at),
        tuple(cells.get(name) for name in columns),
        tuple(cell for name, cell in cells.items() if name not in columns),
        standing(change, decision),
        explain.title(decision) if faults(decision) or not cells else "",
        steps(decision) if change.state == "open" else (),
    )


def standing(change: ChangeRow, decision: Decision) -> Sign:
    """Where a change stands, in a word.

    A verdict that could not be renewed is never shown as good, nor is a merge that it did not
    allow.
    """
    if change.state == "merged":
        return MERGED if decision.verdict is Verdict.ALLOW else MERGED_ANYWAY
    if change.state == "closed":
        return CLOSED
    return OUT_OF_DATE if change.trouble else VERDICT_SIGNS[decision.verdict]


def _counts(rows: Sequence[Row]) -> tuple[tuple[Sign, int], ...]:
    """The worst first; what is out of date counts as an error."""
    kinds = Counter(row.standing.kind for row in rows if row.change.state == "open")
    every = (Sign(sign.kind, _COUNTED[sign.kind]) for sign in VERDICT_SIGNS.values())
    return tuple((sign, kinds[sign.kind]) for sign in every if kinds[sign.kind])
