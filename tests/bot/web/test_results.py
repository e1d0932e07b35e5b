"""Decisions written by hand: what is taken out of them, whatever their shape."""

import pytest

from warden_bot.web.pages.results import Line, faults, lines, requirements, steps
from warden_policies.outcome import Action, Decision, Evidence, Outcome, Result, Verdict

ADD, REVIEW = Action(("ana",), "add a section"), Action((), "review it")
EVIDENCE = (Evidence("bob, 14:02 UTC on 7be01d4"),)
APPROVALS = Result("approvals", Outcome.PASS, "2 of 2 approvals", EVIDENCE, ("carl's: away",))
RECORD = Result("change_record", Outcome.FAIL, "rollback plan missing", actions=(ADD,))
WAITING = Result("approvals", Outcome.PENDING, "0 of 2 approvals", actions=(REVIEW,))
UNKNOWN = Result("moon_phase", Outcome.NOT_APPLICABLE, "it is day")


def decision(*children: Result, verdict: Verdict = Verdict.BLOCK) -> Decision:
    return Decision(
        verdict, Result("policy", Outcome.FAIL, "", children=children), None, "sha256:0"
    )


def asked(name: str, outcome: Outcome, *children: Result) -> Result:
    return Result(name, outcome, "; ".join(child.reason for child in children), children=children)


def shape(line: Line) -> tuple[int, str, str, str]:
    return line.depth, line.name, line.sign.word, line.reason


@pytest.mark.parametrize(
    ("result", "shapes"),
    [
        pytest.param(
            asked("Peer review", Outcome.PASS, APPROVALS),
            [(0, "Peer review", "Met", "2 of 2 approvals")],
            id="one question is one line",
        ),
        pytest.param(
            asked("Release", Outcome.FAIL, APPROVALS, RECORD, UNKNOWN),
            [
                (0, "Release", "Not met", "1 of 2 met"),
                (1, "Approvals", "Met", "2 of 2 approvals"),
                (1, "Change record", "Not met", "rollback plan missing"),
                (1, "Moon phase", "Not needed", "it is day"),
            ],
            id="several questions each have a line",
        ),
        pytest.param(
            asked("Release", Outcome.FAIL, asked("any_of", Outcome.FAIL, WAITING, RECORD)),
            [
                (0, "Release", "Not met", "0 of 1 met"),
                (1, "Any of", "Not met", "0 of 2 met"),
                (2, "Approvals", "Waiting", "0 of 2 approvals"),
                (2, "Change record", "Not met", "rollback plan missing"),
            ],
            id="deeper ones are deeper",
        ),
    ],
)
def test_a_requirement_as_lines(result: Result, shapes: list[tuple[int, str, str, str]]) -> None:
    assert [shape(line) for line in lines(result)] == shapes


def test_a_line_shows_what_it_rests_on() -> None:
    (line,) = lines(asked("Peer review", Outcome.PASS, APPROVALS))
    assert line.evidence == EVIDENCE
    assert line.dropped == ("carl's: away",)
    assert line.about == (
        "Enough people approved exactly this content, none of whom contributed to the change.",
    )


def test_faults_of_the_policy_file_are_no_requirements() -> None:
    place = Result(".github/changewarden.yml:7:5", Outcome.ERROR, "unknown key 'requird'")
    broken = decision(place, verdict=Verdict.ERROR)
    assert (requirements(broken), faults(broken)) == ((), (place,))
    whole = asked("Peer review", Outcome.PASS, APPROVALS)
    assert (requirements(decision(whole)), faults(decision(whole))) == ((whole,), ())


def test_what_blocks_comes_before_what_is_waited_for_and_each_thing_once() -> None:
    first = asked("Peer review", Outcome.PENDING, WAITING)
    second = asked("Record", Outcome.FAIL, RECORD)
    third = asked("Record again", Outcome.FAIL, RECORD, WAITING)
    assert steps(decision(first, second, third)) == (ADD, REVIEW)


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.NOT_APPLICABLE])
def test_nobody_has_to_do_what_is_not_missing(outcome: Outcome) -> None:
    settled = Result("approvals", outcome, "", actions=(ADD,))
    assert steps(decision(asked("Peer review", outcome, settled))) == ()
