"""Forks: pull requests from them, pushes to them, and what is left when they are deleted."""

import pytest

from tests.bot.sandbox.conftest import Scene
from tests.bot.sandbox.test_graphql import ask
from tests.fakes.receiver import Receiver
from warden_bot.sandbox import Refusal, Role, SandboxRepository

HEAD = """query($number: Int!) { repository(owner: "demo", name: "payments") {
  pullRequest(number: $number) { headRefOid headRefName headRepository { nameWithOwner }
    author { login } commits(first: 9) { nodes { commit { oid } } } } } }"""


@pytest.fixture
def fork(scene: Scene) -> SandboxRepository:
    """Eve may read the repository, and has a copy of it."""
    return scene.repository.fork(scene.github.person("eve", Role.READ))


def shown(scene: Scene, number: int) -> dict[str, object]:
    answer = ask(scene.github, HEAD, number=number)
    found: dict[str, object] = answer["data"]["repository"]["pullRequest"]
    return found


def test_a_pull_request_may_come_from_a_fork(
    scene: Scene, fork: SandboxRepository, receiver: Receiver
) -> None:
    scene.github.webhook_url = receiver.url
    eve = scene.github.person("eve")
    first = fork.push(eve, "fix", {"fix.py": "1\n"}, "Fix it")
    number = scene.repository.open_pull_request(eve, "eve:fix", "Fix it")
    second = fork.push(eve, "fix", {"fix.py": "2\n"}, "Fix it better")
    pull = shown(scene, number)
    assert pull["headRepository"] == {"nameWithOwner": "eve/payments"}
    assert (pull["headRefName"], pull["headRefOid"]) == ("fix", second)
    assert pull["commits"] == {"nodes": [{"commit": {"oid": sha}} for sha in (first, second)]}
    scene.github.wait_for_deliveries()
    told = [(each.event, each.action) for each in scene.github.deliveries]
    assert ("pull_request", "synchronize") in told
    assert ("push", None) not in told, "the App is not installed on the fork"


def test_branches_of_one_name_in_two_repositories_are_two(
    scene: Scene, fork: SandboxRepository
) -> None:
    eve = scene.github.person("eve")
    fork.push(eve, "retry", {"fix.py": "1\n"}, "Fix it")
    number = scene.repository.open_pull_request(eve, "eve:retry", "Fix it")
    moved = fork.push(eve, "retry", {"fix.py": "2\n"}, "Fix it better")
    assert scene.repository.pull_request(number).head_sha == moved
    assert scene.repository.pull_request(scene.number).head_sha == scene.head


def test_a_fork_that_was_deleted_leaves_the_pull_request_without_a_home(
    scene: Scene, fork: SandboxRepository
) -> None:
    eve = scene.github.person("eve")
    sha = fork.push(eve, "fix", {"fix.py": "1\n"}, "Fix it")
    number = scene.repository.open_pull_request(eve, "eve:fix", "Fix it")
    fork.delete()
    assert (shown(scene, number)["headRepository"], shown(scene, number)["headRefOid"]) == (
        None,
        sha,
    )
    scene.repository.close(eve, number)
    with pytest.raises(Refusal):
        scene.repository.reopen(eve, number)


def test_only_forks_of_a_repository_can_be_proposed_to_it(scene: Scene) -> None:
    scene.github.repository("other/payments")
    with pytest.raises(Refusal):
        scene.repository.open_pull_request(scene.ana, "other:main", "Take it")
