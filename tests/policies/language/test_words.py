"""What the words' arguments must be: every mistake with its place, and what to write instead."""

import pytest

from warden_policies.language import parse_policy
from warden_policies.policy import InvalidPolicy


def errors(key: str, text: str) -> list[str]:
    """What is wrong with one word, which stands on line 4 from column 13 on."""
    other = "require" if key == "when" else None
    more = f"\n    {other}: {{approvals: {{count: 1}}}}" if other else ""
    source = f"version: 1\nrequirements:\n  Rule:\n    {key}: {{{text}}}{more}\n"
    try:
        parse_policy(source.encode(), "p.yml")
    except InvalidPolicy as invalid:
        return [error.message for error in invalid.errors]
    return []


GIVEN = {
    "labels: {}": "expected at least one of 'any_of', 'all_of'",
    "labels: {applied_by: {people: [bob]}}": "expected at least one of 'any_of', 'all_of'",
    "labels: {any_of: []}": "must not be empty",
    'labels: {any_of: [""]}': "must not be empty",
    "labels: {any_of: [a], applied_by: {}}":
        "expected at least one of 'people', 'teams', 'permission'",
    "opener: {}": "expected at least one of 'people', 'teams', 'permission', 'kind'",
    "contributors: {people: []}":
        "expected at least one of 'people', 'teams', 'permission', 'kind'",
    "opener: {people: [acme/core]}":
        "expected an account such as bob, or bob#2 with its id: a team goes under 'teams'",
    "opener: {kind: robot}": "unknown value 'robot', did you mean 'bot'?",
    "size: {}": "expected at least one of 'more_lines_than', 'fewer_lines_than',"
        " 'more_files_than', 'fewer_files_than'",
    "size: {more_lines_than: -1}": "expected at least 0, got -1",
    "size: {fewer_lines_than: 0}": "no number of lines is fewer than 0",
    "size: {more_files_than: 4, fewer_files_than: 5}":
        "no number of files is more than 4 and fewer than 5",
    "entries: [file]": "unknown value 'file', expected 'symlink', 'submodule' or 'executable'",
    "entries: []": "must not be empty",
    "risk: {at_least: huge}":
        "unknown value 'huge', expected 'low', 'medium', 'high' or 'critical'",
    "draft: maybe": "expected true or false, got the text 'maybe'",
    "from_fork: []": "expected true or false, got a list",
    'paths: ["/a"]': "no path begins with /: write 'a'",
    'paths: ["!a"]': "only says what does not match: add '**' for every path",
    "branches: main": "expected a list, got the text 'main'",
    'titles: ["a**"]': "** in a title is no more than *: write *",
    "checks: [{name: test, app_id: 1}]": "'checks' is no condition: it can only be required",
    "code_owners: {count: 1}": "'code_owners' is no condition: it can only be required",
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), GIVEN.items())
def test_a_condition_that_is_wrong(text: str, message: str) -> None:
    assert errors("when", text) == [message]


REQUIRED = {
    "code_owners: {count: 0}": "expected at least 1, got 0",
    "signed_commits:": "expected a mapping with 'signer_is_author' and 'signers', got nothing",
    "signed_commits: {signers: {}}": "expected at least one of 'people', 'teams', 'permission'",
    "no_findings: {}": "missing key 'at_least'",
    "no_findings: {at_least: bad}":
        "unknown value 'bad', expected 'critical', 'high', 'medium' or 'low'",
    "no_freeze: []": "must not be empty",
    "no_freeze: [{begins: 2026-12-01, ends: 2026-12-02T00:00:00Z, why: x}]":
        "expected a time with its zone such as 2026-11-23T14:02:00Z, got the text '2026-12-01'",
    "no_freeze: [{begins: 2026-12-01T00:00:00Z, ends: 2026-12-01T00:00:00Z, why: x}]":
        "expected a time after 2026-12-01 00:00 UTC, when it begins",
    'no_freeze: [{begins: 2026-12-01T00:00:00Z, ends: 2026-12-02T00:00:00Z, why: ""}]':
        "must not be empty",
    "checks: [{name: test, app_id: 1, trust_edited_workflows: 1}]":
        "expected true or false, got the number 1",
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REQUIRED.items())
def test_a_requirement_that_is_wrong(text: str, message: str) -> None:
    assert errors("require", text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        "draft: false, from_fork: true, branches: [main], titles: ['fix: *', 'a/b']",
        "paths: ['**/*.[ch]', '!**/vendor/**'], only_paths: ['**'], head_branches: ['*']",
        "labels: {any_of: [Docs], all_of: ['a b'], applied_by: {teams: [acme/core]}}",
        "opener: {kind: user}, contributors: {permission: write, kind: user}",
        "size: {more_lines_than: 0, fewer_lines_than: 2}, entries: [symlink]",
        "risk: {at_least: low}",
    ],
)
def test_conditions_may_stand_under_when_and_require(text: str) -> None:
    assert errors("when", text) == []
    assert errors("require", text) == []
