"""What GitHub answers to the decision's questions, written down, and an installation that does."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from warden_bot.errors import GoneError
from warden_bot.github.client import Installation
from warden_bot.github.snapshot import Snapshot, take_snapshot
from warden_policies.example import AFTERNOON

HEAD, BASE, MERGE = "a" * 40, "b" * 40, "c" * 40
ANA = {"__typename": "User", "login": "ana", "databaseId": 1}
BOB = {"__typename": "User", "login": "bob", "databaseId": 2}
CARL = {"__typename": "User", "login": "carl", "databaseId": 3}
Json = dict[str, Any]
_ACCOUNTS = {"ana": (1, "WRITE"), "bob": (2, "WRITE"), "carl": (3, "MAINTAIN")}
_FIELD = re.compile(r"(entry|account|teams|team)(\d+):")


@dataclass
class Rest:
    """What GitHub answers beside the decision's query."""

    compared: Sequence[Json] | None = ()
    """The files of the comparison; None when GitHub finds nothing in common."""
    listed: Sequence[Json] = ()
    """The files of the pull request."""
    accounts: Mapping[str, tuple[int, str]] = field(default_factory=lambda: _ACCOUNTS)
    """Login -> number and permission of everybody with access."""
    teams: Mapping[str, Any] = field(default_factory=dict)
    """Slug -> team, or cursor -> team where its members fill pages."""
    mode: int = 0o100644
    later: Json = field(default_factory=dict)
    """What has become of the pull request when the second question is asked."""
    organization_hides: bool = False


class Answers(Installation):
    """Gives the answers it was made with, one after the other, the last one for ever."""

    def __init__(self, *answers: Any, rest: Rest | None = None) -> None:
        self.answers = list(answers)
        self.rest = rest or Rest()
        self.asked = 0
        self.details: list[str] = []
        self.pages: list[int] = []
        self._pull: Json = {}

    def graphql(self, query: str, variables: Json, absent: Collection[str] = ()) -> Json:
        """The next answer to the decision's query, or what `rest` says to the others."""
        if query.startswith("query Details"):
            self.details.append(query)
            return self._details(query, variables)
        self.asked += 1
        assert self.asked < 100, "asked without end"
        answer: Json = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        whole: Any = answer
        if isinstance(whole, dict) and isinstance(whole.get("repository"), dict):
            self._pull = whole["repository"]["pullRequest"]
        return answer

    def compare(self, full_name: str, base: str, head: str) -> Json:
        """The comparison."""
        if self.rest.compared is None:
            raise GoneError("GitHub answered 404")
        return {"merge_base_commit": {"sha": BASE}, "files": list(self.rest.compared)}

    def pull_request_files(self, full_name: str, number: int, page: int) -> list[Json]:
        """A page of the pull request's own list."""
        self.pages.append(page)
        return list(self.rest.listed[(page - 1) * 100 : page * 100])

    def _details(self, query: str, variables: Json) -> Json:
        repository: Json = {"pullRequest": self._pull | self.rest.later}
        data: Json = {"repository": repository}
        for commit in (name for name in variables if name.startswith("commit")):
            repository[commit] = {}
        for kind, number in _FIELD.findall(query):
            values = [variables.get(f"v{number}_{place}") for place in range(3)]
            place, answer = self._answer(kind, values)
            insides = [data] if place else [repository, *self._commits(repository)]
            for inside in insides:
                inside[f"{kind}{number}"] = answer
        return data

    @staticmethod
    def _commits(repository: Json) -> list[Json]:
        return [value for name, value in repository.items() if name.startswith("commit")]

    def _answer(self, kind: str, values: list[Any]) -> tuple[bool, Any]:
        if kind == "entry":
            return False, {"mode": self.rest.mode}
        if kind == "account":
            number, permission = self.rest.accounts.get(values[0].lower(), (0, ""))
            node = {"databaseId": number, "login": values[0]}
            edges = [{"permission": permission, "node": node}] if number else []
            return False, {"edges": edges}
        if self.rest.organization_hides:
            return True, None
        if kind == "team":
            found = self.rest.teams.get(values[1])
            return True, {"team": found[values[2]] if found and values[2] in found else found}
        nodes = [
            {"databaseId": each["databaseId"], "slug": slug}
            for slug, each in self.rest.teams.items()
        ]
        return True, {"teams": page(*nodes)}


def snapshot(*answers: Any, rest: Rest | None = None) -> Snapshot:
    """What is made of these answers."""
    installation = Answers(*answers, rest=rest)
    return take_snapshot(installation, "acme/shop", 7, own_app_id=5, clock=lambda: AFTERNOON)


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
        "body": "",
        "submittedAt": "2026-11-23T14:02:00Z",
        "lastEditedAt": None,
        "authorCanPushToRepository": True,
        "commit": {"oid": HEAD},
        "author": BOB,
    } | fields


def comment(number: int = 1, **fields: Any) -> Json:
    """Something that Carl said."""
    return {
        "fullDatabaseId": str(number),
        "body": "Ship it",
        "createdAt": "2026-11-23T14:00:00Z",
        "lastEditedAt": None,
        "author": CARL,
    } | fields


def labeled(name: str, number: int = 1, actor: Json | None = CARL, *, off: bool = False) -> Json:
    """Somebody put a label on, or took it off."""
    kind = "UnlabeledEvent" if off else "LabeledEvent"
    return {"__typename": kind, "id": f"E{number}", "actor": actor, "label": {"name": name}}


def dismissed(review_number: int, number: int = 1, **fields: Any) -> Json:
    """Carl dismissed a review."""
    return {
        "__typename": "ReviewDismissedEvent",
        "id": f"E{number}",
        "createdAt": "2026-11-23T15:00:00Z",
        "dismissalMessage": "Fixed",
        "previousReviewState": "CHANGES_REQUESTED",
        "actor": CARL,
        "review": {"fullDatabaseId": str(review_number)},
    } | fields


def forced(number: int, actor: Json | None) -> Json:
    """Somebody rewrote the head branch."""
    return {"__typename": "HeadRefForcePushedEvent", "id": f"E{number}", "actor": actor}


def person_in_commit(login: str, number: int | None, email: str = "") -> Json:
    """A name in a commit."""
    user = {"databaseId": number, "login": login} if number else None
    return {"email": email or f"{login}@example.org", "user": user}


def commit(oid: str = HEAD, **fields: Any) -> Json:
    """A commit of Ana's."""
    ana = person_in_commit("ana", 1)
    whole = {
        "oid": oid,
        "message": "Charge the fee once",
        "committedViaWeb": False,
        "parents": {"totalCount": 1, "nodes": [{"oid": BASE}]},
        "authors": {"totalCount": 1, "nodes": [ana]},
        "committer": ana,
        "signature": None,
    }
    return {"commit": whole | fields}


def signature(kind: str = "GpgSignature", **fields: Any) -> Json:
    """Ana's good signature."""
    return {
        "__typename": kind,
        "isValid": True,
        "state": "VALID",
        "wasSignedByGitHub": False,
        "signer": {"databaseId": 1, "login": "ana"},
    } | fields


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


def status(name: str = "ci/old", **fields: Any) -> Json:
    """A status that Bob reported."""
    whole = {"__typename": "StatusContext", "context": name, "state": "SUCCESS", "creator": BOB}
    return whole | fields


def checks(contexts: Json | None, oid: str = HEAD) -> Json:
    """The head commit and what was reported on it."""
    rollup = {"contexts": contexts} if contexts else None
    return {"nodes": [{"commit": {"oid": oid, "statusCheckRollup": rollup}}]}


def text_file(text: str | None, **fields: Any) -> Json | None:
    """A file in a commit, or none."""
    blob = {"text": text, "isBinary": False, "isTruncated": False} | fields
    return {"object": blob} if text is not None or fields else None


def branch(name: str, text: str | None = "version: 1\n", **files: Any) -> Json:
    """A branch with a policy, or without one, and perhaps other files."""
    owners = dict.fromkeys(("codeOwnersInGithub", "codeOwnersAtRoot", "codeOwnersInDocs"))
    return {"name": name, "target": {"oid": BASE, "file": text_file(text), **owners, **files}}


def changed(path: str = "app.py", status: str = "modified", **fields: Any) -> Json:
    """A changed file, as REST lists it."""
    return {
        "filename": path,
        "status": status,
        "additions": 1,
        "deletions": 1,
        "contents_url": f"https://api.github.com/repos/acme/shop/contents/{path}?ref={HEAD}",
    } | fields


def pull(organization: Json | None = None, private: bool = True, **fields: Any) -> Json:
    """A whole answer, with fields of the pull request replaced."""
    whole = {
        "number": 7,
        "title": "Charge the fee once",
        "body": "",
        "url": "https://github.com/acme/shop/pull/7",
        "state": "OPEN",
        "isDraft": False,
        "createdAt": "2026-11-23T12:00:00Z",
        "lastEditedAt": None,
        "additions": 1,
        "deletions": 1,
        "changedFiles": 1,
        "author": ANA,
        "baseRefName": "main",
        "baseRefOid": BASE,
        "baseRef": branch("main"),
        "headRefName": "topic",
        "headRefOid": HEAD,
        "headRepository": {"nameWithOwner": "acme/shop"},
        "mergeCommit": None,
        "reviews": page(review()),
        "comments": page(),
        "labels": page(),
        "timeline": page(),
        "commits": page(commit()),
        "headCommit": checks(page(run())),
    } | fields
    return {
        "organization": organization,
        "repository": {
            "databaseId": 100,
            "nameWithOwner": "acme/shop",
            "isPrivate": private,
            "defaultBranchRef": branch("main"),
            "pullRequest": whole,
        },
    }
