"""The hook as users install it: a git address in `.pre-commit-config.yaml`, and real commits."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hooks.patterns.code import BAD, GOOD, RULE
from tests.hooks.planted import aws_key, github_token
from tests.hooks.repository import commit, git, new_repository, stage, write

ROOT = Path(__file__).parents[2]
CONFIGURATION = """\
repos:
  - repo: {address}
    rev: {revision}
    hooks:
      - id: changewarden
      - id: changewarden-secrets
        stages: [manual]
      - id: changewarden-push
      - id: changewarden-post-commit
      - id: changewarden-policy
"""
TYPES = [f"--hook-type={kind}" for kind in ("pre-commit", "pre-push", "post-commit")]
SECRET = f'AWS_KEY = "{aws_key()}"\n'
POLICY = """\
version: 1
requirements:
  Peer review:
    require:
      approvals: {count: 1}
"""


def published(folder: Path) -> tuple[str, str]:
    """This work tree as a repository that can be cloned: its address and its newest commit."""
    new_repository(folder)
    names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "add", "--all")
    commit(folder)
    return folder.as_uri(), git(folder, "rev-parse", "HEAD").strip()


def pre_commit(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(program, capture_output=True, text=True, check=False)


def git_commit(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "commit", "-m", "A change", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def git_push(*arguments: str) -> tuple[bool, str]:
    """Whether git pushed, and everything that was said."""
    command = ["git", "push", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def installed(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with our hooks installed by pre-commit, their environment built."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.delenv("SKIP", raising=False)
    address, revision = published(tmp_path / "published")
    text = CONFIGURATION.format(address=address, revision=revision)
    stage(repository, ".pre-commit-config.yaml", text)
    commit(repository)
    done = pre_commit("install", "--install-hooks", *TYPES)
    assert done.returncode == 0, done.stdout + done.stderr
    return repository


@pytest.mark.timeout(600)  # downloads and builds an environment, as a user's first commit does
def test_a_commit_with_a_secret_is_refused_and_the_fixed_one_passes(installed: Path) -> None:
    stage(installed, "app/settings.py", SECRET)
    refused = git_commit()
    assert refused.returncode == 1
    report = refused.stdout + refused.stderr
    assert "changewarden: commit stopped, 1 secret in 1 file" in report
    assert "--> app/settings.py:1:12" in report
    assert "new in this commit" in report
    assert aws_key()[4:] not in report

    # Removed in the editor only: the index still holds it.
    write(installed, "app/settings.py", "import os\n")
    assert git_commit().returncode == 1

    # Fixed and staged, and back in the editor: the commit is clean.
    stage(installed, "app/settings.py", 'import os\n\nAWS_KEY = os.environ["AWS_KEY"]\n')
    write(installed, "app/settings.py", SECRET)
    passed = git_commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout + passed.stderr
    assert aws_key() not in git(installed, "show", "HEAD")
    git(installed, "checkout", "--quiet", "--", "app/settings.py")

    # `git commit --all` commits through an index of its own.
    write(installed, "app/settings.py", SECRET)
    command = ["git", "commit", "--all", "-m", "A change"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    git(installed, "checkout", "--quiet", "--", "app/settings.py")

    # A secret that got in without the hook stops no later commit, and is found when all is scanned.
    stage(installed, "old.py", f"k = '{github_token()}'\n")
    git(installed, "commit", "--quiet", "--no-verify", "-m", "Hooks skipped")
    stage(installed, "new.py", "x = 1\n")
    assert git_commit().returncode == 0
    everything = pre_commit("run", "--all-files")
    assert everything.returncode == 1
    assert "old.py:1:6" in everything.stdout
    only_secrets = pre_commit(
        "run", "changewarden-secrets", "--all-files", "--hook-stage", "manual"
    )
    assert only_secrets.returncode == 1
    assert "old.py:1:6" in only_secrets.stdout

    # The policy file is checked, too.
    stage(installed, ".github/changewarden.yml", POLICY.replace("count", "cuont"))
    wrong = git_commit()
    assert wrong.returncode == 1
    assert "did you mean" in wrong.stdout + wrong.stderr
    stage(installed, ".github/changewarden.yml", POLICY)
    right = git_commit()
    assert right.returncode == 0, right.stdout + right.stderr

    skipped_hooks_are_said_and_pushes_refused(installed)


def skipped_hooks_are_said_and_pushes_refused(installed: Path) -> None:
    """Part of the test above, because building the environment takes longest."""
    remote = installed.parent / "remote.git"
    git(installed.parent, "init", "--quiet", "--bare", remote.name)
    git(installed, "remote", "add", "origin", str(remote))

    # The whole history: pre-commit says no range then. It holds the secret of "Hooks skipped".
    pushed, said = git_push("origin", "main")
    assert not pushed
    assert "changewarden: push stopped, 1 secret in 1 file" in said
    assert "old.py:1:6" in said
    assert "Hooks skipped" in said
    git(installed, "push", "--quiet", "--no-verify", "origin", "main")

    # A commit without its hooks is named at once.
    stage(installed, "skipped.py", SECRET)
    done = git_commit("--no-verify")
    assert done.returncode == 0
    made = git(installed, "rev-parse", "--short=7", "HEAD").strip()
    note = f"changewarden: hooks were skipped for {made}; the pull request will be scanned anyway"
    assert note in done.stdout + done.stderr

    # Deleting it afterwards leaves no file that differs between the two ends.
    git(installed, "rm", "--quiet", "skipped.py")
    assert "hooks were skipped" not in git_commit().stderr
    pushed, said = git_push("origin", "main")
    assert not pushed
    assert "skipped.py:1:12" in said
    pushed, said = git_push("origin", "main:new")
    assert not pushed
    assert "changewarden: push stopped, 1 secret in 1 file" in said

    git(installed, "reset", "--quiet", "--hard", "HEAD~2")
    stage(installed, "fixed.py", "x = 1\n")
    assert git_commit().returncode == 0
    pushed, said = git_push("origin", "main", "main:new")
    assert pushed, said
    assert "Passed" in said
    assert git_push("origin", ":new")[0]

    ran = pre_commit("run", "changewarden-push", "--hook-stage", "pre-push", "--all-files")
    assert ran.returncode == 1
    assert "pre-commit does not say what is pushed" in ran.stdout


def test_a_plain_git_hook_refuses_as_well(repository: Path, tmp_path: Path) -> None:
    hook = write(
        repository, ".git/hooks/pre-commit", "#!/bin/sh\nexec changewarden scan --staged\n"
    )
    hook.chmod(0o755)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    stage(repository, "sub/a.py", SECRET)
    for arguments in (["-m", "A change"], ["-m", "A change", "sub/a.py"], ["-a", "-m", "A change"]):
        with pytest.raises(AssertionError, match="changewarden: commit stopped"):
            git(repository, "commit", *arguments, PATH=path)
    stage(repository, "sub/a.py", "x = 1\n")
    git(repository, "commit", "--quiet", "-m", "A change", PATH=path)


@pytest.mark.timeout(600)  # downloads and builds an environment with semgrep in it
def test_the_hook_for_patterns_brings_its_engine(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    address, _ = published(tmp_path / "published")
    stage(repository, "app.py", BAD)
    tried = ("try-repo", address, "changewarden-patterns", "--verbose")
    refused = pre_commit(*tried, "--files", "app.py")
    report = refused.stdout + refused.stderr
    assert refused.returncode == 1, report
    assert "commit stopped, 1 insecure pattern in 1 file" in report
    assert f"error[{RULE}]" in report
    assert "instead, which is slow" not in report, "the engine itself was asked"
    stage(repository, "app.py", GOOD)
    mended = pre_commit(*tried, "--files", "app.py")
    assert mended.returncode == 0, mended.stdout + mended.stderr
