"""Change files: what is read, and what is refused with every reason and its place."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import AFTERNOON, BOB, SAMPLE, approval, change
from tests.fakes.growth import QUADRATIC, growth
from warden_policies.canonical import digest
from warden_policies.codec import decode, decode_change, encode_change
from warden_policies.constraints import AtLeast, NotEmpty, OneOf, Unique
from warden_policies.evaluate import evaluate
from warden_policies.json_text import MAX_BYTES
from warden_policies.policy import Combine, Group, Policy
from warden_policies.problem import MAX_PROBLEMS, InvalidData, Problem

VALID = encode_change(change(reviews=(approval(BOB),)))


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Wheel:
    size: Annotated[int, AtLeast(1)]
    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True)
class Cart:
    name: Annotated[str, NotEmpty()]
    version: Annotated[int, OneOf((1,))]
    sold: bool
    built: datetime
    wheels: Annotated[tuple[Wheel, ...], NotEmpty(), Unique()]
    spare: Wheel | None = None


NO_MAPPING = "1:1: expected a mapping with 'schema' and 'change', got"
NAN = float("nan")
CART = {
    "name": "shop",
    "version": 1,
    "sold": False,
    "built": "2026-11-23T15:02:00+01:00",
    "wheels": [{"size": 2}, {"size": 3, "colour": "green"}],
}


def problems(kind: type, value: object) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        decode(kind, value)
    return list(map(str, caught.value.problems))


def test_plain_data_becomes_dataclasses_by_their_type_hints() -> None:
    assert decode(Cart, CART | {"spare": {"size": 1}}) == Cart(
        "shop", 1, False, AFTERNOON, (Wheel(2), Wheel(3, Colour.GREEN)), Wheel(1)
    )
    assert decode(Cart, CART | {"spare": None}).spare is None


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", 3, "name: expected text, got the number 3; put it in quotes"),
        ("name", "", "name: must not be empty"),
        ("name", "\ud800", "name: the text has half a surrogate pair, which no UTF-8 can spell"),
        ("version", 2, "version: expected 1, got '2'"),
        ("version", True, "version: expected a whole number, got true"),
        ("version", 1.5, "version: expected a whole number, got a number that is not whole"),
        ("version", NAN, "version: expected a whole number, got a number that is not whole"),
        ("version", 2**63, "version: the number does not fit in 64 bits"),
        ("sold", 0, "sold: expected true or false, got the number 0"),
        ("sold", None, "sold: expected true or false, got nothing"),
        ("built", "2026-11-23T15:02:00", "built: expected a time with its zone such as "
         "2026-11-23T14:02:00Z, got the text '2026-11-23T15:02:00'"),
        ("built", "0001-01-01T00:00:00+23:59", "built: expected a time with its zone such as "
         "2026-11-23T14:02:00Z, got the text '0001-01-01T00:00:00+23:59'"),
        ("wheels", {}, "wheels: expected a list, got a mapping"),
        ("wheels", [], "wheels: must not be empty"),
        ("wheels", [{"size": 1}, {"size": 1}],
         "wheels[1]: the same entry stands further up already"),
        ("wheels", [{"size": 0}], "wheels[0].size: expected at least 1, got 0"),
        ("wheels", [{"size": 1, "colour": "gren"}],
         "wheels[0].colour: unknown value 'gren', did you mean 'green'?"),
        ("wheels", [{"size": 1, "colour": "blue"}],
         "wheels[0].colour: unknown value 'blue', expected 'red' or 'green'"),
        ("wheels", [{"sise": 1, "size": 1}],
         "wheels[0].sise: unknown key 'sise', did you mean 'size'?"),
        ("wheels", [{"size": 1, "colour": 3}],
         "wheels[0].colour: expected text, got the number 3"),
        ("spare", [], "spare: expected a mapping with 'size', got a list"),
    ],
)  # fmt: skip
def test_wrong_data_is_refused_with_its_path(field: str, value: object, message: str) -> None:
    assert problems(Cart, CART | {field: value}) == [message]


def test_every_problem_is_reported_at_once() -> None:
    broken = {"nam": "shop", "version": "1", "sold": "no", "wheels": [{}]}

    assert problems(Cart, broken) == [
        "nam: unknown key 'nam', did you mean 'name'?",
        "missing keys 'name', 'built'",
        "version: expected a whole number, got the text '1'",
        "sold: expected true or false, got the text 'no'",
        "wheels[0]: missing key 'size'",
    ]


def test_a_type_that_the_decoder_does_not_know_is_our_own_fault() -> None:
    @dataclass(frozen=True)
    class Odd:
        value: int | str

    @dataclass(frozen=True)
    class Vague:
        value: object

    with pytest.raises(TypeError, match="the only union"):
        decode(Odd, {"value": 1})
    with pytest.raises(TypeError, match="cannot decode"):
        decode(Vague, {"value": 1})


def test_times_are_kept_as_instants_in_utc() -> None:
    elsewhere = AFTERNOON.astimezone(timezone(timedelta(hours=-3)))

    assert decode_change(encode_change(change(evaluated_at=elsewhere))).evaluated_at == AFTERNOON
    assert decode_change(VALID).evaluated_at.tzinfo is UTC


def test_the_digest_of_a_change_is_that_of_its_file() -> None:
    decision = evaluate(Policy("p.yml", "sha256:0", Group(Combine.POLICY, "policy", ())), SAMPLE)

    assert decision.change_digest == digest(encode_change(SAMPLE))


def refused(data: bytes) -> list[str]:
    with pytest.raises(InvalidData) as caught:
        decode_change(data)
    return list(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "1:1: not JSON: Expecting value"),
        (b'{"a": 1,\n "b" 2}', "2:6: not JSON: Expecting ':' delimiter"),
        (b'{"a":\n  "\xff"}', "2:4: not UTF-8"),
        (b"\xff\xfe{\x00}\x00", "1:1: not UTF-8"),
        (b"[" * 33, "1:33: nested deeper than 32 levels"),
        (b"[" * 200_000, "1:33: nested deeper than 32 levels"),
        (b" " * (MAX_BYTES + 1),
         f"1:1: {MAX_BYTES + 1} bytes, more than the {MAX_BYTES} that are read"),
        (b"NaN", f"{NO_MAPPING} a number that is not whole"),
        (b"9" * 5000, f"{NO_MAPPING} a huge number"),
        (b"[]", f"{NO_MAPPING} a list"),
        (b'{"schema": 1,\n "schema": {"x": 1, "x": 2}}',
         "2:2: schema: duplicate key, first on line 1"),
        (b'[{"a": 1, "a": 2}', "1:18: not JSON: Expecting ',' delimiter"),
        (b'{"a": 1, "a": 2} x', "1:18: not JSON: Extra data"),
        (b'["\\"]]", ' + b"[" * 33, "1:41: nested deeper than 32 levels"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_change_file_are_refused_with_their_place(
    data: bytes, message: str
) -> None:
    assert refused(data) == [message]


def test_the_place_of_each_problem_in_a_change_file_is_told() -> None:
    document: dict[str, Any] = json.loads(VALID)
    document["schema"] = "changewarden.change/v1"
    document["change"]["reviews"][0]["state"] = "aproved"
    document["change"]["nunber"] = document["change"].pop("number")
    data = json.dumps(document, indent=2).encode()

    lines = [int(problem.split(":")[0]) for problem in refused(data)]
    text = data.decode().split("\n")

    assert [text[line - 1].strip().rstrip(",") for line in lines] == [
        '"schema": "changewarden.change/v1"',
        '"nunber": 7',
        '"change": {',
        '"state": "aproved"',
    ]


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_refused_without_a_traceback(data: bytes) -> None:
    assert refused(data)


def found_in(data: bytes) -> tuple[Problem, ...]:
    try:
        decode_change(data)
    except InvalidData as error:
        return error.problems
    return ()


@given(st.integers(0, len(VALID) - 1), st.binary(min_size=1, max_size=3))
def test_a_damaged_change_file_is_read_or_refused(offset: int, damage: bytes) -> None:
    data = VALID[:offset] + damage + VALID[offset + len(damage) :]

    assert all(problem.mark for problem in found_in(data))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.sampled_from(sorted(json.loads(VALID)["change"])), json_values)
def test_any_value_in_any_field_is_read_or_refused_with_its_place(
    field: str, value: object
) -> None:
    document = json.loads(VALID)
    document["change"][field] = value

    assert all(problem.mark for problem in found_in(json.dumps(document).encode()))


UNKNOWN = b",".join(b'"k%d": 1' % number for number in range(60))
HOSTILE: dict[str, Callable[[int], bytes]] = {
    "quotes": lambda size: b'"' * (size | 1),
    "backslashes": lambda size: b'\\"' * (size // 2),
    "long list": lambda size: b'{"schema": 1, "change": [' + b"1," * (size // 2) + b"1]}",
    "many problems": lambda size: (
        b'{"change": {"reviews": [' + b'{"state": "aproved"},' * (size // 25) + b"1]}}"
    ),
    "unknown keys": lambda size: (
        b"{" + b",".join(b'"k%d": 1' % number for number in range(size // 10)) + b"}"
    ),
    "unknown keys everywhere": lambda size: (
        b'{"change": {"commits": ['
        + b",".join([b'{"authors": [{"person": {' + UNKNOWN + b"}, " + UNKNOWN + b"}]}"] * 40)
        + b'], "reviews": ['
        + b",".join([b"{" + UNKNOWN + b"}"] * (size // 500))
        + b"]}}"
    ),
    "duplicates": lambda size: b"{" + b'"k": 1,' * (size // 10) + b'"k": 1}',
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_change_file_costs_time_in_proportion(make: Callable[[int], bytes]) -> None:
    def run(size: int) -> None:
        assert len(refused(make(size))) <= MAX_PROBLEMS

    assert growth(run, 500_000) < QUADRATIC
