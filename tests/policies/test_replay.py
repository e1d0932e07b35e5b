"""Stored changes decided again: what comes out is what went in, or it is said what is not so."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import BOB, POLICY_PATH, POLICY_SOURCE, SAMPLE, approval, ready
from tests.policies.strategies import changes
from warden_policies.codec import encode_change
from warden_policies.decision_file import decision_document
from warden_policies.evaluate import evaluate, refuse
from warden_policies.language import parse_policy
from warden_policies.model import Change
from warden_policies.outcome import Decision, Outcome, Verdict
from warden_policies.policy import InvalidPolicy, PolicyError
from warden_policies.problem import InvalidData
from warden_policies.replay import POLICY_PATH as NAMED
from warden_policies.replay import Derived, parse_stored, rederived, under

OTHER = b"version: 1\nrequirements: {Review: {require: {approvals: {count: 1}}}}\n"
INVALID = b"version: 2"


def decided(source: bytes, change: Change) -> Decision:
    try:
        return evaluate(parse_policy(source, NAMED), change)
    except InvalidPolicy as error:
        return refuse(error.errors, change, error.digest)


def document(change: Change, source: bytes = POLICY_SOURCE) -> dict[str, Any]:
    """A stored change with its policy and its decision, as plain data."""
    return {
        "schema": "changewarden.stored/v1",
        "change": json.loads(encode_change(change)),
        "policy": source.decode(),
        "decision": decision_document(decided(source, change)),
    }


def stored(data: dict[str, Any]) -> bytes:
    return json.dumps(data).encode()


def test_the_name_of_a_policy_is_the_one_that_decisions_tell() -> None:
    assert NAMED == POLICY_PATH


def test_a_bare_change_is_decided_under_a_policy() -> None:
    row = under(parse_policy(OTHER, "new.yml"))(parse_stored(encode_change(SAMPLE)))

    assert (row.repository, row.number, row.head_sha) == ("acme/shop", 7, SAMPLE.head_sha)
    assert (row.verdict, row.was, row.derived) == (Verdict.PENDING, None, None)
    assert row.title == "Waiting: 0 of 1 approvals (0 of 1 done)"


def test_what_was_said_then_is_told_beside_what_is_said_now() -> None:
    one = replace(ready(), reviews=(approval(BOB),))
    row = under(parse_policy(OTHER, "new.yml"))(parse_stored(stored(document(one))))

    assert (row.verdict, row.was) == (Verdict.ALLOW, Verdict.PENDING)


@pytest.mark.parametrize("source", [POLICY_SOURCE, OTHER, INVALID])
@pytest.mark.parametrize("change", [SAMPLE, ready(), ready(body="")])
def test_a_stored_decision_is_derived_again(source: bytes, change: Change) -> None:
    row = rederived(parse_stored(stored(document(change, source))))

    assert row.derived is Derived.SAME
    assert row.verdict is row.was


@settings(deadline=None)
@given(changes)
def test_whatever_the_change_its_decision_is_derived_again(change: Change) -> None:
    assert rederived(parse_stored(stored(document(change)))).derived is Derived.SAME


def altered(data: dict[str, Any], *path: str, value: object) -> bytes:
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return stored(data)


@pytest.mark.parametrize(
    ("path", "value", "title"),
    [
        (("change", "change", "title"), "Another", "it was made about another change"),
        (("policy",), OTHER.decode(), "it was made under another policy"),
        (("decision", "change_digest"), "sha256:0", "it was made about another change"),
        (("decision", "verdict"), "allow", "Blocked: reason missing"),
        (("decision", "result", "reason"), "all is well", "Blocked: reason missing"),
    ],
)
def test_what_was_altered_comes_out_differently(
    path: tuple[str, ...], value: object, title: str
) -> None:
    row = rederived(parse_stored(altered(document(ready(body="")), *path, value=value)))

    assert row.derived is Derived.DIFFERENT
    assert row.title.startswith(title)


@pytest.mark.parametrize(
    ("path", "why"),
    [("decision", "no decision is stored with it"),
     ("policy", "the text of its policy is not stored with it")],
)  # fmt: skip
def test_what_is_not_stored_is_no_proof(path: str, why: str) -> None:
    row = rederived(parse_stored(altered(document(SAMPLE), path, value=None)))

    assert (row.derived, row.title) == (Derived.UNTRIED, why)


def test_without_a_policy_only_an_error_is_right() -> None:
    data = document(SAMPLE)
    missing = refuse((PolicyError(NAMED, None, None, "there is none"),), SAMPLE)
    data |= {"policy": None, "decision": decision_document(missing)}

    assert rederived(parse_stored(stored(data))).derived is Derived.SAME
    data["decision"]["verdict"] = Verdict.ALLOW.value
    data["decision"]["result"]["outcome"] = Outcome.PASS.value
    assert rederived(parse_stored(stored(data))).derived is Derived.DIFFERENT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "1:1: not JSON: Expecting value"),
        (b"[]", "1:1: expected a mapping with 'schema' and 'change', got a list"),
        (b'{"schema": "changewarden.stored/v1",\n "chnge": 1}',
         "2:2: chnge: unknown key 'chnge', did you mean 'change'?\n1:1: missing key 'change'"),
        (b'{"schema": ["changewarden.stored/v1"]}', "1:1: missing key 'change'\n"
         "1:12: schema: expected text, got a list"),
    ],
)  # fmt: skip
def test_what_is_no_stored_change_is_refused_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(InvalidData) as caught:
        parse_stored(data)

    assert str(caught.value) == message


@settings(deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=3))
def test_a_damaged_document_never_passes_for_what_was_stored(offset: int, damage: bytes) -> None:
    whole = stored(document(ready()))
    data = whole[:offset] + damage + whole[offset + len(damage) :]
    try:
        row = rederived(parse_stored(data))
    except InvalidData as error:
        assert all(problem.mark for problem in error.problems)  # noqa: PT017 - either ending is right
    else:
        same = json.loads(data) == json.loads(whole)
        assert (row.derived is Derived.SAME) == same
