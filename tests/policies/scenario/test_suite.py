"""A test file: read with every error at its place, and never with anything but an error."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import POLICY_PATH, POLICY_SOURCE
from warden_policies.evaluate import evaluate
from warden_policies.language import parse_policy
from warden_policies.model import Change
from warden_policies.outcome import Verdict
from warden_policies.policy import InvalidPolicy, PolicyError
from warden_policies.scenario import parse_suite
from warden_policies.scenario.judge import faults

GOOD = b"""\
policy: ../changewarden.yml
people:
  ana: write
  bob: {permission: write, teams: [acme/payments]}
cases:
  - name: waits for a second person
    change: {opener: ana, approvals: [bob], checks: {test: success}}
    expect: block
    because: [1 OF 2 approvals, "Change record: reason missing"]
  - name: as it was
    people: {BOB: read}
    change: {opener: ana, approvals: [bob]}
    expect: pending
"""


def test_a_suite_has_the_cases_of_its_file() -> None:
    suite = parse_suite(GOOD, "t.yml")

    assert suite.policy == "../changewarden.yml"
    assert [case.name for case in suite.cases] == ["waits for a second person", "as it was"]
    assert [case.expect for case in suite.cases] == [Verdict.BLOCK, Verdict.PENDING]
    assert [case.mark.line for case in suite.cases] == [6, 10]


def test_a_case_says_more_of_people_than_its_file() -> None:
    _, second = parse_suite(GOOD, "t.yml").cases

    assert isinstance(second.change, Change)
    assert second.change.reviews[0].author_can_push is False
    assert [each.permission.value for each in second.change.people or ()] == ["write", "read"]


def refused(source: str) -> list[str]:
    with pytest.raises(InvalidPolicy) as caught:
        parse_suite(source.encode(), "t.yml")
    return [str(error).removeprefix("t.yml:") for error in caught.value.errors]


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("", ["1:1: expected 'policy:' with the policy's file, and 'cases:'"]),
        ("- a", ["1:1: expected 'policy:' with the policy's file, and 'cases:'"]),
        ("policy: p\ncases: []",
         ["2:8: expected a list of cases, each with 'name', 'change' and 'expect'"]),
        ("policy: p\ncases: [3]",
         ["2:9: expected a mapping with 'name', 'change' and 'expect', got the number 3"]),
        ("polcy: p\ncases:\n- {name: n, change: {}, expect: allow}",
         ["1:1: unknown key 'polcy', did you mean 'policy'?", "1:1: missing key 'policy'"]),
        ("policy: p\ncases:\n- {name: n, change: {}, expect: alow}",
         ["3:33: unknown value 'alow', did you mean 'allow'?"]),
        ("policy: p\ncases:\n- {name: n, change: {fils: [a]}, expect: allow}",
         ["3:22: unknown key 'fils', did you mean 'files'?"]),
        ("policy: p\ncases:\n- {name: n, change: x, expect: allow}\n"
         "- {name: n, change: x, expect: allow}",
         ["4:10: another case has this name"]),
        ("policy: p\npeople: {bob: write, BOB#2: read}\ncases:\n"
         "- {name: n, change: x, expect: allow}",
         ["2:22: this account stands here already"]),
        ("policy: p\ncases:\n- {name: n, change: {stored: x, draft: true}, expect: allow}",
         ["3:40: the change is stored in a file: nothing can be added"]),
        ("policy: p\ncases:\n- {name: n, change: {files: [{path: a, entry: link}]}, expect: allow}",
         ["3:47: unknown value 'link', did you mean 'symlink'?"]),
        ("policy: p\ncases:\n- name: n\n  expect: allow\n  change:\n    checks:\n"
         "      test: {state: success, app: 7}\n",
         ["7:30: unknown key 'app', did you mean 'app_id'?"]),
    ],
)  # fmt: skip
def test_every_error_is_told_with_its_place(source: str, messages: list[str]) -> None:
    assert refused(source) == messages


def found_in(source: bytes) -> tuple[PolicyError, ...]:
    try:
        parse_suite(source, "t.yml")
    except InvalidPolicy as error:
        return error.errors
    return ()


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_refused_without_a_traceback(source: bytes) -> None:
    with pytest.raises(InvalidPolicy):
        parse_suite(source, "t.yml")


@settings(deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=3))
def test_a_damaged_suite_is_read_or_refused_with_places(offset: int, damage: bytes) -> None:
    source = GOOD[:offset] + damage + GOOD[offset + len(damage) :]

    assert all(error.line for error in found_in(source))


yaml_values = st.recursive(
    st.sampled_from(["~", "true", "3", "bob", "head", "a@b.org", "3 days ago", "success", "[]"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(["by", "state", "path", "test", "at"]), inner, max_size=3)
        .map(lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}")
    ),
    max_leaves=6,
)  # fmt: skip
WORDS = ("opener", "files", "commits", "approvals", "reviews", "checks", "labels", "comments")


@settings(deadline=None)
@given(st.sampled_from((*WORDS, "statuses", "proofs", "unread", "now", "pushers")), yaml_values)
def test_any_value_of_any_word_is_read_or_refused(word: str, value: str) -> None:
    source = f"policy: p\ncases: [{{name: n, expect: allow, change: {{{word}: {value}}}}}]\n"
    with suppress(InvalidPolicy):
        suite = parse_suite(source.encode(), "t.yml")
        assert isinstance(suite.cases[0].change, Change)


def test_a_case_that_comes_out_as_expected_has_no_fault() -> None:
    case, _ = parse_suite(GOOD, "t.yml").cases
    assert isinstance(case.change, Change)
    decision = evaluate(parse_policy(POLICY_SOURCE, POLICY_PATH), case.change)

    assert faults(case, decision) == ()
    assert faults(replace(case, expect=Verdict.ALLOW), decision) == ("expected allow, got block",)
    assert faults(replace(case, because=("no tests",)), decision) == (
        "expected it because of 'no tests', which the decision does not say",
    )
