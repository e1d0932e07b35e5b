"""Which files govern a pull request, and what is said of those that cannot be read."""

from typing import Any

import pytest

from tests.bot.github.answers import BASE, Json, branch, pull, snapshot, text_file
from warden_bot.github.snapshot import PolicyFile
from warden_policies.model import Unread

OWNERS = "* @acme/payments\n"


def organization(text: str | None = "version: 1\n") -> Json:
    return {"nameWithOwner": "acme/.github", "defaultBranchRef": branch("main", text)}


def test_the_organisations_policy_comes_with_where_it_was_read() -> None:
    taken = snapshot(pull(organization("version: 2\n")))

    where, path = f"main at {BASE[:7]}", "acme/.github/.github/changewarden.yml"
    assert taken.organization == PolicyFile(b"version: 2\n", where=where, path=path)
    assert (taken.policy.source, taken.floor) == (b"version: 1\n", None)


@pytest.mark.parametrize(
    "repository",
    [None, organization(None), {"nameWithOwner": "acme/.github", "defaultBranchRef": None}],
)
def test_an_organisation_without_a_policy_asks_for_nothing(repository: Json | None) -> None:
    assert snapshot(pull(repository)).organization is None


def test_an_organisations_policy_that_cannot_be_read_is_not_taken_for_none() -> None:
    broken = organization()
    broken["defaultBranchRef"]["target"]["file"] = text_file(None, isBinary=True)
    found = snapshot(pull(broken)).organization

    assert found is not None
    assert (found.source, found.absent) == (None, False)
    assert "binary" in found.problem


def test_a_policy_that_is_not_there_is_told_from_one_that_cannot_be_read() -> None:
    missing = snapshot(pull(baseRef=branch("main", None))).policy
    cut_off = branch("main", file=text_file("version: 1", isTruncated=True))
    unreadable = snapshot(pull(baseRef=cut_off)).policy

    assert (missing.absent, unreadable.absent) == (True, False)


CODE_OWNERS = [
    pytest.param({}, "", id="none"),
    pytest.param({"codeOwnersInDocs": text_file(OWNERS)}, OWNERS, id="in docs"),
    pytest.param(
        {"codeOwnersAtRoot": text_file(OWNERS), "codeOwnersInDocs": text_file("* @eve\n")},
        OWNERS,
        id="at the root before docs",
    ),
    pytest.param(
        {"codeOwnersInGithub": text_file(OWNERS), "codeOwnersAtRoot": text_file("* @eve\n")},
        OWNERS,
        id="in .github before all",
    ),
    pytest.param({"codeOwnersInGithub": text_file("")}, "", id="empty"),
    pytest.param(
        {"codeOwnersInGithub": text_file(""), "codeOwnersAtRoot": text_file("* @eve\n")},
        "",
        id="an empty file is a file",
    ),
    pytest.param(
        {"codeOwnersInGithub": {"object": None}, "codeOwnersAtRoot": text_file(OWNERS)},
        OWNERS,
        id="a folder of that name is not",
    ),
]


@pytest.mark.parametrize(("files", "expected"), CODE_OWNERS)
def test_the_code_owners_are_in_the_first_file_that_github_would_read(
    files: dict[str, Any], expected: str
) -> None:
    assert snapshot(pull(baseRef=branch("main", **files))).change.code_owners == expected


@pytest.mark.parametrize("fault", [{"isBinary": True}, {"isTruncated": True}, {"text": None}])
def test_code_owners_that_cannot_be_read_are_not_taken_for_none(fault: Json) -> None:
    base = branch("main", codeOwnersInGithub=text_file(OWNERS))
    base["target"]["codeOwnersInGithub"]["object"] |= fault
    change = snapshot(pull(baseRef=base)).change

    assert change.code_owners is None
    assert change.unread == (Unread("code_owners", "the file is binary or too large"),)


def test_neither_are_those_of_a_branch_that_is_gone() -> None:
    change = snapshot(pull(state="CLOSED", baseRef=None)).change

    assert change.unread == (Unread("code_owners", "the branch does not exist any more"),)
