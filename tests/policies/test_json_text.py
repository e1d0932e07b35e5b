"""JSON text: read as every parser reads it, or refused; how deep it nests is never misjudged."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warden_policies.json_text import MAX_DEPTH, parse_json
from warden_policies.problem import InvalidData

signs = st.text(st.sampled_from('[]{}",:\\ 1a\n'), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | signs,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(signs, inner, max_size=3),
    max_leaves=10,
)


@given(signs | st.lists(st.sampled_from(['"a"', ":", ",", "{", "}", "[", "]"])).map("".join))
def test_text_made_of_the_signs_of_json_is_read_or_refused(text: str) -> None:
    with suppress(InvalidData):
        assert parse_json(text.encode()) == json.loads(text)


@given(values, st.booleans())
def test_valid_json_is_read_whatever_its_strings_hold(value: object, ascii_only: bool) -> None:
    assert parse_json(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.integers(1, 2 * MAX_DEPTH), signs, st.booleans())
def test_the_depth_that_is_allowed_is_the_depth_that_is_read(
    depth: int, inside: str, in_objects: bool
) -> None:
    opening, closing = ('{"]":', "}") if in_objects else ('["[", ', "]")
    text = opening * depth + json.dumps(inside) + closing * depth

    if depth <= MAX_DEPTH:
        assert parse_json(text.encode()) == json.loads(text)
    else:
        with pytest.raises(InvalidData, match="nested deeper"):
            parse_json(text.encode())
