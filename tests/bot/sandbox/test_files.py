"""Changed files: over REST with GitHub's caps, and what paths lead to in a commit."""

from typing import Any

import pytest

from tests.bot.sandbox.conftest import Scene, call
from tests.bot.sandbox.test_graphql import ask, installation_token
from warden_bot.sandbox import Content, Executable, Submodule, Symlink


def get(scene: Scene, path: str) -> tuple[int, Any, str]:
    token = installation_token(scene.github)
    status, body, headers = call(scene.github, "GET", f"/repos/demo/payments{path}", token)
    return status, body, headers.get("Link", "")


def compare(scene: Scene, head: str = "retry", query: str = "") -> Any:
    status, body, _ = get(scene, f"/compare/main...{head}{query}")
    assert status == 200
    return body


def test_a_comparison_shows_the_files_since_the_two_parted(scene: Scene) -> None:
    scene.repository.push(
        scene.bob, "main", {"old.py": "a\nb\nc\nd\n", "gone.py": "gone\n"}, "Base"
    )
    scene.repository.push(scene.ana, "move", {"x": "1\n"}, "Begin")
    files = {"old.py": None, "new.py": "a\nb\nc\nd\ne\n", "gone.py": None, "settle.py": "1\n"}
    scene.repository.push(scene.ana, "move", files, "Move")
    scene.repository.push(scene.bob, "main", {"later.py": "1\n"}, "The base moves on")
    comparison = compare(scene, "move")
    shown = {
        file["filename"]: (file["status"], file["additions"], file["deletions"])
        for file in comparison["files"]
    }
    assert shown == {
        "gone.py": ("removed", 0, 1),
        "new.py": ("renamed", 1, 0),
        "settle.py": ("added", 1, 0),
        "x": ("added", 1, 0),
    }
    (renamed,) = (each for each in comparison["files"] if each["status"] == "renamed")
    assert renamed["previous_filename"] == "old.py"
    assert renamed["contents_url"].endswith(f"?ref={scene.repository.head('move')}")
    assert (comparison["status"], comparison["ahead_by"], comparison["behind_by"]) == (
        "diverged",
        2,
        1,
    )


@pytest.mark.parametrize(
    ("head", "status"), [("main", "identical"), ("retry", "ahead"), ("behind", "behind")]
)
def test_a_comparison_says_how_the_two_stand(scene: Scene, head: str, status: str) -> None:
    if head == "behind":
        scene.repository.push(scene.bob, "behind", {"a": "1\n"}, "Ahead for now")
        scene.repository.force_push_to(scene.bob, "behind", scene.repository.head("main"))
        scene.repository.push(scene.bob, "main", {"b": "1\n"}, "The base moves on")
    assert compare(scene, head)["status"] == status


@pytest.mark.parametrize("heads", ["main...nothing", "main", "main...retry...main"])
def test_what_cannot_be_compared_is_not_found(scene: Scene, heads: str) -> None:
    assert get(scene, f"/compare/{heads}")[0] == 404


def test_a_comparison_ends_at_300_files_and_does_not_say_so(scene: Scene) -> None:
    scene.repository.push(scene.ana, "many", {f"f{n:03}": "1\n" for n in range(301)}, "Many")
    first = compare(scene, "many", "?per_page=1&page=1")
    assert (len(first["files"]), len(first["commits"])) == (300, 1)
    assert compare(scene, "many", "?per_page=1&page=2")["files"] == []


def test_a_pull_requests_list_goes_on_to_3000_files_in_pages(scene: Scene) -> None:
    files = {f"f{n:04}": "1\n" for n in range(3_001)}
    scene.repository.push(scene.ana, "retry", files, "Many")
    path = f"/pulls/{scene.number}/files?per_page=100"
    _, first, link = get(scene, f"{path}&page=1")
    _, last, _ = get(scene, f"{path}&page=30")
    _, beyond, _ = get(scene, f"{path}&page=31")
    assert (len(first), len(last), len(beyond)) == (100, 100, 0)
    assert "page=30" in link


ENTRIES = """query($oid: GitObjectID!) { repository(owner: "demo", name: "payments") {
  object(oid: $oid) { ... on Commit { file: file(path: "a.py") { mode type object { oid } }
    run: file(path: "run.sh") { mode type } link: file(path: "link") { mode object { ... on Blob {
    text } } } module: file(path: "vendored") { mode type object { oid } }
    nothing: file(path: "nothing") { mode } } } } }"""


def test_a_path_may_lead_to_a_program_a_link_or_another_repository(scene: Scene) -> None:
    files: dict[str, Content | None] = {
        "a.py": "1\n",
        "run.sh": Executable("#!/bin/sh\n"),
        "link": Symlink("/etc/passwd"),
        "vendored": Submodule("1" * 40),
    }
    sha = scene.repository.push(scene.ana, "retry", files, "All kinds")
    commit = ask(scene.github, ENTRIES, oid=sha)["data"]["repository"]["object"]
    assert (commit["file"]["mode"], commit["file"]["type"]) == (0o100644, "blob")
    assert commit["run"]["mode"] == 0o100755
    assert (commit["link"]["mode"], commit["link"]["object"]["text"]) == (0o120000, "/etc/passwd")
    assert commit["module"] == {"mode": 0o160000, "type": "commit", "object": None}
    assert commit["nothing"] is None


def test_an_object_that_is_not_there_is_null(scene: Scene) -> None:
    answer = ask(scene.github, ENTRIES, oid="0" * 40)
    assert answer["data"]["repository"]["object"] is None
