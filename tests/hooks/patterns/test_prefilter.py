"""What a file must hold for a rule to match, as the engine says."""

import json
import re
from typing import Any

import pytest

from tests.fakes.growth import QUADRATIC, growth
from warden_hooks.patterns import formula as formulas_
from warden_hooks.patterns import our_files, pack, prefilter
from warden_hooks.patterns.parts import HOLDS
from warden_hooks.patterns.prefilter import Filter, Text
from warden_policies.rules.secret_rule import RuleError


def idents(*words: str) -> list[Any]:
    return ["Pred", ["Idents", [*words]]]


def part(text: str) -> list[Any]:
    return ["Pred", ["Text", text]]


def regexp(text: str) -> list[Any]:
    return ["Pred", ["Regexp", text]]


@pytest.mark.parametrize(
    ("formula", "text", "passes"),
    [
        ("None", "", True),
        (["Some", idents("eval")], "eval(x)", True),
        (["Some", idents("eval")], "evaluate", False),
        (["Some", idents("golang.org")], '"golang.org/x"', True),
        (["Some", idents("golang.org")], '"golang.com/x"', False),
        (["Some", part("from flask")], "from flask_login import x", True),
        (["Some", part("from flask")], "import flask", False),
        (["Some", idents("eval")], "exec(x)", False),
        (["Some", idents("os", "system")], "os.system", True),
        (["Some", idents("os", "system")], "os.popen", False),
        (["Some", ["And", [idents("a"), idents("b")]]], "a b", True),
        (["Some", ["And", [idents("a"), idents("b")]]], "a", False),
        (["Some", ["Or", [idents("a"), idents("b")]]], "b", True),
        (["Some", ["Or", [idents("a"), idents("b")]]], "c", False),
        (["Some", ["And", [["Or", [idents("a"), idents("b")]], idents("c")]]], "b c", True),
        (["Some", regexp("md[45]")], "md5", True),
        (["Some", regexp("md[45]")], "md6", False),
        (["Some", regexp("^FROM ")], "# a\nFROM x", True),
    ],
)
def test_a_formula_holds_or_not(formula: Any, text: str, passes: bool) -> None:
    assert prefilter.compiled(formula, own=True, patterns=True)(Text(text)) is passes


def test_a_pattern_of_somebody_else_is_never_run() -> None:
    assert prefilter.compiled(["Some", regexp("(a+)+$")], own=False, patterns=False)(Text("b"))
    with_word = ["Some", ["And", [idents("x"), regexp("(a+)+$")]]]
    assert not prefilter.compiled(with_word, own=False, patterns=False)(Text("b"))


def test_of_the_rules_of_others_a_part_of_a_word_will_do() -> None:
    asked = json.dumps(["Some", ["And", [idents("eval"), idents("os")]]])
    text = Text("evaluate(pos)")
    assert [text.passes(Filter(asked, own=own)) for own in (True, False)] == [False, True]


SIZE = 60_000
HOSTILE = {
    "lines after a sign": lambda size: "=" + "\n" * (size - 1),
    "blanks after a sign": lambda size: ("=" + " " * 3_000 + "\n") * (size // 3_000),
    "lines": lambda size: "\n" * size,
    "blanks": lambda size: (" " * 3_000 + "\n") * (size // 3_000),
    "brackets": lambda size: ("[x]" * 1_000 + "\n") * (size // 3_000),
    "open brackets": lambda size: ("[" * 3_000 + "\n") * (size // 3_000),
    "open parentheses": lambda size: ("=" + "(" * 3_000 + "\n") * (size // 3_000),
    "closing brackets": lambda size: "]\n" * (size // 2),
    "colons": lambda size: (":" * 3_000 + "\n") * (size // 3_000),
    "quotes": lambda size: ('"' * 3_000 + "\n") * (size // 3_000),
    "words": lambda size: "if a in b\n" * (size // 10),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_pattern_of_ours_can_be_made_to_run_for_long(kind: str) -> None:
    """All that are tried on a file, on texts that are made to keep them busy."""
    patterns = [re.compile(text, re.MULTILINE) for text in sorted(ours())]
    assert len(patterns) > 100

    def tried(size: int) -> None:
        text = HOSTILE[kind](size)
        for pattern in patterns:
            pattern.search(text)

    assert growth(tried, SIZE) < QUADRATIC


def ours() -> set[str]:
    """The patterns in the formulas of our rules, of their parts and of the parts' alternatives."""
    found: set[str] = set()
    for rule in pack.ours()[1]:
        found |= patterns_of(json.loads(rule.filter.formula))
        for each in rule.lists:
            found |= patterns_of(json.loads(each.filter.formula))
            found |= patterns_of(json.loads(each.marked))
    return found


def patterns_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        inner = [json.loads(held) if key == HOLDS else held for key, held in value.items()]
    elif isinstance(value, list):
        if len(value) == 2 and value[0] == "Regexp":
            return {value[1]}
        inner = value
    else:
        return set()
    return set().union(*map(patterns_of, inner))


@pytest.mark.parametrize(
    ("text", "passes"),
    [("eval(x)", False), ("md5", True), ("md5" + "x" * 5_000, True), ("x" * 5_000, True)],
)
def test_patterns_are_tried_on_texts_only_that_cannot_make_us_wait(text: str, passes: bool) -> None:
    tried = Filter(json.dumps(["Some", regexp("md[45]")]))
    assert Text(text).passes(tried) is passes


@pytest.mark.parametrize(
    ("kind", "formulas", "expected"),
    [
        ("And", [], "None"),
        ("Or", [], "None"),
        ("And", ["None", ["Some", idents("a")]], ["Some", idents("a")]),
        ("Or", ["None", ["Some", idents("a")]], "None"),
        ("Or", [["Some", idents("a")], ["Some", idents("a")]], ["Some", idents("a")]),
        (
            "And",
            [["Some", idents("a")], ["Some", idents("b")]],
            ["Some", ["And", [idents("a"), idents("b")]]],
        ),
    ],
)
def test_formulas_are_joined(kind: str, formulas: list[Any], expected: Any) -> None:
    assert formulas_.joined(kind, formulas) == expected


@pytest.mark.parametrize(
    "formula",
    [
        ["Some", ["Xor", []]],
        ["Some", ["Pred", ["Unknown", "x"]]],
        ["Some", regexp("(")],
        ["Some"],
        ["Some", 3],
        {"Some": 1},
    ],
)
def test_what_is_not_known_is_refused(formula: Any) -> None:
    with pytest.raises((RuleError, KeyError)):
        prefilter.compiled(formula, own=True, patterns=True)


@pytest.mark.parametrize(
    ("formula", "usable"),
    [
        ("None", False),
        (["Some", idents("x")], True),
        (["Some", ["Or", [idents("x"), idents("")]]], False),
        (["Some", ["And", [idents("x"), idents("")]]], True),
        (["Some", regexp("x")], True),
    ],
)
def test_a_formula_that_rules_nothing_out_is_known(formula: Any, usable: bool) -> None:
    assert formulas_.is_selective(formula) is usable


def test_no_example_that_a_rule_has_to_find_is_ruled_out() -> None:
    rules = {rule.id: rule for rule in pack.ours()[1]}
    bad = [
        example
        for written in our_files.rules()
        for example in our_files.examples(written)
        if example.is_bad
    ]
    assert len(bad) > 3 * len(rules)
    assert not [str(each) for each in bad if not rules[each.rule].may_match(Text(each.text))]
