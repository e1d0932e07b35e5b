"""Who had a hand in a change, and therefore may not approve it."""

import pytest

from tests.bot.edge_cases.conftest import Quiet
from tests.bot.service.conftest import BODY, Scene
from warden_bot.sandbox import CommitSignature, Identity, Written
from warden_policies.model import KeyKind, Verification

STRANGER = Identity("Somebody", "somebody@example.net")
GITHUB = Identity("GitHub", "noreply@github.com")


def ready(scene: Scene) -> int:
    """A pull request that lacks nothing but an approval."""
    number = scene.repository.open_pull_request(scene.ana, "topic", "Change", BODY)
    scene.tests_pass()
    return number


def test_row_10_a_commit_that_was_merged_in_from_the_side_makes_its_people_contributors(
    scene: Scene,
) -> None:
    scene.repository.push(scene.bob, "side", {"side.py": "evil\n"}, "On the side")
    files = {"app.py": "1\n", "side.py": "evil\n"}
    written = Written(merged="side")
    scene.repository.push(scene.ana, "topic", files, "Merge side", written=written)
    number = ready(scene)
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "action_required"
    assert "bob authored" in (scene.check().summary or "")

    scene.repository.review(scene.carl, number, "APPROVED")
    assert scene.check().conclusion == "success"


def test_row_10_the_parents_of_a_merge_are_known(quiet: Quiet) -> None:
    side = quiet.repository.push(quiet.bob, "side", {"side.py": "1\n"}, "On the side")
    before = quiet.repository.head("topic")
    written = Written(merged="side")
    merge = quiet.repository.push(quiet.ana, "topic", {"side.py": "1\n"}, "Merge", written=written)

    parents = {commit.sha: commit.parents for commit in quiet.change.commits}
    assert parents[merge] == (before, side)
    assert len(parents) == 3


def test_row_11_whoever_is_named_as_a_co_author_may_not_approve(scene: Scene) -> None:
    trailers = [f"Co-authored-by: {scene.bob.signature}"]
    scene.repository.push(scene.ana, "topic", {"app.py": "1\n"}, "Pair", trailers=trailers)
    number = ready(scene)
    scene.repository.review(scene.bob, number, "APPROVED")

    assert scene.check().conclusion == "action_required"
    assert "bob co-authored" in (scene.check().summary or "")


def test_row_11_whom_an_agent_worked_for_is_known(quiet: Quiet) -> None:
    trailers = [f"On-behalf-of: {quiet.carl.signature}", "On-behalf-of: Zoe <zoe@example.net>"]
    quiet.repository.push(quiet.ana, "topic", {"b.py": "1\n"}, "Agent", trailers=trailers)
    quiet.repository.comment(quiet.carl, quiet.number, "I asked for it")

    operators = quiet.change.commits[-1].operators
    assert [each.person.login if each.person else None for each in operators] == ["carl", None]


@pytest.mark.parametrize("side", ["author", "committer"])
def test_row_12_a_commit_by_nobody_that_github_knows_blocks_and_is_named(
    scene: Scene, side: str
) -> None:
    written = Written(author=STRANGER) if side == "author" else Written(committer=STRANGER)
    sha = scene.repository.push(scene.ana, "topic", {"app.py": "1\n"}, "Change", written=written)
    number = ready(scene)
    scene.repository.review(scene.bob, number, "APPROVED")
    scene.repository.review(scene.carl, number, "APPROVED")

    assert scene.check().conclusion == "failure"
    assert sha[:7] in (scene.check().title or "")


def test_row_13_a_committer_who_is_not_the_author_may_not_approve_either(scene: Scene) -> None:
    written = Written(committer=scene.bob)
    scene.repository.push(scene.ana, "topic", {"app.py": "1\n"}, "Change", written=written)
    number = ready(scene)
    scene.repository.review(scene.bob, number, "APPROVED")

    assert scene.check().conclusion == "action_required"
    assert "bob committed" in (scene.check().summary or "")


def test_row_13_a_commit_that_only_claims_to_be_githubs_has_an_unknown_committer(
    scene: Scene,
) -> None:
    written = Written(committer=GITHUB)
    sha = scene.repository.push(scene.ana, "topic", {"app.py": "1\n"}, "Change", written=written)
    number = ready(scene)
    scene.repository.review(scene.bob, number, "APPROVED")

    assert scene.check().conclusion == "failure"
    assert sha[:7] in (scene.check().title or "")


def test_row_13_a_commit_that_github_made_and_signed_has_no_committer(quiet: Quiet) -> None:
    quiet.repository.push(quiet.carl, "main", {"other.py": "1\n"}, "The base moves on")
    quiet.repository.push(quiet.ana, "release", {"notes": "1\n"}, "Begin")
    quiet.repository.merge(quiet.carl, quiet.number)
    number = quiet.repository.open_pull_request(quiet.carl, "main", "Release", base="release")

    merges = [commit for commit in quiet.look(number).change.commits if len(commit.parents) == 2]
    assert [merge.committer for merge in merges] == [None]
    assert merges[0].on_web
    assert merges[0].verification is not None
    assert merges[0].verification.valid


def test_row_14_signer_author_and_committer_are_told_apart(quiet: Quiet) -> None:
    sha = quiet.repository.push(quiet.ana, "topic", {"b.py": "1\n"}, "Signed by another")
    quiet.repository.sign(sha, CommitSignature(quiet.carl, kind="SshSignature", key="SHA256:x"))
    unsigned, signed = quiet.change.commits

    carl = quiet.standing(quiet.carl).person
    assert unsigned.verification is None
    assert signed.verification == Verification(True, carl, KeyKind.SSH, "SHA256:x")
    assert signed.authors[0].person == quiet.change.opener


def test_row_14_a_signature_that_github_does_not_vouch_for_is_not_valid(quiet: Quiet) -> None:
    sha = quiet.repository.push(quiet.ana, "topic", {"b.py": "1\n"}, "Badly signed")
    quiet.repository.sign(sha, CommitSignature(None, state="UNKNOWN_KEY"))

    verification = quiet.change.commits[-1].verification
    assert verification is not None
    assert (verification.valid, verification.state) == (False, "UNKNOWN_KEY")
