"""Two neighbouring entries in, what changed between them out."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.bot.web.story import (
    ALLOWED,
    BLOCKED,
    BROKEN_POLICY,
    LOG,
    MERGE,
    OPENED,
    POLICY,
    PUSHED,
    REVIEWED,
)
from warden_bot.deciding import decide
from warden_bot.github.snapshot import PolicyFile
from warden_bot.ledger.entry import Entry, EntryKind
from warden_bot.ledger.tree import leaf_hash
from warden_bot.store.changes import HistoryRow
from warden_bot.web.pages.timeline import Moment, Recorded, timeline
from warden_policies.canonical import digest
from warden_policies.decision_file import encode_decision
from warden_policies.model import Change

LOOSER_POLICY = POLICY.replace(b"count: 2", b"count: 1")
SHORTER_POLICY = POLICY[: POLICY.index(b"  Checks:")]


def row(change: Change, policy: bytes | None = POLICY, **values: Any) -> HistoryRow:
    """An entry about what `policy` says of `change`."""
    decision = decide(PolicyFile(policy, "no such file"), change)
    content = encode_decision(decision)
    entry = Entry(
        log=LOG,
        sequence=3,
        decided_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
        repository=change.repository,
        number=change.number,
        base_sha=change.base_sha,
        head_sha=change.head_sha,
        verdict=decision.verdict,
        policy_digest=decision.policy_digest,
        change_digest=decision.change_digest,
        decision_digest=digest(content),
        engine="0.1.0",
        work="pull:1:2:3@1",
    )
    entry = replace(entry, **values)
    leaf = entry.to_bytes()
    return HistoryRow(leaf, leaf_hash(leaf), "checkpoint", content, 0)


def told(*newest_first: HistoryRow) -> tuple[Moment, ...]:
    return timeline([Recorded.read(row) for row in newest_first])


@pytest.mark.parametrize(
    ("before", "after", "headline", "notes"),
    [
        pytest.param(
            None,
            row(OPENED),
            "First decision: blocked",
            [
                ("wait", "Peer review waiting: 0 of 2 approvals"),
                ("fail", "Change record not met: rollback plan missing"),
            ],
            id="the first decision names what is missing",
        ),
        pytest.param(
            row(OPENED),
            row(REVIEWED),
            "Still blocked",
            [("wait", "Peer review waiting: 1 of 2 approvals")],
            id="an approval",
        ),
        pytest.param(
            row(REVIEWED),
            row(PUSHED),
            "Still blocked",
            [
                ("news", "New head commit 7be01d4"),
                ("wait", "Peer review waiting: 0 of 2 approvals"),
                (
                    "dropped",
                    "bob's approval of 1c22e90 dropped: new commits were pushed after it",
                ),
            ],
            id="a push drops an approval",
        ),
        pytest.param(
            row(PUSHED),
            row(BLOCKED),
            "Still blocked",
            [("pass", "Peer review met: 2 of 2 approvals")],
            id="what was dropped before is not told again",
        ),
        pytest.param(
            row(BLOCKED),
            row(ALLOWED),
            "Allowed, was blocked",
            [("pass", "Change record met: reason and rollback plan given")],
            id="the last thing that was missing",
        ),
        pytest.param(
            row(ALLOWED),
            row(replace(ALLOWED, title="Another title")),
            "Still allowed",
            [],
            id="nothing that matters",
        ),
        pytest.param(
            row(OPENED),
            row(OPENED, LOOSER_POLICY),
            "Still blocked",
            [
                ("news", "The policy file changed"),
                ("wait", "Peer review waiting: 0 of 1 approvals"),
            ],
            id="another policy",
        ),
        pytest.param(
            row(ALLOWED),
            row(ALLOWED, SHORTER_POLICY),
            "Still allowed",
            [("news", "The policy file changed"), ("news", "Checks: no longer asked for")],
            id="a requirement that went",
        ),
        pytest.param(
            row(ALLOWED, SHORTER_POLICY),
            row(ALLOWED),
            "Still allowed",
            [("news", "The policy file changed"), ("pass", "Checks met: 1 of 1 checks succeeded")],
            id="a requirement that came",
        ),
        pytest.param(
            row(ALLOWED),
            row(ALLOWED, BROKEN_POLICY),
            "Error, was allowed",
            [
                ("news", "The policy file changed"),
                ("error", ".github/changewarden.yml:3:3: missing key 'require'"),
                (
                    "error",
                    ".github/changewarden.yml:4:5: unknown key 'requird', did you mean 'require'?",
                ),
            ],
            id="a policy that cannot be read",
        ),
        pytest.param(
            row(ALLOWED, BROKEN_POLICY),
            row(BLOCKED),
            "Blocked, was error",
            [
                ("news", "The policy file changed"),
                ("fail", "Change record not met: rollback plan missing"),
                (
                    "dropped",
                    "bob's approval of 1c22e90 dropped: new commits were pushed after it",
                ),
            ],
            id="after it was mended only what is missing is told",
        ),
    ],
)
def test_what_an_entry_changed(
    before: HistoryRow | None, after: HistoryRow, headline: str, notes: list[tuple[str, str]]
) -> None:
    moment = told(after, *([before] if before else []))[0]
    assert moment.headline == headline
    assert [(note.kind, note.text) for note in moment.notes] == notes


@pytest.mark.parametrize(
    ("change", "kind", "headline"),
    [
        (ALLOWED, "merged", "Merged as 3f9c2e7"),
        (BLOCKED, "fail", "Merged as 3f9c2e7 although it was not allowed"),
    ],
)
def test_a_merge_is_told_as_what_it_was(change: Change, kind: str, headline: str) -> None:
    moment, decided = told(row(change, kind=EntryKind.MERGE, merge_sha=MERGE), row(change))
    assert (moment.sign.kind, moment.headline, moment.notes) == (kind, headline, ())
    assert decided.headline.startswith("First decision")


def test_the_newest_is_first() -> None:
    moments = told(row(ALLOWED, sequence=9), row(BLOCKED, sequence=4), row(OPENED, sequence=1))
    assert [moment.recorded.entry.sequence for moment in moments] == [9, 4, 1]


def test_a_decision_that_was_exchanged_is_seen() -> None:
    blocked, allowed = row(BLOCKED), row(ALLOWED)
    assert Recorded.read(blocked).intact
    assert not Recorded.read(replace(blocked, decision=allowed.decision)).intact
    assert not Recorded.read(replace(blocked, leaf_hash=bytes(32))).intact
