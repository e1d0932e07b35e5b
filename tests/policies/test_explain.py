"""What people read: exact texts, and nothing a stranger wrote that means more than itself.

After a wanted change of wording: `GOLDEN=write pytest tests/policies/test_explain.py`, then read
the difference.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    ANA,
    BOB,
    CARL,
    DINA,
    EARLIER,
    GOOD_BODY,
    NOON,
    POLICY_PATH,
    SAMPLE,
    approval,
    check,
    commit,
    decide,
    policy,
    ready,
    said,
)
from tests.policies.edge_cases import PEOPLE
from warden_policies.evaluate import evaluate, refuse
from warden_policies.explain import MARKDOWN_LIMIT, markdown, text, title
from warden_policies.language import parse_policy
from warden_policies.markdown import code_block, escape, fit
from warden_policies.model import CheckConclusion, Permission, Person, ReviewState, Standing, Team
from warden_policies.outcome import Action, Decision, Outcome, Result, Verdict
from warden_policies.policy import InvalidPolicy, PolicyError

MISSING = PolicyError(POLICY_PATH, None, None, "no policy file on main at ba5e000")
GOLDEN = Path(__file__).parents[1] / "golden"


def invalid() -> Decision:
    source = b"version: 1\nrequirements:\n  A:\n    requird: {}\n  B:\n    require: {}\n"
    with pytest.raises(InvalidPolicy) as caught:
        parse_policy(source, POLICY_PATH)
    return refuse(caught.value.errors, SAMPLE, caught.value.digest)


def forged() -> Decision:
    mallory = Person(66, "mallory|<b>@acme/all</b>")
    return evaluate(
        policy(),
        ready(
            body="## <img src=x>\n## | a | `b` | [c](http://evil.example)\n## @all",
            reviews=(
                approval(mallory, sha=EARLIER),
                said(CARL, ReviewState.CHANGES_REQUESTED, id=2),
            ),
            checks=(check("test", app_id=666),),
        ),
    )


DECISIONS: dict[str, Callable[[], Decision]] = {
    "allowed": lambda: evaluate(policy(), ready()),
    "blocked": lambda: evaluate(
        policy(),
        ready(body="## Summary\nFee.\n## Testing\nBy hand."),
    ),
    "blocked-many": lambda: evaluate(
        policy(),
        ready(
            body="",
            commits=(commit(ANA, None, sha=EARLIER), commit(ANA)),
            reviews=(
                approval(BOB, at=NOON.replace(day=20), sha=EARLIER),
                said(CARL, ReviewState.CHANGES_REQUESTED, id=2),
            ),
            checks=(check("test", CheckConclusion.TIMED_OUT), check("test", id=9, app_id=666)),
        ),
    ),
    "waiting": lambda: evaluate(
        policy(),
        ready(
            body=GOOD_BODY,
            reviews=(
                approval(BOB),
                approval(DINA, id=2, at=NOON, sha=EARLIER),
                approval(ANA, id=3),
            ),
            checks=(check("test", None),),
        ),
    ),
    "people": lambda: evaluate(
        policy("approvals: {count: 2, teams: [acme/payments], people: [dina]}"),
        ready(
            commits=(commit(ANA, BOB),),
            reviews=(approval(DINA), approval(BOB, id=2)),
            people=(
                *PEOPLE,
                Standing(Person(11, "erik"), Permission.WRITE, (Team(77, "acme/payments"),)),
                Standing(Person(12, "fay"), Permission.READ, (Team(77, "acme/payments"),)),
            ),
        ),
    ),
    "observing": lambda: evaluate(
        replace(policy(), observe_until=SAMPLE.evaluated_at.replace(month=12)), ready(body="")
    ),
    "invalid-policy": invalid,
    "missing-policy": lambda: refuse((MISSING,), SAMPLE),
    "forged": forged,
}


@pytest.mark.parametrize("name", DECISIONS)
@pytest.mark.parametrize(("suffix", "render"), [("md", markdown), ("txt", text)])
def test_the_exact_text(name: str, suffix: str, render: Callable[[Decision], str]) -> None:
    file = GOLDEN / f"decision-{name}.{suffix}"
    actual = render(DECISIONS[name]())
    if os.environ.get("GOLDEN") == "write":
        file.write_text(actual, encoding="utf-8")

    assert actual == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("allowed", "Change record complete (3 of 3)"),
        ("blocked", "Blocked: reason missing; rollback plan missing (2 of 3 done)"),
        (
            "blocked-many",
            "Blocked: commit 1c22e90 has an author or committer without a GitHub account;"
            " carl requested changes and 2 more (0 of 3 done)",
        ),
        ("waiting", "Waiting: 1 of 2 approvals and 1 more (1 of 3 done)"),
        ("people", "Waiting: 1 of 2 approvals by dina, the team acme/payments (0 of 1 done)"),
        (
            "observing",
            "Would block: reason missing; rollback plan missing"
            " (observing until 23 Dec 2026, 15:00 UTC)",
        ),
        (
            "invalid-policy",
            "Could not decide: .github/changewarden.yml:3:3: missing key 'require' and 2 more",
        ),
        (
            "missing-policy",
            "Could not decide: .github/changewarden.yml: no policy file on main at ba5e000",
        ),
    ],
)
def test_a_title_says_the_verdict_the_first_reason_and_how_much_is_done(
    name: str, expected: str
) -> None:
    assert title(DECISIONS[name]()) == expected


def test_a_policy_of_which_nothing_applies_says_so() -> None:
    child = Result("Only on Fridays", Outcome.NOT_APPLICABLE, "it is Monday")
    root = Result("policy", Outcome.FAIL, "no requirement applies", children=(child,))
    decision = Decision(Verdict.BLOCK, root, "sha256:0", "sha256:1")

    assert title(decision) == "Blocked: no requirement applies (0 of 0 done)"
    assert markdown(decision).startswith("### No requirement applies\n")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain words, 3 of 4 (done)", "plain words, 3 of 4 (done)"),
        ("a | b", r"a \| b"),
        ("`x` *y* _z_ ~q~", r"\`x\` \*y\* \_z\_ \~q\~"),
        ("[a](b)", r"\[a\](b)"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
        ("@ana", "@\u200bana"),
        ("#12 GH-12", "\\#\u200b12 GH-\u200b12"),
        (
            "https://evil.example www.evil.example",
            "https://\u200bevil.example www\u200b.evil.example",
        ),
        ("a\\b", r"a\\b"),
        ("1. one", r"1\. one"),
        ("- item", r"\- item"),
        ("a\nb\r\n| c", r"a b \| c"),
        ("\u202eevil\x00", "\ufffdevil\ufffd"),
    ],
)
def test_foreign_text_means_nothing_to_markdown(raw: str, shown: str) -> None:
    assert escape(raw) == shown


@given(st.text())
def test_no_text_ends_a_cell_starts_a_tag_or_mentions_anybody(raw: str) -> None:
    shown = escape(raw)

    assert "\n" not in shown
    assert not {"<", ">"} & set(shown)
    # An unescaped sign is one with an even number of backslashes before it.
    bare = shown.replace("\\\\", "").replace("\\|", "").replace("\\`", "")
    assert not {"|", "`"} & set(bare)
    assert all(after == "\u200b" for sign, after in pairwise(shown) if sign == "@")


def test_a_template_cannot_leave_its_code_block() -> None:
    lines = code_block("a\n````\n</details>\n```")

    assert lines == ["`````markdown", "a", "````", "</details>", "```", "`````"]


def test_a_long_summary_is_cut_between_blocks_with_a_pointer() -> None:
    names = ", ".join(f"{{name: {'漢' * 60}{number}, app_id: 1}}" for number in range(800))
    requirements = "".join(
        f"  Rule {number} {'<' * 40}:\n    require: {{checks: [{{name: t, app_id: 1}}]}}\n"
        for number in range(900)
    )
    source = f"version: 1\nrequirements:\n  All: {{require: {{checks: [{names}]}}}}\n{requirements}"

    summary = markdown(evaluate(parse_policy(source.encode(), POLICY_PATH), SAMPLE))

    assert len(summary.encode()) <= MARKDOWN_LIMIT
    assert len(summary.encode()) > MARKDOWN_LIMIT - 1000
    assert summary.endswith("`changewarden decide` prints the whole decision.*\n")
    assert "| ⏳ | All |" in summary


def test_what_fits_is_not_cut() -> None:
    assert fit(["ab", "cd"], 20, "more") == "ab\ncd\n"
    assert fit(["ab" * 20, "cd"], 20, "more") == "more\n"


def test_an_action_is_told_once_however_many_requirements_ask_for_it() -> None:
    decision = decide("approvals: {count: 1}")
    twice = Result("policy", Outcome.PENDING, "waiting", children=decision.result.children * 2)

    assert markdown(Decision(decision.verdict, twice, None, "sha256:1")).count("review and") == 1


def test_many_actions_are_cut_so_that_the_table_is_still_seen() -> None:
    actions = tuple(Action(("ana",), f"do thing {number}") for number in range(50))
    child = Result("Rule", Outcome.FAIL, "no", actions=actions)
    root = Result("policy", Outcome.FAIL, "0 of 1 requirements met", children=(child,))

    assert "30 more to do once this is done" in markdown(Decision(Verdict.BLOCK, root, None, "x"))
