"""Who belongs to the organisation, its teams, and who has access to what."""

from typing import Any

import pytest

from tests.bot.sandbox.conftest import Scene
from tests.bot.sandbox.test_graphql import ask
from warden_bot.sandbox import Role

TEAM = """query($slug: String!, $membership: TeamMembershipType) { organization(login: "demo") {
  team(slug: $slug) { databaseId combinedSlug
    members(first: 9, membership: $membership) { totalCount nodes { login } } } } }"""
ACCESS = """query($login: String) { repository(owner: "demo", name: "payments") {
  collaborators(first: 9, login: $login) { totalCount edges { permission node { login } } } } }"""


def members(scene: Scene, slug: str, membership: str = "ALL") -> list[str]:
    answer = ask(scene.github, TEAM, slug=slug, membership=membership)
    return [node["login"] for node in answer["data"]["organization"]["team"]["members"]["nodes"]]


def access(scene: Scene, login: str | None) -> dict[str, str]:
    answer = ask(scene.github, ACCESS, login=login)
    edges = answer["data"]["repository"]["collaborators"]["edges"]
    return {edge["node"]["login"]: edge["permission"] for edge in edges}


def test_a_team_counts_the_members_of_the_teams_below_it(scene: Scene) -> None:
    organization = scene.github.organization
    payments = organization.team("payments", scene.ana)
    cards = organization.team("cards", scene.bob, parent=payments)
    organization.team("disputes", scene.carl, scene.ana, parent=cards)
    assert members(scene, "payments") == ["ana", "bob", "carl"]
    assert members(scene, "payments", "IMMEDIATE") == ["ana"]
    assert members(scene, "payments", "CHILD_TEAM") == ["bob", "carl"]
    assert members(scene, "Cards") == ["ana", "bob", "carl"]


def test_a_team_can_be_left_and_renamed(scene: Scene) -> None:
    organization = scene.github.organization
    team = organization.team("payments", scene.ana, scene.bob)
    organization.leave_team(scene.ana, team)
    organization.rename_team(team, "billing")
    assert members(scene, "billing") == ["bob"]
    answer = ask(scene.github, TEAM, slug="payments", membership="ALL")
    assert answer["data"]["organization"]["team"] is None


def test_whose_access_it_is_can_be_asked_by_login(scene: Scene) -> None:
    scene.repository.set_role(scene.carl, Role.ADMIN)
    scene.github.person("mallory", Role.NONE)
    assert access(scene, None) == {"ana": "WRITE", "bob": "WRITE", "carl": "ADMIN"}
    assert access(scene, "BOB") == {"bob": "WRITE"}
    assert access(scene, "mallory") == {}
    assert access(scene, "nobody") == {}


@pytest.mark.parametrize("how", ["leave", "suspend", "delete"])
def test_whoever_is_gone_has_access_to_nothing_and_is_in_no_team(scene: Scene, how: str) -> None:
    organization = scene.github.organization
    organization.team("payments", scene.bob, scene.carl)
    scene.repository.set_role(scene.bob, Role.ADMIN)
    getattr(organization, how)(scene.bob)
    assert access(scene, "bob") == {}
    assert how == "delete" or members(scene, "payments") == ["carl"]


def test_what_a_deleted_account_wrote_is_nobodys(scene: Scene) -> None:
    scene.repository.review(scene.bob, scene.number, "APPROVED")
    scene.github.organization.delete(scene.bob)
    query = """query($number: Int!) { repository(owner: "demo", name: "payments") {
      pullRequest(number: $number) { reviews(first: 9) { nodes { state author { login } } } } } }"""
    pull = ask(scene.github, query, number=scene.number)["data"]["repository"]["pullRequest"]
    assert pull["reviews"]["nodes"] == [{"state": "APPROVED", "author": None}]


def test_a_login_that_was_given_up_can_be_taken_by_somebody_else(scene: Scene) -> None:
    scene.github.organization.rename(scene.bob, "robert")
    other = scene.github.person("bob")
    assert other is not scene.bob
    assert access(scene, "robert") == {"robert": "WRITE"}


@pytest.mark.parametrize(("login", "kind"), [("nobody", "NOT_FOUND"), ("ana", "NOT_FOUND")])
def test_only_organisations_are_organisations(scene: Scene, login: str, kind: str) -> None:
    query = "query($login: String!) { organization(login: $login) { login } }"
    (error,) = ask(scene.github, query, login=login)["errors"]
    assert (error["type"], error["path"]) == (kind, ["organization"])


def test_teams_are_not_shown_without_the_permission(scene: Scene) -> None:
    scene.github.organization.team("payments", scene.bob)
    scene.github.set_permissions({"metadata": "read", "pull_requests": "read"})
    answer: Any = ask(scene.github, TEAM, slug="payments", membership="ALL")
    (error,) = answer["errors"]
    assert (error["type"], error["path"]) == ("FORBIDDEN", ["organization", "team"])
