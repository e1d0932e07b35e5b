"""Rules in parts: put together with those that are wanted, written and read again."""

import json

import pytest

from warden_hooks.patterns.parts import Lists, Part, line_of, lists_from, part_from
from warden_hooks.patterns.prefilter import Filter, Text

REQUEST = Part(Filter('["Some",["Pred",["Idents",["request"]]]]'), '{"pattern":"request"}')
SINK = Part(Filter('["Some",["Pred",["Idents",["eval"]]]]'), '{"pattern":"eval(...)"}')
SAFE = Part(Filter('"None"'), '{"pattern":"int(...)"}')
LISTS = Lists(
    (
        ("pattern-sources", (REQUEST,)),
        ("pattern-sinks", (SINK,)),
        ("pattern-sanitizers", (SAFE,)),
    )
)


def test_all_parts_are_put_in() -> None:
    text = LISTS.put_into('{"mode":"taint"}', lambda part: part.whole)
    assert json.loads(text or "") == {
        "mode": "taint",
        "pattern-sources": [{"pattern": "request"}],
        "pattern-sinks": [{"pattern": "eval(...)"}],
        "pattern-sanitizers": [{"pattern": "int(...)"}],
    }


def test_a_list_that_is_not_required_may_be_empty() -> None:
    text = LISTS.put_into('{"mode":"taint"}', lambda part: None if part is SAFE else part.whole)
    assert "pattern-sanitizers" not in json.loads(text or "")


@pytest.mark.parametrize("missing", [REQUEST, SINK])
def test_without_what_is_required_there_is_no_rule(missing: Part) -> None:
    assert (
        LISTS.put_into('{"mode":"taint"}', lambda part: None if part is missing else part.whole)
        is None
    )


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("eval(request.x)", True),
        ("eval(x)", False),
        ("request", False),
        ("evaluate(request)", False),
    ],
)
def test_a_text_needs_something_of_all_that_is_required(text: str, may: bool) -> None:
    assert LISTS.may_match(Text(text)) is may


def test_a_rule_without_lists_is_left_as_it_is() -> None:
    assert Lists().put_into('{"pattern":"x"}', lambda _: None) == '{"pattern":"x"}'
    assert Lists().may_match(Text(""))
    assert not Lists().are_selective


def test_lists_are_written_by_number_and_read_again() -> None:
    parts = [*LISTS]
    number = {part: place for place, part in enumerate(parts)}
    written = LISTS.written(number)
    assert written == "pattern-sources:0 pattern-sinks:1 pattern-sanitizers:2"
    assert lists_from(written, parts) == LISTS
    assert [part_from(line_of(part)) for part in parts] == parts


MARKED = {
    "patterns": [
        {
            "pattern-either": [
                {"pattern": "a()", "?": '["Some",["Pred",["Idents",["a"]]]]'},
                {
                    "?": '["Some",["Pred",["Idents",["b"]]]]',
                    "patterns": [
                        {"pattern": "b($X)"},
                        {
                            "metavariable-pattern": {
                                "metavariable": "$X",
                                "pattern-either": [
                                    {"pattern": "c", "?": '["Some",["Pred",["Idents",["c"]]]]'},
                                    {"pattern": "d", "?": '["Some",["Pred",["Idents",["d"]]]]'},
                                ],
                            }
                        },
                    ],
                },
            ]
        },
        {"pattern-not-inside": {"pattern-either": [{"pattern": "z"}]}},
    ]
}


def patterns(told: str | None) -> set[str] | None:
    return None if told is None else {word for word in "abcdz" if f'"pattern":"{word}' in told}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a b c d", {"a", "b", "c", "d", "z"}),
        ("a", {"a", "z"}),
        ("b d", {"b", "d", "z"}),
        ("a b", {"a", "z"}),  # an alternative of which something is missing is none
        ("b", None),
        ("c d z", None),
    ],
)
def test_alternatives_that_cannot_be_there_are_left_out(text: str, left: set[str] | None) -> None:
    part = Part(Filter('"None"'), json.dumps(MARKED))
    assert patterns(part.for_text(Text(text))) == left
    assert '"?"' not in part.whole
