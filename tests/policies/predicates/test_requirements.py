"""What is required beyond approvals: signatures, clean scans and quiet times."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.builders import ANA, BOB, EARLIER, commit, decide, signed_by
from warden_policies.model import OpenFinding, Unread, Verification
from warden_policies.outcome import Result, Verdict


def asked(require: str, **fields: object) -> Result:
    return decide(require, **fields).result.children[0].children[0]


SALE = "{begins: 2026-12-01T00:00:00Z, ends: 2026-12-08T00:00:00Z, why: Sale}"
CLOSING = "{begins: 2026-12-08T01:00:00+01:00, ends: 2026-12-31T12:30:00Z, why: Closing}"
FREEZES = f"no_freeze: [{CLOSING}, {SALE}]"


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ("2026-11-30T23:59:59.999999Z", "no freeze now, the next begins 2026-12-01 00:00 UTC"),
        ("2026-12-01T00:00:00Z", "frozen until 2026-12-31 12:30 UTC: Sale"),
        ("2026-12-08T00:00:00Z", "frozen until 2026-12-31 12:30 UTC: Closing"),
        ("2026-12-31T12:29:59Z", "frozen until 2026-12-31 12:30 UTC: Closing"),
        ("2026-12-31T12:30:00Z", "no freeze now, and none to come"),
        ("2026-12-31T14:29:59+02:00", "frozen until 2026-12-31 12:30 UTC: Closing"),
    ],
)
def test_a_freeze_lasts_from_its_beginning_to_just_before_its_end(now: str, reason: str) -> None:
    result = asked(FREEZES, evaluated_at=datetime.fromisoformat(now))

    assert result.reason == reason
    if reason.startswith("frozen"):
        assert [action.what for action in result.actions] == ["wait until 2026-12-31 12:30 UTC"]
        assert [action.who for action in result.actions] == [("ana",)]


def test_a_freeze_is_waited_for_and_not_failed() -> None:
    now = datetime(2026, 12, 2, tzinfo=UTC)

    assert decide(FREEZES, evaluated_at=now).verdict is Verdict.PENDING


def test_why_there_is_a_freeze_is_shown_as_one_visible_line() -> None:
    times = "begins: 2026-01-01T00:00:00Z, ends: 2027-01-01T00:00:00Z"
    result = asked(f'no_freeze: [{{{times}, why: "a\\nb\\e"}}]')

    assert result.reason == "frozen until 2027-01-01 00:00 UTC: a b\N{REPLACEMENT CHARACTER}"


HIGH = "no_findings: {at_least: high}"
FOUND = tuple(
    OpenFinding("py-shell-true", severity, "a.py", line)
    for line, severity in enumerate(["low", "medium", "high", "critical", "?"], 1)
)


@pytest.mark.parametrize(("least", "lines"), [
    ("low", [1, 2, 3, 4, 5]), ("medium", [2, 3, 4, 5]), ("high", [3, 4, 5]), ("critical", [4, 5]),
])  # fmt: skip
def test_a_finding_blocks_from_its_severity_on(least: str, lines: list[int]) -> None:
    for finding in FOUND:
        blocked = decide(f"no_findings: {{at_least: {least}}}", findings=(finding,)).verdict
        assert (blocked is Verdict.BLOCK) == (finding.line in lines)


def test_what_does_not_block_is_told_all_the_same() -> None:
    result = asked(HIGH, findings=FOUND)

    assert result.dropped == (
        "py-shell-true (low) in a.py:1: below high",
        "py-shell-true (medium) in a.py:2: below high",
    )
    assert [action.what for action in result.actions] == [
        "remove 3 findings, revoke what was a secret, and push again"
    ]


def test_a_scan_that_did_not_happen_is_an_error() -> None:
    unread = (Unread("findings", "the clone is too large"),)
    decision = decide(HIGH, findings=None, unread=unread)

    assert decision.verdict is Verdict.ERROR
    assert decision.result.children[0].reason == (
        "the findings could not be read: the clone is too large"
    )


def test_every_commit_that_is_not_signed_is_named_and_the_others_are_evidence() -> None:
    signed = replace(
        commit(ANA), committer=signed_by(ANA), verification=Verification(True, ANA, key_id="A1")
    )
    others = tuple(commit(BOB, sha=f"{number}" * 40) for number in range(1, 6))
    result = asked("signed_commits: {}", commits=(signed, *others))

    assert result.reason == (
        "1111111 is not signed, 2222222 is not signed, 3333333 is not signed and 2 more"
    )
    assert [item.text for item in result.evidence] == ["7be01d4 signed by ana with gpg key A1"]
    assert [action.what for action in result.actions] == [
        "sign 1111111, 2222222, 3333333 and 2 more with a key that GitHub knows"
        " (git rebase --force-rebase --gpg-sign), and push again"
    ]


def test_signers_and_author_are_both_asked_for_when_both_are_given() -> None:
    source = "signed_commits: {signer_is_author: true, signers: {people: [bob]}}"
    made = replace(commit(ANA, sha=EARLIER), committer=signed_by(ANA))

    for signer, reason in (
        (ANA, "ana, who signed 1c22e90, is not bob"),
        (BOB, "bob signed 1c22e90, which ana authored"),
    ):
        of = replace(made, verification=Verification(True, signer))
        assert asked(source, commits=(of,)).reason == reason


def test_whose_key_it_was_needs_what_is_known_of_people() -> None:
    made = replace(commit(ANA), committer=signed_by(ANA), verification=Verification(True, ANA))
    source = "signed_commits: {signers: {permission: write}}"

    assert decide(source, commits=(made,)).verdict is Verdict.ALLOW
    assert decide(source, commits=(made,), people=None).verdict is Verdict.ERROR
