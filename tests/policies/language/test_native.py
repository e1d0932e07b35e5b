"""Policy files: what is read, and every error at once with its place."""

import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import POLICY_PATH, POLICY_SOURCE
from tests.fakes.growth import QUADRATIC, growth
from warden_policies.language import parse_policy
from warden_policies.language.packs import PACKS, pack
from warden_policies.language.yaml_source import MAX_BYTES
from warden_policies.model import Permission
from warden_policies.policy import Dialect, InvalidPolicy, PolicyError, Question, questions
from warden_policies.predicates import PREDICATES
from warden_policies.predicates.approvals import Approvals
from warden_policies.predicates.change_record import ChangeRecord
from warden_policies.predicates.checks import RequiredCheck
from warden_policies.problem import MAX_PROBLEMS
from warden_policies.record import Section

WORDS = [name for name, word in PREDICATES.items() if word.dialect is Dialect.NATIVE]
EMPTY = f"'require' is empty: expected some of {', '.join(sorted(WORDS))}"
APPROVALS = "require: {approvals: {count: 1}}"


def errors(source: str | bytes) -> list[str]:
    data = source.encode() if isinstance(source, str) else source
    with pytest.raises(InvalidPolicy) as caught:
        parse_policy(data, "p.yml")
    return [str(error).removeprefix("p.yml:") for error in caught.value.errors]


def with_require(require: str) -> str:
    """A policy whose `require:` stands alone on line 5, from column 7."""
    return f"version: 1\nrequirements:\n  Rule:\n    require:\n      {require}\n"


def test_a_policy_is_its_requirements_its_path_and_the_digest_of_its_bytes() -> None:
    policy = parse_policy(POLICY_SOURCE, POLICY_PATH)

    assert policy.path == POLICY_PATH
    assert policy.digest == f"sha256:{hashlib.sha256(POLICY_SOURCE).hexdigest()}"
    sections = (Section.REASON, Section.ROLLBACK_PLAN)
    own = policy.requirements[:-1]
    assert [(one.name, tuple(questions(one))) for one in own] == [
        ("Peer review", (Question("approvals", Approvals(2)),)),
        ("Change record", (Question("change_record", ChangeRecord(sections, 20)),)),
        ("Checks", (Question("checks", (RequiredCheck("test", 15368),)),)),
    ]


@pytest.mark.parametrize(
    ("require", "error"),
    [
        ("approvals: {count: 0}", "5:26: expected at least 1, got 0"),
        ("approvals: {count: two}", "5:26: expected a whole number, got the text 'two'"),
        ("approvals: {count: '2'}", "5:26: expected a whole number, got the text '2'"),
        ("approvals: {count: 010}", "5:26: expected a whole number, got the text '010'"),
        ("approvals: {count: 1_0}", "5:26: expected a whole number, got the text '1_0'"),
        ("approvals: {count: 2.0}", "5:26: expected a whole number, got the text '2.0'"),
        ("approvals: {count: yes}", "5:26: expected a whole number, got the text 'yes'"),
        ("approvals: {count: true}", "5:26: expected a whole number, got true"),
        ("approvals: {}", "5:7: missing key 'count'"),
        ("approvals: 2", "5:18: expected a mapping with 'count', got the number 2"),
        ("approvals:", "5:17: expected a mapping with 'count', got nothing"),
        ("approvals: {cont: 2, count: 2}", "5:19: unknown key 'cont', did you mean 'count'?"),
        ("aprovals: {count: 2}", "5:7: unknown requirement 'aprovals', did you mean 'approvals'?"),
        ("change_record: {sections: [rollback]}",
         "5:34: unknown value 'rollback', did you mean 'rollback_plan'?"),
        ("change_record: {sections: []}", "5:33: must not be empty"),
        ("change_record: {sections: [reason, reason]}",
         "5:42: the same entry stands further up already"),
        ("change_record: {sections: [reason], min_characters: 0}",
         "5:59: expected at least 1, got 0"),
        ("checks: []", "5:15: must not be empty"),
        ("checks: {name: test, app_id: 1}", "5:15: expected a list, got a mapping"),
        ("checks: [{name: test}]", "5:16: missing key 'app_id'"),
        ("checks: [{name: '', app_id: 1}]", "5:23: must not be empty"),
        ("checks: [{name: on, app_id: 1}, {name: 'on', app_id: 1}]",
         "5:39: the same entry stands further up already"),
        ("checks: [{name: 311, app_id: 1}]",
         "5:23: expected text, got the number 311; put it in quotes"),
        ("checks: [{name: true, app_id: 1}]",
         "5:23: expected text, got true; put it in quotes"),
        ("approvals: &a {count: 1}", "5:18: anchor '&a' is not allowed: write each value out"),
        ("approvals: *a", "5:18: alias '*a' is not allowed: write the value out"),
        ("approvals: !!map {count: 1}", "5:18: tags (!) are not allowed: leave it out"),
        ("approvals: {count: ! 1}", "5:26: tags (!) are not allowed: leave it out"),
        ("approvals: {count: 1, count: 2}", "5:29: duplicate key 'count', first on line 5"),
        ("approvals: {count: 1, <<: {count: 2}}",
         "5:29: merge keys (<<) are not allowed: write the keys out"),
        ("approvals: {count: 1, 3: x}", "5:29: a key must be text: put it in quotes"),
        ("approvals: {count: 1, null: x}", "5:29: a key must be text: put it in quotes"),
        ("approvals: {count: 1, [a]: x}", "5:29: a key must be text: put it in quotes"),
        ("approvals: {count: 1, ? }", "5:30: a key must be text: put it in quotes"),
        ('checks: [{name: "\\ud800", app_id: 1}]',
         "5:23: half a surrogate pair, which no UTF-8 can spell"),
        ('checks: [{name: "\\UFFFFFFFF", app_id: 1}]',
         "5:15: not YAML: a number out of range follows"),
        ("approvals: {count: 99999999999999999999}",
         "5:26: expected a whole number, got the text '99999999999999999999'"),
        ("approvals: {count: 9999999999999999999}", "5:26: the number does not fit in 64 bits"),
        ("[approvals]", f"4:5: {EMPTY}"),
        ("{}", f"4:5: {EMPTY}"),
        ("approvals: {count: 1", "6:1: not YAML: expected ',' or '}', but got '<stream end>'"),
    ],
)  # fmt: skip
def test_what_is_required_must_make_sense(require: str, error: str) -> None:
    assert errors(with_require(require)) == [error]


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("", "1:1: the policy is empty: expected 'version: 1' and 'requirements:'"),
        ("# nothing\n---\n", "3:1: the policy is empty: expected 'version: 1' and 'requirements:'"),
        ("[]", "1:1: a policy is a mapping: expected 'version: 1' and 'requirements:'"),
        ("version: 1", "1:1: missing key 'requirements'"),
        (f"requirements: {{A: {{{APPROVALS}}}}}", "1:1: missing key 'version'"),
        (f"version: 2\nrequirements: {{A: {{{APPROVALS}}}}}", "1:10: expected 1, got '2'"),
        (f"version: 1\nrequirement: {{A: {{{APPROVALS}}}}}\nrequirements: {{A: {{{APPROVALS}}}}}",
         "2:1: unknown key 'requirement', did you mean 'requirements'?"),
        ("version: 1\nrequirements:",
         "2:1: expected at least one requirement, such as 'Peer review:'"),
        ("version: 1\nrequirements: {}",
         "2:1: expected at least one requirement, such as 'Peer review:'"),
        ("version: 1\nrequirements:\n  A: 3", "3:3: expected 'require:' with what must hold"),
        ("version: 1\nrequirements:\n  A: {}", "3:3: missing key 'require'"),
        (f"version: 1\nrequirements:\n  '': {{{APPROVALS}}}",
         "3:3: a requirement's name is 1 to 60 printable characters"),
        (f"version: 1\nrequirements:\n  {'A' * 61}: {{{APPROVALS}}}",
         "3:3: a requirement's name is 1 to 60 printable characters"),
        (f'version: 1\nrequirements:\n  "a\\u202eb": {{{APPROVALS}}}',
         "3:3: a requirement's name is 1 to 60 printable characters"),
        (f"version: 1\nrequirements:\n  ' A': {{{APPROVALS}}}",
         "3:3: a requirement's name is 1 to 60 printable characters"),
        (f"version: 1\nrequirements:\n  A: {{{APPROVALS}}}\n  a: {{{APPROVALS}}}",
         "4:3: another requirement has the same name"),
        (f"version: 1\nrequirements: {{A: {{{APPROVALS}}}}}\n---\n{{}}",
         "3:1: a second document; a policy is one"),
        (f"%YAML 1.1\n---\nversion: 1\nrequirements: {{A: {{{APPROVALS}}}}}",
         "1:1: directives (%) are not allowed"),
        ("a: " + "[" * 21, "1:24: nested deeper than 20 levels"),
        ("a: b: c", "1:5: not YAML: mapping values are not allowed here"),
        (b"version: 1\n\xff", "2:1: not UTF-8"),
        ("version: 1\nname: a\x07b", "2:8: a character that YAML does not allow"),
        ("#" * (MAX_BYTES + 1),
         f"1:1: {MAX_BYTES + 1} bytes, more than the {MAX_BYTES} that are read"),
    ],
)  # fmt: skip
def test_a_policy_must_be_one_plain_document(source: str | bytes, error: str) -> None:
    assert errors(source) == [error]


def test_every_error_is_reported_at_once_in_the_order_of_the_text() -> None:
    source = """\
version: 1
requirements:
  Peer review:
    requird:
      approvals: {count: 2}
  Record:
    require:
      change_record: {sections: [reasn], min_characters: 0}
      checks: *shared
  Record:
    require: {approvals: {count: none}}
"""

    assert errors(source) == [
        "3:3: missing key 'require'",
        "4:5: unknown key 'requird', did you mean 'require'?",
        "8:34: unknown value 'reasn', did you mean 'reason'?",
        "8:58: expected at least 1, got 0",
        "9:15: alias '*shared' is not allowed: write the value out",
        "10:3: duplicate key 'Record', first on line 6",
    ]


@pytest.mark.parametrize("name", ["Review by two people", "on", "yes", "12:30", "Überprüfung ✅"])
def test_a_requirement_is_named_freely(name: str) -> None:
    source = f"version: 1\nrequirements:\n  {name}:\n    {APPROVALS}\n"

    assert parse_policy(source.encode(), "p.yml").requirements[0].name == name


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    source = b"\xef\xbb\xbf" + POLICY_SOURCE.replace(b"\n", b"\r\n")

    assert len(parse_policy(source, "p.yml").requirements) == 4


def test_an_invalid_policy_still_has_the_digest_of_its_bytes() -> None:
    with pytest.raises(InvalidPolicy) as caught:
        parse_policy(b"{}", "p.yml")

    assert caught.value.digest == f"sha256:{hashlib.sha256(b'{}').hexdigest()}"


def test_a_missing_policy_is_told_without_a_place_in_a_text() -> None:
    error = PolicyError(POLICY_PATH, None, None, "no policy file on main at 7be01d4")

    assert str(error) == ".github/changewarden.yml: no policy file on main at 7be01d4"


def parse_or_errors(source: bytes) -> int:
    try:
        return len(parse_policy(source, "p.yml").requirements)
    except InvalidPolicy as error:
        return len(error.errors)


@given(st.binary() | st.text().map(str.encode))
@example(b"%YAML 1." + b"1" * 5000)
@example(b'"\\xZZ"')
@example(b"!<%ff> a")
@example(b"? \n: \n")
@example(b"- &a *a")
@example(b"\xc2\x85")
def test_any_bytes_are_a_policy_or_errors(source: bytes) -> None:
    assert parse_or_errors(source)


tokens = st.sampled_from(
    [
        "version",
        "requirements",
        "require",
        "approvals",
        "count",
        "1",
        "a",
        "b",
        "~",
        "<<",
        "---",
        "...",
        *":,-?!&*|>%@`'#{}[]",
        '"',
        "\\u",
        "\n",
        "\n\n",
        "\n  ",
        "\t",
    ]
)


@given(st.lists(tokens, max_size=40).map(" ".join))
def test_any_mixture_of_yaml_is_a_policy_or_errors(source: str) -> None:
    assert parse_or_errors(source.encode())


@given(st.integers(0, len(POLICY_SOURCE) - 1), st.binary(max_size=3), st.integers(0, 5))
def test_a_damaged_policy_is_a_policy_or_errors(at: int, damage: bytes, removed: int) -> None:
    assert parse_or_errors(POLICY_SOURCE[:at] + damage + POLICY_SOURCE[at + removed :])


@pytest.mark.parametrize(
    "unit",
    ["[", "{", "- ", "? ", "a: ", "&a ", "*a ", "!a ", '"', "'", "|\n", "k: 1\n", "- 1\n", "[1,",
     "{a: ", "#", "x ", "\\", "<<: 1\n", "\n", "\t", "?\n", "a:\n"],
)  # fmt: skip
def test_a_hostile_policy_costs_time_in_proportion(unit: str) -> None:
    def run(size: int) -> None:
        source = (unit * size)[:size].encode()
        assert 1 <= parse_or_errors(source) <= 2 * MAX_PROBLEMS

    assert growth(run, MAX_BYTES) < QUADRATIC


def test_many_unknown_keys_cost_time_in_proportion() -> None:
    def run(size: int) -> None:
        source = "".join(f"version{number}: 1\n" for number in range(size)).encode()
        assert parse_or_errors(source) <= 2 * MAX_PROBLEMS

    assert growth(run, 15_000) < QUADRATIC


TWO = (Question("approvals", Approvals(1)), Question("approvals", Approvals(2)))


def requirements(source: str) -> list[str]:
    return [one.name for one in parse_policy(source.encode(), "p.yml").requirements]


def test_every_policy_asks_that_nobody_changes_the_rules_alone() -> None:
    policy = parse_policy(POLICY_SOURCE, POLICY_PATH)

    assert policy.requirements[-1].name == "Policy change"
    assert [one.predicate for one in questions(policy.requirements[-1])] == ["paths", "approvals"]


def test_who_owns_the_policy_approves_its_changes() -> None:
    owners = "policy_owners: {teams: [acme/security], permission: admin}\n"
    policy = parse_policy(owners.encode() + POLICY_SOURCE, POLICY_PATH)

    *_, asked = questions(policy.requirements[-1])
    expected = Approvals(1, teams=("acme/security",), permission=Permission.ADMIN)
    assert asked == Question("approvals", expected)


@pytest.mark.parametrize(
    ("head", "error"),
    [
        ("policy_owners: {}", "2:1: expected 'people', 'teams' or 'permission'"),
        ("policy_owners: bob", "2:16: expected a mapping with 'people', 'teams' and 'permission',"
         " got the text 'bob'"),
        ("extends: soc", "2:10: expected minimal or soc2 or regulated, got 'soc'"),
        ("observe: {until: 2026-12-01}", "2:18: expected a time with its zone such as"
         " 2026-11-23T14:02:00Z, got the text '2026-12-01'"),
        ("distinct: [[A]]", "2:12: expected the names of at least two requirements"),
        ("distinct: [[A, B]]", "2:16: no requirement 'B': expected one of 'A'"),
        ("distinct: [[A, A]]", "2:16: the same entry stands further up already"),
    ],
)  # fmt: skip
def test_what_is_said_of_the_whole_policy_must_make_sense(head: str, error: str) -> None:
    assert errors(f"version: 1\n{head}\nrequirements:\n  A:\n    {APPROVALS}\n") == [error]


@pytest.mark.parametrize("name", ["Policy change", "POLICY CHANGE"])
def test_the_name_of_what_every_policy_asks_is_taken(name: str) -> None:
    source = f"version: 1\nrequirements:\n  {name}:\n    {APPROVALS}\n"

    assert errors(source) == [
        "3:3: every policy has a requirement of this name: 'policy_owners' says who approves"
    ]


def test_a_pack_comes_first_and_is_only_added_to() -> None:
    pack, added = "version: 1\nextends: minimal\n", f"requirements:\n  Mine:\n    {APPROVALS}\n"

    assert requirements(pack) == ["Peer review", "Change record", "Policy change"]
    assert requirements(pack + added) == ["Peer review", "Change record", "Mine", "Policy change"]
    assert errors(pack + added.replace("Mine", "peer review")) == [
        "4:3: the pack has a requirement of this name: a pack is only added to"
    ]


def test_a_pack_brings_its_different_people() -> None:
    policy = parse_policy(b"version: 1\nextends: regulated\n", "p.yml")

    assert policy.root.distinct == (("Peer review", "Release approval"),)


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_is_a_policy(name: str) -> None:
    assert parse_policy(pack(name), f"{name}.yml").requirements


def test_conditions_and_alternatives_nest() -> None:
    source = """\
version: 1
requirements:
  R:
    when:
      branches: [main]
      any: [{paths: ["a/**"]}, {not: {labels: {any_of: [docs]}}}]
    require:
      any:
        - approvals: {count: 1}
        - all: [{approvals: {count: 2}}]
"""
    when, require = parse_policy(source.encode(), "p.yml").requirements[0].members

    assert [one.predicate for one in questions(when)] == ["branches", "paths", "labels"]
    assert tuple(questions(require)) == TWO


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("when: {approvals: {count: 1}}", "4:12: 'approvals' is no condition: it can only be"
         " required"),
        ("when: {}", "4:5: 'when' is empty: expected some of " + ", ".join(sorted(
            name for name in WORDS if PREDICATES[name].condition))),
        ("when: {any: []}", "4:12: 'any' takes a list of mappings, such as [{...}, {...}]"),
        ("when: {any: {}}", "4:12: 'any' takes a list of mappings, such as [{...}, {...}]"),
        ("when: {path: [a]}", "4:12: unknown condition 'path', did you mean 'paths'?"),
    ],
)  # fmt: skip
def test_a_condition_must_make_sense(body: str, error: str) -> None:
    assert errors(f"version: 1\nrequirements:\n  R:\n    {body}\n    {APPROVALS}\n") == [error]


def test_a_requirement_is_not_negated() -> None:
    assert errors(with_require("not: {approvals: {count: 1}}")) == [
        "5:7: a requirement cannot be negated: use 'not' under 'when'"
    ]
