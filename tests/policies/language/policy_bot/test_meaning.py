"""What a `.policy.yml` means: the same tree as the same data, in the words of YAML 1.1."""

from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
import yaml

from tests.policies.policy_bot_vectors import SAMPLE_FOLDER, cases
from warden_policies.canonical import digest
from warden_policies.language import parse_policy
from warden_policies.language.policy_bot import policy_from_data
from warden_policies.language.policy_bot.rules import Count, Options
from warden_policies.language.policy_bot.words import BOOLEANS, NEWER, NUMBERS, PREDICATES
from warden_policies.language.policy_bot.yaml_sharing import MAX_VALUES
from warden_policies.policy import Combine, Dialect, Group, InvalidPolicy, Policy, Question
from warden_policies.policy_bot.actors import ActorSet, Level
from warden_policies.policy_bot.methods import Methods
from warden_policies.predicates import PREDICATES as EVERY


def read(source: str) -> Policy:
    return parse_policy(source.encode(), ".policy.yml", Dialect.POLICY_BOT)


def rule(text: str) -> Group:
    """The only rule of a policy, which says `text`."""
    policy = read(f"policy: {{approval: [r]}}\napproval_rules: [{{name: r, {text}}}]")
    (found,) = policy.requirements
    return found


def arguments(text: str) -> Any:
    question = rule(text).members[1]
    assert isinstance(question, Question)
    return question.arguments


@pytest.mark.parametrize("case", cases(SAMPLE_FOLDER), ids=lambda case: case.id)
def test_yaml_means_what_the_same_data_means(case: Any) -> None:
    data = case.line["policy"]
    assert read(yaml.safe_dump(data)).root == policy_from_data(data, "p").root


def test_a_policy_has_its_path_its_digest_and_its_language() -> None:
    source = "policy: {approval: [b, {or: [a, b]}]}\napproval_rules: [{name: a}, {name: b}]"
    policy = read(source)

    assert (policy.path, policy.digest) == (".policy.yml", digest(source.encode()))
    assert policy.dialect is Dialect.POLICY_BOT
    assert [group.name for group in policy.requirements] == ["b", "a"]


def test_the_predicates_are_asked_in_policy_bots_order() -> None:
    text = "if: {title: {matches: [a]}, targets_branch: {pattern: b}, changed_files: {paths: [c]}}"
    when = rule(text).members[0]

    assert isinstance(when, Group)
    names = [member.predicate for member in when.members if isinstance(member, Question)]
    assert names == [
        "policy-bot changed_files",
        "policy-bot targets_branch",
        "policy-bot title",
    ]


def test_every_predicate_of_the_dialect_has_a_key_but_the_two_that_rules_are_made_of() -> None:
    known = {name for name, each in EVERY.items() if each.dialect is Dialect.POLICY_BOT}
    keys = {f"policy-bot {word}" for word in PREDICATES}

    assert known - keys == {"policy-bot approvals", "policy-bot disapproval"}
    assert keys <= known
    assert not NEWER.keys() & set(PREDICATES)


def _keys_of(kind: Any, hint: type) -> set[str]:
    """The fields of a record, and of those in it, that are a `hint`."""
    found = set()
    for name, field in get_type_hints(kind, include_extras=True).items():
        inner = [field, *get_args(field)]
        found |= {name} if hint in inner else set()
        for each in inner:
            found |= (
                _keys_of(each, hint) if isinstance(each, type) and is_dataclass(each) else set()
            )
    return found


def test_the_keys_of_plain_scalars_are_those_of_the_grammar() -> None:
    predicates = [(word, EVERY[f"policy-bot {word}"].arguments) for word in PREDICATES]
    records = [Options, Count, ActorSet, *(kind for _, kind in predicates if is_dataclass(kind))]

    flags = set().union(*(_keys_of(kind, bool) for kind in records))
    assert flags | {word for word, kind in predicates if kind is bool} == BOOLEANS
    assert set().union(*(_keys_of(kind, int) for kind in records)) == NUMBERS
    assert {field.name for field in fields(Methods)} >= {"github_review"}


@pytest.mark.parametrize(
    ("text", "users"),
    [
        ("[on, 1.0, 0123, 1e3, true]", ("on", "1.0", "0123", "1e3", "true")),
        ("[2026-01-01, 12:30:00]", ("2026-01-01", "12:30:00")),
        ("['~', \"null\", '']", ("~", "null", "")),
        ("[bob, BOB]", ("bob", "BOB")),
        ("", ()),
    ],
)  # fmt: skip
def test_text_is_what_it_looks_like(text: str, users: tuple[str, ...]) -> None:
    assert arguments(f"requires: {{count: 1, users: {text}}}").actors.users == users


@pytest.mark.parametrize(
    ("word", "value"),
    [(word, True) for word in ("true", "True", "yes", "Y", "on", "ON")]
    + [(word, False) for word in ("false", "no", "n", "Off", "~", "")],
)
def test_yes_and_no_are_yaml_1_1s(word: str, value: bool) -> None:
    found = arguments(f"requires: {{count: 1}}, options: {{allow_author: {word}}}")
    assert found.allow_author is value


def test_a_rules_methods_keep_their_defaults_and_a_disapprovals_do_not() -> None:
    policy = read(
        "policy: {approval: [r], disapproval: {requires: {admins: true}, "
        "options: {methods: {disapprove: {comments: [stop]}}}}}\n"
        "approval_rules: [{name: r, requires: {count: 1, write_collaborators: y}, "
        "options: {methods: {body_patterns: [ok]}}}]"
    )
    (asked,) = [member for member in policy.requirements[0].members if isinstance(member, Question)]
    disapproval = policy.root.members[1]
    assert isinstance(disapproval, Group)
    against = disapproval.members[1]
    assert isinstance(against, Question)
    approvals: Any = asked.arguments
    objections: Any = against.arguments

    assert approvals.methods.comments == (":+1:", "👍")
    assert approvals.methods.github_review
    assert approvals.actors.levels == (Level.WRITE,)
    assert objections.disapprove == Methods(comments=("stop",))
    assert objections.revoke == Methods(comments=(":+1:", "👍"), github_review=True)
    assert objections.actors.levels == (Level.ADMIN,)


@pytest.mark.parametrize("source", ["", "~", "{}", "policy:", "policy: {approval: }"])
def test_nothing_asks_for_nothing(source: str) -> None:
    approval, disapproval = read(source).root.members

    assert approval == Group(Combine.POLICY_BOT_AND, "approval", ())
    assert isinstance(disapproval, Group)
    assert len(disapproval.members) == 1


def test_of_two_rules_with_one_name_the_last_counts() -> None:
    source = "policy: {approval: [r]}\napproval_rules: [{name: r, requires: {count: 1}}, {name: r}]"
    assert read(source).requirements[0].members[1:] == ()


SHARED = """\
policy: {approval: [a, b, c]}
approval_rules:
- &a
  name: a
  options: &options {allow_author: yes, request_review: {enabled: yes}}
  requires: &one {count: 1, users: &us [bob]}
- <<: *a
  name: b
- name: c
  options:
    <<: [*options]
    request_review: {enabled: on, mode: teams}
  requires: {<<: *one, count: 2, teams: *us}
"""


def test_anchors_aliases_and_merge_keys_are_read() -> None:
    plain = {
        "policy": {"approval": ["a", "b", "c"]},
        "approval_rules": [
            *(
                {
                    "name": name,
                    "options": {"allow_author": True},
                    "requires": {"count": 1, "users": ["bob"]},
                }
                for name in "ab"
            ),
            {
                "name": "c",
                "options": {"allow_author": True},
                "requires": {"count": 2, "users": ["bob"], "teams": ["bob"]},
            },
        ],
    }
    assert read(SHARED).root == policy_from_data(plain, "p").root


def bomb() -> str:
    lists = ["a0: &a0 [x, x, x, x, x, x, x, x]"]
    lists += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 9)]
    return "\n".join(lists)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("a: &a [*a]", "1:8: alias '*a' stands inside its own value"),
        ("a: *b", "1:4: alias '*b' has no anchor before it"),
        ("a: &a [x]\nb: &a [y]", "2:4: anchor '&a' is set twice"),
        (bomb(), f"6:10: more than {MAX_VALUES} values, "
         "those of aliases counted wherever they stand"),
        ("policy: &p {approval: []}\nx: {approval: [], <<: *p}",
         "2:19: 'approval' stands before '<<', which brings it too: put '<<' first"),
        ("policy: &p {disapproval: {if: {}}}\nx: {<<: *p, disapproval: {requires: {}}}",
         "2:13: '<<' brings 'disapproval' too, and policy-bot would mix the two: write it out"),
        ("policy: &p {disapproval: {if: {}}}\nx: {<<: [*p, {disapproval: {if: {title: {}}}}]}",
         "2:5: '<<' brings 'disapproval' too, and policy-bot would mix the two: write it out"),
        ("policy: &p {}\nx: {<<: *p, <<: *p}",
         "2:13: a second '<<' in the same mapping: write them as one list"),
        ("policy: {<<: 1}", "1:10: '<<' takes the alias of a mapping, or a list of such"),
        ("policy: {<<: [1]}", "1:10: '<<' takes the alias of a mapping, or a list of such"),
    ],
)  # fmt: skip
def test_what_yaml_and_policy_bot_read_differently_is_refused(source: str, error: str) -> None:
    with pytest.raises(InvalidPolicy) as caught:
        read(source)
    assert f".policy.yml:{error}" in [str(each) for each in caught.value.errors]
