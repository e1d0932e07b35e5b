"""`changewarden serve` as a process: killed at the worst moment, starved of disk space."""

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.service.conftest import BODY, PATIENCE_SECONDS, POLICY, wait_until
from warden_bot.audit import audit
from warden_bot.ledger.entry import Entry
from warden_bot.sandbox import Sandbox, SandboxRepository
from warden_bot.sandbox.state import CheckRun
from warden_bot.store import changes, work
from warden_bot.store.database import reading

_SERVE = "import sys; from warden_hooks.cli import main; sys.exit(main(['serve']))"


@dataclass
class Server:
    """A service that can be started, killed and started again on the same data."""

    github: Sandbox
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        settings = {
            "CHANGEWARDEN_APP_ID": str(self.github.app_id),
            "CHANGEWARDEN_PRIVATE_KEY": self.github.private_key_pem,
            "CHANGEWARDEN_WEBHOOK_SECRET": self.github.webhook_secret,
            "CHANGEWARDEN_GITHUB_API_URL": self.github.api_url,
            "CHANGEWARDEN_DATA_DIR": str(self.data),
            "CHANGEWARDEN_PORT": str(self.port),
        }
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _SERVE], env=os.environ | settings, stdout=log, stderr=log
            )
        wait_until(self.is_ready, "the service to be ready")

    def is_ready(self) -> bool:
        assert self.process
        assert self.process.poll() is None, (self.folder / "log").read_text()
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as response,
        ):
            return bool(response.status == 200)
        return False

    def end(self, number: signal.Signals = signal.SIGKILL) -> int:
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def limit_files_to(self, size: int) -> None:
        """Let no file grow beyond `size` bytes any more: to a program, a full disk."""
        assert self.process
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def entries(self, number: int) -> list[Entry]:
        with reading(self.data) as connection:
            rows = changes.history(connection, "demo/payments", number)
        return [Entry.from_bytes(row.entry) for row in rows]

    def is_idle(self) -> bool:
        with reading(self.data) as connection:
            return work.dirty(connection) == ()


@pytest.fixture
def repository(github: Sandbox) -> SandboxRepository:
    return github.repository("demo/payments", {".github/changewarden.yml": POLICY})


@pytest.fixture
def server(github: Sandbox, repository: SandboxRepository, tmp_path: Path) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path / "server"
    folder.mkdir()
    it = Server(github, folder, port)
    it.start()
    github.webhook_url = f"{it.url}/webhook"
    github.wait_for_deliveries()
    yield it
    if it.process and it.process.poll() is None:
        it.end()


def open_pull_request(github: Sandbox, repository: SandboxRepository) -> tuple[int, str]:
    ana = github.person("ana")
    sha = repository.push(ana, "topic", {"app.py": "1\n"}, "Change it")
    return repository.open_pull_request(ana, "topic", "Change it", BODY), sha


def our_runs(repository: SandboxRepository, sha: str) -> list[CheckRun]:
    return [run for run in repository.check_runs(sha) if run.name == "changewarden"]


MOMENTS = [
    pytest.param("POST", "/api/graphql", False, id="acknowledged, before anything was read"),
    pytest.param("POST", "/api/graphql", True, id="read, before it was decided"),
    pytest.param("POST", "/check-runs$", False, id="decided, before it was published"),
    pytest.param("POST", "/check-runs$", True, id="published, before that was noted"),
]


@pytest.mark.parametrize(("method", "path", "after"), MOMENTS)
def test_killed_between_the_202_and_the_end_it_decides_once_and_shows_one_check_run(
    server: Server, repository: SandboxRepository, method: str, path: str, after: bool
) -> None:
    github = server.github
    with github.hold(method, path, after=after) as gate:
        number, sha = open_pull_request(github, repository)
        assert gate.waiting.wait(PATIENCE_SECONDS)
        github.wait_for_deliveries()
        assert {delivery.status_code for delivery in github.deliveries} == {202}
        assert server.end() == -signal.SIGKILL
    server.start()
    wait_until(lambda: bool(our_runs(repository, sha)) and server.is_idle(), "the decision")
    assert len(our_runs(repository, sha)) == 1
    assert len(server.entries(number)) == 1
    assert [report.ok for report in audit(server.data, None)] == [True]


def test_sigterm_ends_it_in_order_and_a_second_one_is_refused_meanwhile(server: Server) -> None:
    rival = subprocess.run(
        [sys.executable, "-c", _SERVE],
        env=os.environ
        | {
            "CHANGEWARDEN_APP_ID": str(server.github.app_id),
            "CHANGEWARDEN_PRIVATE_KEY": server.github.private_key_pem,
            "CHANGEWARDEN_WEBHOOK_SECRET": "another",
            "CHANGEWARDEN_DATA_DIR": str(server.data),
            "CHANGEWARDEN_PORT": "0",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert rival.returncode == 2
    assert "another process serves" in rival.stderr
    assert server.end(signal.SIGTERM) == 0


def test_sigterm_waits_for_what_is_under_way_and_a_second_one_does_not(
    server: Server, repository: SandboxRepository
) -> None:
    github = server.github
    with github.hold("POST", "/api/graphql") as gate:
        number, sha = open_pull_request(github, repository)
        assert gate.waiting.wait(PATIENCE_SECONDS)
        assert server.process
        server.process.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            server.process.wait(0.5)
        assert server.end(signal.SIGTERM) == -signal.SIGTERM
    server.start()
    wait_until(lambda: bool(our_runs(repository, sha)) and server.is_idle(), "the decision")
    assert len(server.entries(number)) == 1


def test_a_full_disk_is_503_and_never_202_and_a_redelivery_mends_it(
    server: Server, repository: SandboxRepository
) -> None:
    github = server.github
    server.limit_files_to(0)
    number, sha = open_pull_request(github, repository)
    github.wait_for_deliveries()
    lost = [delivery for delivery in github.deliveries if delivery.status_code == 503]
    assert lost
    assert {delivery.status_code for delivery in github.deliveries if delivery not in lost} == {202}
    server.limit_files_to(resource.RLIM_INFINITY)
    for delivery in lost:
        github.redeliver(delivery.id)
    github.wait_for_deliveries()
    wait_until(lambda: bool(our_runs(repository, sha)) and server.is_idle(), "the decision")
    assert len(server.entries(number)) == 1


def test_the_log_shows_no_token_and_no_secret(
    server: Server, repository: SandboxRepository
) -> None:
    server.github.fail_next("POST", "/api/graphql", 401, times=4)
    _, sha = open_pull_request(server.github, repository)
    wait_until(lambda: bool(our_runs(repository, sha)), "the decision")
    server.end(signal.SIGTERM)
    log = (server.folder / "log").read_text()
    assert "will retry" in log
    assert server.github.webhook_secret not in log
    assert "ghs_" not in log
    assert "PRIVATE KEY" not in log
    assert time.strftime("%Y") in log
