"""A policy of policy-bot's in the native language never lets pass what policy-bot stopped.

What it is translated to is tried on policy-bot's own recorded cases, and on the same with other
reviews and signatures. After a wanted change of wording: `GOLDEN=write pytest` with this file.
"""

import json
import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.policies.policy_bot_vectors import Case, cases, change_of, folder
from warden_policies.evaluate import answer, evaluate
from warden_policies.language import parse_policy
from warden_policies.language.policy_bot import policy_from_data
from warden_policies.language.policy_change import NAME as POLICY_CHANGE
from warden_policies.language.yaml_source import read_yaml
from warden_policies.model import (
    Change,
    Check,
    CheckConclusion,
    CheckStatus,
    Commit,
    Permission,
    Person,
    Review,
    ReviewState,
    Signature,
    Standing,
    Verification,
)
from warden_policies.outcome import Decision, Outcome, Result, Verdict
from warden_policies.policy import InvalidPolicy
from warden_policies.translation import Translation, translated

EXAMPLE = b"""\
policy:
  approval:
    - or: [the staff approved, docs only]
    - checks
  disapproval:
    if: {title: {matches: ["^WIP"]}}
    requires: {organizations: [acme]}
approval_rules:
  - name: the staff approved
    if:
      changed_files: {paths: ["^src/", "[.]py$"], ignore: [_test]}
      targets_branch: {pattern: "^main$"}
    options: {allow_contributor: true, invalidate_on_push: true, ignore_update_merges: true}
    requires: {count: 2, teams: [acme/staff], permissions: [write]}
  - name: docs only
    if: {only_changed_files: {paths: ["^docs/"]}, modified_lines: {total: "< 5"}}
  - name: checks
    requires:
      conditions: {has_status: {statuses: [ci, lint]}, has_valid_signatures: true}
"""
GOLDEN = Path(__file__).parents[2] / "golden" / "policy-import.yml"


def test_a_translation_reads_as_agreed() -> None:
    text = translated(EXAMPLE, ".policy.yml").text
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(text, encoding="utf-8")

    assert text == GOLDEN.read_text(encoding="utf-8")


def as_it_was(change: Change) -> Change:
    """With what a case of policy-bot's does not say: ids of reviews, and who may push."""
    standings = {each.person.id: each for each in change.people or ()}
    reviews = tuple(
        replace(each, id=number, author_can_push=_may_push(each.author, standings))
        for number, each in enumerate(change.reviews, 1)
    )
    files = change.files or ()
    lines = {
        name: sum(getattr(file, name) for file in files) for name in ("additions", "deletions")
    }
    return replace(change, reviews=reviews, changed_files=len(files), **lines)


def _may_push(person: Person | None, standings: Mapping[int, Standing]) -> bool:
    standing = standings.get(person.id) if person else None
    return standing is not None and standing.permission.rank >= Permission.WRITE.rank


def with_other_reviews(change: Change, chance: random.Random) -> Change:
    """Approved by some of those whom the case knows; maybe signed, and with green checks."""
    people = [each.person for each in change.people or ()]
    chance.shuffle(people)
    reviews = tuple(
        Review(0, person, ReviewState.APPROVED, change.head_sha, change.evaluated_at - ago, False)
        for number, person in enumerate(people[: chance.randint(0, len(people))])
        for ago in (timedelta(minutes=20 - number),)
    )
    changed = replace(change, reviews=reviews, files=change.files or (), unread=())
    if chance.random() < 0.5:
        changed = replace(changed, commits=tuple(_attributed(changed)))
    if chance.random() < 0.5:
        changed = replace(changed, checks=tuple(map(_green, changed.checks)))
    return as_it_was(changed)


def _green(run: Check) -> Check:
    done = replace(run, status=CheckStatus.COMPLETED, conclusion=CheckConclusion.SUCCESS)
    return replace(done, app_id=15368)


def _attributed(change: Change) -> Iterator[Commit]:
    for commit in change.commits:
        author = commit.authors[0].person or change.opener
        signature = Verification(valid=True, signer=author)
        yield replace(
            commit,
            authors=(Signature("", author),),
            committer=None,
            on_web=True,
            verification=signature,
        )


def is_looser(result: Result, translation: Translation, decision: Decision) -> bool:
    """Whether something passes that policy-bot stopped, and nobody was told that it may."""
    if decision.verdict is not Verdict.ALLOW or (
        result.outcome is Outcome.PASS and not result.error
    ):
        return False
    told = " ".join(each.words for each in translation.differences)
    if result.outcome is Outcome.FAIL:
        return not ("disapproves no more" in told or "nobody is named for it" in told)
    rules = decision.result.children[-1]
    assert rules.name == POLICY_CHANGE
    may = ("also to some that no rule was for", "signed on github.com has no committer")
    excused = any(words in told for words in may) or rules.outcome is Outcome.PASS
    return not (result.outcome is Outcome.NOT_APPLICABLE and excused)


CASES = cases(folder())


def test_what_policy_bot_stopped_is_not_allowed_by_the_translation() -> None:
    chance = random.Random(20261123)
    allowed = 0
    wrong = []
    for case in CASES:
        source = json.dumps(case.line["policy"], ensure_ascii=False).encode()
        original = policy_from_data(case.line["policy"], ".policy.yml")
        translation = translation_of(source)
        if translation is None:
            continue
        native = parse_policy(translation.text.encode(), "changewarden.yml")
        for change in tried(case, chance):
            decision = evaluate(native, change)
            allowed += decision.verdict is Verdict.ALLOW
            if is_looser(answer(original.root, change), translation, decision):
                wrong.append(case.id)

    assert wrong == []
    assert allowed > len(CASES) / 20  # or the comparison says little


def translation_of(source: bytes) -> Translation | None:
    """None for a policy that asks for nothing, which has no native form."""
    try:
        return translated(source, ".policy.yml")
    except InvalidPolicy:
        return None


def tried(case: Case, chance: random.Random) -> Iterator[Change]:
    given = change_of(case.line["context"])
    yield as_it_was(given)
    yield from (with_other_reviews(given, chance) for _ in range(3))


def native(source: str) -> str:
    """What follows the comments of a translation."""
    return translated(source.encode(), "p.yml").text.partition("version: 1\n")[2]


def requirement(source: str) -> Any:
    """The only requirement of a translation, as data."""
    data: Any = read_yaml(translated(source.encode(), "p.yml").text.encode()).data
    return data["requirements"]["r"]


def told(source: str) -> list[str]:
    return [
        f"{'! ' if each.open else ''}{each.line}:{each.column}: {each.words}"
        for each in translated(source.encode(), "p.yml").differences
    ]


RULE = """\
policy: {{approval: [r]}}
approval_rules:
  - name: r
    if: {{{condition}}}
    requires: {{count: 1, users: [bob]}}
"""
NEEDS = """\
    require:
      approvals: {count: 1, people: [bob]}
"""


@pytest.mark.parametrize(
    ("condition", "when"),
    [
        ('changed_files: {paths: ["^docs/"]}', 'paths: ["docs/**"]'),
        ('changed_files: {paths: ["^a/"], ignore: ["\\\\.md$"]}', 'paths: ["a/**", "!**/*.md"]'),
        ('no_changed_files: {paths: ["^docs/"]}', 'not: {paths: ["docs/**/*"]}'),
        ('only_changed_files: {paths: ["^docs/"]}', 'only_paths: ["docs/**"]'),
        ('targets_branch: {pattern: "^main$"}', "branches: [main]"),
        ('has_author_in: {users: ["r[bot]"], permissions: [admin, write]}',
         'opener: {people: ["r[bot]"], permission: write}'),
        ("has_labels: [urgent]", "labels: {all_of: [urgent]}"),
        ('title: {matches: ["^fix: "]}', 'titles: ["fix: *"]'),
        ('title: {not_matches: ["^WIP"]}', 'not: {titles: ["WIP*"]}'),
        ('modified_lines: {total: "> 10"}', "size: {more_lines_than: 10}"),
        ('modified_lines: {total: "= 3"}',
         "size: {more_lines_than: 2, fewer_lines_than: 4}"),
    ],
)  # fmt: skip
def test_a_condition_with_the_same_words_is_exact(condition: str, when: str) -> None:
    source = RULE.format(condition=condition)

    assert native(source) == f"requirements:\n  # p.yml:3\n  r:\n    when:\n      {when}\n{NEEDS}"
    assert told(source) == []


@pytest.mark.parametrize(
    ("condition", "when", "place"),
    [
        ('changed_files: {paths: ["(?i)x"]}', "", "4:10"),
        ('targets_branch: {pattern: "^v[0-9]+$"}', 'branches: ["v[0-9]*/**"]', "4:10"),
        ("has_contributor_in: {users: [eve]}", "", "4:10"),
        ("only_has_contributors_in: {users: [eve]}", "opener: {people: [eve]}", "4:10"),
        ("has_author_in: {organizations: [acme]}", "", "4:10"),
        ("author_is_only_contributor: true", "", "4:10"),
        ("has_status: {statuses: [ci]}", "", "4:10"),
        ("repository: {matches: [x]}", "", "4:10"),
        ('modified_lines: {additions: "> 10"}', "size: {more_lines_than: 10}", "4:10"),
        ('modified_lines: {deletions: "< 10"}', "", "4:10"),
    ],
)
def test_a_requirement_applies_to_no_fewer_changes_and_says_to_how_many_more(
    condition: str, when: str, place: str
) -> None:
    source = RULE.format(condition=condition)
    applying = f"    when:\n      {when}\n" if when else ""

    assert native(source) == f"requirements:\n  # p.yml:3\n  r:\n{applying}{NEEDS}"
    (only,) = told(source)
    assert only.startswith(f"{place}: '{condition.partition(':')[0]}'")
    assert "this applies to more changes" in only


@pytest.mark.parametrize(
    ("requires", "require", "words"),
    [
        ("count: 2, teams: [acme/a]", "approvals: {count: 2, teams: [acme/a]}", []),
        ("count: 1, permissions: [maintain, read]", "approvals: {count: 1, permission: read}", []),
        ("count: 1, admins: true", "approvals: {count: 1, permission: admin}", []),
        ("count: 1, users: [bob], organizations: [acme]",
         "approvals: {count: 1, people: [bob]}", ["members of 'acme' may approve"]),
        ("count: 1, organizations: [acme]",
         "approvals: {count: 1, people: [replace-this-account]}",
         ["! ", "members of 'acme' may approve"]),
        ("count: 1", "approvals: {count: 1, people: [replace-this-account]}",
         ["! ", "waits for ever"]),
        ("conditions: {has_status: {statuses: [ci]}}",
         "checks: [{name: ci, app_id: 15368}]", ["! ", "only a guess"]),
        ("conditions: {has_valid_signatures: true}", "signed_commits: {}", []),
        ("conditions: {has_valid_signatures_by: {users: [bob]}}",
         "signed_commits: {signers: {people: [bob]}}", []),
        ("conditions: {has_labels: [ok]}", "labels: {all_of: [ok]}", []),
        ("conditions: {has_workflow_result: {workflows: [ci.yml]}}",
         'checks: [{name: "not translated from policy-bot: has_workflow_result of ci.yml", '
         "app_id: 1}]", ["! ", "blocks until somebody does"]),
        ("conditions: {has_valid_signatures_by_keys: {key_ids: [x]}}",
         'checks: [{name: "not translated from policy-bot: has_valid_signatures_by_keys", '
         "app_id: 1}]", ["! "]),
    ],
)  # fmt: skip
def test_what_is_required_is_required_or_stands_open(
    requires: str, require: str, words: list[str]
) -> None:
    source = RULE.format(condition="").replace("count: 1, users: [bob]", requires)

    assert requirement(source)["require"] == read_yaml(require.encode()).data
    assert all(word in " ".join(told(source)) for word in words)
    assert bool(told(source)) == bool(words)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("allow_author: true", {"allow_opener": True}),
        ("allow_contributor: true", {"allow_opener": True, "allow_other_contributors": True}),
        ("allow_non_author_contributor: true", {"allow_other_contributors": True}),
        ("invalidate_on_push: true", {"content": "head"}),
        ("ignore_edited_comments: true", {}),
        ("methods: {comments: [LGTM]}", {}),
    ],
)
def test_options_are_kept(options: str, expected: dict[str, object]) -> None:
    approvals = {"count": 1, "people": ["bob"], **expected}

    assert requirement(with_options(options))["require"] == {"approvals": approvals}


@pytest.mark.parametrize(
    "options",
    ["methods: {github_review: false, comments: [override]}",
     "methods: {github_review_comment_patterns: [ok]}"],
)  # fmt: skip
def test_an_approval_that_needs_words_is_not_a_plain_review(options: str) -> None:
    (check,) = requirement(with_options(options))["require"]["checks"]

    assert check["name"].startswith("not translated from policy-bot: approval by ")
    assert told(with_options(options))[0].startswith("! ")


def with_options(options: str) -> str:
    source = RULE.format(condition="")
    return source.replace("    requires", f"    options: {{{options}}}\n    requires")


def test_rules_that_ask_for_nothing_approve_what_they_are_for() -> None:
    source = """
policy: {approval: [docs, or: [all, docs]]}
approval_rules:
  - {name: docs, if: {only_changed_files: {paths: ["^docs/"]}}}
  - {name: all}
"""
    assert (
        native(source)
        == """\
requirements:
  # p.yml:4
  docs:
    when:
      only_paths: ["docs/**/*"]
    require:
      only_paths: ["docs/**/*"]
  # p.yml:5
  "all or docs":
    require:
      any: [{draft: true}, {draft: false}]
"""
    )


def test_a_way_that_cannot_be_told_is_closed_and_named() -> None:
    source = """
policy: {approval: [or: [robots, people]]}
approval_rules:
  - {name: robots, if: {author_is_only_contributor: true}}
  - {name: people, requires: {count: 1, users: [bob]}}
"""
    assert native(source).endswith(NEEDS)
    assert any(
        line.startswith("! 4:20: 'robots' is no way to approve natively") for line in told(source)
    )


def test_names_fit_the_native_language_and_are_told_apart() -> None:
    long = "x" * 90
    source = f"""
policy: {{approval: [a, a, policy change, {long}]}}
approval_rules:
  - {{name: a, requires: {{count: 1, users: [bob]}}}}
  - {{name: policy change, requires: {{count: 1, users: [bob]}}}}
  - {{name: {long}, requires: {{count: 1, users: [bob]}}}}
"""
    policy = parse_policy(translated(source.encode(), "p.yml").text.encode(), "n.yml")
    names = [each.name for each in policy.requirements]

    assert names[:3] == ["a", "a 2", "policy change 2"]
    assert names[-1] == "Policy change"


@pytest.mark.parametrize("source", [b"", b"policy: {}", b"policy: {approval: []}"])
def test_a_policy_that_asks_for_nothing_has_no_native_form(source: bytes) -> None:
    with pytest.raises(InvalidPolicy, match="it asks for nothing"):
        translated(source, "p.yml")


def test_errors_are_those_of_the_reader() -> None:
    with pytest.raises(InvalidPolicy, match=r"p\.yml:1:1: unknown key 'polcy'"):
        translated(b"polcy: {}", "p.yml")
