"""What was read into a `Change`, in an order of its own where GitHub promises none."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from warden_bot.github.parse.checks import to_check, to_status
from warden_bot.github.parse.commits import signatures_of, to_commit
from warden_bot.github.parse.operators import AddressBook
from warden_bot.github.parse.people import to_instant, to_person
from warden_bot.github.parse.reviews import to_comment, to_review
from warden_bot.github.parse.timeline import to_dismissals, to_labels, to_pushers
from warden_bot.github.snapshot.files import Files
from warden_bot.github.snapshot.pages import Pages
from warden_bot.github.snapshot.policy_files import read_code_owners
from warden_policies.model import Change, Commit, Person, Repository, Unread


def base_of(pull: dict[str, Any]) -> str:
    """The tip of the base branch; once that is gone, the base as the pull request last saw it."""
    base = pull["baseRef"]
    return str(base["target"]["oid"] if base else pull["baseRefOid"])


def assemble(pages: Pages, files: Files, own_app_id: int, now: datetime) -> Change:
    """The picture without anybody's standing. Our own check runs are not part of it."""
    pull, nodes = pages.pull, pages.nodes
    dismissals = to_dismissals(nodes["timeline"])
    reviews = (
        to_review(node, dismissals) for node in nodes["reviews"] if node["state"] != "PENDING"
    )
    checks = (to_check(node) for node in nodes["checks"] if node["__typename"] == "CheckRun")
    statuses = (to_status(node) for node in nodes["checks"] if node["__typename"] != "CheckRun")
    owners = read_code_owners(pages)
    gaps = {"files": files.problem, "code_owners": owners.problem}
    return Change(
        repository=Repository(pages.repository["databaseId"], pages.repository["nameWithOwner"]),
        number=pull["number"],
        title=pull["title"],
        body=pull["body"],
        url=pull["url"],
        opener=to_person(pull["author"]),
        base_ref=pull["baseRefName"],
        base_sha=base_of(pull),
        head_ref=pull["headRefName"],
        head_sha=pull["headRefOid"],
        draft=pull["isDraft"],
        commits=_commits(pages),
        reviews=tuple(sorted(reviews, key=lambda review: review.id)),
        checks=tuple(
            sorted(
                (check for check in checks if check.app_id != own_app_id),
                key=lambda check: check.id,
            )
        ),
        additions=pull["additions"],
        deletions=pull["deletions"],
        changed_files=pull["changedFiles"],
        evaluated_at=now,
        head_repository=pull["headRepository"]["nameWithOwner"] if pull["headRepository"] else None,
        opened_at=to_instant(pull["createdAt"]),
        body_edited_at=to_instant(pull["lastEditedAt"]),
        pushers=to_pushers(nodes["timeline"]),
        files=files.changed,
        labels=to_labels(nodes["labels"], nodes["timeline"]),
        comments=tuple(sorted(map(to_comment, nodes["comments"]), key=lambda each: each.id)),
        statuses=tuple(sorted(statuses, key=lambda status: status.name)),
        code_owners=owners.text,
        unread=tuple(Unread(part, why) for part, why in gaps.items() if why),
    )


def _commits(pages: Pages) -> tuple[Commit, ...]:
    commits = [node["commit"] for node in pages.nodes["commits"]]
    signatures = [each for commit in commits for each in signatures_of(commit)]
    book = AddressBook(signatures, _known(pages))
    return tuple(to_commit(commit, book) for commit in commits)


def _known(pages: Pages) -> Iterable[Person]:
    """Who is known from elsewhere than the commits."""
    nodes = (*pages.nodes["reviews"], *pages.nodes["comments"])
    actors = (pages.pull["author"], *(node["author"] for node in nodes))
    return (person for actor in actors if (person := to_person(actor)))
