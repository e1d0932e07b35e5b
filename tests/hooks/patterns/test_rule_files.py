"""Rule files as people write them, right and wrong."""

import pytest

from tests.hooks.patterns.code import core
from warden_hooks.patterns.prefilter import Text
from warden_hooks.patterns.rule_files import compiled, filters
from warden_hooks.patterns.split import split
from warden_policies.rules.secret_rule import RuleError

RULE = """\
rules:
  - id: no-eval
    languages: [python]
    severity: ERROR
    message: >-
      Do not
      use $X.
    pattern: eval($X)
"""


def test_a_file_of_semgreps_is_read() -> None:
    [rule] = compiled("a.yml", RULE.encode())
    assert rule.about.id == "no-eval"
    assert rule.about.message == "Do not use $X."
    assert rule.about.blocks
    assert rule.rule["pattern"] == "eval($X)"
    assert "metadata" not in rule.rule, "what is for people costs the engine time"


def test_what_is_for_people_is_read() -> None:
    text = RULE + "    metadata: { cwe: 'CWE-95: Eval', owasp: [A05], references: [x], fix: f }\n"
    [rule] = compiled("a.yml", text.encode())
    assert rule.about.cwe == ("CWE-95",)
    assert (rule.about.owasp, rule.about.references, rule.about.fix) == (("A05",), ("x",), "f")


@pytest.mark.parametrize(
    ("severity", "blocks"),
    [("ERROR", True), ("WARNING", False), ("INFO", False), ("HIGH", True), ("CRITICAL", True)],
)
def test_the_severity_says_what_stops_a_commit(severity: str, blocks: bool) -> None:
    [rule] = compiled("a.yml", RULE.replace("ERROR", severity).encode())
    assert rule.about.blocks is blocks


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.yml: expected 'rules:'"),
        ("rules: []\n", "a.yml: expected 'rules:'"),
        ("rules:\n  - 3\n", "a.yml:2:5: a rule is a mapping"),
        (RULE.replace("id: no-eval", "x: y"), "a.yml:2:5: a rule needs id"),
        (RULE.replace("no-eval", "'no eval'"), "'no eval' is no id"),
        (RULE.replace("ERROR", "ERRO"), "severity 'ERRO' is not one of"),
        (RULE.replace("[python]", "python"), "languages is a list of names"),
        (RULE.replace("pattern: eval($X)", "pattern: &a eval($X)"), "a.yml:8:14: anchor '&a'"),
        (RULE.replace("eval($X)", "*a"), "a.yml:8:14: alias '*a' is not allowed"),
        (RULE + "    pattern: x\n", "a.yml:9:5: duplicate key 'pattern'"),
        (RULE.replace("rules:", "rules: ["), "a.yml:"),
        ("\t", "a.yml:1:1: not YAML"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(text: str, message: str) -> None:
    with pytest.raises(RuleError) as raised:
        compiled("a.yml", text.encode())
    assert message in str(raised.value)


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(RuleError, match="not UTF-8"):
        compiled("a.yml", b"\xff")


def test_a_shared_list_stands_for_its_items() -> None:
    text = RULE.replace("pattern: eval($X)", "pattern-either: [{ shared: some }, { pattern: c }]")
    [rule] = compiled("a.yml", text.encode(), {"some": b"- pattern: a\n- pattern: b\n"}.__getitem__)
    assert rule.rule["pattern-either"] == [{"pattern": name} for name in "abc"]


@pytest.mark.parametrize(
    ("shared", "message"),
    [
        ({}, "there is no shared list 'some'"),
        ({"some": b"a: b\n"}, "shared/some.yml is not a list"),
        ({"some": b"- [\n"}, "shared/some.yml:"),
    ],
)
def test_a_shared_list_that_is_none_is_named(shared: dict[str, bytes], message: str) -> None:
    text = RULE.replace("pattern: eval($X)", "pattern-either: [{ shared: some }]")
    with pytest.raises(RuleError) as raised:
        compiled("a.yml", text.encode(), shared.__getitem__)
    assert message in str(raised.value)


def test_the_engine_says_what_a_file_must_hold() -> None:
    found = filters(core(), compiled("a.yml", RULE.encode()))
    assert found == {"no-eval": ["Some", ["Pred", ["Idents", ["eval"]]]]}


def test_what_a_rule_needs_besides_is_part_of_it() -> None:
    text = RULE + "    metadata: { needs: [flask, django] }\n"
    found = filters(core(), compiled("a.yml", text.encode()))
    words = ["Or", [["Pred", ["Text", word]] for word in ("flask", "django")]]
    assert found == {"no-eval": ["Some", ["And", [words, ["Pred", ["Idents", ["eval"]]]]]]}


def test_a_rule_that_the_engine_does_not_understand_is_named() -> None:
    text = RULE.replace("eval($X)", "'def ((('")
    with pytest.raises(RuleError, match="rule no-eval: Rule parse error: Invalid pattern"):
        filters(core(), compiled("a.yml", text.encode()))


FOLLOWED = """\
rules:
  - id: a-b
    languages: [python]
    severity: ERROR
    message: m
    mode: taint
    pattern-sources: [{pattern: input(...)}]
    pattern-sinks: [{pattern: "eval(...)", file-holds: ['e(v)al', 'a|b']}]
"""


def test_what_a_file_has_to_hold_for_an_item_is_not_for_the_engine() -> None:
    [rule] = compiled("a.yml", FOLLOWED.encode())
    assert rule.rule["pattern-sinks"] == [{"pattern": "eval(...)"}]
    assert [*rule.holds.values()] == [("e(v)al", "a|b")]
    [(rest, lists)] = split(core(), [rule])
    assert "pattern-sinks" not in rest
    passing = ["input(eval(a))", "input(eval)", "eval(a)", "input(a)"]
    assert [lists.may_match(Text(text)) for text in passing] == [True, True, False, False]


@pytest.mark.parametrize("held", ["abc", "{a: b}", "['(']", "3"])
def test_what_a_file_has_to_hold_is_a_list_of_patterns(held: str) -> None:
    text = FOLLOWED.replace("['e(v)al', 'a|b']", held)
    with pytest.raises(RuleError, match=r"a\.yml:2:5: file-holds"):
        compiled("a.yml", text.encode())


@pytest.mark.parametrize("listed", ["null", "3", "abc", "[3]", "{}"])
def test_a_list_that_is_none_is_named(listed: str) -> None:
    text = FOLLOWED.replace("[{pattern: input(...)}]", listed)
    with pytest.raises(RuleError, match="pattern-sources"):
        filters(core(), compiled("a.yml", text.encode()))
