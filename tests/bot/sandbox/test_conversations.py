"""Comments, labels, statuses and edits: who may, what the App is told, what GraphQL shows."""

from typing import Any

import pytest

from tests.bot.sandbox.conftest import Scene
from tests.bot.sandbox.test_graphql import ask
from tests.fakes.receiver import Receiver
from warden_bot.sandbox import Refusal, Role

CONVERSATION = """query($number: Int!) { repository(owner: "demo", name: "payments") {
  pullRequest(number: $number) {
    lastEditedAt
    comments(first: 9) { totalCount nodes { body lastEditedAt author { login } } }
    reviews(first: 9) { nodes { body lastEditedAt author { login } } }
    labels(first: 9) { nodes { name } }
    timelineItems(first: 9, itemTypes: [KINDS]) { totalCount nodes { __typename
      ... on LabeledEvent { actor { login } label { name } }
      ... on UnlabeledEvent { actor { login } label { name } }
      ... on ReviewDismissedEvent { actor { login } dismissalMessage previousReviewState
        review { fullDatabaseId } }
      ... on HeadRefForcePushedEvent { actor { login } beforeCommit { oid } afterCommit { oid } }
    } } } } }"""
ALL = "LABELED_EVENT UNLABELED_EVENT REVIEW_DISMISSED_EVENT HEAD_REF_FORCE_PUSHED_EVENT"


def conversation(scene: Scene, kinds: str = ALL) -> dict[str, Any]:
    answer = ask(scene.github, CONVERSATION.replace("KINDS", kinds), number=scene.number)
    assert "errors" not in answer
    found: dict[str, Any] = answer["data"]["repository"]["pullRequest"]
    return found


def told(scene: Scene, receiver: Receiver) -> list[str]:
    scene.github.wait_for_deliveries()
    return [
        f"{each.event}.{each.action}" if each.action else each.event
        for each in scene.github.deliveries
        if each.event not in {"ping", "installation"}
    ]


def test_a_comment_can_be_changed_and_taken_away(scene: Scene, receiver: Receiver) -> None:
    scene.github.webhook_url = receiver.url
    comment = scene.repository.comment(scene.bob, scene.number, "Why five?")
    scene.repository.edit_comment(scene.carl, scene.number, comment, "Why six?")
    (shown,) = conversation(scene)["comments"]["nodes"]
    assert (shown["body"], shown["author"]["login"]) == ("Why six?", "bob")
    assert shown["lastEditedAt"] is not None
    scene.repository.delete_comment(scene.bob, scene.number, comment)
    assert conversation(scene)["comments"]["totalCount"] == 0
    assert told(scene, receiver) == [
        "issue_comment.created",
        "issue_comment.edited",
        "issue_comment.deleted",
    ]


def test_whoever_only_reads_changes_nobodys_words(scene: Scene) -> None:
    comment = scene.repository.comment(scene.bob, scene.number, "Why five?")
    review = scene.repository.review(scene.bob, scene.number, "COMMENTED", "Hm.")
    reader = scene.github.person("rita", Role.READ)
    own = scene.repository.comment(reader, scene.number, "Mine")
    scene.repository.edit_comment(reader, scene.number, own, "Still mine")
    for forbidden in (
        lambda: scene.repository.edit_comment(reader, scene.number, comment, "No"),
        lambda: scene.repository.delete_comment(reader, scene.number, comment),
        lambda: scene.repository.edit_review(reader, scene.number, review, "No"),
        lambda: scene.repository.add_label(reader, scene.number, "docs"),
        lambda: scene.repository.report_status(reader, scene.head, "ci", "success"),
    ):
        with pytest.raises(Refusal):
            forbidden()


def test_a_review_can_be_edited_after_it_was_submitted(scene: Scene, receiver: Receiver) -> None:
    scene.github.webhook_url = receiver.url
    review = scene.repository.review(scene.bob, scene.number, "APPROVED", "Fine")
    scene.repository.edit_review(scene.bob, scene.number, review, "Fine, I think")
    (shown,) = conversation(scene)["reviews"]["nodes"]
    assert shown["body"] == "Fine, I think"
    assert shown["lastEditedAt"] is not None
    assert told(scene, receiver)[-1] == "pull_request_review.edited"


def test_labels_come_and_go_and_the_timeline_remembers_who(
    scene: Scene, receiver: Receiver
) -> None:
    scene.github.webhook_url = receiver.url
    triager = scene.github.person("tina", Role.TRIAGE)
    scene.repository.add_label(triager, scene.number, "docs")
    scene.repository.add_label(scene.bob, scene.number, "docs")
    scene.repository.add_label(scene.bob, scene.number, "risk")
    scene.repository.remove_label(scene.carl, scene.number, "docs")
    shown = conversation(scene)
    assert [label["name"] for label in shown["labels"]["nodes"]] == ["risk"]
    events = [
        (event["__typename"], event["actor"]["login"], event["label"]["name"])
        for event in shown["timelineItems"]["nodes"]
    ]
    assert events == [
        ("LabeledEvent", "tina", "docs"),
        ("LabeledEvent", "bob", "risk"),
        ("UnlabeledEvent", "carl", "docs"),
    ]
    assert conversation(scene, "UNLABELED_EVENT")["timelineItems"]["totalCount"] == 1
    assert told(scene, receiver).count("pull_request.labeled") == 2
    with pytest.raises(Refusal):
        scene.repository.remove_label(scene.carl, scene.number, "docs")


def test_a_dismissal_needs_a_reason_and_is_remembered_with_it(scene: Scene) -> None:
    review = scene.repository.review(scene.bob, scene.number, "CHANGES_REQUESTED", "No tests")
    with pytest.raises(Refusal):
        scene.repository.dismiss_review(scene.carl, scene.number, review, " ")
    scene.repository.dismiss_review(scene.carl, scene.number, review, "There are tests")
    (event,) = conversation(scene)["timelineItems"]["nodes"]
    assert event == {
        "__typename": "ReviewDismissedEvent",
        "actor": {"login": "carl"},
        "dismissalMessage": "There are tests",
        "previousReviewState": "CHANGES_REQUESTED",
        "review": {"fullDatabaseId": str(review.id)},
    }


def test_a_forced_push_is_on_the_timeline_and_another_is_not(scene: Scene) -> None:
    scene.repository.push(scene.ana, "retry", {"b.py": "1\n"}, "More")
    assert conversation(scene)["timelineItems"]["totalCount"] == 0
    before = scene.repository.head("retry")
    after = scene.repository.force_push(scene.bob, "retry", "main", {"c.py": "1\n"}, "Anew")
    scene.repository.force_push_to(scene.ana, "retry", before)
    first, second = conversation(scene)["timelineItems"]["nodes"]
    assert first["actor"] == {"login": "bob"}
    assert (first["beforeCommit"]["oid"], first["afterCommit"]["oid"]) == (before, after)
    assert second["afterCommit"]["oid"] == before


def test_the_description_tells_when_it_was_edited(scene: Scene) -> None:
    assert conversation(scene)["lastEditedAt"] is None
    scene.repository.edit_title(scene.ana, scene.number, "Another title")
    assert conversation(scene)["lastEditedAt"] is None
    scene.repository.edit_body(scene.ana, scene.number, "Another body")
    assert conversation(scene)["lastEditedAt"] is not None


STATUSES = """query($number: Int!) { repository(owner: "demo", name: "payments") {
  pullRequest(number: $number) { commits(last: 1) { nodes { commit { statusCheckRollup { state
    contexts(first: 9) { totalCount checkRunCount statusContextCount nodes { __typename
      ... on StatusContext { context state creator { login } } } } } } } } } } }"""


def test_the_latest_status_of_a_name_counts_and_names_its_creator(
    scene: Scene, receiver: Receiver
) -> None:
    scene.github.webhook_url = receiver.url
    scene.repository.report_check(scene.github.app(), scene.head, "test", "completed", "success")
    for state in ("pending", "failure"):
        scene.repository.report_status(scene.bob, scene.head, "ci/old", state)
    answer = ask(scene.github, STATUSES, number=scene.number)
    (node,) = answer["data"]["repository"]["pullRequest"]["commits"]["nodes"]
    rollup = node["commit"]["statusCheckRollup"]
    assert rollup["state"] == "FAILURE"
    assert rollup["contexts"]["nodes"][1] == {
        "__typename": "StatusContext",
        "context": "ci/old",
        "state": "FAILURE",
        "creator": {"login": "bob"},
    }
    counts = [rollup["contexts"][name] for name in ("checkRunCount", "statusContextCount")]
    assert counts == [1, 1]
    assert told(scene, receiver).count("status") == 2


@pytest.mark.parametrize(("sha", "state"), [("0" * 40, "success"), ("main", "splendid")])
def test_a_status_is_about_a_commit_and_says_something(scene: Scene, sha: str, state: str) -> None:
    with pytest.raises(Refusal):
        scene.repository.report_status(scene.bob, sha, "ci", state)
