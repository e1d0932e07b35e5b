"""A policy in plain sentences, to the character: what is agreed stands in tests/golden/policy-*.

After a wanted change of wording: `GOLDEN=write pytest tests/policies/test_describe.py`, then read
the difference.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warden_policies.describe import described
from warden_policies.describe.sentences import by_arguments, clause
from warden_policies.language import parse_policy
from warden_policies.language.packs import PACKS, pack
from warden_policies.model import Permission
from warden_policies.policy import Combine, Dialect, Group, Policy, Question, questions
from warden_policies.predicate import PREDICATES
from warden_policies.predicates.checks import RequiredCheck

GOLDEN = Path(__file__).parents[1] / "golden"
EVERYTHING = b"""\
version: 1
observe: {until: 2026-12-01T00:00:00Z}
distinct: [[Peer review, Somebody else]]
requirements:
  Peer review:
    require:
      approvals: {count: 1}
      change_record: {sections: [reason]}
  Somebody else:
    require:
      any:
        - approvals: {count: 2}
        - approvals: {count: 1}
          all:
            - change_record: {sections: [reason, security_impact], min_characters: 40}
            - checks: [{name: audit, app_id: 7}, {name: test, app_id: 15368}]
"""


def asking(name: str) -> Question:
    """A question of which the words are known."""
    return Question("checks", (RequiredCheck(name, 15368),))


A, B, C = map(asking, "ABC")
SAYS = {name: f"success of the check {name} of GitHub Actions" for name in "ABC"}


SIMPLE = b"""\
policy: {approval: [code review]}
approval_rules:
  - name: code review
    requires: {count: 1, teams: [acme/staff]}
"""
POLICY_BOT = b"""\
policy:
  approval:
    - or:
        - code review
        - and: [docs only, checks]
        - override
    - checks
    - payments
  disapproval:
    if:
      title: {matches: ["^WIP"], not_matches: ["#[0-9]+"]}
      has_labels: [blocked]
    options:
      methods:
        disapprove: {comment_patterns: ["^/hold"]}
    requires: {organizations: [acme]}
approval_rules:
  - name: code review
    if:
      changed_files: {paths: ["^src/", "[.]py$"], ignore: [_test]}
      no_changed_files: {paths: ["^infra/"], ignore: ["[.]md$"]}
      targets_branch: {pattern: "^main$"}
      from_branch: {pattern: "^feature/"}
    options:
      allow_contributor: true
      invalidate_on_push: true
      ignore_update_merges: true
      ignore_commits_by: {users: [acme-robot]}
    requires: {count: 2, teams: [acme/staff], permissions: [write]}
  - name: docs only
    if:
      only_changed_files: {paths: ["^docs/"]}
      modified_lines: {additions: "< 5", deletions: "= 1", total: "> 100"}
      has_author_in: {users: [acme-robot]}
      author_is_only_contributor: false
  - name: checks
    requires:
      conditions:
        has_status: {statuses: [ci, lint], conclusions: [success, skipped]}
        has_successful_status: [build]
        has_workflow_result: {workflows: [.github/workflows/ci.yml]}
        has_labels: [ready, tested]
        repository: {not_matches: ["^acme/old"]}
        has_valid_signatures: true
        has_valid_signatures_by: {organizations: [acme]}
        has_valid_signatures_by_keys: {key_ids: ["0000000000000001"]}
  - name: override
    if: {has_contributor_in: {users: [ana]}, only_has_contributors_in: {teams: [acme/a, acme/b]}}
    options:
      allow_author: true
      ignore_edited_comments: true
      methods: {comment_patterns: ["^override: .{20}"], body_patterns: ["(?i)override"]}
    requires: {count: 1, admins: true}
  - name: payments
    options:
      allow_non_author_contributor: true
      methods: {comments: [], github_review_comment_patterns: [checked]}
    requires: {count: 1}
  - name: payments of old
    requires: {count: 1, users: [bob]}
"""
SOURCES = {
    **{name: (pack(name), Dialect.NATIVE) for name in PACKS},
    "everything": (EVERYTHING, Dialect.NATIVE),
    "policy-bot": (POLICY_BOT, Dialect.POLICY_BOT),
    "policy-bot-simple": (SIMPLE, Dialect.POLICY_BOT),
    "policy-bot-empty": (b"", Dialect.POLICY_BOT),
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_a_policy_asks_is_told_word_for_word(name: str) -> None:
    source, dialect = SOURCES[name]
    told = described(parse_policy(source, f"{name}.yml", dialect))
    golden = GOLDEN / f"policy-{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(told, encoding="utf-8")

    assert told == golden.read_text(encoding="utf-8")


def test_a_pack_that_is_extended_is_told_with_the_rest() -> None:
    source = b"version: 1\nextends: soc2\nrequirements: {More: {require: {approvals: {count: 2}}}}"
    told = described(parse_policy(source, "p.yml"))
    brought = [each.name for each in parse_policy(pack("soc2"), "soc2.yml").requirements]

    assert all(f"\n\n{name}\n" in told for name in [*brought, "More"])


def test_what_never_counts_names_the_requirements_unless_it_is_so_everywhere() -> None:
    source = b"""
version: 1
requirements:
  A: {require: {approvals: {count: 1, allow_opener: true}}}
  B: {require: {approvals: {count: 1}}}
"""
    told = " ".join(described(parse_policy(source, "p.yml")).split())

    assert (
        "- Whoever opened the pull request, or is an author, co-author or committer in it," in told
    )
    assert "cannot approve it (for B, Policy change). -" in told
    assert "cannot approve it, except for who opened it (for A). -" in told
    assert "- A comment approves nothing, and neither does a robot. -" in told


def applying(when: Group) -> str:
    """The line that says when a requirement with this condition applies."""
    requirement = Group(Combine.REQUIREMENT, "Rule", (when, Group(Combine.ALL, "all", (A,))))
    told = described(Policy("p.yml", "", Group(Combine.POLICY, "policy", (requirement,))))
    lines = told.partition("Rule\n")[2].partition("\n    - ")[0]
    return " ".join(lines.split())


def group(combine: Combine, *members: Question | Group) -> Group:
    return Group(combine, combine.value, members)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (group(Combine.ALL, A), "When {A}:"),
        (group(Combine.ALL, A, B), "When {A} and {B}:"),
        (group(Combine.ALL, A, group(Combine.NOT, group(Combine.ALL, B))), "When {A}, unless {B}:"),
        (group(Combine.ALL, group(Combine.NOT, group(Combine.ALL, B))), "Always, unless {B}:"),
        (
            group(Combine.ALL, group(Combine.NOT, group(Combine.ALL, A, B))),
            "Always, unless ({A} and {B}):",
        ),
        (group(Combine.ALL, group(Combine.ANY, A, B), C), "When (either {A} or {B}) and {C}:"),
        (
            group(Combine.ALL, group(Combine.ANY, A, group(Combine.NOT, B))),
            "When (either {A} or it is not so that {B}):",
        ),
    ],
)
def test_when_a_requirement_applies_is_told_as_it_is_combined(when: Group, words: str) -> None:
    assert applying(when) == words.format(**SAYS)


@dataclass(frozen=True, slots=True)
class Odd:
    """Arguments of a predicate that has no words of its own."""

    names: tuple[str, ...]
    level: Permission | None = None
    strict: bool = False
    least: int = 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (Odd(("a", "b")), "odd one: names a, b"),
        (Odd(("a\x1b",), Permission.WRITE, True, 2),
         "odd one: names a\N{REPLACEMENT CHARACTER} and level write and strict yes and least 2"),
        (("x", "y"), "odd one: x, y"),
        (True, "odd one: yes"),
        (None, "odd one: nothing"),
    ],
)  # fmt: skip
def test_a_predicate_without_words_is_told_by_its_arguments(arguments: object, words: str) -> None:
    assert by_arguments("odd_one", arguments) == words


def test_every_predicate_has_words_of_its_own() -> None:
    assert [name for name, known in PREDICATES.items() if known.describe is None] == []


def test_a_policy_of_policy_bots_with_everything_asks_every_question_there_is() -> None:
    policy = parse_policy(POLICY_BOT, ".policy.yml", Dialect.POLICY_BOT)
    asks = {question.predicate for question in questions(policy.root)}

    assert asks == {name for name, known in PREDICATES.items() if known.dialect is policy.dialect}


@pytest.mark.parametrize("name", PREDICATES)
def test_the_words_of_a_predicate_fit_into_a_sentence(name: str) -> None:
    for example in PREDICATES[name].examples:
        words = clause(Question(name, example.arguments))
        assert words == words.strip().rstrip(".")
        assert words.isprintable()
        assert "policy-bot" not in words


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60).filter(lambda name: name.isprintable()))
def test_a_name_that_a_stranger_chose_cannot_begin_a_line_of_its_own(name: str) -> None:
    requirement = Group(Combine.REQUIREMENT, name, (Group(Combine.ALL, "all", (A,)),))
    root = Group(Combine.POLICY, "policy", (requirement,), ((name, "x"),))

    assert described(Policy("p.yml", "", root)).replace("\n", "").isprintable()
