"""The commits that a rule looks at: the first-parent line, with or without what is ignored."""

from dataclasses import replace

import pytest

from tests.builders import ANA, BOB, CARL, SAMPLE
from warden_policies.model import Change, Commit, NotRecorded, Person, Signature, Unread
from warden_policies.policy_bot.actors import ActorSet
from warden_policies.policy_bot.branch import NOTHING, Ignoring, considered, line


def commit(name: str, *parents: str, by: Person | None = ANA, on_web: bool = False) -> Commit:
    signature = Signature("", by)
    return Commit(name, (signature,), signature, parents, on_web)


def change(*commits: Commit, head: str = "c2") -> Change:
    return replace(SAMPLE, head_sha=head, commits=commits)


FIRST, SECOND = commit("c1", "base"), commit("c2", "c1", by=BOB)
UPDATE = Ignoring(update_merges=True)


def names(ignoring: Ignoring, *commits: Commit) -> list[str]:
    return [each.sha for each in considered(ignoring, change(*commits))]


@pytest.mark.parametrize(
    ("commits", "expected"),
    [
        ((FIRST, SECOND), ["c2", "c1"]),
        ((SECOND, FIRST), ["c2", "c1"]),
        ((SECOND,), ["c2"]),
        ((FIRST, commit("c2", "c1", "side"), commit("side", "base")), ["c2", "c1"]),
        ((FIRST, commit("c2", "side", "c1"), commit("side", "base")), ["c2", "side"]),
        ((commit("c2", "c1"), commit("c1", "c2")), ["c2", "c1"]),
        ((commit("c2"),), ["c2"]),
    ],
)
def test_the_line_follows_first_parents_as_far_as_the_commits_are_the_changes(
    commits: tuple[Commit, ...], expected: list[str]
) -> None:
    assert names(NOTHING, *commits) == expected


@pytest.mark.parametrize(
    ("merge", "ignored"),
    [
        (commit("c2", "c1", "main", on_web=True), True),
        (commit("c2", "c1", "main"), False),
        (commit("c2", "c1", on_web=True), False),
        (commit("c2", "main", "c1", on_web=True), False),
        (commit("c2", "c1", "main", "more", on_web=True), False),
        # A side branch of the change itself is outside the line, and so taken for the base.
        (commit("c2", "c1", "side", on_web=True), True),
    ],
)
def test_an_update_merge_is_made_on_the_web_from_the_line_and_something_else(
    merge: Commit, ignored: bool
) -> None:
    side = commit("side", "base")
    assert ("c2" not in names(UPDATE, FIRST, merge, side)) == ignored


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (commit("c2", "c1", by=BOB), ["c1"]),
        (commit("c2", "c1", by=CARL), ["c2", "c1"]),
        (commit("c2", "c1", by=None), ["c2", "c1"]),
        (replace(commit("c2", "c1", by=BOB), committer=Signature("", CARL)), ["c2", "c1"]),
        (replace(commit("c2", "c1", by=BOB), committer=Signature("", None)), ["c1"]),
        (replace(commit("c2", "c1", by=BOB), committer=None), ["c2", "c1"]),
    ],
)
def test_a_commit_is_ignored_when_all_who_are_known_to_have_made_it_are(
    second: Commit, expected: list[str]
) -> None:
    assert names(Ignoring(commits_by=ActorSet(users=("bob",))), FIRST, second) == expected


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (change(FIRST), "failed to list commits: the head commit is not among them"),
        (change(), "failed to list commits: the head commit is not among them"),
        (
            change(commit("c2"), FIRST),
            "failed to list commits: this snapshot does not tell their parents",
        ),
        (
            replace(change(FIRST, SECOND), unread=(Unread("commits", "too many commits"),)),
            "failed to list commits: too many commits",
        ),
    ],
)
def test_a_line_that_cannot_be_told_is_an_error(broken: Change, why: str) -> None:
    with pytest.raises(NotRecorded, match=why):
        line(broken)
