"""What people say: reviews, dismissals and comments."""

from tests.bot.edge_cases.conftest import Quiet
from tests.bot.service.conftest import Scene
from warden_bot.store import log
from warden_policies.codec import decode_change
from warden_policies.model import Change, ReviewState


def test_row_03_who_ended_an_objection_is_known_and_the_author_is_not_hidden(quiet: Quiet) -> None:
    objection = quiet.repository.review(quiet.bob, quiet.number, "CHANGES_REQUESTED", "No tests")
    quiet.repository.dismiss_review(quiet.ana, quiet.number, objection, "There are some")

    (review,) = quiet.change.reviews
    assert (review.state, review.author_can_push) == (ReviewState.DISMISSED, True)
    assert review.dismissal is not None
    assert review.dismissal.by == quiet.change.opener
    assert review.dismissal.was is ReviewState.CHANGES_REQUESTED
    assert review.dismissal.reason == "There are some"


def test_row_04_nothing_that_was_said_before_a_dismissal_comes_back(scene: Scene) -> None:
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    second = scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"

    scene.repository.dismiss_review(scene.carl, number, second, "Bob asked me to")
    assert scene.check().conclusion == "action_required"
    assert "0 of 1 approvals" in (scene.check().title or "")


def test_row_04_the_record_says_who_dismissed_it_and_why(quiet: Quiet) -> None:
    quiet.repository.review(quiet.bob, quiet.number, "APPROVED")
    second = quiet.repository.review(quiet.bob, quiet.number, "APPROVED")
    quiet.repository.dismiss_review(quiet.carl, quiet.number, second, "Bob asked me to")

    first, ended = quiet.change.reviews
    assert (first.state, first.dismissal) == (ReviewState.APPROVED, None)
    assert ended.dismissal is not None
    assert ended.dismissal.by is not None
    assert (ended.dismissal.by.login, ended.dismissal.reason) == ("carl", "Bob asked me to")


def test_row_16_no_comment_approves_whatever_it_says(scene: Scene) -> None:
    number = scene.open()
    scene.tests_pass()
    for words in (":+1:", "I can't give this a :+1:", "> /approve", "LGTM", "/approve"):
        scene.repository.comment(scene.bob, number, words)
    scene.repository.review(scene.bob, number, "COMMENTED", ":+1: LGTM")

    assert scene.check().conclusion == "action_required"


def test_row_18_an_edit_of_what_was_said_is_seen(quiet: Quiet) -> None:
    review = quiet.repository.review(quiet.bob, quiet.number, "APPROVED", "Fine, with tests")
    comment = quiet.repository.comment(quiet.carl, quiet.number, "Ask the ledger team")
    before = quiet.change
    quiet.clock.advance(seconds=1)
    quiet.repository.edit_review(quiet.carl, quiet.number, review, "Fine")
    quiet.repository.edit_comment(quiet.ana, quiet.number, comment, "Nobody need be asked")
    after = quiet.change

    assert before.reviews[0].edited_at is None
    assert before.comments is not None
    assert before.comments[0].edited_at is None
    assert (after.reviews[0].body, after.reviews[0].edited_at is None) == ("Fine", False)
    assert after.comments is not None
    assert after.comments[0].body == "Nobody need be asked"
    assert after.comments[0].edited_at is not None


def test_row_19_a_deleted_comment_is_gone_from_the_picture_and_stays_in_the_record(
    scene: Scene,
) -> None:
    number = scene.open()
    comment = scene.repository.comment(scene.bob, number, "I take this over")
    scene.settle()
    scene.repository.delete_comment(scene.bob, number, comment)
    scene.settle()

    told = [[each.body for each in change.comments or ()] for change in recorded(scene, number)]
    assert told[-2:] == [["I take this over"], []]


def recorded(scene: Scene, number: int) -> list[Change]:
    """Every picture that a decision was made on, oldest first."""
    with scene.service.store.reading() as connection:
        return [
            decode_change(log.evidence_of(connection, entry.change_digest) or b"")
            for entry in scene.entries(number)
        ]
