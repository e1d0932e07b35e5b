"""The scripts of the how-to guides do what the guides say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.hooks.reports import secret
from tests.hooks.repository import committed, git, new_repository, write
from tests.test_docs import PAGES, ROOT, blocks

HOWTO = ROOT / "docs" / "howto"
PLACES = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
PERSON = {
    f"GIT_{who}_{what}": "ana@example.org"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for name, value in {**PLACES, **PERSON, "PATH": path}.items():
        monkeypatch.setenv(name, value)
    for name in ("BASE", "HEAD"):
        monkeypatch.delenv(name, raising=False)


def shell(
    script: str, folder: Path, text: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run a script as GitHub Actions would."""
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=os.environ | environment,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_scans_the_commits_of_a_pull_request(tmp_path: Path) -> None:
    action = yaml.safe_load(blocks(HOWTO / "scan-in-ci.md", "yaml")[0])
    _, scan = action["runs"]["steps"]
    script = scan["run"]
    folder = new_repository(tmp_path / "repository")
    base = committed(folder, "a.py", "x = 1\n")
    leak = committed(folder, "b.py", secret())
    fixed = committed(folder, "b.py", "x = 1\n")
    assert set(scan["env"]) == {"BASE", "HEAD"}

    found = shell(script, folder, BASE=base, HEAD=fixed)
    assert found.returncode == 1
    assert found.stdout.startswith("::error file=b.py,line=1,")
    assert f"in commit {leak[:12]} A commit" in found.stdout
    assert shell(script, folder, BASE=leak, HEAD=fixed).returncode == 0
    assert shell(script, folder, BASE=base, HEAD="gone").returncode == 2
    assert shell(script, folder, BASE="0" * 40, HEAD=fixed).returncode == 0
    git(folder, "checkout", "--quiet", leak)
    assert shell(script, folder, BASE="0" * 40, HEAD=leak).returncode == 1
    assert shell(script, folder, BASE="", HEAD=leak).returncode == 1


def test_the_agents_hook_lets_through_only_what_is_clean(tmp_path: Path) -> None:
    page = HOWTO / "scan-text-from-an-editor.md"
    (script,) = [block for block in blocks(page, "sh") if block.startswith("#!/bin/sh")]
    hook = write(tmp_path, "before-write", script)

    def before_write(text: str) -> tuple[int, str]:
        done = shell(f"sh {hook} a.py", tmp_path, text)
        return done.returncode, done.stderr

    assert before_write("x = 1\n") == (0, "")
    code, said = before_write(secret())
    assert code == 1
    assert '"rule": "github-token"' in said
    assert secret()[13:40] not in said
    code, said = before_write("x\0")
    assert code == 1
    assert said.endswith("Not written, it could not be scanned.\n")


def test_the_hooks_of_the_guides_are_in_the_manifest() -> None:
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    known = {hook["id"] for hook in manifest}
    named = {
        name
        for page in PAGES
        for block in blocks(page, "yaml")
        for name in re.findall(r"- ?\{? ?id: (changewarden[\w-]*)", block)
    }
    assert named <= known
    assert {"changewarden", "changewarden-push", "changewarden-post-commit"} <= named


def test_the_plain_hooks_of_the_guide_say_and_refuse(tmp_path: Path) -> None:
    text = (HOWTO / "see-a-skipped-hook.md").read_text(encoding="utf-8")
    lines = dict(re.findall(r"^\| `\.git/hooks/([a-z-]+)` \| `(.+)` \|$", text, re.MULTILINE))
    assert set(lines) == {"pre-push", "post-commit"}
    folder = new_repository(tmp_path / "repository")
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    git(folder, "remote", "add", "origin", "../remote.git")
    for name, line in lines.items():
        write(folder, f".git/hooks/{name}", f"#!/bin/sh\n{line}\n").chmod(0o755)
    write(folder, "a.py", secret())
    said = shell("git add a.py && git commit --quiet -m 'A commit'", folder)
    assert said.returncode == 0
    assert "hooks were skipped" in said.stderr
    assert shell("git push origin main", folder).returncode == 1
