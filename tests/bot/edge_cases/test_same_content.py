"""Approvals of earlier commits, kept where git proves that the head still holds what was seen."""

from pathlib import Path

import pytest

from tests.bot.edge_cases.conftest import Quiet
from tests.bot.edge_cases.test_content import approved
from tests.bot.service.conftest import Scene
from warden_bot.clone.clones import Clones
from warden_bot.github.auth import app_auth, load_private_key
from warden_bot.github.client import GitHub
from warden_bot.github.snapshot import files
from warden_bot.look import Looker
from warden_bot.sandbox import Content, Symlink, Written
from warden_bot.store.kept import Gap, kept
from warden_policies.replay import Derived, parse_stored, rederived

APP = {"app.py": "1\n"}
NEWS: dict[str, Content | None] = {"lib.py": "news\n"}


def base_moves_on(scene: Scene) -> None:
    scene.repository.push(scene.carl, "main", NEWS, "Meanwhile")


def fetches(scene: Scene) -> int:
    """How often anything was fetched with git; people only push."""
    return scene.requests("POST", "/git-upload-pack")


def test_row_08_a_clean_rebase_keeps_an_approval_and_says_so(scene: Scene) -> None:
    approved(scene)
    base_moves_on(scene)
    scene.repository.force_push(scene.ana, "topic", "main", APP, "Change it, on today's main")
    scene.tests_pass()

    assert scene.check().conclusion == "success"
    assert "kept over a clean rebase" in (scene.check().summary or "")


def test_row_08_a_rebase_in_which_one_byte_changes_ends_it(scene: Scene) -> None:
    approved(scene)
    base_moves_on(scene)
    scene.repository.force_push(scene.ana, "topic", "main", {"app.py": "2\n"}, "Change it")
    scene.tests_pass()

    assert scene.check().conclusion == "action_required"
    assert "0 of 1 approvals" in (scene.check().title or "")


def test_row_09_an_update_from_the_base_keeps_an_approval(scene: Scene) -> None:
    approved(scene)
    base_moves_on(scene)
    update = Written(merged="main")
    scene.repository.push(scene.ana, "topic", NEWS, "Merge main into topic", written=update)
    scene.tests_pass()

    assert scene.check().conclusion == "success"
    assert "kept over a clean update from main" in (scene.check().summary or "")


def test_row_09_an_update_into_which_something_was_slipped_ends_it(scene: Scene) -> None:
    approved(scene)
    base_moves_on(scene)
    update = Written(merged="main")
    evil = NEWS | {"app.py": "evil\n"}
    scene.repository.push(scene.ana, "topic", evil, "Merge main into topic", written=update)
    scene.tests_pass()

    assert scene.check().conclusion == "action_required"


def test_row_09_merging_another_branch_than_the_base_ends_it(scene: Scene) -> None:
    approved(scene)
    scene.repository.push(scene.carl, "side", NEWS, "Reviewed by nobody")
    update = Written(merged="side")
    scene.repository.push(scene.ana, "topic", NEWS, "Merge side into topic", written=update)
    scene.tests_pass()

    assert scene.check().conclusion == "action_required"


def test_row_07_back_at_the_approved_commit_nothing_has_to_be_proven(scene: Scene) -> None:
    approved(scene)
    assert fetches(scene) == 0  # nobody reviewed any other commit than the head
    reviewed = scene.repository.head("topic")
    scene.repository.force_push(scene.ana, "topic", "main", {"app.py": "evil\n"}, "Rewritten")
    scene.tests_pass()
    assert scene.check().conclusion == "action_required"
    proving = fetches(scene)
    assert proving > 0

    scene.repository.force_push_to(scene.ana, "topic", reviewed)
    assert scene.check().conclusion == "success"
    assert fetches(scene) == proving


def test_row_08_where_git_cannot_be_asked_nothing_is_proven_and_the_change_is_decided(
    scene: Scene,
) -> None:
    approved(scene)
    base_moves_on(scene)
    scene.github.fail_next("POST", "/git-upload-pack", times=100)
    scene.repository.force_push(scene.ana, "topic", "main", APP, "Change it, on today's main")
    scene.tests_pass()

    check = scene.check()
    assert check.conclusion == "action_required"
    assert "0 of 1 approvals" in (check.title or "")


def test_row_08_neither_does_a_fault_of_our_own(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(scene)
    base_moves_on(scene)
    monkeypatch.setattr(Clones, "prove", lambda *_: 1 / 0)
    scene.repository.force_push(scene.ana, "topic", "main", APP, "Change it, on today's main")
    scene.tests_pass()

    assert scene.check().conclusion == "action_required"


def test_a_decision_that_rests_on_proofs_is_made_again_to_the_byte(scene: Scene) -> None:
    number = approved(scene)
    base_moves_on(scene)
    scene.repository.force_push(scene.ana, "topic", "main", APP, "Change it, on today's main")
    scene.tests_pass()
    assert scene.check().conclusion == "success"

    with scene.service.store.reading() as connection:
        documents = list(kept(connection, every=True, since=None))
    stored = [parse_stored(each) for each in documents if not isinstance(each, Gap)]
    assert len(stored) == len(documents) == len(scene.entries(number))
    assert {rederived(each).derived for each in stored} == {Derived.SAME}
    (proof,) = stored[-1].change.proofs
    assert proof.same


def test_row_47_of_what_is_merged_nothing_is_proven_any_more(quiet: Quiet, tmp_path: Path) -> None:
    """Against a base that holds both, what was approved and what was merged change nothing."""
    quiet.repository.review(quiet.bob, quiet.number, "APPROVED")
    quiet.repository.push(quiet.ana, "topic", {"app.py": "evil\n"}, "Change it more")
    auth = app_auth(quiet.github.app_id, load_private_key(quiet.github.private_key_pem))
    looker = Looker(GitHub(auth, quiet.github.api_url), Clones(tmp_path / "clones"), quiet.clock)

    def proven() -> list[bool]:
        installation = quiet.github.installation_id
        snapshot = looker.look(installation, quiet.repository.full_name, quiet.number)
        return [proof.same for proof in snapshot.change.proofs]

    assert proven() == [False]
    quiet.repository.merge(quiet.carl, quiet.number)
    assert proven() == []


SMALL = """\
version: 1
requirements:
  Nothing but data: {require: {only_paths: ["data/**", app.py]}}
  Links: {when: {entries: [symlink]}, require: {approvals: {count: 1}}}
"""


def many(scene: Scene, monkeypatch: pytest.MonkeyPatch, **more: Content) -> int:
    """A pull request with more files than GitHub lists, which are fewer than usual."""
    monkeypatch.setattr(files, "_COMPARED", 3)
    monkeypatch.setattr(files, "_LISTED", 4)
    scene.repository.push(scene.carl, "main", {".github/changewarden.yml": SMALL}, "Small")
    data = {f"data/{number}": f"{number}\n" for number in range(5)}
    scene.repository.push(scene.ana, "topic", {**data, **more}, "A lot")
    return scene.open()


def test_row_31_files_that_github_does_not_list_are_taken_from_git(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = many(scene, monkeypatch)

    assert scene.check().conclusion == "success"
    assert fetches(scene) > 0
    with scene.service.store.reading() as connection:
        (line,) = kept(connection, every=False)
    assert isinstance(line, bytes)
    stored = parse_stored(line)
    assert len(stored.change.files or ()) == 6
    assert rederived(stored).derived is Derived.SAME

    scene.repository.push(scene.ana, "topic", {"evil.py": "1\n"}, "Beyond what GitHub lists")
    assert scene.check().conclusion == "failure"
    assert "evil.py" in (scene.check().summary or "")
    assert len(scene.entries(number)) == 2


def test_row_31_what_they_lead_to_is_known_as_well(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(scene, monkeypatch, **{"data/link": Symlink("/etc/passwd")})

    assert scene.check().conclusion == "action_required"
    assert "0 of 1 approvals" in (scene.check().title or "")


def test_row_31_where_git_cannot_tell_them_either_nothing_is_allowed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.github.fail_next("POST", "/git-upload-pack", times=100)
    many(scene, monkeypatch)

    check = scene.check()
    assert check.conclusion == "failure"
    assert "GitHub lists no more than 4; git fetch" in (check.summary or "")
