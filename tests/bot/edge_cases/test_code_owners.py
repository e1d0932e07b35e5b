"""Code owners, as the base branch's CODEOWNERS names them, through a whole service."""

import pytest

from tests.bot.service.conftest import BODY, Scene
from warden_bot.sandbox import Content

POLICY = "version: 1\nrequirements: {Owners: {require: {code_owners: {count: 1}}}}\n"


@pytest.fixture
def number(scene: Scene) -> int:
    """Ana changes one file of Bob's, one of a team's, and one that people unknown own, too."""
    owners = """\
/mine.py @Bob
/ours.py @demo/Payments
/odd.py @nobody-knows-her @demo/no-such-team @elsewhere/payments @carl
"""
    files: dict[str, Content | None] = {
        ".github/changewarden.yml": POLICY,
        ".github/CODEOWNERS": owners,
    }
    scene.repository.push(scene.carl, "main", files, "Owners decide")
    scene.github.organization.team("payments", scene.github.person("dina"))
    changed: dict[str, Content | None] = dict.fromkeys(("mine.py", "ours.py", "odd.py"), "1\n")
    scene.repository.push(scene.ana, "topic", changed, "Change it")
    return scene.repository.open_pull_request(scene.ana, "topic", "Change topic", BODY)


def test_owners_and_members_of_owning_teams_approve_what_is_theirs(
    scene: Scene, number: int
) -> None:
    scene.repository.review(scene.bob, number, "APPROVED")
    check = scene.check()
    assert check.conclusion == "action_required"
    assert "owners approved 1 of 3 owned paths" in (check.summary or "")
    assert "dina" in (check.summary or "")  # who could approve ours.py

    scene.repository.review(scene.github.person("dina"), number, "APPROVED")
    scene.repository.review(scene.carl, number, "APPROVED")
    assert scene.check().conclusion == "success"


def test_an_owner_whom_github_does_not_know_is_nobody_and_no_error(
    scene: Scene, number: int
) -> None:
    assert scene.check().conclusion == "action_required"
    assert "no-such-team" in (scene.check().summary or "")


def test_an_owner_of_the_head_branch_owns_nothing(scene: Scene, number: int) -> None:
    takeover: dict[str, Content | None] = {".github/CODEOWNERS": "* @carl\n"}
    scene.repository.push(scene.ana, "topic", takeover, "All of it is Carl's")
    scene.repository.review(scene.carl, number, "APPROVED")

    assert scene.check().conclusion == "action_required"
