"""Rows of the store in, the table out."""

from dataclasses import replace
from typing import Any

import pytest

from tests.bot.web.story import ALLOWED, BLOCKED, BROKEN_POLICY, OPENED, PENDING, POLICY
from warden_bot.deciding import decide
from warden_bot.github.snapshot import PolicyFile
from warden_bot.store.changes import ChangeRow
from warden_bot.web.pages.banner import banner
from warden_bot.web.pages.listing import MAX_COLUMNS, listing
from warden_policies.decision_file import decode_decision, encode_decision
from warden_policies.model import Change


def changed(change: Change, policy: bytes | None = POLICY, **values: Any) -> ChangeRow:
    """The row of what `policy` says of `change`."""
    decision = decide(PolicyFile(policy, "there is no such file"), change)
    row = ChangeRow(
        full_name=change.repository.full_name,
        number=change.number,
        title=change.title,
        opener="ana",
        state="open",
        head_sha=change.head_sha,
        verdict=decision.verdict,
        decision=encode_decision(decision),
        trouble=None,
        updated_at=0,
    )
    return replace(row, **values)


def named(*names: str) -> bytes:
    """A policy that asks for one approval under each of `names`."""
    asked = (f"  {name}:\n    require:\n      approvals: {{count: 1}}\n" for name in names)
    return b"version: 1\nrequirements:\n" + "".join(asked).encode()


STANDINGS = [
    (changed(ALLOWED), "pass", "Allowed", "Change record complete (3 of 3)"),
    (changed(BLOCKED), "fail", "Blocked", "Blocked: rollback plan missing (2 of 3 done)"),
    (changed(PENDING), "wait", "Waiting", "Waiting: 0 of 2 approvals (2 of 3 done)"),
    (
        changed(ALLOWED, BROKEN_POLICY),
        "error",
        "Error",
        "Could not decide: .github/changewarden.yml:3:3: missing key 'require' and 1 more",
    ),
    (
        changed(ALLOWED, trouble="GitHub answered 502"),
        "error",
        "Out of date",
        "Could not be decided again: GitHub answered 502",
    ),
    (changed(ALLOWED, state="merged"), "merged", "Merged", "Merged as 3f9c2e7"),
    (
        changed(BLOCKED, state="merged"),
        "fail",
        "Merged anyway",
        "Merged as 3f9c2e7 although it was not allowed",
    ),
    (changed(BLOCKED, state="closed"), "none", "Closed", "Closed without merging"),
]


@pytest.mark.parametrize(("row", "kind", "word", "sentence"), STANDINGS)
def test_where_a_change_stands(row: ChangeRow, kind: str, word: str, sentence: str) -> None:
    (shown,) = listing([row]).rows
    assert (shown.standing.kind, shown.standing.word) == (kind, word)
    on_its_page = banner(row, decode_decision(row.decision), "3f9c2e7".ljust(40, "0"))
    assert (on_its_page.sign, on_its_page.title) == (shown.standing, sentence)


@pytest.mark.parametrize(
    ("change", "policy", "only"),
    [(BLOCKED, POLICY, True), (OPENED, POLICY, False), (ALLOWED, BROKEN_POLICY, False)],
)
def test_nothing_else_is_needed_only_where_that_is_true(
    change: Change, policy: bytes, only: bool
) -> None:
    row = changed(change, policy)
    assert banner(row, decode_decision(row.decision), None).only_step is only


def test_only_what_is_not_met_has_a_reason() -> None:
    table = listing([changed(BLOCKED)])
    assert table.columns == ("Peer review", "Change record", "Checks")
    cells = [(cell.sign.word, cell.reason) for cell in table.rows[0].cells if cell]
    assert cells == [("Met", ""), ("Not met", "rollback plan missing"), ("Met", "")]


def test_the_next_step_is_told_for_what_is_open() -> None:
    still_open, merged = listing([changed(BLOCKED), changed(BLOCKED, state="merged")]).rows
    assert [action.who for action in still_open.steps] == [("ana",)]
    assert merged.steps == ()


def test_another_policy_leaves_cells_empty() -> None:
    table = listing([changed(ALLOWED), changed(ALLOWED, named("Four eyes"))])
    assert table.columns == ("Peer review", "Change record", "Checks", "Four eyes")
    assert [cell is None for cell in table.rows[1].cells] == [True, True, True, False]


def test_rare_requirements_share_the_last_column() -> None:
    common = [f"Rule {number}" for number in range(MAX_COLUMNS)]
    table = listing([changed(ALLOWED, named(*common)), changed(ALLOWED, named("Rare", *common))])
    assert table.columns == tuple(common)
    assert table.has_others
    assert [[cell.name for cell in row.others] for row in table.rows] == [[], ["Rare"]]


@pytest.mark.parametrize("policy", [None, BROKEN_POLICY])
def test_a_policy_that_cannot_be_used_makes_no_columns(policy: bytes | None) -> None:
    table = listing([changed(ALLOWED, policy)])
    assert table.columns == ()
    assert table.rows[0].undecided.startswith("Could not decide: .github/changewarden.yml")


def test_open_changes_are_counted_the_worst_first() -> None:
    rows = [row for row, *_ in STANDINGS]
    assert [(sign.word, count) for sign, count in listing(rows).counts] == [
        ("blocked", 1),
        ("in error", 2),
        ("waiting", 1),
        ("allowed", 1),
    ]
