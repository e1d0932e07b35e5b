"""What an approval is bound to: pushes, force pushes, other bases, two pull requests at once."""

import threading

import pytest

from tests.bot.edge_cases.conftest import Quiet
from tests.bot.service.conftest import BODY, POLICY, Scene
from warden_bot.sandbox import Refusal


def approved(scene: Scene) -> int:
    """A pull request that is green."""
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"
    return number


def test_row_05_a_push_ends_an_approval(scene: Scene) -> None:
    approved(scene)
    scene.push(content="2\n")
    scene.tests_pass()

    assert scene.check().conclusion == "action_required"
    assert "bob's approval of" in (scene.check().summary or "")


def test_row_06_a_commit_that_was_known_before_is_no_more_approved_for_it(scene: Scene) -> None:
    """It had its checks on another branch, before anybody approved anything."""
    staged = scene.repository.push(scene.ana, "staged", {"app.py": "evil\n"}, "Change it")
    scene.tests_pass("staged")
    approved(scene)
    scene.repository.force_push_to(scene.ana, "topic", staged)

    assert scene.check().conclusion == "action_required"


def test_row_07_a_forced_push_ends_an_approval_and_back_again_it_counts(scene: Scene) -> None:
    approved(scene)
    reviewed = scene.repository.head("topic")
    scene.repository.force_push(scene.ana, "topic", "main", {"app.py": "evil\n"}, "Rewritten")
    scene.tests_pass()
    assert scene.check().conclusion == "action_required"

    scene.repository.force_push_to(scene.ana, "topic", reviewed)
    assert scene.check().conclusion == "success"


def test_row_07_whoever_rewrites_the_branch_is_known_to_have_pushed(quiet: Quiet) -> None:
    quiet.repository.force_push(quiet.carl, "topic", "main", {"app.py": "2\n"}, "Rewritten")

    assert [person.login for person in quiet.change.pushers] == ["carl"]


STRICT = POLICY.replace("count: 1", "count: 2")


def test_row_27_another_base_is_another_decision_under_that_bases_policy(scene: Scene) -> None:
    number = approved(scene)
    strict = {".github/changewarden.yml": STRICT}
    scene.repository.push(scene.carl, "release", strict, "Releases take two")
    scene.repository.edit_base(scene.ana, number, "release")
    assert scene.check().conclusion == "action_required"
    assert "1 of 2 approvals" in (scene.check().title or "")

    scene.repository.edit_base(scene.ana, number, "main")
    assert scene.check().conclusion == "success"


def test_row_28_a_reopened_pull_request_keeps_the_approvals_of_its_head(scene: Scene) -> None:
    number = approved(scene)
    scene.repository.close(scene.ana, number)
    scene.settle()
    scene.repository.reopen(scene.ana, number)
    assert scene.check().conclusion == "success"

    scene.repository.close(scene.ana, number)
    scene.push(content="2\n")
    scene.repository.reopen(scene.ana, number)
    scene.tests_pass()
    assert scene.check().conclusion == "action_required"


def test_row_29_a_draft_is_seen_as_one_until_it_is_ready(quiet: Quiet) -> None:
    quiet.repository.set_draft(quiet.ana, quiet.number, draft=True)
    assert quiet.change.draft
    quiet.repository.set_draft(quiet.ana, quiet.number, draft=False)
    assert not quiet.change.draft


def test_row_38_of_two_pull_requests_with_one_head_the_worse_answer_is_shown(
    scene: Scene,
) -> None:
    first = approved(scene)
    scene.repository.push(scene.carl, "release", {"notes": "1\n"}, "Begin a release")
    scene.repository.open_pull_request(scene.ana, "topic", "Again", "", base="release")

    check = scene.check()
    assert check.conclusion == "failure"
    assert f"also the head of #{first}" in (check.summary or "")
    with pytest.raises(Refusal, match="Required status check"):
        scene.repository.merge(scene.carl, first)


@pytest.mark.parametrize("held", ["/compare/", "/api/graphql"])
def test_row_39_files_of_one_push_are_never_shown_under_the_head_of_another(
    quiet: Quiet, held: str
) -> None:
    """Evil is pushed, looked at, and replaced by something harmless before it is read."""
    evil = quiet.repository.push(quiet.ana, "topic", {"evil.py": "1\n"}, "Evil")
    pictures = []
    method = "GET" if held == "/compare/" else "POST"
    with quiet.github.hold(method, held) as gate:
        looking = threading.Thread(target=lambda: pictures.append(quiet.change))
        looking.start()
        assert gate.waiting.wait(20)
        quiet.repository.force_push(quiet.ana, "topic", "main", {"good.py": "1\n"}, "Good")
    looking.join(20)

    (change,) = pictures
    assert change.head_sha == quiet.repository.head("topic") != evil
    assert [file.path for file in change.files or ()] == ["good.py"]


def test_row_39_nor_when_the_evil_comes_back_before_the_reading_ends(quiet: Quiet) -> None:
    evil = quiet.repository.push(quiet.ana, "topic", {"evil.py": "1\n"}, "Evil")
    pictures = []
    with quiet.github.hold("GET", "/compare/") as gate:
        looking = threading.Thread(target=lambda: pictures.append(quiet.change))
        looking.start()
        assert gate.waiting.wait(20)
        quiet.repository.force_push(quiet.ana, "topic", "main", {"good.py": "1\n"}, "Good")
        quiet.repository.force_push_to(quiet.ana, "topic", evil)
    looking.join(20)

    (change,) = pictures
    assert change.head_sha == evil
    assert [file.path for file in change.files or ()] == ["app.py", "evil.py"]


def test_row_26_a_base_that_anybody_may_write_is_held_to_the_default_branchs_policy(
    scene: Scene,
) -> None:
    nothing = "version: 1\nrequirements: {A: {require: {change_record: {sections: [reason]}}}}\n"
    scene.repository.push(scene.ana, "mine", {".github/changewarden.yml": nothing}, "Lax")
    scene.push("topic")
    scene.repository.open_pull_request(scene.ana, "topic", "Go", BODY, base="mine")

    assert scene.check().conclusion == "action_required"
    assert "0 of 1 approvals" in (scene.check().title or "")
