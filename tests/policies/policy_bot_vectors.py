"""The recorded answers of policy-bot 1.36.2: cases as data, and each as a policy and a change.

A case is `{"id", "policy", "context"}`, an answer `{"id", "result"}`, one a line, compressed.
"""

import gzip
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from warden_policies.evaluate import answer
from warden_policies.example import SAMPLE
from warden_policies.language.policy_bot import policy_from_data
from warden_policies.language.policy_bot.view import tree
from warden_policies.model import (
    Change,
    ChangedFile,
    Check,
    CheckConclusion,
    CheckStatus,
    Comment,
    Commit,
    CommitStatus,
    FileChange,
    KeyKind,
    Label,
    Permission,
    Person,
    Repository,
    Review,
    ReviewState,
    Signature,
    Standing,
    Team,
    Unread,
    Verification,
    WorkflowRun,
)
from warden_policies.policy_bot.accounts import WEB_FLOW

ROOT = Path(__file__).parents[2]
SAMPLE_FOLDER = ROOT / "tests" / "data" / "policy-bot"
Data = Mapping[str, Any]

_CONCLUSIONS = frozenset(map(str, CheckConclusion))
_NEVER = "0001-01-01T00:00:00Z"
_KEYS = {"GpgSignature": KeyKind.GPG, "SshSignature": KeyKind.SSH, "SmimeSignature": KeyKind.SMIME}
_FILE_CHANGES = (FileChange.MODIFIED, FileChange.ADDED, FileChange.REMOVED)


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the cases, and what policy-bot said."""

    id: str
    line: Any
    expected: Any


def folder() -> Path:
    """Where the cases lie: as told, beside the repository, or the sample in it."""
    told = os.environ.get("POLICY_BOT_VECTORS")
    beside = ROOT.parent / "shared" / "data" / "policy-bot"
    return Path(told) if told else beside if beside.is_dir() else SAMPLE_FOLDER


def cases(where: Path) -> list[Case]:
    """All cases of a folder, each with the answer of the same id."""
    (answers,) = where.glob("expected-*.jsonl.gz")
    expected = {_id(line, number): line for number, line in enumerate(_lines(answers))}
    return [
        Case(id, line, expected.get(id))
        for number, line in enumerate(_lines(where / "cases.jsonl.gz"))
        for id in [_id(line, number)]
    ]


def _lines(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in filter(str.strip, file):
            try:
                yield json.loads(line)
            except ValueError as error:
                yield f"not JSON: {error}"


def _id(line: Any, number: int) -> str:
    """As JSON, since 1 and "1" are two ids; a line without one goes by its place."""
    return json.dumps(line["id"]) if isinstance(line, dict) and "id" in line else f"line {number}"


def differences(found: Sequence[Case]) -> dict[str, str]:
    """The cases in which this project says something else, or nothing, by id: both answers."""
    wrong = {}
    for case in found:
        answers = (_theirs(case), _ours(case))
        if answers[0] != answers[1]:
            wrong[case.id] = f"expected {json.dumps(answers[0])}\n     got {json.dumps(answers[1])}"
    return wrong


def _theirs(case: Case) -> Any:
    return case.expected.get("result") if isinstance(case.expected, dict) else "no answer recorded"


def _ours(case: Case) -> Any:
    """policy-bot's tree of our answer; for a case that cannot be read, why."""
    try:
        policy = policy_from_data(case.line["policy"], ".policy.yml")
        return tree(policy.root, answer(policy.root, change_of(case.line["context"])))
    except Exception as error:  # noqa: BLE001 - a case that cannot be read is one that disagrees
        return f"{type(error).__name__}: {error}"


def change_of(context: Data) -> Change:
    """A pull request as policy-bot's own tests write one."""
    return _Reader(context).change()


class _Reader:
    def __init__(self, context: Data) -> None:
        self._context = context
        self._ids: dict[str, int] = {}

    def _list(self, name: str) -> Sequence[Any]:
        return self._context.get(name) or ()

    def _map(self, name: str) -> Data:
        return self._context.get(name) or {}

    def person(self, login: str | None) -> Person | None:
        """Each login is an account of its own, upper and lower case being different."""
        if not login:
            return None
        if login == WEB_FLOW.login:
            return WEB_FLOW
        return Person(self._ids.setdefault(login, len(self._ids) + 1), login)

    @cached_property
    def _repository(self) -> str:
        return f"{self._context.get('OwnerValue', '')}/{self._context.get('RepoValue', '')}"

    def change(self) -> Change:
        source = self._context.get("BranchHeadName", "")
        owner, fork, branch = source.partition(":")
        body = self._map("BodyValue")
        files = tuple(map(_file, self._list("ChangedFilesValue")))
        return replace(
            SAMPLE,
            repository=Repository(1, self._repository),
            title=self._context.get("TitleValue", ""),
            body=body.get("Body", ""),
            opened_at=_instant(body.get("CreatedAt")),
            body_edited_at=_instant(body.get("LastEditedAt")),
            opener=self.person(self._context.get("AuthorValue")),
            base_ref=self._context.get("BranchBaseName", ""),
            head_ref=branch if fork else source,
            head_repository=f"{owner}/fork" if fork else self._repository,
            head_sha=self._context.get("HeadSHAValue", ""),
            commits=tuple(map(self._commit, self._list("CommitsValue"))),
            comments=tuple(map(self._comment, self._list("CommentsValue"))),
            reviews=tuple(self._reviews()),
            files=None if self._context.get("ErrFiles") else files,
            labels=tuple(map(Label, self._list("LabelsValue"))),
            checks=tuple(self._checks()),
            statuses=tuple(self._statuses()),
            workflow_runs=tuple(self._runs()),
            people=tuple(self._people()),
            unread=tuple(self._unread()),
        )

    def _unread(self) -> Iterator[Unread]:
        if self._context.get("ErrFiles"):
            yield Unread("files", "too many files")
        if self._context.get("ErrCommits"):
            yield Unread("commits", "too many commits")

    def _commit(self, data: Data) -> Commit:
        found = data.get("Signature")
        return Commit(
            data["SHA"],
            (Signature("", self.person(data.get("Author"))),),
            Signature("", self.person(data.get("Committer"))),
            tuple(data.get("Parents") or ()),
            bool(data.get("CommittedViaWeb")),
            self._verification(found) if found else None,
            pushed_at=_instant(self._map("PushedAtValue").get(data["SHA"])),
        )

    def _verification(self, data: Data) -> Verification:
        signer = self.person(data.get("Signer"))
        kind = _KEYS[data["Type"]]
        key, state = data.get("KeyID", ""), data.get("State", "")
        return Verification(bool(data.get("IsValid")), signer, kind, key, state)

    def _comment(self, data: Data) -> Comment:
        at, edited = _at(data), _instant(data.get("LastEditedAt"))
        return Comment(0, self.person(data.get("Author")), data.get("Body", ""), at, edited)

    def _reviews(self) -> Iterator[Review]:
        """Those with an opinion: the comments of a case are all that policy-bot took for one.

        It adds the reviews that only comment while it reads from GitHub, before any case begins.
        """
        for data in self._list("ReviewsValue"):
            if data["State"] != ReviewState.COMMENTED:
                yield Review(
                    0,
                    self.person(data.get("Author")),
                    ReviewState(data["State"]),
                    data.get("SHA", ""),
                    _at(data),
                    author_can_push=False,
                    body=data.get("Body", ""),
                    edited_at=_instant(data.get("LastEditedAt")),
                )

    def _checks(self) -> Iterator[Check]:
        for id, (name, ending) in enumerate(self._map("LatestStatusesValue").items()):
            if not ending:
                yield Check(id, name, 1, "ci", CheckStatus.IN_PROGRESS, None)
            elif ending in _CONCLUSIONS:
                conclusion = CheckConclusion(ending)
                yield Check(id, name, 1, "ci", CheckStatus.COMPLETED, conclusion)

    def _statuses(self) -> Iterator[CommitStatus]:
        for name, ending in self._map("LatestStatusesValue").items():
            if ending and ending not in _CONCLUSIONS:
                yield CommitStatus(name, ending)

    def _runs(self) -> Iterator[WorkflowRun]:
        for path, endings in self._map("LatestWorkflowRunsValue").items():
            for number, ending in enumerate(endings or ()):
                conclusion = CheckConclusion(ending) if ending else None
                yield WorkflowRun(path, f"event-{number}", conclusion)

    def _people(self) -> Iterator[Standing]:
        teams, organizations = self._map("TeamMemberships"), self._map("OrgMemberships")
        permissions = self._map("Collaborators")
        for login in {**teams, **organizations, **permissions}:
            person = self.person(login)
            if person:
                yield Standing(
                    person,
                    Permission(permissions.get(login) or "none"),
                    tuple(Team(0, slug) for slug in teams.get(login) or ()),
                    tuple(organizations.get(login) or ()),
                )


def _file(data: Data) -> ChangedFile:
    change = _FILE_CHANGES[data.get("Status", 0)]
    return ChangedFile(data["Filename"], change, data.get("Additions", 0), data.get("Deletions", 0))


def _at(data: Data) -> datetime:
    return datetime.fromisoformat(data["CreatedAt"]).astimezone(UTC)


def _instant(text: str | None) -> datetime | None:
    return None if not text or text == _NEVER else datetime.fromisoformat(text).astimezone(UTC)
