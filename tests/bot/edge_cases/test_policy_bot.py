"""A repository with policy-bot's `.policy.yml`, and a service that is told to heed it."""

import pytest

from tests.bot.service.conftest import POLICY, Scene
from warden_bot.sandbox import Content
from warden_bot.store.kept import Gap, kept
from warden_policies.policy import Dialect
from warden_policies.replay import Derived, parse_stored, rederived

NATIVE = ".github/changewarden.yml"
TEAM = """\
policy: {approval: [payments approved]}
approval_rules:
  - name: payments approved
    requires: {count: 1, teams: [demo/payments]}
"""


@pytest.fixture
def more_settings(request: pytest.FixtureRequest) -> dict[str, str]:
    """The service heeds policy-bot's file, unless the test says otherwise."""
    return getattr(request, "param", {"CHANGEWARDEN_POLICY_BOT": "1"})


def has(scene: Scene, policy: str, native: str | None = None) -> int:
    """A pull request into a branch with this policy of policy-bot's, and perhaps one of ours."""
    files: dict[str, Content | None] = {".policy.yml": policy, NATIVE: native}
    scene.repository.push(scene.carl, "main", files, "Policies")
    scene.github.organization.team("payments", scene.bob)
    return scene.open()


def test_a_missing_approval_is_waited_for_and_one_that_counts_is_enough(scene: Scene) -> None:
    number = has(scene, TEAM)
    assert scene.check().conclusion == "action_required"
    scene.repository.review(scene.carl, number, "APPROVED")
    assert scene.check().conclusion == "action_required"

    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"


def test_its_decisions_can_be_made_again_from_what_was_kept(scene: Scene) -> None:
    number = has(scene, TEAM)
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"

    with scene.service.store.reading() as connection:
        lines = list(kept(connection, every=True))
    stored = [parse_stored(line) for line in lines if not isinstance(line, Gap)]
    assert len(stored) == len(lines) == len(scene.entries(number))
    assert {each.dialect for each in stored} == {Dialect.POLICY_BOT}
    assert {rederived(each).derived for each in stored} == {Derived.SAME}


@pytest.mark.parametrize("more_settings", [{}], indirect=True)
def test_unless_the_service_is_told_to_such_a_file_is_ignored(scene: Scene) -> None:
    has(scene, TEAM)

    assert scene.check().conclusion == "failure"
    assert "there is no such file" in (scene.check().title or "")


def test_where_there_is_a_policy_of_ours_that_one_decides(scene: Scene) -> None:
    has(scene, "policy: {approval: []}\n", POLICY)

    assert scene.check().conclusion == "action_required"
    assert "Peer review" in (scene.check().summary or "")


def test_the_organisations_policy_holds_beside_it(scene: Scene) -> None:
    scene.github.repository("demo/.github", {NATIVE: POLICY})
    number = has(scene, TEAM)
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "action_required"

    scene.tests_pass()
    assert scene.check().conclusion == "success"


def test_a_file_that_cannot_be_understood_allows_nothing_and_says_where(scene: Scene) -> None:
    has(scene, "policy: {approvel: []}\n")

    assert scene.check().conclusion == "failure"
    assert ".policy.yml:1" in f"{scene.check().title}{scene.check().summary}"


def test_members_of_an_organisation_cannot_be_told_so_nothing_rests_on_them(scene: Scene) -> None:
    number = has(scene, TEAM.replace("teams: [demo/payments]", "organizations: [demo]"))
    scene.repository.review(scene.bob, number, "APPROVED")

    assert scene.check().conclusion == "failure"
    assert "name a team instead" in (scene.check().summary or "")
