"""GraphQL: the decision's query, its pages and errors, and the schema's truth."""

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    parse,
    validate,
)

import warden_bot.github
from tests.bot.sandbox.conftest import POLICY, Scene, integration
from warden_bot.sandbox import Role, Sandbox
from warden_bot.sandbox.graphql.endpoint import sandbox_schema

DECISION = Path(warden_bot.github.__file__).with_name("decision.graphql").read_text("utf-8")
TRUTH = Path(__file__).parents[2] / "data" / "github" / "schema.graphql"


@pytest.fixture(scope="module")
def truth() -> GraphQLSchema:
    return build_schema(TRUTH.read_text("utf-8"))


def installation_token(github: Sandbox) -> str:
    return integration(github).get_access_token(github.installation_id).token


def ask(github: Sandbox, query: str, token: str | None = None, **variables: Any) -> dict[str, Any]:
    """Send a query and return the whole answer, errors included."""
    connection = http.client.HTTPConnection(urlsplit(github.base_url).netloc, timeout=10)
    headers = {"Authorization": f"bearer {token or installation_token(github)}"}
    connection.request(
        "POST", "/api/graphql", json.dumps({"query": query, "variables": variables}), headers
    )
    response = connection.getresponse()
    answer: dict[str, Any] = json.loads(response.read())
    connection.close()
    assert response.status == 200
    return answer


def decide(scene: Scene, **more: Any) -> dict[str, Any]:
    variables: dict[str, Any] = {
        "owner": "demo",
        "name": "payments",
        "number": scene.number,
        "policyPath": ".github/changewarden.yml",
    }
    answer = ask(scene.github, DECISION, **variables | more)
    # There is no organisation-wide policy, which is the one thing that may be missing.
    assert [error["path"] for error in answer["errors"]] == [["organization"]]
    found: dict[str, Any] = answer["data"]["repository"]["pullRequest"]
    return found


def test_the_decisions_query_is_valid_at_github(truth: GraphQLSchema) -> None:
    assert validate(truth, parse(DECISION)) == []


def test_our_schema_says_what_githubs_says(truth: GraphQLSchema) -> None:
    differences = [
        difference
        for name, ours in sandbox_schema().type_map.items()
        if not name.startswith("__")
        for difference in compare(ours, truth.type_map.get(name))
    ]
    assert differences == []


def compare(ours: GraphQLNamedType, theirs: GraphQLNamedType | None) -> list[str]:
    """How our cut of a type differs from GitHub's; leaving things out is no difference."""
    if theirs is None or type(ours) is not type(theirs):
        return [f"{ours.name} is another kind of type"]
    if isinstance(ours, GraphQLEnumType) and isinstance(theirs, GraphQLEnumType):
        return [] if set(ours.values) == set(theirs.values) else [f"{ours.name} has other values"]
    if isinstance(ours, GraphQLUnionType) and isinstance(theirs, GraphQLUnionType):
        members = {each.name for each in ours.types} - {each.name for each in theirs.types}
        return [f"{ours.name} has {members}"] if members else []
    if not isinstance(ours, GraphQLObjectType | GraphQLInterfaceType):
        return []
    assert isinstance(theirs, GraphQLObjectType | GraphQLInterfaceType)
    interfaces = {each.name for each in ours.interfaces} - {each.name for each in theirs.interfaces}
    found = [f"{ours.name} implements {interfaces}"] if interfaces else []
    for name, field in ours.fields.items():
        their_field = theirs.fields.get(name)
        signature = {key: (str(arg.type), arg.default_value) for key, arg in field.args.items()}
        if their_field is None or str(field.type) != str(their_field.type):
            found.append(f"{ours.name}.{name} has another type")
        elif signature != {
            key: (str(arg.type), arg.default_value)
            for key, arg in their_field.args.items()
            if key in signature
        }:
            found.append(f"{ours.name}.{name} takes other arguments")
    return found


def test_the_decision_sees_the_pull_request(scene: Scene) -> None:
    scene.repository.review(scene.bob, scene.number, "APPROVED")
    pull = decide(scene)
    assert (pull["title"], pull["author"]["login"]) == ("Retry settlement", "ana")
    assert (pull["state"], pull["isDraft"], pull["changedFiles"]) == ("OPEN", False, 1)
    assert pull["headRefOid"] == scene.head
    target = pull["baseRef"]["target"]
    assert target["oid"] == scene.repository.head("main")
    assert target["file"]["object"] == {"text": POLICY, "isBinary": False, "isTruncated": False}
    (review,) = pull["reviews"]["nodes"]
    assert (review["author"]["login"], review["state"]) == ("bob", "APPROVED")
    assert (review["commit"]["oid"], review["authorCanPushToRepository"]) == (scene.head, True)
    assert isinstance(review["fullDatabaseId"], str)


def test_authors_include_everybody_in_a_trailer(scene: Scene) -> None:
    trailers = [f"Co-authored-by: {scene.bob.signature}", "Co-authored-by: Eve <eve@example.org>"]
    scene.repository.push(scene.ana, "retry", {"b.py": "1\n"}, "Pair", trailers=trailers)
    authors = decide(scene)["commits"]["nodes"][-1]["commit"]["authors"]["nodes"]
    logins = [author["user"] and author["user"]["login"] for author in authors]
    assert logins == ["ana", "bob", None]


def test_a_merge_by_github_is_signed_and_a_forged_one_is_not(scene: Scene) -> None:
    scene.repository.merge(scene.bob, scene.number)
    query = """query($number: Int!) { repository(owner: "demo", name: "payments") {
      pullRequest(number: $number) { state mergeCommit { committer { email }
        signature { isValid wasSignedByGitHub } parents(first: 2) { nodes { oid signature {
        isValid } } } } } } }"""
    pull = ask(scene.github, query, number=scene.number)["data"]["repository"]["pullRequest"]
    merge = pull["mergeCommit"]
    assert (pull["state"], merge["committer"]["email"]) == ("MERGED", "noreply@github.com")
    assert merge["signature"] == {"isValid": True, "wasSignedByGitHub": True}
    assert merge["parents"]["nodes"][1] == {"oid": scene.head, "signature": None}
    forger = scene.github.person("eve")
    forger.name, forger.email = "GitHub", "noreply@github.com"
    scene.repository.push(forger, "forged", {"x.py": "1\n"}, "Trust me")
    number = scene.repository.open_pull_request(forger, "forged", "Trust me")
    forged = decide(scene, number=number)["commits"]["nodes"][0]["commit"]
    assert (forged["committer"]["email"], forged["signature"]) == ("noreply@github.com", None)


def test_checks_name_the_app_that_reported_them(scene: Scene) -> None:
    assert decide(scene)["headCommit"]["nodes"][0]["commit"]["statusCheckRollup"] is None
    app = scene.github.app()
    for conclusion in ("failure", "success"):
        scene.repository.report_check(app, scene.head, "test", "completed", conclusion)
    rollup = decide(scene)["headCommit"]["nodes"][0]["commit"]["statusCheckRollup"]
    (check,) = rollup["contexts"]["nodes"]
    assert (check["name"], check["status"], check["conclusion"]) == ("test", "COMPLETED", "SUCCESS")
    assert check["checkSuite"]["app"] == {"databaseId": 15368, "slug": "github-actions"}


def test_connections_really_page(scene: Scene) -> None:
    for number in range(205):
        scene.repository.review(scene.bob, scene.number, "COMMENTED", str(number))
    seen: list[str] = []
    cursor, more = None, True
    while more:
        page = decide(scene, reviews=cursor)["reviews"]
        seen += [node["fullDatabaseId"] for node in page["nodes"]]
        cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        assert page["totalCount"] == 205
    assert len(seen) == len(set(seen)) == 205


def test_the_last_of_a_connection_can_be_asked_for(scene: Scene) -> None:
    second = scene.repository.push(scene.ana, "retry", {"b.py": "1\n"}, "More")
    pull = decide(scene)
    assert [node["commit"]["oid"] for node in pull["commits"]["nodes"]] == [scene.head, second]
    assert [node["commit"]["oid"] for node in pull["headCommit"]["nodes"]] == [second]


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("reviews(first: 101)", "EXCESSIVE_PAGINATION"),
        ("reviews", "MISSING_PAGINATION_BOUNDARIES"),
        ('reviews(first: 1, after: "nonsense")', "INVALID_CURSOR_ARGUMENTS"),
    ],
)
def test_bad_paging_is_an_error_beside_partial_data(scene: Scene, field: str, kind: str) -> None:
    answer = ask(
        scene.github,
        f'{{ repository(owner: "demo", name: "payments") {{ name pullRequest(number: '
        f"{scene.number}) {{ title {field} {{ totalCount }} }} }} }}",
    )
    assert [error["type"] for error in answer["errors"]] == [kind]
    assert answer["data"]["repository"]["pullRequest"] == {
        "title": "Retry settlement",
        "reviews": None,
    }


@pytest.mark.parametrize(
    "query",
    [
        '{ repository(owner: "demo", name: "nothing") { name } }',
        '{ repository(owner: "demo", name: "payments") { pullRequest(number: 99) { title } } }',
    ],
)
def test_what_does_not_exist_is_an_error_with_status_200(scene: Scene, query: str) -> None:
    answer = ask(scene.github, query)
    (error,) = answer["errors"]
    assert (error["type"], set(error)) == ("NOT_FOUND", {"type", "message", "path", "locations"})


@pytest.mark.parametrize("query", ["{ nonsense }", "{ repository", "{ repository { name } }"])
def test_a_query_that_is_not_valid_gets_errors_and_no_data(github: Sandbox, query: str) -> None:
    answer = ask(github, query)
    assert "data" not in answer
    assert answer["errors"]


def test_a_repository_that_one_may_not_see_does_not_exist(scene: Scene) -> None:
    stranger = scene.github.token_of(scene.github.person("mallory", Role.NONE))
    answer = ask(scene.github, '{ repository(owner: "demo", name: "payments") { name } }', stranger)
    assert answer["errors"][0]["type"] == "NOT_FOUND"


def test_a_missing_permission_leaves_a_hole_and_an_error(scene: Scene) -> None:
    scene.github.set_permissions({"metadata": "read", "pull_requests": "read"})
    answer = ask(
        scene.github,
        DECISION,
        owner="demo",
        name="payments",
        number=scene.number,
        policyPath=".github/changewarden.yml",
    )
    pull = answer["data"]["repository"]["pullRequest"]
    assert pull["baseRef"]["target"]["file"] is None
    assert pull["headCommit"]["nodes"][0]["commit"]["statusCheckRollup"] is None
    refused = {error["type"] for error in answer["errors"] if error["path"] != ["organization"]}
    assert refused == {"FORBIDDEN"}


@pytest.mark.parametrize(
    ("content", "binary", "truncated"),
    [("a: 1\n", False, False), (b"\0\1", True, False), ("x" * 600_000, False, True)],
)
def test_files_say_when_they_are_binary_or_cut_off(
    scene: Scene, content: str | bytes, *, binary: bool, truncated: bool
) -> None:
    files = {".github/changewarden.yml": content}
    scene.repository.push(scene.bob, "main", files, "Change the policy")
    blob = decide(scene)["baseRef"]["target"]["file"]["object"]
    assert (blob["isBinary"], blob["isTruncated"]) == (binary, truncated)
    assert (blob["text"] is None) is binary
