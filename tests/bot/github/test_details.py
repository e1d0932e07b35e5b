"""The second query, written for each pull request: valid at GitHub, safe from strangers."""

from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from warden_bot.github.snapshot import entries, standings, teams
from warden_bot.github.snapshot.details import Question, query_for
from warden_bot.sandbox.graphql.endpoint import sandbox_schema
from warden_policies.model import ChangedFile, FileChange

TRUTH = Path(__file__).parents[2] / "data" / "github" / "schema.graphql"
BEFORE, HEAD = "b" * 40, "a" * 40
FILES = (
    ChangedFile("app.py", FileChange.MODIFIED),
    ChangedFile("new.py", FileChange.RENAMED, previous_path="old.py"),
)
ALL = [
    *entries.questions_about(FILES, BEFORE, HEAD),
    *standings.questions_about(["ana", "bob"]),
    *teams.questions_about(["acme/payments", "acme/leads#7"]),
    Question("teams", teams.LIST, ("acme", "cursor"), "top"),
]


@pytest.fixture(scope="module", params=["github", "sandbox"])
def schema(request: pytest.FixtureRequest) -> GraphQLSchema:
    if request.param == "sandbox":
        return sandbox_schema()
    return build_schema(TRUTH.read_text("utf-8"))


@pytest.mark.parametrize("asked", [ALL, ALL[:1], ALL[4:5], ALL[-1:], ALL[6:8]])
def test_the_query_is_valid(schema: GraphQLSchema, asked: list[Question]) -> None:
    query, variables = query_for(asked)

    assert validate(schema, parse(query)) == []
    assert {name for name in variables if f"${name}" not in query} == set()


def test_what_strangers_wrote_travels_as_variables() -> None:
    evil = '") { nodes } } #'
    asked = [
        *entries.questions_about([ChangedFile(evil, FileChange.ADDED)], BEFORE, HEAD),
        *standings.questions_about([evil]),
    ]
    query, variables = query_for(asked)

    assert evil not in query
    assert list(variables.values()).count(evil) == 3


def test_both_sides_of_a_rename_are_looked_up() -> None:
    asked = [(each.values, each.place) for each in entries.questions_about(FILES, BEFORE, HEAD)]

    assert asked == [
        (("app.py",), HEAD),
        (("app.py",), BEFORE),
        (("new.py",), HEAD),
        (("old.py",), BEFORE),
    ]
