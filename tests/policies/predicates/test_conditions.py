"""Conditions answer yes or no, tell what they do not know, and repeat nothing as it was written."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANA, BOB, SAMPLE, change, commit
from tests.policies.edge_cases import PEOPLE
from tests.policies.plain_globs import paths, texts
from tests.policies.strategies import changes, people
from warden_policies.evaluate import answer
from warden_policies.example import file
from warden_policies.language.nodes import read_condition
from warden_policies.model import (
    AccountKind,
    Change,
    ChangedFile,
    EntryKind,
    FileChange,
    Label,
    Permission,
    Person,
    Standing,
    Unread,
)
from warden_policies.outcome import Outcome, Result
from warden_policies.policy import Combine, Dialect, Group, Question
from warden_policies.predicates import PREDICATES
from warden_policies.problem import Problems

CONDITIONS = {
    name: known
    for name, known in PREDICATES.items()
    if known.condition and known.dialect is Dialect.NATIVE
}


def asked(name: str, arguments: object, of: Change) -> Result:
    """The answer to a condition as a policy file spells it."""
    problems = Problems()
    group = read_condition({name: arguments}, (), problems)
    assert [str(problem) for problem in problems.all()] == []
    return answer(group, of).children[0]


@pytest.mark.parametrize(
    ("name", "arguments", "part"),
    [
        ("paths", ["a"], "files"),
        ("only_paths", ["a"], "files"),
        ("entries", ["symlink"], "files"),
        ("risk", {"at_least": "low"}, "files"),
        ("labels", {"any_of": ["a"]}, "labels"),
        ("opener", {"permission": "write"}, "people"),
        ("contributors", {"teams": ["acme/core"]}, "people"),
    ],
)
def test_what_is_not_known_is_an_error_and_says_why(
    name: str, arguments: object, part: str
) -> None:
    nothing: dict[str, Any] = {part: None}
    result = asked(name, arguments, change(**nothing, unread=(Unread(part, "API limit"),)))

    assert result.outcome is Outcome.ERROR
    assert result.reason == f"the {part} could not be read: API limit"


def test_what_an_account_is_can_be_told_without_anybodys_standing() -> None:
    of = change(people=None)

    assert asked("opener", {"kind": "user"}, of).outcome is Outcome.PASS
    assert asked("contributors", {"kind": "bot"}, of).outcome is Outcome.FAIL


EVIL = "a\x1b[31m\u202e\nb" + "x" * 500


@pytest.mark.parametrize(
    ("name", "arguments", "fields"),
    [
        ("paths", ["**"], {"files": (file(EVIL), file(EVIL + "y"))}),
        ("only_paths", ["a"], {"files": (file(EVIL), file(EVIL + "y"))}),
        ("branches", ["a"], {"base_ref": EVIL}),
        ("head_branches", ["a"], {"head_ref": EVIL}),
        ("titles", ["a"], {"title": EVIL}),
        ("from_fork", False, {"head_repository": EVIL}),
        ("entries", ["symlink"], {"files": (file(EVIL, entry=EntryKind.SYMLINK),)}),
        ("risk", {"at_least": "low"}, {"files": (file(f"auth/{EVIL}"),)}),
        ("labels", {"any_of": [EVIL]}, {"labels": (Label(EVIL),)}),
        ("labels", {"any_of": ["b"], "applied_by": {"people": ["bob"]}},
         {"labels": (Label("b", Person(66, EVIL)),)}),
        ("opener", {"people": ["bob"]}, {"opener": Person(66, EVIL)}),
        ("contributors", {"people": ["bob"]}, {"commits": (commit(Person(66, EVIL)),)}),
    ],
)  # fmt: skip
def test_what_a_stranger_wrote_is_one_short_visible_line(
    name: str, arguments: object, fields: dict[str, Any]
) -> None:
    result = asked(name, arguments, change(**fields))
    said = [result.reason, *result.dropped, *(item.text for item in result.evidence)]
    said += [text for action in result.actions for text in (*action.who, action.what)]

    for text in said:
        assert text.isprintable()
        assert len(text) < 400


@pytest.mark.parametrize(
    ("arguments", "fields", "outcome"),
    [
        ({"more_lines_than": 14}, {}, Outcome.PASS),
        ({"more_lines_than": 15}, {}, Outcome.FAIL),
        ({"fewer_lines_than": 16}, {}, Outcome.PASS),
        ({"fewer_lines_than": 15}, {}, Outcome.FAIL),
        ({"more_files_than": 1, "fewer_files_than": 3}, {}, Outcome.PASS),
        ({"more_files_than": 2, "fewer_files_than": 4}, {}, Outcome.FAIL),
        ({"fewer_lines_than": 1}, {"additions": 0, "deletions": 0}, Outcome.PASS),
        ({"fewer_lines_than": 100, "more_files_than": 5}, {}, Outcome.FAIL),
    ],
)
def test_size(arguments: object, fields: dict[str, Any], outcome: Outcome) -> None:
    assert asked("size", arguments, change(**fields)).outcome is outcome


MEMBERS = (Standing(ANA, Permission.READ), *PEOPLE[1:])
GONE = (replace(PEOPLE[0], active=False), *PEOPLE[1:])


@pytest.mark.parametrize(
    ("arguments", "fields", "reason"),
    [
        ({"people": ["ANA"]}, {}, "ana opened it"),
        ({"people": ["someone-else#1"]}, {}, "ana opened it"),
        ({"people": ["ana#9"]}, {}, "ana, who opened it, is not ana#9"),
        ({"permission": "admin"}, {}, "ana opened it"),
        ({"permission": "write"}, {"people": MEMBERS},
         "ana, who opened it, is not anybody with write access"),
        ({"people": ["ana"]}, {"people": GONE}, "ana, who opened it, is not active any more"),
        ({"people": ["ana"], "kind": "bot"}, {}, "ana, who opened it, is a person"),
        ({"permission": "read"}, {"people": ()},
         "ana, who opened it, is not anybody with read access"),
    ],
)  # fmt: skip
def test_opener(arguments: object, fields: dict[str, Any], reason: str) -> None:
    assert asked("opener", arguments, change(**{"people": PEOPLE} | fields)).reason == reason


def test_every_contributor_who_is_another_is_named() -> None:
    eve = Person(5, "eve")
    of = change(opener=BOB, commits=(commit(ANA, None), commit(eve, BOB)), people=PEOPLE)

    assert asked("contributors", {"permission": "admin"}, of).reason == (
        "7be01d4 has an author or committer without a GitHub account,"
        " bob, who opened the pull request, is not anybody with admin access,"
        " eve, who authored 7be01d4, is not anybody with admin access"
    )


def test_a_label_that_was_put_there_by_a_renamed_account_counts_by_its_id() -> None:
    labels = (Label("docs", Person(2, "robert")),)
    arguments = {"all_of": ["docs"], "applied_by": {"people": ["bob#2"]}}

    assert asked("labels", arguments, change(labels=labels)).outcome is Outcome.PASS


def test_labels_of_both_kinds_must_be_there() -> None:
    arguments = {"any_of": ["a", "b"], "all_of": ["c", "d"]}
    of = change(labels=(Label("c"), Label("B")))

    assert asked("labels", arguments, of).reason == "not labelled d"
    assert asked("labels", arguments, SAMPLE).reason == "not labelled a or b, c, d"


@given(st.lists(paths | texts), st.lists(paths | texts))
def test_only_these_paths_means_that_no_path_is_another(olds: list[str], news: list[str]) -> None:
    files = tuple(
        ChangedFile(new, FileChange.RENAMED, previous_path=old)
        for old, new in zip(olds, news, strict=False)
    )
    of = change(files=files)
    only = asked("only_paths", ["a*/**", "**/b"], of).outcome
    other = asked("paths", ["**", "!a*/**", "!**/b"], of).outcome

    assert (only is Outcome.PASS) == (bool(files) and other is Outcome.FAIL)


files = st.builds(
    ChangedFile,
    path=texts,
    change=st.sampled_from(FileChange),
    previous_path=st.none() | texts,
    entry=st.sampled_from(EntryKind),
    previous_entry=st.none() | st.sampled_from(EntryKind),
)
whole_changes = st.builds(
    replace,
    changes,
    files=st.none() | st.lists(files, max_size=3).map(tuple),
    labels=st.none()
    | st.lists(
        st.builds(Label, st.sampled_from(["docs", "URGENT", "x"]), st.none() | people), max_size=3
    ).map(tuple),
    people=st.none()
    | st.lists(st.builds(Standing, people, st.sampled_from(Permission)), max_size=3).map(tuple),
    head_repository=st.none() | texts,
)


@given(whole_changes, st.sampled_from(sorted(CONDITIONS)), st.data())
def test_a_condition_is_yes_no_or_an_error_and_not_the_same_as_its_opposite(
    of: Change, name: str, data: st.DataObject
) -> None:
    example = data.draw(st.sampled_from(CONDITIONS[name].examples))
    question = Question(name, example.arguments)
    result = answer(question, of)
    opposite = answer(Group(Combine.NOT, "not", (question,)), of).outcome

    assert (result.outcome, opposite) in {
        (Outcome.PASS, Outcome.FAIL),
        (Outcome.FAIL, Outcome.PASS),
        (Outcome.ERROR, Outcome.ERROR),
    }
    assert "could not be evaluated" not in result.reason
    assert result.reason.isprintable()


def test_a_kind_that_github_does_not_tell_is_what_the_snapshot_says() -> None:
    robot = Person(90, "robot[bot]", AccountKind.BOT)

    assert asked("opener", {"kind": "bot"}, change(opener=robot)).reason == "robot[bot] opened it"
