"""Whose word counts: people who left, were renamed, suspended or deleted, and nested teams."""

import json

import pytest

from tests.bot.edge_cases.conftest import Naming, Quiet
from tests.bot.looking import calls
from tests.bot.service.conftest import Scene
from tests.bot.service.test_webhook import post
from warden_bot.sandbox import Role
from warden_policies.actors import Actors, includes
from warden_policies.model import Permission

TEAM = ("demo/payments",)


def test_row_20_a_reviewer_who_lost_write_access_approves_nothing(scene: Scene) -> None:
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"

    scene.repository.set_role(scene.bob, Role.READ)
    scene.repository.edit_title(scene.ana, number, "Any event will do")
    assert scene.check().conclusion == "action_required"
    assert "bob has no write access" in (scene.check().summary or "")


@pytest.mark.parametrize("event", ["member", "organization"])
def test_row_20_as_soon_as_github_tells_of_it(scene: Scene, event: str) -> None:
    """Of everything open that is known; what is closed is left alone."""
    closed = scene.open("other")
    scene.repository.close(scene.ana, closed)
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"
    looks = scene.looks

    scene.repository.set_role(scene.bob, Role.READ)
    told = {
        "action": "edited" if event == "member" else "member_removed",
        "installation": {"id": scene.github.installation_id},
        "repository": {"id": scene.repository.id, "full_name": scene.repository.full_name},
    }
    status, _ = post(scene, json.dumps(told).encode(), X_GitHub_Event=event)

    assert status == 202
    assert scene.check().conclusion == "action_required"
    assert scene.looks == looks + 1


@pytest.mark.parametrize("how", ["leave", "suspend"])
def test_row_20_whoever_has_left_or_is_suspended_is_nobody_that_a_policy_could_mean(
    quiet: Quiet, naming: Naming, how: str
) -> None:
    quiet.repository.review(quiet.bob, quiet.number, "APPROVED")
    quiet.github.organization.team("payments", quiet.bob)
    naming("bob", teams=TEAM)
    anybody = Actors(("bob",), TEAM, Permission.READ)
    assert includes(anybody, quiet.standing(quiet.bob))

    getattr(quiet.github.organization, how)(quiet.bob)
    gone = quiet.standing(quiet.bob)
    assert (gone.active, gone.permission, gone.teams) == (False, Permission.NONE, ())
    assert not includes(anybody, gone)


def test_row_20_whoever_left_a_team_is_not_in_it(quiet: Quiet, naming: Naming) -> None:
    quiet.repository.review(quiet.bob, quiet.number, "APPROVED")
    team = quiet.github.organization.team("payments", quiet.bob)
    naming(teams=TEAM)
    assert includes(Actors(teams=TEAM), quiet.standing(quiet.bob))

    quiet.github.organization.leave_team(quiet.bob, team)
    assert not includes(Actors(teams=TEAM), quiet.standing(quiet.bob))
    assert quiet.standing(quiet.bob).active


def test_row_20_a_deleted_account_has_approved_nothing(scene: Scene) -> None:
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"

    scene.github.organization.delete(scene.bob)
    scene.repository.edit_title(scene.ana, number, "Any event will do")
    assert scene.check().conclusion == "action_required"
    assert "the account was deleted" in (scene.check().summary or "")


def test_row_21_a_team_counts_in_the_members_of_the_teams_below_it(
    quiet: Quiet, naming: Naming
) -> None:
    organization = quiet.github.organization
    payments = organization.team("payments")
    cards = organization.team("cards", parent=payments)
    organization.team("disputes", quiet.bob, parent=cards)
    naming(teams=("demo/payments", "demo/cards"))
    quiet.repository.review(quiet.bob, quiet.number, "APPROVED")

    teams = {team.slug: team.id for team in quiet.standing(quiet.bob).teams}
    assert teams == {"demo/payments": payments.id, "demo/cards": cards.id}


def test_row_22_upper_and_lower_case_are_the_same(quiet: Quiet, naming: Naming) -> None:
    quiet.github.organization.team("payments", quiet.bob)
    naming("BOB", teams=("Demo/Payments",))
    bob = quiet.standing(quiet.bob)

    assert includes(Actors(people=("BOB",)), bob)
    assert includes(Actors(teams=("Demo/Payments",)), bob)


def test_row_23_a_number_survives_a_new_name_and_an_old_name_gives_nothing_away(
    quiet: Quiet, naming: Naming
) -> None:
    team = quiet.github.organization.team("payments", quiet.bob)
    written = Actors((f"bob#{quiet.bob.id}",), (f"demo/payments#{team.id}",))
    naming(*written.people, teams=written.teams)
    quiet.repository.review(quiet.bob, quiet.number, "APPROVED")
    quiet.github.organization.rename(quiet.bob, "robert")
    quiet.github.organization.rename_team(team, "billing")
    impostor = quiet.github.person("bob")
    quiet.github.organization.team("payments", impostor)
    quiet.repository.review(impostor, quiet.number, "APPROVED")

    assert includes(Actors(written.people), quiet.standing(quiet.bob))
    assert includes(Actors(teams=written.teams), quiet.standing(quiet.bob))
    assert not includes(written, quiet.standing(impostor))


def test_a_team_that_nobody_can_find_leaves_a_gap_that_says_what_to_do(
    quiet: Quiet, naming: Naming
) -> None:
    naming(teams=("demo/paymets", "elsewhere/payments"))
    change = quiet.change

    assert change.people is None
    (gap,) = change.unread
    assert gap.part == "people"
    assert "GitHub shows no team demo/paymets, elsewhere/payments: correct the policy" in gap.why


def test_without_the_permission_to_read_teams_nobodys_standing_is_known_and_it_says_so(
    quiet: Quiet, naming: Naming
) -> None:
    quiet.github.organization.team("payments", quiet.bob)
    naming(teams=TEAM)
    quiet.github.set_permissions(
        {"checks": "write", "contents": "read", "metadata": "read", "pull_requests": "read"}
    )

    (gap,) = quiet.change.unread
    assert gap.part == "people"
    assert "the App may not read team.team: give it the permissions that" in gap.why


def test_a_look_costs_three_requests_and_a_fourth_for_the_other_members_of_teams(
    quiet: Quiet, naming: Naming
) -> None:
    quiet.look()
    compare = f"v3/repos/demo/payments/compare/{quiet.change.base_sha}...{quiet.change.head_sha}"
    before = len(calls(quiet.github))
    quiet.look()
    assert calls(quiet.github)[before:] == ["graphql", compare, "graphql"]

    quiet.github.organization.team("payments", *map(quiet.github.person, ("dina", "eve")))
    naming(teams=TEAM)
    before = len(calls(quiet.github))
    quiet.look()
    assert calls(quiet.github)[before:] == ["graphql", compare, "graphql", "graphql"]
