"""Every word of a scenario is seen in the change that is built, and every part has its word."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from warden_policies.codec import decode_change, encode_change
from warden_policies.model import Change, Permission, Verification
from warden_policies.outcome import Verdict
from warden_policies.policy import InvalidPolicy
from warden_policies.scenario import parse_suite

HEADING = "policy: p.yml\ncases:\n"


def built(words: str, people: str = "") -> Change:
    """The change that these words describe."""
    who = f", people: {people}" if people else ""
    case = f"  - {{name: a case, expect: allow{who}, change: {words}}}\n"
    (only,) = parse_suite(f"{HEADING}{case}".encode(), "t.yml").cases
    assert isinstance(only.change, Change)
    return only.change


PLAIN = built("{}")
NOW = PLAIN.evaluated_at


def part(change: Change, path: str) -> Any:
    """What lies at `reviews.0.dismissal.by.login`."""
    value: Any = change
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else getattr(value, step)
    return value


def sha(start: str) -> str:
    return start.ljust(40, "0")


def test_what_is_left_out_is_known_not_to_be_there() -> None:
    empty = ("reviews", "checks", "files", "labels", "comments", "statuses", "workflow_runs")
    assert all(getattr(PLAIN, name) == () for name in (*empty, "findings", "proofs", "unread"))
    assert PLAIN.code_owners == ""
    assert [standing.person.login for standing in PLAIN.people or ()] == ["author"]
    assert [commit.authors[0].person for commit in PLAIN.commits] == [PLAIN.opener]
    assert PLAIN.head_sha == PLAIN.commits[-1].sha
    assert PLAIN.head_repository == PLAIN.repository.full_name


@pytest.mark.parametrize(
    ("words", "path", "value"),
    [
        ("{opener: ana}", "opener.login", "ana"),
        ("{opener: ~, commits: [ana]}", "opener", None),
        ("{title: T}", "title", "T"),
        ('{body: "a\\nb"}', "body", "a\nb"),
        ("{draft: true}", "draft", True),
        ("{repository: acme/x}", "repository.full_name", "acme/x"),
        ("{repository: acme/x}", "head_repository", "acme/x"),
        ("{number: 9}", "url", "https://github.com/acme/shop/pull/9"),
        ("{base_branch: release/1}", "base_ref", "release/1"),
        ("{head_branch: fix/1}", "head_ref", "fix/1"),
        ("{head_repository: eve/shop}", "head_repository", "eve/shop"),
        ("{head_repository: ~}", "head_repository", None),
        ("{now: 2026-11-23T15:00:00+01:00}", "evaluated_at.hour", 14),
        ("{opened_at: 3 days ago}", "opened_at", NOW - timedelta(days=3)),
        ("{body_edited_at: 1 minute ago}", "body_edited_at", NOW - timedelta(minutes=1)),
        ("{pushers: [bob]}", "pushers.0.login", "bob"),
        ("{files: [a.py]}", "files.0.path", "a.py"),
        ("{files: [a.py, b.py]}", "additions", 2),
        ("{files: [{path: a, additions: 5, deletions: 7}]}", "deletions", 7),
        ("{files: [a, b]}", "changed_files", 2),
        ("{files: [{path: a, change: added}]}", "files.0.change", "added"),
        ("{files: [{path: b, previous_path: a}]}", "files.0.change", "renamed"),
        ("{files: [{path: a, entry: symlink}]}", "files.0.entry", "symlink"),
        ("{files: [{path: a, previous_entry: submodule}]}", "files.0.previous_entry", "submodule"),
        ("{commits: []}", "commits", ()),
        ("{commits: [ana, bob]}", "commits.1.authors.0.person.login", "bob"),
        ("{commits: [ana, bob]}", "head_sha", sha("0000002")),
        ("{commits: [ana, bob]}", "commits.1.parents", (sha("0000001"),)),
        ("{commits: [ana, {sha: 7be01d4}]}", "head_sha", sha("7be01d4")),
        ("{commits: [x@example.org]}", "commits.0.authors.0.person", None),
        ("{commits: [{co_authors: [bob]}]}", "commits.0.authors.1.person.login", "bob"),
        ("{commits: [{by: ana}]}", "commits.0.committer.person.login", "ana"),
        ("{commits: [{committer: bob}]}", "commits.0.committer.person.login", "bob"),
        ("{commits: [{on_web: true}]}", "commits.0.committer", None),
        ("{commits: [{on_web: true}]}", "commits.0.verification.valid", True),
        ("{commits: [{}]}", "commits.0.verification", None),
        ("{commits: [{by: ana, signature: bob}]}", "commits.0.verification.signer.login", "bob"),
        ("{commits: [{by: ana, signature: {}}]}", "commits.0.verification.signer.login", "ana"),
        ("{commits: [{signature: {by: ~, valid: false, key: ssh, key_id: K, state: BAD}}]}",
         "commits.0.verification.state", "BAD"),
        ("{commits: [{on_behalf_of: [dina]}]}", "commits.0.operators.0.person.login", "dina"),
        ("{commits: [{pushed_at: 2 hours ago}]}", "commits.0.pushed_at", NOW - timedelta(hours=2)),
        ("{commits: [ana, bob, {by: ana, parents: [1, 2]}]}", "commits.2.parents",
         (sha("0000001"), sha("0000002"))),
        ("{commits: [{parents: [1c22e90]}]}", "commits.0.parents", (sha("1c22e90"),)),
        ("{approvals: [bob]}", "reviews.0.author.login", "bob"),
        ("{approvals: [bob]}", "reviews.0.state", "approved"),
        ("{approvals: [bob]}", "reviews.0.commit", PLAIN.head_sha),
        ("{approvals: [{by: ~}]}", "reviews.0.author", None),
        ("{commits: [ana, bob], approvals: [{by: carl, commit: 1}]}", "reviews.0.commit",
         sha("0000001")),
        ("{approvals: [{by: bob, commit: 1c22e90}]}", "reviews.0.commit", sha("1c22e90")),
        ('{approvals: [{by: bob, commit: "1234567"}]}', "reviews.0.commit", sha("1234567")),
        ("{approvals: [{by: bob, at: 40 days ago}]}", "reviews.0.submitted_at",
         NOW - timedelta(days=40)),
        ("{approvals: [{by: bob, edited_at: 1 minute ago}]}", "reviews.0.edited_at",
         NOW - timedelta(minutes=1)),
        ("{approvals: [{by: bob, body: looks good}]}", "reviews.0.body", "looks good"),
        ("{approvals: [{by: bob, can_push: false}]}", "reviews.0.author_can_push", False),
        ("{approvals: [a, b]}", "reviews.1.submitted_at", NOW - timedelta(minutes=59)),
        ("{approvals: [a], reviews: [{by: b, state: commented}]}", "reviews.1.state", "commented"),
        ("{reviews: [{by: b, state: dismissed, dismissal: dina}]}",
         "reviews.0.dismissal.by.login", "dina"),
        ("{reviews: [{by: b, state: dismissed, dismissal: {by: ~, reason: R, was: "
         "changes_requested, at: 1 day ago}}]}", "reviews.0.dismissal.was", "changes_requested"),
        ("{comments: [{by: eve, body: hi, edited_at: 1 minute ago}]}", "comments.0.edited_at",
         NOW - timedelta(minutes=1)),
        ("{comments: [{by: ~, body: hi}]}", "comments.0.author", None),
        ("{labels: [docs]}", "labels.0.applied_by", PLAIN.opener),
        ("{labels: [{name: docs, by: eve}]}", "labels.0.applied_by.login", "eve"),
        ("{labels: [{name: docs, by: ~}]}", "labels.0.applied_by", None),
        ("{checks: {test: success}}", "checks.0.conclusion", "success"),
        ("{checks: {test: success}}", "checks.0.app_id", 15368),
        ("{checks: {test: in_progress}}", "checks.0.status", "in_progress"),
        ("{checks: {test: in_progress}}", "checks.0.conclusion", None),
        ("{checks: {test: {state: failure, app_id: 7}}}", "checks.0.app_id", 7),
        ("{checks: {test: [success, failure]}}", "checks.1.conclusion", "failure"),
        ("{statuses: {ci: pending}}", "statuses.0.state", "pending"),
        ("{statuses: {ci: {state: success, by: eve}}}", "statuses.0.creator.login", "eve"),
        ("{workflow_runs: [{path: a.yml, conclusion: ~}]}", "workflow_runs.0.event",
         "pull_request"),
        ('{code_owners: "* @acme/x"}', "code_owners", "* @acme/x"),
        ("{proofs: [{commit: 1c22e90, same: true, how: a clean rebase}]}", "proofs.0.how",
         "a clean rebase"),
        ("{proofs: [{commit: head, same: false, differing: [a]}]}", "proofs.0.differing", ("a",)),
        ("{findings: [py-shell-true]}", "findings.0.rule", "py-shell-true"),
        ("{unread: {files: the API failed}}", "files", None),
        ("{unread: {people: the API failed}}", "people", None),
        ("{unread: {files: the API failed}}", "unread.0.why", "the API failed"),
    ],
)  # fmt: skip
def test_a_word_is_seen_in_the_change(words: str, path: str, value: object) -> None:
    assert part(built(words), path) == value


EVERYTHING = """{
  opener: ana, title: T, body: B, draft: true, repository: acme/x, number: 9, base_branch: b,
  head_branch: h, head_repository: ~, now: 2026-02-01T00:00:00Z, opened_at: 3 days ago,
  body_edited_at: 1 minute ago, pushers: [bob], files: [a], commits: [ana, bob], approvals: [carl],
  checks: {test: success}, labels: [docs], comments: [{by: eve, body: hi}], statuses: {ci: success},
  workflow_runs: [{path: a.yml, conclusion: success}], code_owners: "* @ana",
  proofs: [{commit: 1, same: true}], findings: [py-shell-true], unread: {people: no answer}
}"""


def test_no_part_of_a_change_is_out_of_reach() -> None:
    """A part that is added to the vocabulary of changes needs a word here, too."""
    everything = built(EVERYTHING)
    files = built("{files: [{path: a, deletions: 1}]}")
    differing = {
        field.name
        for field in fields(Change)
        for change in (everything, files)
        if getattr(change, field.name) != getattr(PLAIN, field.name)
    }
    always_so = {"base_sha"}

    assert differing == {field.name for field in fields(Change)} - always_so


@pytest.mark.parametrize("words", ["{}", EVERYTHING])
def test_what_is_built_can_be_stored_and_read_back(words: str) -> None:
    assert decode_change(encode_change(built(words))) == built(words)


def test_people_are_who_they_are_declared_to_be() -> None:
    people = (
        "{ana: read, Bob#7: {permission: maintain, teams: [acme/a, acme/b#9]}, 'r[bot]': write}"
    )
    change = built("{opener: ana, approvals: [bob, 'r[bot]']}", people)
    ana, bob, robot = change.people or ()

    assert (bob.person.id, bob.person.login, bob.permission) == (7, "Bob", Permission.MAINTAIN)
    assert [(team.id, team.slug) for team in bob.teams] == [(1, "acme/a"), (9, "acme/b")]
    assert (ana.person.id, robot.person.id, robot.person.kind.value) == (1, 2, "bot")
    assert [review.author for review in change.reviews] == [bob.person, robot.person]


@pytest.mark.parametrize(
    ("words", "may"),
    [("read", False), ("write", True), ("{permission: admin, active: false}", False)],
)
def test_a_review_says_whether_its_author_may_push(words: str, may: bool) -> None:
    change = built("{approvals: [bob]}", f"{{bob: {words}}}")

    assert change.reviews[0].author_can_push is may


def test_a_commit_made_on_the_web_is_signed_by_github_and_has_no_committer() -> None:
    (commit,) = built("{commits: [{on_web: true}]}").commits

    assert (commit.on_web, commit.committer) == (True, None)
    assert commit.verification == Verification(valid=True)


def complaint(words: str, people: str = "") -> str:
    with pytest.raises(InvalidPolicy) as caught:
        built(words, people)
    return str(caught.value)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{opener: an a}", "expected a login such as bob"),
        ("{opener: bob#2}", "expected a login such as bob"),
        ("{commits: [a@b@c]}", "expected a login such as bob, or an e-mail address"),
        ("{opener: ~}", "say with 'by' whose commit it is: nobody opened the change"),
        ("{commits: [{sha: xyz}]}", "expected 7 to 40 hexadecimal digits"),
        ("{commits: [{sha: 0000002}, ana]}", "another commit has the same sha"),
        ("{approvals: [{by: bob, commit: 2}]}", "no commit 2: the list has 1"),
        ("{approvals: [{by: bob, commit: latest}]}", "expected head, a commit's number"),
        ("{approvals: [{by: bob, at: yesterday}]}", "or '3 days ago'"),
        ("{approvals: [{by: bob, at: 2026-01-01T00:00:00}]}", "expected a time such as"),
        ("{now: 0050-01-01T00:00:00Z, opened_at: 9999 weeks ago}", "before the year 1"),
        ("{checks: {test: sucess}}", "unknown value 'sucess', did you mean 'success'?"),
        ("{unread: {file: x}}", "unknown value 'file', did you mean 'files'?"),
        ("{approvals: [{}]}", "missing key 'by'"),
        ("{reviews: [bob]}", "expected a mapping with 'by' and 'state', got the text 'bob'"),
    ],
)
def test_what_contradicts_itself_is_refused(words: str, message: str) -> None:
    assert message in complaint(words)


def test_only_declared_people_and_an_author_that_is_not_named_can_take_part() -> None:
    people = "{bob: write}"
    author = built("{approvals: [bob]}", people).opener

    assert author is not None
    assert author.login == "author"
    assert "unknown person 'bbo', did you mean 'bob'?" in complaint("{approvals: [bbo]}", people)


def test_expectations_are_verdicts() -> None:
    (case,) = parse_suite(
        f"{HEADING}  - {{name: n, change: x.json, expect: block}}".encode(), "t.yml"
    ).cases

    assert (case.change, case.expect, case.because) == ("x.json", Verdict.BLOCK, ())
