"""What GitHub answers to the decision's query, written down, and an installation that gives it."""

from typing import Any

from warden_bot.github.client import Installation
from warden_bot.github.snapshot import Snapshot, take_snapshot
from warden_policies.example import AFTERNOON

HEAD, BASE, MERGE = "a" * 40, "b" * 40, "c" * 40
ANA = {"__typename": "User", "login": "ana", "databaseId": 1}
BOB = {"__typename": "User", "login": "bob", "databaseId": 2}
Json = dict[str, Any]


class Answers(Installation):
    """Gives the answers it was made with, one after the other, the last one for ever."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked = 0

    def graphql(self, query: str, variables: Json) -> Json:
        """The next answer, whatever was asked."""
        self.asked += 1
        assert self.asked < 100, "asked without end"
        answer: Json = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer


def snapshot(*answers: Any) -> Snapshot:
    """What is made of these answers."""
    return take_snapshot(Answers(*answers), "acme/shop", 7, own_app_id=5, clock=lambda: AFTERNOON)


def page(*nodes: Any, more: bool = False, total: int | None = None) -> Json:
    """One page of a connection."""
    return {
        "totalCount": len(nodes) if total is None else total,
        "pageInfo": {"hasNextPage": more, "endCursor": "next" if more else None},
        "nodes": list(nodes),
    }


def review(number: int = 1, **fields: Any) -> Json:
    """Bob's approval of the head."""
    return {
        "fullDatabaseId": str(number),
        "state": "APPROVED",
        "submittedAt": "2026-11-23T14:02:00Z",
        "authorCanPushToRepository": True,
        "commit": {"oid": HEAD},
        "author": BOB,
    } | fields


def commit(oid: str = HEAD, **fields: Any) -> Json:
    """A commit of Ana's."""
    ana = {"email": "ana@example.org", "user": {"databaseId": 1, "login": "ana"}}
    authors = {"totalCount": 1, "nodes": [ana]}
    whole = {"oid": oid, "authors": authors, "committer": ana, "signature": None}
    return {"commit": whole | fields}


def run(number: int = 1, **fields: Any) -> Json:
    """A check run that succeeded."""
    return {
        "__typename": "CheckRun",
        "databaseId": number,
        "name": "test",
        "status": "COMPLETED",
        "conclusion": "SUCCESS",
        "checkSuite": {"app": {"databaseId": 15368, "slug": "github-actions"}},
    } | fields


def checks(contexts: Json | None, oid: str = HEAD) -> Json:
    """The head commit and what was reported on it."""
    rollup = {"contexts": contexts} if contexts else None
    return {"nodes": [{"commit": {"oid": oid, "statusCheckRollup": rollup}}]}


def branch(name: str, text: str | None = "version: 1\n") -> Json:
    """A branch with a policy, or without one."""
    blob = {"text": text, "isBinary": False, "isTruncated": False}
    return {"name": name, "target": {"oid": BASE, "file": {"object": blob} if text else None}}


def pull(**fields: Any) -> Json:
    """A whole answer, with fields of the pull request replaced."""
    whole = {
        "number": 7,
        "title": "Charge the fee once",
        "body": "",
        "url": "https://github.com/acme/shop/pull/7",
        "state": "OPEN",
        "isDraft": False,
        "additions": 1,
        "deletions": 1,
        "changedFiles": 1,
        "author": ANA,
        "baseRefName": "main",
        "baseRefOid": BASE,
        "baseRef": branch("main"),
        "headRefName": "topic",
        "headRefOid": HEAD,
        "mergeCommit": None,
        "reviews": page(review()),
        "commits": page(commit()),
        "headCommit": checks(page(run())),
    } | fields
    return {
        "repository": {
            "databaseId": 100,
            "nameWithOwner": "acme/shop",
            "defaultBranchRef": branch("main"),
            "pullRequest": whole,
        },
    }
