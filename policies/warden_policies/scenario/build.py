"""A change out of the words of a scenario."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from warden_policies.model import (
    Change,
    ChangedFile,
    CommitStatus,
    ContentProof,
    FileChange,
    Label,
    OpenFinding,
    Repository,
    Unread,
    WorkflowRun,
)
from warden_policies.problem import Path, Problems
from warden_policies.scenario.history import BASE_SHA, History
from warden_policies.scenario.people import Cast
from warden_policies.scenario.said import checks, comments, reviews
from warden_policies.scenario.scene import Scene
from warden_policies.scenario.times import Clock
from warden_policies.scenario.words import OPENER, OWN, ChangeWords, FileWords, PersonWords


def build(
    words: ChangeWords, people: Mapping[str, PersonWords], path: Path, problems: Problems
) -> Change:
    """The change that is described at `path`; what contradicts itself is added to `problems`."""
    scene = Scene(
        words,
        Cast(people, problems),
        History(words.commits, (*path, "commits"), problems),
        Clock(words.now, problems),
        path,
    )
    return _without_unread(_whole(scene), scene)


def _whole(scene: Scene) -> Change:
    words, cast, clock = scene.words, scene.cast, scene.clock
    opener = cast.somebody(words.opener, scene.at("opener"))
    files = tuple(map(_file, words.files))
    commits = tuple(scene.history.commits(words.opener, cast, clock))
    change = Change(
        repository=Repository(100, words.repository),
        number=words.number,
        title=words.title,
        body=words.body,
        url=f"https://github.com/{words.repository}/pull/{words.number}",
        opener=opener,
        base_ref=words.base_branch,
        base_sha=BASE_SHA,
        head_ref=words.head_branch,
        head_sha=scene.history.head,
        draft=words.draft,
        commits=commits,
        reviews=tuple(reviews(scene)),
        checks=tuple(checks(words)),
        additions=sum(file.additions for file in files),
        deletions=sum(file.deletions for file in files),
        changed_files=len(files),
        evaluated_at=words.now,
        head_repository=words.repository if words.head_repository == OWN else words.head_repository,
        opened_at=clock.at(words.opened_at, scene.at("opened_at")),
        body_edited_at=clock.at(words.body_edited_at, scene.at("body_edited_at")),
        pushers=tuple(
            cast.person(login, scene.at("pushers", number))
            for number, login in enumerate(words.pushers)
        ),
        files=files,
        labels=tuple(_labels(scene)),
        comments=tuple(comments(scene)),
        statuses=tuple(_statuses(scene)),
        workflow_runs=tuple(
            WorkflowRun(run.path, run.event, run.conclusion) for run in words.workflow_runs
        ),
        code_owners=words.code_owners,
        proofs=tuple(_proofs(scene)),
        findings=tuple(
            OpenFinding(each.rule, each.severity, each.path, each.line) for each in words.findings
        ),
    )
    return replace(change, people=cast.standings)


def _without_unread(change: Change, scene: Scene) -> Change:
    gaps = scene.words.unread or {}
    unread = tuple(Unread(part.value, why) for part, why in gaps.items())
    missing: dict[str, Any] = {part.value: None for part in gaps}
    return replace(change, unread=unread, **missing)


def _file(words: FileWords) -> ChangedFile:
    usual = FileChange.RENAMED if words.previous_path else FileChange.MODIFIED
    return ChangedFile(
        words.path,
        words.change or usual,
        words.additions,
        words.deletions,
        words.previous_path,
        words.entry,
        words.previous_entry,
    )


def _labels(scene: Scene) -> Iterator[Label]:
    for number, label in enumerate(scene.words.labels):
        login = scene.words.opener if label.by == OPENER else label.by
        yield Label(label.name, scene.cast.somebody(login, scene.at("labels", number, "by")))


def _statuses(scene: Scene) -> Iterator[CommitStatus]:
    for name, status in (scene.words.statuses or {}).items():
        creator = scene.cast.somebody(status.by, scene.at("statuses", name, "by"))
        yield CommitStatus(name, status.state, creator)


def _proofs(scene: Scene) -> Iterator[ContentProof]:
    for number, proof in enumerate(scene.words.proofs):
        commit = scene.history.sha(proof.commit, scene.at("proofs", number, "commit"))
        yield ContentProof(commit, proof.same, proof.how, proof.differing)
