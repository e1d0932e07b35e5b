"""What people can do, and what GitHub does not let them."""

import subprocess
from pathlib import Path

import pytest

from tests.bot.sandbox.conftest import Scene
from warden_bot.sandbox import GITHUB_ACTIONS, Refusal, RequiredCheck, Role


def refusal(error: pytest.ExceptionInfo[Refusal]) -> tuple[int, str]:
    return error.value.status, error.value.message


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("APPROVED", "Can not approve your own pull request"),
        ("CHANGES_REQUESTED", "Can not request changes on your own pull request"),
    ],
)
def test_authors_have_no_opinion_on_their_own_pull_request(
    scene: Scene, state: str, words: str
) -> None:
    with pytest.raises(Refusal) as error:
        scene.repository.review(scene.ana, scene.number, state)
    assert refusal(error) == (422, words)


def test_authors_may_comment_on_their_own_pull_request(scene: Scene) -> None:
    assert scene.repository.review(scene.ana, scene.number, "COMMENTED", "Note").body == "Note"


def test_who_cannot_read_cannot_review(scene: Scene) -> None:
    stranger = scene.github.person("mallory", Role.NONE)
    with pytest.raises(Refusal) as error:
        scene.repository.review(stranger, scene.number, "APPROVED")
    assert refusal(error) == (404, "Not Found")


def test_a_review_is_bound_to_the_head_of_its_moment(scene: Scene) -> None:
    review = scene.repository.review(scene.bob, scene.number, "APPROVED")
    second = scene.repository.push(scene.ana, "retry", {"settle.py": "retry = 5\n"}, "Cap it")
    assert review.commit_sha == scene.head
    assert scene.repository.pull_request(scene.number).head_sha == second


def test_a_review_is_dismissed_once_and_only_with_write_access(scene: Scene) -> None:
    review = scene.repository.review(scene.bob, scene.number, "APPROVED")
    reader = scene.github.person("rita", Role.READ)
    with pytest.raises(Refusal):
        scene.repository.dismiss_review(reader, scene.number, review)
    scene.repository.dismiss_review(scene.carl, scene.number, review)
    assert review.state == "DISMISSED"
    with pytest.raises(Refusal):
        scene.repository.dismiss_review(scene.carl, scene.number, review)


def test_only_the_author_and_writers_edit(scene: Scene) -> None:
    reader = scene.github.person("rita", Role.READ)
    with pytest.raises(Refusal) as error:
        scene.repository.edit_body(reader, scene.number, "mine")
    assert error.value.status == 403
    scene.repository.edit_body(scene.bob, scene.number, "ours")
    assert scene.repository.pull_request(scene.number).body == "ours"


def test_a_branch_is_proposed_once_and_only_with_something_in_it(scene: Scene) -> None:
    with pytest.raises(Refusal) as error:
        scene.repository.open_pull_request(scene.bob, "retry", "Again")
    assert refusal(error) == (422, "A pull request already exists for demo:retry.")
    with pytest.raises(Refusal) as error:
        scene.repository.open_pull_request(scene.bob, "main", "Nothing")
    assert refusal(error) == (422, "No commits between main and main")
    with pytest.raises(Refusal):
        scene.repository.open_pull_request(scene.bob, "nowhere", "Missing")


def test_merging_makes_a_commit_with_two_parents_by_github(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    folder.mkdir()
    base = scene.repository.head("main")
    sha = scene.repository.merge(scene.bob, scene.number)
    pull = scene.repository.pull_request(scene.number)
    assert (pull.merge_commit_sha, pull.merged_by, pull.open) == (sha, scene.bob, False)
    assert scene.repository.head("main") == sha
    shown = git_show(scene, sha, folder)
    assert shown == [f"{base} {scene.head}", "Bob", "GitHub", "noreply@github.com"]


def git_show(scene: Scene, sha: str, folder: Path) -> list[str]:
    token = scene.github.token_of(scene.bob)
    url = scene.repository.clone_url.replace("://", f"://x:{token}@")
    script = 'git clone -q --bare "$1" . && git show -s --format="%P%n%an%n%cn%n%ce" "$2"'
    command = ["sh", "-c", script, "sh", url, sha]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    return done.stdout.split("\n")[:4]


def test_a_draft_cannot_be_merged(scene: Scene) -> None:
    scene.repository.set_draft(scene.ana, scene.number, draft=True)
    with pytest.raises(Refusal) as error:
        scene.repository.merge(scene.bob, scene.number)
    assert error.value.status == 405


def test_who_cannot_write_cannot_merge(scene: Scene) -> None:
    with pytest.raises(Refusal):
        scene.repository.merge(scene.github.person("rita", Role.READ), scene.number)


def test_a_conflict_cannot_be_merged(scene: Scene) -> None:
    scene.repository.push(scene.bob, "main", {"settle.py": "retry = False\n"}, "Never retry")
    with pytest.raises(Refusal) as error:
        scene.repository.merge(scene.bob, scene.number)
    assert refusal(error) == (405, "Pull Request has merge conflicts")


@pytest.mark.parametrize(
    ("reports", "words"),
    [
        ([], 'Required status check "changewarden" is expected.'),
        ([("queued", None)], 'Required status check "changewarden" is in progress.'),
        ([("completed", "failure")], 'Required status check "changewarden" is failing.'),
        (
            [("completed", "success"), ("completed", "action_required")],
            'Required status check "changewarden" is failing.',
        ),
    ],
)
def test_a_required_check_stands_before_the_merge(
    scene: Scene, reports: list[tuple[str, str | None]], words: str
) -> None:
    scene.repository.protect("main", RequiredCheck("changewarden"))
    for status, conclusion in reports:
        scene.repository.report_check(
            scene.github.app(), scene.head, "changewarden", status, conclusion
        )
    with pytest.raises(Refusal) as error:
        scene.repository.merge(scene.bob, scene.number)
    assert refusal(error) == (405, words)


def test_a_required_check_counts_only_from_its_own_app(scene: Scene) -> None:
    scene.repository.protect("main", RequiredCheck("changewarden", scene.github.app_id))
    actions = scene.github.app()
    scene.repository.report_check(actions, scene.head, "changewarden", "completed", "success")
    with pytest.raises(Refusal):
        scene.repository.merge(scene.bob, scene.number)
    scene.repository.protect("main", RequiredCheck("changewarden", GITHUB_ACTIONS))
    scene.repository.merge(scene.bob, scene.number)


def test_a_check_on_an_older_head_does_not_count(scene: Scene) -> None:
    scene.repository.protect("main", RequiredCheck("test"))
    scene.repository.report_check(scene.github.app(), scene.head, "test", "completed", "success")
    scene.repository.push(scene.ana, "retry", {"settle.py": "retry = 5\n"}, "Cap it")
    with pytest.raises(Refusal) as error:
        scene.repository.merge(scene.bob, scene.number)
    assert "is expected" in error.value.message


def test_a_merged_pull_request_is_not_opened_again(scene: Scene) -> None:
    scene.repository.merge(scene.bob, scene.number)
    with pytest.raises(Refusal):
        scene.repository.reopen(scene.ana, scene.number)


def test_asking_for_a_person_or_a_repository_again_gives_the_same(scene: Scene) -> None:
    assert scene.github.person("ANA") is scene.ana
    assert scene.github.repository("demo/payments").id == scene.repository.id
