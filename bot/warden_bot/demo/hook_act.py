"""Act one: a commit with a key in it is refused, and the mended commit passes."""

import os
import random
import string
import subprocess
import sys
import time
from pathlib import Path

from warden_bot.demo.stage import expect, say, show

_MENDED = 'import os\n\nAWS_KEY = os.environ["AWS_KEY"]\n'
_START = "import sys; from warden_hooks.cli import main; sys.exit(main(sys.argv[1:]))"


def play(folder: Path) -> None:
    """Run the act in `folder`.

    Raises:
        WrongTurnError: the hook let the key through, or refused the mended commit.
    """
    say("[1/3] The hook: a scratch repository, and a commit with a (made-up) AWS key in it")
    key = _made_up_key()
    repository = _repository_with_hook(folder / "scratch")
    settings = repository / "settings.py"

    settings.write_text(f'AWS_KEY = "{key}"\n', encoding="utf-8")
    refused, seconds = _commit(repository)
    shown = refused.stdout + refused.stderr
    expect(refused.returncode != 0, "the commit to be refused", "it was made")
    expect("aws-access-key" in shown, "the report to name the rule aws-access-key", shown)
    expect(key not in shown, "the key to be masked", "it was printed")
    show(f"\n{shown}\n-> commit refused, {seconds:.1f} s")

    settings.write_text(_MENDED, encoding="utf-8")
    made, seconds = _commit(repository)
    expect(made.returncode == 0, "the mended commit to pass", made.stdout + made.stderr)
    show(f"-> mended: the key comes from the environment; committed, {seconds:.1f} s\n")
    say()


def _made_up_key() -> str:
    """Looks like an AWS access key id; put together here, so that no file ever holds one."""
    chance = random.Random()  # noqa: S311 - it protects nothing
    return "AK" + "IA" + "".join(chance.choices(string.ascii_uppercase + "234567", k=16))


def _repository_with_hook(folder: Path) -> Path:
    folder.mkdir()
    _git(folder, "init", "--quiet")
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -I -c "{_START}" scan --staged\n', encoding="utf-8"
    )
    hook.chmod(0o755)
    return folder


def _commit(repository: Path) -> tuple[subprocess.CompletedProcess[str], float]:
    _git(repository, "add", "settings.py")
    before = time.perf_counter()
    done = _git(repository, "commit", "--quiet", "--message", "Add settings", check=False)
    return done, time.perf_counter() - before


def _git(folder: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run git as somebody who has configured nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.com", *arguments]
    return subprocess.run(  # noqa: S603 - a fixed program, no shell
        command,
        cwd=folder,
        env={**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        check=check,
    )
