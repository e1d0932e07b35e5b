"""Real git repositories for tests."""

import os
import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        errors="surrogateescape",
    )
    assert done.returncode == 0, f"git {arguments[0]}: {done.stderr}"
    return done.stdout


def new_repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def stage(folder: Path, name: str, text: str | bytes) -> Path:
    path = write(folder, name, text)
    git(folder, "add", "--", name)
    return path


def commit(folder: Path) -> None:
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "A commit")


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def committed(folder: Path, name: str, text: str | bytes) -> str:
    """A commit with one file; its id."""
    stage(folder, name, text)
    commit(folder)
    return head(folder)
