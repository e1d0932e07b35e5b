"""Logs: whole lines, without tokens, and never in the way of the work."""

import io
import sys
from collections.abc import Iterator

import pytest
import structlog

from warden_bot import logs


class Stream(io.StringIO):
    """Remembers each write."""

    def __init__(self, error: OSError | None = None) -> None:
        super().__init__()
        self.writes: list[str] = []
        self._error = error

    def write(self, text: str) -> int:
        if self._error:
            raise self._error
        self.writes.append(text)
        return len(text)


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    logs.configure()
    yield
    structlog.reset_defaults()


def test_a_line_is_one_write_so_that_two_threads_do_not_mix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = Stream()
    monkeypatch.setattr(sys, "stderr", stream)
    structlog.get_logger().warning("it happened", key="a\nb")
    (line,) = stream.writes
    assert "it happened" in line
    assert (line.count("\n"), line[-1]) == (1, "\n")


def test_a_full_disk_costs_the_line_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Stream(OSError(28, "No space left on device")))
    structlog.get_logger().warning("it happened")


@pytest.mark.parametrize("prefix", ["ghs_", "ghp_", "ghu_", "github_pat_"])
def test_a_token_never_reaches_the_log_wherever_it_stands(
    monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    token = prefix + "a1B2" * 20
    stream = Stream()
    monkeypatch.setattr(sys, "stderr", stream)
    error = ValueError(f"refused: {token}")
    structlog.get_logger().warning("failed", exc_info=error, url=f"https://x:{token}@y")
    (line,) = stream.writes
    assert token[:16] not in line
    assert "[token]" in line
