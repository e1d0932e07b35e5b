"""No network, ever: neither we nor the engine that we start can open a socket to anywhere."""

import os
import subprocess
import sys
from pathlib import Path

from tests.hooks.patterns.code import BAD, RULE, WHOLE_SEMGREP, core
from tests.hooks.repository import stage
from tests.hooks.systems import linux

ALLOW = "--allow-making"
SCAN = (sys.executable, "-m", "warden_hooks.cli", "scan", "--staged", "--only=patterns")
LAUNCHER = Path(__file__).parent / "without_sockets.py"
pytestmark = linux


def run(*command: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(LAUNCHER), *command],
        cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_launcher_stops_whoever_opens_a_socket(tmp_path: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM); print('opened')"
    done = run(sys.executable, "-c", code, folder=tmp_path)
    assert done.returncode != 0
    assert "opened" not in done.stdout
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}], check=True)"
    assert run(sys.executable, "-c", child, folder=tmp_path).returncode != 0


def test_the_launcher_stops_whoever_uses_one(tmp_path: Path) -> None:
    code = "import socket; s = socket.socket(socket.AF_INET, {kind}); {use}; print('used')"
    for kind, use in (
        ("socket.SOCK_STREAM", "s.connect_ex(('127.0.0.1', 9))"),
        ("socket.SOCK_DGRAM", "s.sendto(b'x', ('127.0.0.1', 9))"),
    ):
        done = run(ALLOW, sys.executable, "-c", code.format(kind=kind, use=use), folder=tmp_path)
        assert done.returncode != 0
        assert "used" not in done.stdout
    pair = "import socket; a, b = socket.socketpair(); a.send(b'x'); print(b.recv(1))"
    assert run(ALLOW, sys.executable, "-c", pair, folder=tmp_path).stdout == "b'x'\n"


def test_the_engine_makes_none(repository: Path, tmp_path: Path) -> None:
    engine = tmp_path / "engine"
    engine.write_text(f'#!/bin/sh\nexec {sys.executable} {LAUNCHER} {core().program} "$@"\n')
    engine.chmod(0o755)
    stage(repository, "app.py", BAD)
    done = run(
        ALLOW, *SCAN, folder=repository,
        CHANGEWARDEN_SEMGREP_CORE=str(engine), XDG_CACHE_HOME=str(tmp_path / "empty-cache"),
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert RULE in done.stdout
    assert "instead" not in done.stderr, "the engine itself was asked"


def test_nobody_uses_one(repository: Path, tmp_path: Path) -> None:
    """A library that a mask may need makes one to see whether it could; it is never used."""
    stage(repository, "app.py", BAD)
    done = run(ALLOW, *SCAN, folder=repository, XDG_CACHE_HOME=str(tmp_path / "empty-cache"))
    assert done.returncode == 1, done.stderr
    assert RULE in done.stdout


def test_the_command_uses_none(repository: Path, tmp_path: Path) -> None:
    stage(repository, "app.py", BAD)
    code = (
        "import sys; from warden_hooks.cli import main\n"
        "from warden_hooks.patterns import command, find\n"
        f"command.found = lambda _: command.Command({str(WHOLE_SEMGREP)!r})\n"
        "find.installed = lambda: None\n"
        "sys.exit(main(['scan', '--staged', '--only=patterns']))\n"
    )
    done = run(
        ALLOW, sys.executable, "-c", code,
        folder=repository, XDG_CACHE_HOME=str(tmp_path / "empty-cache"),
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert RULE in done.stdout
