"""Long work says how far it is, to people and to nobody else."""

import io
import sys

import pytest

from warden_hooks.progress import shown


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """A terminal from now on: what a fixture would set, pytest replaces before the test begins."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_the_items_come_and_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    assert list(shown(range(1200), "blobs", total=1200)) == list(range(1200))
    assert terminal.getvalue().split("\r")[1:-1] == [
        "changewarden: 500 of 1,200 blobs",
        "changewarden: 1,000 of 1,200 blobs",
    ]
    assert terminal.getvalue().endswith("\r\x1b[K"), "and the line is erased"


def test_an_item_may_stand_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    list(shown(range(10), "files", each=100))
    assert "changewarden: 500 files\rchangewarden: 1,000 files" in terminal.getvalue()


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_nobody_watches_a_machine(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setenv(name, value)
    list(shown(range(1200), "blobs"))
    assert not terminal.getvalue()


def test_a_file_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    for stream in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        assert len(list(shown(range(1200), "blobs"))) == 1200
        assert not (stream and stream.getvalue())
