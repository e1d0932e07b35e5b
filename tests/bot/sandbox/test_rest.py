"""Repositories, pull requests and check runs, read and written with PyGithub."""

from typing import Any

import github as pygithub
import pytest
from github.Repository import Repository

from tests.bot.sandbox.conftest import Scene, call, client, installed, integration
from warden_bot.sandbox import RequiredCheck

OUTPUT: Any = {"title": "Blocked", "summary": "1 of 2 done"}


@pytest.fixture
def repository(scene: Scene) -> Repository:
    return installed(scene.github).get_repo("demo/payments")


def refused(error: pytest.ExceptionInfo[pygithub.GithubException]) -> tuple[int, str]:
    return error.value.status, str(error.value.message)


def test_a_pull_request_shows_its_head_its_base_and_its_size(
    scene: Scene, repository: Repository
) -> None:
    pull = repository.get_pull(scene.number)
    assert (pull.title, pull.user.login, pull.state) == ("Retry settlement", "ana", "open")
    assert (pull.head.ref, pull.head.sha) == ("retry", scene.head)
    assert (pull.base.ref, pull.base.sha) == ("main", scene.repository.head("main"))
    assert (pull.commits, pull.additions, pull.deletions, pull.changed_files) == (1, 1, 0, 1)
    assert (pull.mergeable, pull.mergeable_state) == (True, "clean")


@pytest.mark.parametrize(
    ("draft", "required", "state"),
    [(True, False, "draft"), (False, True, "blocked"), (False, False, "clean")],
)
def test_the_merge_box_says_what_is_in_the_way(
    scene: Scene, repository: Repository, *, draft: bool, required: bool, state: str
) -> None:
    scene.repository.set_draft(scene.ana, scene.number, draft=draft)
    if required:
        scene.repository.protect("main", RequiredCheck("changewarden"))
    assert repository.get_pull(scene.number).mergeable_state == state


def test_a_conflict_is_seen(scene: Scene, repository: Repository) -> None:
    scene.repository.push(scene.bob, "main", {"settle.py": "retry = False\n"}, "Never retry")
    pull = repository.get_pull(scene.number)
    assert (pull.mergeable, pull.mergeable_state) == (False, "dirty")


def test_what_does_not_exist_is_not_found(scene: Scene) -> None:
    with pytest.raises(pygithub.UnknownObjectException):
        installed(scene.github).get_repo("demo/payments").get_pull(99).complete()
    with pytest.raises(pygithub.UnknownObjectException):
        installed(scene.github).get_repo("demo/nothing").complete()


def test_a_check_run_is_created_found_and_updated(scene: Scene, repository: Repository) -> None:
    run = repository.create_check_run("changewarden", scene.head, external_id="7", output=OUTPUT)
    assert (run.status, run.app.id) == ("queued", scene.github.app_id)
    listed = repository.get_commit(scene.head).get_check_runs(check_name="changewarden")
    assert [(each.id, each.external_id) for each in listed] == [(run.id, "7")]
    run.edit(status="completed", conclusion="success", output={"summary": "done"})
    again = repository.get_check_run(run.id)
    assert (again.status, again.conclusion) == ("completed", "success")
    assert (again.output.title, again.output.summary) == ("Blocked", "done")
    assert again.completed_at is not None


def test_a_completed_check_run_stays_completed(scene: Scene, repository: Repository) -> None:
    run = repository.create_check_run("changewarden", scene.head, conclusion="failure")
    run.edit(status="in_progress", output={"title": "t", "summary": "again"})
    now = repository.get_check_run(run.id)
    assert (now.status, now.conclusion) == ("completed", "failure")
    assert now.output.summary == "again"


def test_only_the_newest_run_of_a_name_is_listed_unless_all_are_asked_for(
    scene: Scene, repository: Repository
) -> None:
    runs = [repository.create_check_run("changewarden", scene.head).id for _ in range(2)]
    commit = repository.get_commit(scene.head)
    assert [run.id for run in commit.get_check_runs()] == [runs[1]]
    assert [run.id for run in commit.get_check_runs(filter="all")] == [runs[1], runs[0]]


def test_check_runs_of_another_app_are_kept_apart(scene: Scene, repository: Repository) -> None:
    actions = scene.github.app()
    scene.repository.report_check(actions, scene.head, "changewarden", "completed", "success")
    ours = repository.create_check_run("changewarden", scene.head)
    commit = repository.get_commit(scene.head)
    theirs = next(run for run in commit.get_check_runs() if run.app.id == actions.id)
    path = f"{commit.url}/check-runs"
    listed = repository.requester.requestJsonAndCheck("GET", path, {"app_id": ours.app.id})[1]
    assert [run["id"] for run in listed["check_runs"]] == [ours.id]
    with pytest.raises(pygithub.GithubException) as error:
        theirs.edit(status="completed", conclusion="failure")
    assert refused(error)[0] == 403


def test_long_lists_come_in_pages_with_links(scene: Scene) -> None:
    app = scene.github.app()
    names = [f"job {number}" for number in range(205)]
    for name in names:
        scene.repository.report_check(app, scene.head, name, "queued")
    repository = installed(scene.github).get_repo("demo/payments")
    listed = repository.get_commit(scene.head).get_check_runs()
    assert listed.totalCount == 205
    assert [run.name for run in listed] == names[::-1]
    pages = [each for each in scene.github.requests if each.path.endswith("/check-runs")]
    assert len(pages) == 3 + 1  # and one for the count


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"output": {"title": "t", "summary": "x" * 65_536}}, id="summary"),
        pytest.param({"output": {"title": "t", "summary": "s", "text": "x" * 65_536}}, id="text"),
        pytest.param({"output": {"title": "x" * 65_536, "summary": "s"}}, id="title"),
        pytest.param({"output": {"title": "t"}}, id="no summary"),
        pytest.param({"output": {"title": "t", "summary": ""}}, id="empty summary"),
        pytest.param({"actions": [{"label": "a"}]}, id="half an action"),
        pytest.param({"status": "completed"}, id="completed without a conclusion"),
        pytest.param({"conclusion": "splendid"}, id="unknown conclusion"),
        pytest.param({"status": "sleeping"}, id="unknown status"),
        pytest.param(
            {"actions": [{"label": "a", "description": "b", "identifier": "c"}] * 4},
            id="four actions",
        ),
        pytest.param(
            {"actions": [{"label": "x" * 21, "description": "b", "identifier": "c"}]},
            id="long label",
        ),
        pytest.param(
            {
                "output": {
                    "title": "t",
                    "summary": "s",
                    "annotations": [
                        {
                            "path": "a",
                            "start_line": 1,
                            "end_line": 1,
                            "annotation_level": "notice",
                            "message": "m",
                        }
                    ]
                    * 51,
                }
            },
            id="51 annotations",
        ),
    ],
)
def test_limits_on_check_runs_are_enforced(
    scene: Scene, repository: Repository, fields: dict[str, Any]
) -> None:
    with pytest.raises(pygithub.GithubException) as error:
        repository.create_check_run("changewarden", scene.head, **fields)
    assert refused(error)[0] == 422
    assert scene.repository.check_runs(scene.head) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"started_at": "yesterday"},
        {"output": "text"},
        {"output": {"title": "t", "summary": "s", "annotations": "many"}},
        {"actions": {"label": "a"}},
        {"actions": ["a"]},
    ],
    ids=str,
)
def test_what_no_client_library_would_send_is_refused_too(
    scene: Scene, fields: dict[str, Any]
) -> None:
    token = integration(scene.github).get_access_token(scene.github.installation_id).token
    body = {"name": "changewarden", "head_sha": scene.head} | fields
    path = "/repos/demo/payments/check-runs"
    assert call(scene.github, "POST", path, token, body)[0] == 422


def test_a_check_run_needs_a_commit_that_exists(repository: Repository) -> None:
    with pytest.raises(pygithub.GithubException) as error:
        repository.create_check_run("changewarden", "1" * 40)
    assert refused(error) == (422, f"No commit found for SHA: {'1' * 40}")


def test_annotations_are_added_by_an_update_not_replaced(
    scene: Scene, repository: Repository
) -> None:
    note = {
        "path": "settle.py",
        "start_line": 1,
        "end_line": 1,
        "annotation_level": "notice",
        "message": "here",
    }
    output: Any = OUTPUT | {"annotations": [note]}
    run = repository.create_check_run("changewarden", scene.head, output=output)
    run.edit(output=output)
    assert repository.get_check_run(run.id).output.annotations_count == 2


def test_a_person_reads_what_the_app_reported(scene: Scene, repository: Repository) -> None:
    repository.create_check_run("changewarden", scene.head, output=OUTPUT)
    theirs = client(scene.github, scene.github.token_of(scene.bob)).get_repo("demo/payments")
    runs = theirs.get_commit(scene.head).get_check_runs()
    assert [run.output.title for run in runs] == ["Blocked"]


def test_requests_are_recorded_for_assertions(scene: Scene, repository: Repository) -> None:
    repository.create_check_run("changewarden", scene.head, output=OUTPUT)
    created = [
        request.json()
        for request in scene.github.requests
        if (request.method, request.path) == ("POST", "/api/v3/repos/demo/payments/check-runs")
    ]
    assert created == [{"name": "changewarden", "head_sha": scene.head, "output": OUTPUT}]
