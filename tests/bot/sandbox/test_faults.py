"""Things that go wrong on demand."""

import threading

import github as pygithub
import pytest

from tests.bot.conftest import StartGithub
from tests.bot.sandbox.conftest import Scene, call, client, installed

RUNS = r"/repos/demo/payments/check-runs$"


def test_the_next_request_fails_and_the_one_after_does_not(scene: Scene) -> None:
    repository = installed(scene.github).get_repo("demo/payments")
    scene.github.fail_next("POST", RUNS)
    with pytest.raises(pygithub.GithubException) as error:
        repository.create_check_run("changewarden", scene.head)
    assert error.value.status == 502
    assert scene.repository.check_runs(scene.head) == []
    repository.create_check_run("changewarden", scene.head)


def test_something_is_done_and_the_reply_is_lost(scene: Scene) -> None:
    repository = installed(scene.github).get_repo("demo/payments")
    scene.github.fail_next("POST", RUNS, 500, after=True)
    with pytest.raises(pygithub.GithubException):
        repository.create_check_run("changewarden", scene.head)
    assert len(scene.repository.check_runs(scene.head)) == 1


def test_a_fault_is_used_up_as_often_as_said(scene: Scene) -> None:
    repository = installed(scene.github).get_repo("demo/payments")
    scene.github.fail_next("GET", r"/pulls/1$", 503, times=2)
    assert repository.get_pull(scene.number).title == "Retry settlement"
    tries = [each for each in scene.github.requests if each.path.endswith("/pulls/1")]
    assert len(tries) == 3


def test_a_fault_can_carry_headers(scene: Scene) -> None:
    scene.github.fail_next("POST", RUNS, 429, headers={"Retry-After": "1"})
    with pytest.raises(pygithub.GithubException) as error:
        installed(scene.github).get_repo("demo/payments").create_check_run("x", scene.head)
    assert error.value.headers is not None
    assert error.value.headers["retry-after"] == "1"


@pytest.mark.parametrize(("after", "done"), [(False, 0), (True, 1)])
def test_a_gate_holds_a_request_or_its_reply(scene: Scene, *, after: bool, done: int) -> None:
    repository = installed(scene.github).get_repo("demo/payments")
    with scene.github.hold("POST", RUNS, after=after) as gate:
        posting = threading.Thread(target=repository.create_check_run, args=("cw", scene.head))
        posting.start()
        assert gate.waiting.wait(10)
        assert len(scene.repository.check_runs(scene.head)) == done
        assert (
            client(scene.github, scene.github.token_of(scene.ana))
            .get_repo("demo/payments")
            .get_pull(scene.number)
            .title
        )
    posting.join(10)
    assert len(scene.repository.check_runs(scene.head)) == 1


def test_stopping_opens_every_gate(start_github: StartGithub) -> None:
    github = start_github()
    github.repository("demo/open", private=False)
    gate = github.hold("GET", "/repos/")
    token = github.token_of(github.person("ana"))
    reading = threading.Thread(target=call, args=(github, "GET", "/repos/demo/open", token))
    reading.start()
    assert gate.waiting.wait(10)
    github.stop()
    reading.join(10)
    assert not reading.is_alive()
