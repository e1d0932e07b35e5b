"""What happened to a pull request, from its timeline: oldest first, as GitHub lists it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from warden_bot.github.parse.people import to_person
from warden_policies.model import Dismissal, Label, Person, ReviewState


def to_labels(labels: Iterable[Any], events: Iterable[Any]) -> tuple[Label, ...]:
    """The labels that are there, each with whoever put it there the last time."""
    applied: dict[str, Person | None] = {}
    for event in events:
        if event["__typename"] == "LabeledEvent":
            applied[event["label"]["name"]] = to_person(event["actor"])
        elif event["__typename"] == "UnlabeledEvent":
            applied.pop(event["label"]["name"], None)
    names = sorted(label["name"] for label in labels)
    return tuple(Label(name, applied.get(name)) for name in names)


def to_dismissals(events: Iterable[Any]) -> Mapping[int, Dismissal]:
    """How reviews were ended, by the review's id; the last time counts."""
    return {
        int(event["review"]["fullDatabaseId"]): Dismissal(
            by=to_person(event["actor"]),
            reason=event["dismissalMessage"] or "",
            was=ReviewState(event["previousReviewState"].lower()),
            at=datetime.fromisoformat(event["createdAt"]),
        )
        for event in events
        if event["__typename"] == "ReviewDismissedEvent" and event["review"]
    }


def to_pushers(events: Iterable[Any]) -> tuple[Person, ...]:
    """Who is known to have pushed to the head branch. GitHub names those who used force."""
    people = (
        to_person(event["actor"])
        for event in events
        if event["__typename"] == "HeadRefForcePushedEvent"
    )
    by_id = {person.id: person for person in people if person}
    return tuple(by_id[number] for number in sorted(by_id))
