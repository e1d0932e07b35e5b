"""A `.policy.yml` that cannot be used: every error at once, with its place and what was meant."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warden_policies.language import parse_policy
from warden_policies.language.policy_bot import policy_from_data
from warden_policies.language.policy_bot.approval import MAX_NAMES
from warden_policies.policy import Dialect, InvalidPolicy, Policy

KNOWN = "'changed_files'"


def read(source: str | bytes) -> Policy:
    data = source.encode() if isinstance(source, str) else source
    return parse_policy(data, "p.yml", Dialect.POLICY_BOT)


def errors(source: str | bytes) -> list[str]:
    with pytest.raises(InvalidPolicy) as caught:
        read(source)
    return [str(error).removeprefix("p.yml:") for error in caught.value.errors]


def rule(text: str) -> str:
    """A policy whose only rule `r` says `text` on line 4, from column 3."""
    return f"policy: {{approval: [r]}}\napproval_rules:\n- name: r\n  {text}\n"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("ifs: {}", "4:3: unknown key 'ifs', did you mean 'if'?"),
        ("requires: {counts: 1}", "4:14: unknown key 'counts', did you mean 'count'?"),
        ("requires: {condition: {}}", "4:14: unknown key 'condition', did you mean 'conditions'?"),
        ("requires: {count: 1.5}", "4:21: expected a whole number, got the text '1.5'"),
        ("requires: {count: 010}", "4:21: expected a whole number, got the text '010'"),
        ("requires: {count: '1'}", "4:21: expected a whole number, got the text '1'"),
        ("requires: {count: -1}", "4:21: expected at least 0, got -1"),
        ("requires: {users: bob}", "4:21: expected a list, got the text 'bob'"),
        ("requires: {users: [{}]}", "4:22: expected text, got a mapping"),
        ("requires: {users: [~]}", "4:22: expected text, got nothing"),
        ("requires: {permissions: [none]}",
         "4:28: unknown value 'none', expected 'admin', 'maintain', 'write', 'triage' or 'read'"),
        ("requires: {permissions: [Write]}", "4:28: unknown value 'Write', did you mean 'write'?"),
        ("requires: [bob]", "4:13: expected a mapping with some of 'count', 'users', 'teams', "
         "'organizations', 'permissions', 'admins', 'write_collaborators', 'conditions'"),
        ("options: {allow_author: maybe}", "4:27: expected true or false, got the text 'maybe'"),
        ("options: {allow_author: 'yes'}", "4:27: expected true or false, got the text 'yes'"),
        ("options: {methods: {comment: [a]}}",
         "4:23: unknown key 'comment', did you mean 'comments'?"),
        ("options: {methods: {comment_patterns: ['(']}}",
         "4:42: not a regular expression: missing ): ("),
        ("options: {request_review: {mode: random}}",
         "4:36: unknown value 'random', did you mean 'random-users'?"),
        ("if: {changed_file: {}}",
         "4:8: unknown key 'changed_file', did you mean 'changed_files'?"),
        ("if: {changed_files: ['a']}",
         "4:23: expected a mapping with 'paths' and 'ignore', got a list"),
        ("if: {only_changed_files: {paths: ['a'], ignore: ['b']}}",
         "4:43: unknown key 'ignore', expected 'paths'"),
        ("if: {modified_lines: {total: '>= 5'}}",
         "4:32: expected a comparison such as '> 100', '< 5' or '= 0'"),
        ("if: {modified_lines: {total: '> 5k'}}",
         "4:32: expected a comparison such as '> 100', '< 5' or '= 0'"),
        ("if: {targets_branch: {pattern: 'a(?!b)'}}",
         "4:34: not a regular expression: invalid perl operator: (?!"),
        ("if: {has_author_in: {users: [a], count: 1}}",
         "4:36: unknown key 'count', expected 'users', 'teams', 'organizations', 'permissions', "
         "'admins' or 'write_collaborators'"),
        ("if: {file_not_deleted: {}}", "4:8: key 'file_not_deleted' is newer than the supported "
         "policy-bot 1.36.2 dialect; evaluation refused"),
        ("options: {methods: {reaction: x}}", "4:23: key 'reaction' is newer than the supported "
         "policy-bot 1.36.2 dialect; evaluation refused"),
        ("name: s", "4:3: duplicate key 'name', first on line 3"),
        ("requires: !!map {}", "4:13: tags (!) are not allowed: leave it out"),
    ],
)  # fmt: skip
def test_a_rule_must_make_sense(text: str, error: str) -> None:
    assert errors(rule(text)) == [error]


RULES = "\napproval_rules: [{name: a review}, {name: b}]"


@pytest.mark.parametrize(
    ("approval", "error"),
    [
        ("[a rewiew]", "1:21: unknown rule 'a rewiew', did you mean 'a review'?"),
        ("a review", "1:20: expected a list of rules' names, '- or: [...]', '- and: [...]'"),
        ("[{or: []}]", "1:22: 'or' takes a list that is not empty"),
        ("[{or: b}]", "1:22: 'or' takes a list that is not empty"),
        ("[{xor: [b]}]", "1:22: unknown key 'xor', did you mean 'or'?"),
        ("[{or: [b], and: [b]}]", "1:21: expected the name of a rule, or a mapping with the one "
         "key 'and' or 'or'"),
        ("[[b]]", "1:21: expected the name of a rule, or a mapping with the one key 'and' or 'or'"),
        ("[~]", "1:21: expected the name of a rule, or a mapping with the one key 'and' or 'or'"),
        (f"[{', '.join(['b'] * (MAX_NAMES + 1))}]", "1:6021: more than 2000 names of rules"),
    ],
)  # fmt: skip
def test_an_approval_is_a_tree_of_rules(approval: str, error: str) -> None:
    assert errors(f"policy: {{approval: {approval}}}{RULES}") == [error]


def nested(levels: int) -> str:
    """Lists in each other, `levels` of them with the outermost."""
    inner = "[b]"
    for _ in range(levels - 1):
        inner = f"[{{or: {inner}}}]"
    return f"policy: {{approval: {inner}}}{RULES}"


def test_lists_lie_ten_deep_in_each_other_and_no_deeper() -> None:
    assert read(nested(10)).requirements[0].name == "b"
    assert errors(nested(11)) == ["1:80: nested deeper than the 10 levels of policy-bot"]


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("[]", "1:1: expected a mapping with some of 'policy', 'approval_rules'"),
        ("policies: {}", "1:1: unknown key 'policies', did you mean 'policy'?"),
        ("policy: []", "1:9: expected a mapping with some of 'approval', 'disapproval'"),
        ("policy: {approval: []}\npolicy: {}", "2:1: duplicate key 'policy', first on line 1"),
        ("approval_rules: {}", "1:17: expected a list of rules, such as '- name: code review'"),
        ("policy: {disapproval: {options: {methods: {disaprove: {}}}}}",
         "1:44: unknown key 'disaprove', did you mean 'disapprove'?"),
        ("policy: {disapproval: {requires: {count: 1}}}",
         "1:35: unknown key 'count', expected 'users', 'teams', 'organizations', 'permissions', "
         "'admins' or 'write_collaborators'"),
        ("approval_defaults: {}", "1:1: key 'approval_defaults' is newer than the supported "
         "policy-bot 1.36.2 dialect (it came with 1.40.0); evaluation refused"),
        ("remote: acme/policies", "1:1: a policy in another repository is not fetched: copy "
         "'.policy.yml' of 'acme/policies' into this file, which then says what is decided by"),
        ("policy: {}\n---\npolicy: {}", "2:1: a second document; a policy is one"),
        ("policy: {", "1:10: not YAML: expected the node content, but found '<stream end>'"),
    ],
)  # fmt: skip
def test_the_document_must_make_sense(source: str, error: str) -> None:
    assert errors(source) == [error]


def test_every_error_is_told_at_once_in_the_order_of_the_text() -> None:
    source = rule("options: {allow: yes}\n  requires: {team: [x]}\n  if: {titel: {}, glob: {}}")
    assert [error.split(" ")[0] for error in errors(source)] == ["4:13:", "5:14:", "6:8:", "6:19:"]


def test_of_plain_data_an_error_says_the_way_to_its_value() -> None:
    with pytest.raises(InvalidPolicy) as caught:
        policy_from_data({"approval_rules": [{"if": {"has_labels": [1]}}]}, "p")

    (error,) = caught.value.errors
    assert str(error) == (
        "p: approval_rules[0].if.has_labels[0]: expected text, got the number 1; put it in quotes"
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["policy", "approval", "approval_rules", "if", "or", "requires", "count", "remote"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(JSON)
@example(1)
@example({"policy": {"approval": [{1: 2}]}})
def test_any_data_is_a_policy_or_an_invalid_one(data: object) -> None:
    with contextlib.suppress(InvalidPolicy):
        assert policy_from_data(data, "p").dialect is Dialect.POLICY_BOT


def test_data_without_end_is_an_invalid_policy() -> None:
    data: list[object] = []
    data.append(data)
    with pytest.raises(InvalidPolicy):
        policy_from_data({"policy": {"approval": data}}, "p")


WORDS = st.sampled_from(
    [b"policy:", b"approval:", b"approval_rules:", b"- name: r", b"- r", b"  ", b"\n", b"{", b"}",
     b"[", b"]", b"&a ", b"*a", b"<<: ", b"if:", b"requires:", b"count: 1", b"or:", b"- ",
     b"!!str ", b"'", b"|", b"\xff", b"\t", b"? ",
     b"remote: x", b"changed_files: {paths: ['(']}", b"---\n"]
)  # fmt: skip


@given(st.binary(max_size=60) | st.lists(WORDS, max_size=25).map(b"".join))
@example(b"a: &a [*a]")
@example(b"a: &a {<<: *a}")
@example(b"<<: *x")
@example(b"? {<<: 1}\n: x")
@example(b"? &a [x]\n: *a")
@example(b"&a a: *a")
@example(b"- " * 100)
@example(b"[" * 100)
def test_any_bytes_are_a_policy_or_an_invalid_one(source: bytes) -> None:
    with contextlib.suppress(InvalidPolicy):
        assert read(source).dialect is Dialect.POLICY_BOT
