"""Where a pull request comes from and goes to: forks, labels, and the organisation's rules."""

import pytest

from tests.bot.edge_cases.conftest import Quiet
from tests.bot.service.conftest import BODY, POLICY, Scene
from warden_bot.audit import audit
from warden_bot.sandbox import Role
from warden_bot.store.kept import Gap, kept
from warden_policies.model import Label
from warden_policies.replay import Derived, parse_stored, rederived

TWO = POLICY.replace("count: 1", "count: 2")


def test_row_24_a_pull_request_from_a_fork_is_decided_like_any_other(scene: Scene) -> None:
    eve = scene.github.person("eve", Role.READ)
    fork = scene.repository.fork(eve)
    head = fork.push(eve, "fix", {"fix.py": "1\n"}, "Fix it")
    number = scene.repository.open_pull_request(eve, "eve:fix", "Fix it", BODY)
    scene.repository.report_check(scene.github.app(), head, "test", "completed", "success")
    scene.repository.review(scene.bob, number, "APPROVED")
    scene.settle()
    (run,) = scene.our_runs(head)
    assert run.conclusion == "success"

    fork.push(eve, "fix", {"fix.py": "evil\n"}, "Fix it better")
    scene.settle()
    (run,) = scene.our_runs(fork.head("fix"))
    assert run.conclusion == "action_required"


def test_row_24_where_the_head_lies_is_known_until_it_is_deleted(quiet: Quiet) -> None:
    eve = quiet.github.person("eve", Role.READ)
    fork = quiet.repository.fork(eve)
    fork.push(eve, "fix", {"fix.py": "1\n"}, "Fix it")
    number = quiet.repository.open_pull_request(eve, "eve:fix", "Fix it")
    assert quiet.look(number).change.head_repository == "eve/payments"
    assert quiet.change.head_repository == "demo/payments"

    fork.delete()
    gone = quiet.look(number).change
    assert gone.head_repository is None
    assert [file.path for file in gone.files or ()] == ["fix.py"]


def test_row_43_a_label_names_whoever_put_it_there(quiet: Quiet) -> None:
    triager = quiet.github.person("tina", Role.TRIAGE)
    quiet.repository.add_label(quiet.carl, quiet.number, "low-risk")
    quiet.repository.remove_label(quiet.carl, quiet.number, "low-risk")
    quiet.repository.add_label(triager, quiet.number, "low-risk")

    tina = quiet.standing(triager)
    assert quiet.change.labels == (Label("low-risk", tina.person),)
    assert tina.permission == "triage"


def test_row_37_without_any_policy_nothing_is_allowed(scene: Scene) -> None:
    scene.repository.push(scene.carl, "main", {".github/changewarden.yml": None}, "Away with it")
    scene.open()

    assert scene.check().conclusion == "failure"
    assert "there is no such file" in f"{scene.check().title}{scene.check().summary}"


def test_row_37_a_repository_without_a_policy_has_its_organisations(scene: Scene) -> None:
    scene.github.repository("demo/.github", {".github/changewarden.yml": POLICY})
    scene.repository.push(scene.carl, "main", {".github/changewarden.yml": None}, "Away with it")
    number = scene.open()
    assert scene.check().conclusion == "action_required"

    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "success"


@pytest.mark.parametrize(
    ("own", "organization"), [(POLICY, TWO), (TWO, POLICY)], ids=["the other's", "its own"]
)
def test_a_repository_can_only_add_to_its_organisations_policy(
    scene: Scene, own: str, organization: str
) -> None:
    scene.github.repository("demo/.github", {".github/changewarden.yml": organization})
    scene.repository.push(scene.carl, "main", {".github/changewarden.yml": own}, "Ours")
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert scene.check().conclusion == "action_required"
    assert "1 of 2 approvals" in (scene.check().title or "")

    scene.repository.review(scene.carl, number, "APPROVED")
    assert scene.check().conclusion == "success"


def test_an_organisations_policy_that_cannot_be_read_allows_nothing_and_says_where(
    scene: Scene,
) -> None:
    broken = {".github/changewarden.yml": "version: 1\nrequird: {}\n"}
    scene.github.repository("demo/.github", broken)
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")

    assert scene.check().conclusion == "failure"
    assert "demo/.github/.github/changewarden.yml:2" in f"{scene.check().summary}"


def observing(until: str) -> str:
    return POLICY.replace("version: 1\n", f"version: 1\nobserve: {{until: {until}}}\n")


def test_what_both_ask_for_is_shown_and_can_be_decided_again_from_what_was_kept(
    scene: Scene,
) -> None:
    scene.github.repository("demo/.github", {".github/changewarden.yml": TWO})
    number = scene.open()
    scene.tests_pass()
    scene.repository.review(scene.bob, number, "APPROVED")
    assert "Organisation: Peer review" in (scene.check().summary or "")

    with scene.service.store.reading() as connection:
        lines = list(kept(connection, every=True))
    stored = [parse_stored(line) for line in lines if not isinstance(line, Gap)]
    assert len(stored) == len(lines) == len(scene.entries(number))
    assert {(each.floor, each.policy) for each in stored} == {(TWO, POLICY)}
    assert {rederived(each).derived for each in stored} == {Derived.SAME}
    (report,) = audit(scene.folder, None)
    assert report.ok


def test_a_repository_cannot_put_its_organisations_policy_to_sleep(scene: Scene) -> None:
    scene.github.repository("demo/.github", {".github/changewarden.yml": POLICY})
    ours = {".github/changewarden.yml": observing("2999-01-01T00:00:00Z")}
    scene.repository.push(scene.carl, "main", ours, "Only look on")
    scene.open()

    assert scene.check().conclusion == "action_required"


def test_a_branch_cannot_put_the_default_branchs_policy_to_sleep(scene: Scene) -> None:
    mine = {".github/changewarden.yml": observing("2999-01-01T00:00:00Z")}
    scene.repository.push(scene.ana, "mine", mine, "Only look on")
    scene.push("topic")
    scene.repository.open_pull_request(scene.ana, "topic", "Go", BODY, base="mine")

    assert scene.check().conclusion == "action_required"
