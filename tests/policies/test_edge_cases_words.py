"""The known ways to fool a gate that are about more than approvals: `row number: case`."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import (
    ANA,
    BOB,
    CARL,
    EARLIER,
    HEAD,
    SAMPLE,
    approval,
    check,
    commit,
    decide,
    signed_by,
)
from tests.policies.edge_cases import PEOPLE, TEST, WEB_FLOW, scenario
from warden_policies.evaluate import evaluate
from warden_policies.example import file
from warden_policies.language import parse_policy
from warden_policies.model import (
    CheckConclusion,
    Commit,
    EntryKind,
    FileChange,
    Label,
    Person,
    Unread,
    Verification,
)
from warden_policies.outcome import Verdict

SIGNED = "signed_commits: {}"
OWN = "signed_commits: {signer_is_author: true}"
READY = "draft: false"
TRUSTED = "checks: [{name: test, app_id: 15368, trust_edited_workflows: true}]"
OUTSIDE = "checks: [{name: test, app_id: 77}]"
URGENT = "labels: {any_of: [urgent], applied_by: {teams: [acme/security]}}"
DINA_OF_SECURITY = PEOPLE[3].person
WORKFLOW = (file(".github/workflows/ci.yml"),)


def made(
    signer: Person | None, *, author: Person | None = ANA, valid: bool = True, **fields: Any
) -> Commit:
    """A commit by `author` that `signer` signed."""
    on_their_machine = replace(commit(author), committer=signed_by(author))
    proof = Verification(valid, signer, state="VALID" if valid else "BAD_CERT")
    return replace(on_their_machine, verification=proof, **fields)


SCENARIOS = [
    scenario(
        13, "made on github.com: verified there, and by nobody's key", Verdict.ALLOW, SIGNED,
        "1 of 1 commits signed",
        commits=(made(None, committer=None, on_web=True),),
    ),
    scenario(
        14, "the signer is not the author, and nobody asked", Verdict.ALLOW, SIGNED,
        "1 of 1 commits signed",
        commits=(made(BOB),),
    ),
    scenario(
        14, "the signer is not the author", Verdict.BLOCK, OWN,
        "bob signed 7be01d4, which ana authored",
        commits=(made(ANA, sha=EARLIER), made(BOB)),
    ),
    scenario(
        14, "the author's own signature", Verdict.ALLOW, OWN, "2 of 2 commits signed",
        commits=(made(ANA, sha=EARLIER), made(ANA)),
    ),
    scenario(
        14, "the author has no account, so nobody's signature is theirs", Verdict.BLOCK, OWN,
        "ana signed 7be01d4, which an account that nobody knows authored",
        commits=(made(ANA, author=None),),
    ),
    scenario(
        14, "a valid signature by a key of nobody we know", Verdict.BLOCK, OWN,
        "nobody knows whose key signed 7be01d4",
        commits=(made(None),),
    ),
    scenario(
        14, "GitHub's own key is not the author's", Verdict.BLOCK, OWN,
        "7be01d4 was made on github.com: GitHub signed it, and not ana",
        commits=(made(WEB_FLOW),),
    ),
    scenario(
        14, "a signature that does not verify is none", Verdict.BLOCK, SIGNED,
        "the signature of 7be01d4 is not valid (bad cert)",
        commits=(made(ANA, valid=False),),
    ),
    scenario(
        24, "a fork", Verdict.BLOCK, "from_fork: false",
        "the head branch lies in the fork eve/shop",
        head_repository="eve/shop",
    ),
    scenario(
        24, "the repository itself, in other letters", Verdict.ALLOW, "from_fork: false",
        "the head branch lies in Acme/Shop",
        head_repository="Acme/Shop",
    ),
    scenario(
        24, "a fork that is gone is nobody's", Verdict.ERROR, "from_fork: true",
        "the repository of the head branch is gone or was not recorded",
        head_repository=None,
    ),
    scenario(
        24, "a fork's branch may have any name", Verdict.ALLOW, "head_branches: [main]",
        "the head branch main matches main",
        head_repository="eve/shop", head_ref="main",
    ),
    scenario(29, "a draft", Verdict.BLOCK, READY, "the pull request is a draft", draft=True),
    scenario(29, "no draft", Verdict.ALLOW, READY, "the pull request is ready for review"),
    scenario(
        30, "moved out of sight", Verdict.ALLOW, 'paths: ["payments/**"]',
        "payments/fee.py matches payments/**",
        files=(file("docs/fee.md", FileChange.RENAMED, previous_path="payments/fee.py"),),
    ),
    scenario(
        30, "moved into what needs no review", Verdict.BLOCK, 'only_paths: ["docs/**"]',
        "payments/fee.py does not match docs/**",
        files=(file("docs/fee.md", FileChange.RENAMED, previous_path="payments/fee.py"),),
    ),
    scenario(
        30, "a folder replaced by a link of its name", Verdict.ALLOW, 'paths: ["payments/**"]',
        "payments matches payments/**",
        files=(file("payments", FileChange.ADDED, entry=EntryKind.SYMLINK),),
    ),
    scenario(
        30, "a link among documents", Verdict.ALLOW, "entries: [symlink]", "docs/a is a symlink",
        files=(file("docs/a", entry=EntryKind.SYMLINK),),
    ),
    scenario(
        30, "a file that may be run from now on", Verdict.ALLOW, "entries: [executable]",
        "build is an executable",
        files=(file("build", entry=EntryKind.EXECUTABLE, previous_entry=EntryKind.FILE),),
    ),
    scenario(
        30, "a submodule's new commit", Verdict.ALLOW, 'paths: ["vendor/lib/**"]',
        "vendor/lib matches vendor/lib/**",
        files=(file("vendor/lib", entry=EntryKind.SUBMODULE),),
    ),
    scenario(
        31, "files that could not be read", Verdict.ERROR, 'only_paths: ["docs/**"]',
        "the files could not be read: more than 3000",
        files=None, unread=(Unread("files", "more than 3000"),),
    ),
    scenario(
        41, "the right name, from an app that only wants to be it", Verdict.PENDING, OUTSIDE,
        "test has not reported",
        checks=(check("test"),),
    ),
    scenario(
        42, "a success by a workflow that the change edits", Verdict.BLOCK, TEST,
        "test is not believed: this change edits .github/workflows/ci.yml",
        checks=(check("test"),), files=WORKFLOW,
    ),
    scenario(
        42, "so is one that the change moves away", Verdict.BLOCK, TEST,
        "test is not believed: this change edits .github/workflows/ci.yml",
        checks=(check("test"),),
        files=(file("ci.yml", FileChange.RENAMED, previous_path=".github/workflows/ci.yml"),),
    ),
    scenario(
        42, "an action of the repository's own", Verdict.BLOCK, TEST,
        "test is not believed: this change edits .github/actions/test/action.yml and 1 more",
        checks=(check("test"),), files=(file(".github/actions/test/action.yml"), *WORKFLOW),
    ),
    scenario(
        42, "a policy that believes it all the same", Verdict.ALLOW, TRUSTED,
        "1 of 1 checks succeeded",
        checks=(check("test"),), files=WORKFLOW,
    ),
    scenario(
        42, "an app that runs nothing of the repository", Verdict.ALLOW, OUTSIDE,
        "1 of 1 checks succeeded",
        checks=(check("test", app_id=77),), files=WORKFLOW,
    ),
    scenario(
        42, "a failure is a failure, whoever edits what", Verdict.BLOCK, TEST,
        "test ended with failure",
        checks=(check("test", CheckConclusion.FAILURE),), files=WORKFLOW,
    ),
    scenario(
        42, "nobody knows what the change edits", Verdict.ERROR, TEST,
        "this snapshot of the change does not hold its files",
        checks=(check("test"),), files=None,
    ),
    scenario(
        43, "a label by somebody who may", Verdict.ALLOW, URGENT, "labelled Urgent",
        labels=(Label("Urgent", DINA_OF_SECURITY),), people=PEOPLE,
    ),
    scenario(
        43, "a label by the author", Verdict.BLOCK, URGENT,
        "not labelled urgent by the team acme/security",
        labels=(Label("urgent", ANA),), people=PEOPLE,
    ),
    scenario(
        43, "a label by nobody we know", Verdict.BLOCK, URGENT,
        "not labelled urgent by the team acme/security",
        labels=(Label("urgent"),), people=PEOPLE,
    ),
    scenario(
        43, "labels that could not be read", Verdict.ERROR, URGENT,
        "this snapshot of the change does not hold its labels",
        labels=None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("require", "fields", "verdict", "reason"), SCENARIOS)
def test_edge_case(require: str, fields: dict[str, Any], verdict: Verdict, reason: str) -> None:
    decision = decide(require, **fields)

    assert (decision.verdict, decision.result.children[0].reason) == (verdict, reason)


def test_43_a_label_that_does_not_count_is_named_with_why() -> None:
    labels = (Label("urgent", ANA), Label("urgent!", CARL), Label("URGENT"))
    result = decide(URGENT, labels=labels, people=PEOPLE).result.children[0].children[0]

    assert result.dropped == (
        "the label urgent: ana, who put it there, is not the team acme/security",
        "the label URGENT: nobody knows who put it there",
    )


BOT = Person(90, "robot[bot]")
AUTOMATIC = b"""
version: 1
requirements:
  Robot:
    when: {opener: {people: ["robot[bot]"]}}
    require: {contributors: {people: ["robot[bot]"]}}
  Everybody else:
    when: {not: {contributors: {people: ["robot[bot]"]}}}
    require: {approvals: {count: 1}}
"""


@pytest.mark.parametrize(
    ("commits", "verdict"),
    [
        ((commit(BOT),), Verdict.ALLOW),
        ((commit(BOT, sha=EARLIER), commit(BOB)), Verdict.BLOCK),
        ((commit(BOT, BOB),), Verdict.BLOCK),
        ((Commit(HEAD, (signed_by(BOT),), signed_by(BOB)),), Verdict.BLOCK),
        ((commit(BOT, None),), Verdict.BLOCK),
    ],
    ids=["alone", "another's commit", "a co-author", "another committer", "an unknown co-author"],
)
def test_a_robots_pull_request_with_anybody_elses_work_is_not_the_robots(
    commits: tuple[Commit, ...], verdict: Verdict
) -> None:
    change = replace(SAMPLE, opener=BOT, commits=commits, reviews=(approval(CARL),))

    assert evaluate(parse_policy(AUTOMATIC, "p.yml"), change).verdict is verdict
