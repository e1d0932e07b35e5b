"""Policies whose weaknesses are known, and policies that have none."""

import pytest

from warden_policies.evaluate import answer
from warden_policies.language import parse_policy
from warden_policies.language.packs import PACKS, pack
from warden_policies.outcome import Outcome
from warden_policies.policy import Combine, Dialect, Group, Policy, Question
from warden_policies.predicates import PREDICATES
from warden_policies.predicates.approvals import Approvals
from warden_policies.prove import prove
from warden_policies.prove import word as words
from warden_policies.prove.finding import Finding, Report
from warden_policies.prove.words import WORDS


def proved(text: str, dialect: Dialect = Dialect.NATIVE) -> Report:
    source = text.encode()
    return prove(parse_policy(source, "p.yml", dialect), source)


def found(report: Report) -> set[tuple[str, str]]:
    return {(finding.id, finding.requirement) for finding in report.findings}


def requirement(rest: str, name: str = "Rule") -> str:
    return f"version: 1\nrequirements:\n  {name}: {{{rest}}}\n"


PEER = "require: {approvals: {count: 1}}"


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_has_no_weakness(name: str) -> None:
    report = proved(pack(name).decode())

    assert (report.findings, report.doubts) == ((), ())


@pytest.mark.parametrize("name", sorted(PREDICATES))
def test_the_prover_knows_every_word_of_both_languages(name: str) -> None:
    assert name in WORDS


NATIVE = [
    ("nothing to find", requirement(PEER), set()),
    (
        "nobody has to approve",
        requirement("require: {change_record: {sections: [reason]}}"),
        {("P1", "Rule"), ("P5", "Rule")},
    ),
    (
        "documents alone need nobody",
        "version: 1\nrequirements:\n"
        f'  Code: {{when: {{not: {{only_paths: ["docs/**"]}}}}, {PEER}}}\n'
        '  Docs: {when: {only_paths: ["docs/**"]}, require: {draft: false}}\n',
        {("P1", "Docs")},
    ),
    (
        "authors approve",
        requirement("require: {approvals: {count: 1, allow_opener: true}}"),
        {("P1", "Rule"), ("P5", "Rule")},
    ),
    (
        "contributors approve",
        requirement("require: {approvals: {count: 1, allow_other_contributors: true}}"),
        {("P2", "Rule")},
    ),
    (
        "a robot approves",
        requirement('require: {approvals: {count: 1, bots: ["robot[bot]"]}}'),
        {("P1", "Rule"), ("P5", "Rule")},
    ),
    (
        "a robot opens",
        requirement(f"when: {{not: {{opener: {{kind: bot}}}}}}, {PEER}").replace(
            "requirements:", "requirements:\n  Draft: {require: {draft: false}}"
        ),
        {("P3", "Draft")},
    ),
    (
        "a robot is the only contributor",
        requirement(f"when: {{not: {{contributors: {{kind: bot}}}}}}, {PEER}").replace(
            "requirements:", "requirements:\n  Signed: {require: {signed_commits: {}}}"
        ),
        set(),
    ),
    (
        "a label does it",
        requirement(f"when: {{not: {{labels: {{any_of: [trivial]}}}}}}, {PEER}").replace(
            "requirements:", "requirements:\n  Draft: {require: {draft: false}}"
        ),
        {("P1", "Draft"), ("P5", "Draft"), ("P10", "Rule")},
    ),
    ("not all is covered", requirement(f"when: {{branches: [main]}}, {PEER}"), {("P4", "")}),
    (
        "one person for two teams",
        "version: 1\nrequirements:\n"
        "  One: {require: {approvals: {count: 1, teams: [acme/one]}}}\n"
        "  Two: {require: {approvals: {count: 1, teams: [acme/two]}}}\n",
        {("P6", "One")},
    ),
    (
        "two people for two teams",
        "version: 1\ndistinct: [[One, Two]]\nrequirements:\n"
        "  One: {require: {approvals: {count: 1, teams: [acme/one]}}}\n"
        "  Two: {require: {approvals: {count: 1, teams: [acme/two]}}}\n",
        set(),
    ),
    (
        "the rules are changed without the owners",
        "version: 1\nrequirements:\n"
        f"  Peer: {{{PEER}}}\n"
        '  Pay: {when: {paths: ["pay/**"]}, require: {approvals: {count: 1, teams: [acme/pay]}}}\n',
        {("P5", "Pay")},
    ),
    (
        "the rules have owners",
        "version: 1\npolicy_owners: {teams: [acme/pay]}\nrequirements:\n"
        f"  Peer: {{{PEER}}}\n"
        '  Pay: {when: {paths: ["pay/**"]}, require: {approvals: {count: 1, teams: [acme/pay]}}}\n',
        set(),
    ),
    (
        "a check of its own making",
        "version: 1\nrequirements:\n"
        f"  Peer: {{{PEER}}}\n"
        "  CI: {require: {checks: [{name: t, app_id: 15368, trust_edited_workflows: true}]}}\n",
        {("P10", "CI")},
    ),
    (
        "too few people",
        requirement("require: {approvals: {count: 2, people: [bob]}}"),
        {("never-met", "Rule")},
    ),
    (
        "an alternative for nobody",
        requirement(
            "require: {any: [{approvals: {count: 1}}, {approvals: {count: 9, people: [bob]}}]}"
        ),
        {("never-met", "Rule")},
    ),
    (
        "a condition for nothing",
        "version: 1\nrequirements:\n"
        f"  Peer: {{{PEER}}}\n"
        f'  Rule: {{when: {{only_paths: ["a/**"], paths: ["b/**"]}}, {PEER}}}\n',
        {("never-applies", "Rule")},
    ),
    (
        "a folder that is a file",
        "version: 1\nrequirements:\n"
        f"  Peer: {{{PEER}}}\n"
        "  Pay: {when: {paths: [payments]}, require: {approvals: {count: 2}}}\n",
        {("folder-glob", "Pay")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in NATIVE], ids=[r[0] for r in NATIVE]
)
def test_what_is_known_of_a_native_policy(text: str, expected: set[tuple[str, str]]) -> None:
    report = proved(text)

    assert report.doubts == ()
    assert found(report) == expected


BOT = """\
policy:
  approval: [{or: [review, special]}]
  disapproval: {requires: {teams: [acme/payments]}}
approval_rules:
  - name: review
    options: {invalidate_on_push: true, ignore_edited_comments: true, methods: {comments: []}}
    requires: {count: 2, teams: [acme/payments]}
  - name: special
    RULE
"""
CAREFUL = "invalidate_on_push: true, ignore_edited_comments: true, methods: {comments: []}"
SHAPES = [
    (
        "allow_author: false beside allow_contributor",
        f"options: {{allow_author: false, allow_contributor: true, {CAREFUL}}}\n"
        "    requires: {count: 1, teams: [acme/special]}",
        ("P1", "their own approval counts"),
    ),
    (
        "a rule for robots that asks who contributed, not who else did",
        'if: {has_author_in: {users: ["dependabot[bot]"]}}\n    requires: {count: 0}',
        ("P3", "a person's commit on a robot's pull request"),
    ),
    (
        "an override that only sets comment_patterns",
        'options: {invalidate_on_push: true, methods: {comment_patterns: ["^override: .+"]}}\n'
        "    requires: {count: 1, teams: [acme/special]}",
        ("P7", "it states a form of words"),
    ),
    (
        "a token that is found in any comment",
        "options: {invalidate_on_push: true, methods: {comments: [force], github_review: false}}\n"
        "    requires: {count: 1, teams: [acme/special]}",
        ("P7", "merely mentions 'force'"),
    ),
    (
        "allow_contributor on a review rule",
        f"options: {{allow_non_author_contributor: true, {CAREFUL}}}\n"
        "    requires: {count: 1, teams: [acme/special]}",
        ("P2", "somebody who wrote a part of a change"),
    ),
    (
        "a description that approves",
        "options: {allow_author: true, methods: {comments: [], github_review: false,"
        ' body_patterns: ["(?i)no review"]}}\n    requires: {count: 1, teams: [acme/special]}',
        ("P1", "the description approves it"),
    ),
    (
        "approvals that survive a push",
        "options: {methods: {comments: []}}\n    requires: {count: 1, teams: [acme/special]}",
        ("P9", "after the content that was approved was replaced"),
    ),
    (
        "an update merge that is trusted",
        f"options: {{ignore_update_merges: true, {CAREFUL}}}\n"
        "    requires: {count: 1, teams: [acme/special]}",
        ("P9", "after the content that was approved was replaced"),
    ),
    (
        "a disapproval that its author takes back",
        f"options: {{{CAREFUL}}}\n    requires: {{count: 1, teams: [acme/special]}}",
        ("P8", "can remove another person's objection"),
    ),
    (
        "a status that anybody reports",
        "if: {has_status: {statuses: [ci]}}\n    requires: {count: 0}",
        ("P10", "a commit status lets it pass"),
    ),
    (
        "a workflow that the change edits",
        "if: {has_workflow_result: {workflows: [.github/workflows/ci.yml]}}\n"
        "    requires: {count: 0}",
        ("P10", "makes that workflow's result"),
    ),
    (
        "a label by anybody",
        "if: {has_labels: [trivial]}\n    requires: {count: 0}",
        ("P1", "it is enough to put a label on it"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "expected"), [row[1:] for row in SHAPES], ids=[r[0] for r in SHAPES]
)
def test_shapes_that_are_often_seen_in_policies_of_policy_bot(
    rule: str, expected: tuple[str, str]
) -> None:
    source = BOT.replace("RULE", rule).encode()
    policy = parse_policy(source, ".policy.yml", Dialect.POLICY_BOT)

    report = prove(policy, source)

    assert report.doubts == ()
    id, message = expected
    (one,) = [each for each in report.findings if each.id == id and message in each.message]
    assert one.change is not None
    assert allowed(policy, one)


def allowed(policy: Policy, finding: Finding) -> bool:
    assert finding.change is not None
    return answer(policy.root, finding.change).outcome is Outcome.PASS


def test_a_policy_of_policy_bot_that_does_not_cover_everything() -> None:
    text = BOT.replace("RULE", "requires: {count: 1, users: [bob]}").replace(
        "- name: ", '- if: {changed_files: {paths: ["^src/"]}}\n    name: '
    )

    report = proved(text, Dialect.POLICY_BOT)

    (one,) = [each for each in report.findings if each.id == "P4"]
    assert one.change is not None
    assert all(not file.path.startswith("src/") for file in one.change.files or ())


def test_an_empty_policy_of_policy_bot_allows_everything() -> None:
    assert ("P1", "") in found(proved("policy: {}\n", Dialect.POLICY_BOT))


def test_a_word_that_the_prover_does_not_know_is_undecided_and_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(words._TABLE, "signed_commits")

    report = proved(requirement("require: {signed_commits: {}}"))

    # With the word a change would be found; without it none is drawn, and nothing is claimed.
    assert "P1" not in {each.id for each in report.findings}
    why = "the prover does not know what 'signed_commits' asks"
    assert {each.why for each in report.doubts} == {why}


def test_what_an_unknown_word_says_of_a_drawn_change_is_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(words._TABLE, "no_findings")

    report = proved(requirement("require: {no_findings: {at_least: high}}"))

    assert ("P1", "Rule") in found(report)


def test_what_holds_whatever_the_unknown_word_says_is_still_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(words._TABLE, "signed_commits")
    few = "require: {signed_commits: {}, approvals: {count: 2, people: [bob]}}"

    assert found(proved(requirement(few))) == {("never-met", "Rule")}


def test_more_people_than_are_followed_are_undecided() -> None:
    source = b""
    asked = [Question("approvals", Approvals(40, teams=(f"acme/{name}",))) for name in "ab"]
    members = [Group(Combine.REQUIREMENT, f"R{at}", (one,)) for at, one in enumerate(asked)]
    root = Group(Combine.POLICY, "policy", tuple(members))

    report = prove(Policy("p.yml", "", root), source)

    assert report.findings == ()
    assert {each.why for each in report.doubts} == {
        "left out of account: changes in which more than 48 accounts take part"
    }
