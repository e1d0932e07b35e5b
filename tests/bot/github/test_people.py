"""What everybody may do who took part, and everybody whom the policy names."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.bot.github.answers import (
    BOB,
    Answers,
    Json,
    Rest,
    branch,
    changed,
    comment,
    commit,
    dismissed,
    forced,
    labeled,
    page,
    person_in_commit,
    pull,
    review,
    signature,
    snapshot,
    status,
)
from warden_bot.github.snapshot import policy_files, take_snapshot
from warden_policies.actors import Actors
from warden_policies.example import AFTERNOON
from warden_policies.model import Change, EntryKind, Permission, Standing, Team
from warden_policies.policy import Combine, Group, Policy

ANY_POLICY = Policy("", "", Group(Combine.POLICY, "policy", ()))
EVERYBODY = {
    name: (number, "WRITE")
    for number, name in enumerate(
        ("ana", "bob", "carl", "dina", "eve", "fred", "gina", "hugo", "ines"), start=1
    )
}


def actor(name: str) -> Json:
    return {"__typename": "User", "login": name, "databaseId": EVERYBODY[name][0]}


def logins(change: Change) -> list[str]:
    return [standing.person.login for standing in change.people or ()]


def standing(change: Change, login: str) -> Standing:
    return next(each for each in change.people or () if each.person.login == login)


def test_everybody_who_took_part_has_a_standing() -> None:
    made = commit(
        authors={"totalCount": 1, "nodes": [person_in_commit("carl", 3)]},
        committer=person_in_commit("dina", 4),
        signature=signature(signer={"databaseId": 5, "login": "eve"}),
        message="Change\n\nOn-behalf-of: 2+bob@users.noreply.github.com",
    )
    labels, events = page({"name": "docs"}), (labeled("docs", 1, actor("fred")),)
    change = snapshot(
        pull(
            commits=page(made),
            reviews=page(review(1, author=BOB, state="DISMISSED")),
            labels=labels,
            timeline=page(*events, dismissed(1, 2, actor=actor("gina")), forced(3, actor("hugo"))),
            comments=page(comment(1, author=actor("ines"))),
        ),
        rest=Rest(accounts=EVERYBODY),
    ).change

    assert logins(change) == list(EVERYBODY)


def test_whoever_reported_a_status_has_one_too() -> None:
    contexts = page(status(creator=actor("ines")))
    change = snapshot(
        pull(headCommit={"nodes": [_head(contexts)]}), rest=Rest(accounts=EVERYBODY)
    ).change

    assert "ines" in logins(change)


def _head(contexts: Json) -> Json:
    return {"commit": {"oid": "a" * 40, "statusCheckRollup": {"contexts": contexts}}}


@pytest.mark.parametrize("permission", list(Permission)[1:])
def test_a_standing_has_the_access_that_github_gives(permission: Permission) -> None:
    rest = Rest(accounts={"ana": (1, permission.name), "bob": (2, "READ")})

    assert standing(snapshot(pull(), rest=rest).change, "ana").permission is permission


@pytest.mark.parametrize(
    ("private", "permission"), [(True, Permission.NONE), (False, Permission.READ)]
)
def test_who_was_given_no_access_is_not_active(permission: Permission, *, private: bool) -> None:
    found = standing(snapshot(pull(private=private), rest=Rest(accounts={})).change, "bob")

    assert (found.permission, found.active) == (permission, False)


def test_somebody_else_with_the_login_of_a_participant_gives_them_nothing() -> None:
    """Bob was renamed a moment ago, and his old name was taken."""
    rest = Rest(accounts={"ana": (1, "WRITE"), "bob": (66, "ADMIN")})
    change = snapshot(pull(), rest=rest).change

    (bob,) = (each for each in change.people or () if each.person.id == 2)
    assert (bob.permission, bob.active) == (Permission.NONE, False)


def test_robots_are_active_and_nobody_asks_for_their_access() -> None:
    robot = {"__typename": "Bot", "login": "robot", "databaseId": 90}
    answers = Answers(pull(author=robot))
    taken = take_snapshot(answers, "acme/shop", 7, own_app_id=5, clock=lambda: AFTERNOON)
    found = standing(taken.change, "robot[bot]")

    assert (found.permission, found.active) == (Permission.NONE, True)
    assert answers.details[0].count("collaborators") == 2, "ana, who committed, and bob"


def test_access_that_is_kept_from_us_is_a_gap_that_says_so() -> None:
    class Silent(Answers):
        def _answer(self, kind: str, values: list[Any]) -> tuple[bool, Any]:
            return (False, None) if kind == "account" else super()._answer(kind, values)

    answers = Silent(pull(), rest=Rest(compared=[changed()], mode=0o120000))
    change = take_snapshot(answers, "acme/shop", 7, own_app_id=5, clock=lambda: AFTERNOON).change

    assert change.people is None
    (gap,) = change.unread
    assert (gap.part, gap.why) == (
        "people",
        "the App may not read who has access to the repository",
    )
    assert [file.entry for file in change.files or ()] == [EntryKind.SYMLINK]


def team(
    number: int, slug: str, *members: str, more: bool = False, total: int | None = None
) -> Json:
    nodes = [{"databaseId": EVERYBODY[name][0], "login": name} for name in members]
    return {
        "databaseId": number,
        "combinedSlug": f"acme/{slug}",
        "members": page(*nodes, more=more, total=total),
    }


@pytest.fixture
def naming(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets the policy name these actors, whatever words the language has for that."""

    def name(*people: str, teams: tuple[str, ...] = ()) -> None:
        named = Actors(people, teams)

        def named_actors(policy: Policy) -> Actors:
            return named

        monkeypatch.setattr(policy_files, "named_actors", named_actors)
        monkeypatch.setattr(policy_files, "parse_policy", lambda *_: ANY_POLICY)

    return name


def with_teams(teams: Mapping[str, Any], **more: Any) -> Change:
    return snapshot(pull(), rest=Rest(accounts=EVERYBODY, teams=teams, **more)).change


def test_people_whom_the_policy_names_are_known_though_they_took_no_part(naming: Any) -> None:
    naming("dina", "Eve#5", "nobody", "robot[bot]", "robot[bot]#90")

    assert logins(with_teams({})) == ["ana", "bob", "dina", "Eve"]


def test_team_members_are_known_with_every_team_that_counts_them_in(naming: Any) -> None:
    naming(teams=("acme/payments", "Acme/Leads"))
    change = with_teams(
        {"payments": team(77, "payments", "bob", "dina"), "leads": team(70, "leads", "bob")}
    )

    assert logins(change) == ["ana", "bob", "dina"]
    assert standing(change, "bob").teams == (Team(70, "acme/leads"), Team(77, "acme/payments"))
    assert standing(change, "bob").organizations == ("acme",)
    assert standing(change, "dina").permission is Permission.WRITE
    assert (standing(change, "ana").teams, standing(change, "ana").organizations) == ((), ())


def test_a_member_without_access_is_active_all_the_same(naming: Any) -> None:
    naming(teams=("acme/payments",))
    rest = Rest(accounts={}, teams={"payments": team(77, "payments", "bob")})
    found = standing(snapshot(pull(), rest=rest).change, "bob")

    assert (found.permission, found.active) == (Permission.NONE, True)


def test_a_team_is_read_to_its_last_page(naming: Any) -> None:
    naming(teams=("acme/payments",))
    pages = {
        None: team(77, "payments", "bob", more=True, total=2),
        "next": team(77, "payments", "dina", total=2),
    }

    assert standing(with_teams({"payments": pages}), "dina").teams


def test_a_team_that_was_renamed_is_found_by_its_number(naming: Any) -> None:
    naming(teams=("acme/payments#77",))
    change = with_teams(
        {"payments": team(66, "payments", "eve"), "billing": team(77, "billing", "bob")}
    )

    assert standing(change, "bob").teams == (Team(77, "acme/billing"),)
    assert "eve" not in logins(change)


@pytest.mark.parametrize(
    ("name", "hidden"),
    [("acme/payments", False), ("acme/payments#77", False), ("other/payments", True)],
)
def test_a_team_that_is_not_to_be_found_leaves_nobodys_standing_known(
    naming: Any, name: str, *, hidden: bool
) -> None:
    naming(teams=(name,))
    change = with_teams({"leads": team(70, "leads", "bob")}, organization_hides=hidden)

    assert change.people is None
    (gap,) = change.unread
    assert (gap.part, name in gap.why) == ("people", True)
    assert "let the App read the organisation's members" in gap.why


def test_a_policy_that_cannot_be_read_names_nobody() -> None:
    broken = snapshot(pull(baseRef=branch("main", "version: [")))

    assert logins(broken.change) == ["ana", "bob"]


def test_hundreds_of_people_are_asked_about_in_few_requests() -> None:
    crowd = {f"user{number}": (number, "READ") for number in range(1_000, 1_600)}
    said = [
        comment(number, author={"__typename": "User", "login": name, "databaseId": number})
        for name, (number, _) in crowd.items()
    ]
    answers = Answers(pull(comments=page(*said)), rest=Rest(accounts=crowd))
    taken = take_snapshot(answers, "acme/shop", 7, own_app_id=5, clock=lambda: AFTERNOON)

    assert len(taken.change.people or ()) == 602
    assert len(answers.details) == 3
