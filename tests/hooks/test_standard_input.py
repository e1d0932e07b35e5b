"""`scan --stdin`: text that is no file yet, from an editor or an agent."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.hooks.planted import password
from tests.hooks.reports import medium, secret
from tests.hooks.repository import write
from warden_hooks.cli import main

Scan = Callable[..., tuple[int, str, str]]


@pytest.fixture
def scan(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Scan:
    """Scans a text from standard input: the exit code, and what was said where."""

    def scanned(text: str | bytes, *arguments: str) -> tuple[int, str, str]:
        data = text.encode() if isinstance(text, str) else text
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        capsys.readouterr()
        code = main(["scan", "--stdin", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return scanned


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which is in no repository."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def test_a_secret_is_found_and_named_as_asked(elsewhere: Path, scan: Scan) -> None:
    code, output, _ = scan("x = 1\n" + secret(), "--path", "src/new.py")
    assert code == 1
    assert "src/new.py:2:10" in output
    assert secret()[13:40] not in output
    assert not (elsewhere / "src").exists()


def test_clean_text_passes_in_silence(elsewhere: Path, scan: Scan) -> None:
    assert scan("x = 1\n") == (0, "", "")
    assert scan("") == (0, "", "")


def test_without_a_name_it_is_called_standard_input(elsewhere: Path, scan: Scan) -> None:
    assert "<stdin>:1:10" in scan(secret())[1]


def test_programs_get_everything_from_the_json(elsewhere: Path, scan: Scan) -> None:
    code, output, _ = scan(secret(), "--path", "a.py", "--format", "json")
    document = json.loads(output)
    assert code == 1
    assert document["findings"][0]["path"] == "a.py"
    assert "commit" not in document["findings"][0]
    assert document["scanned"] == {"files": 1, "bytes": len(secret())}


def test_the_name_says_what_kind_of_file_it_is(elsewhere: Path, scan: Scan) -> None:
    text = f"password: {password()}\n"
    assert scan(text, "--path", "settings.yml")[0] == 1
    assert scan(text, "--path", "Cargo.lock")[0] == 0


def test_a_file_of_that_name_is_not_read(elsewhere: Path, scan: Scan) -> None:
    write(elsewhere, "a.py", secret())
    assert scan("x = 1\n", "--path", "a.py")[0] == 0


@pytest.mark.parametrize("where", [".", "sub"])
def test_in_a_repository_it_is_called_as_other_scans_call_it(
    repository: Path, monkeypatch: pytest.MonkeyPatch, scan: Scan, where: str
) -> None:
    write(repository, "sub/x", "")
    monkeypatch.chdir(repository / where)
    name = str(Path("sub", "a.py") if where == "." else Path("a.py"))
    assert "--> sub/a.py:1" in scan(secret(), "--path", name)[1]
    assert "--> sub/a.py:1" in scan(secret(), "--path", str(repository / "sub/a.py"))[1]
    assert "/outside.py:1" in scan(secret(), "--path", str(repository.parent / "outside.py"))[1]


def test_what_is_allowed_on_disk_is_allowed_here(repository: Path, scan: Scan) -> None:
    write(repository, "a.py", secret())
    name = scan(secret(), "--path", "a.py")[1].partition("changewarden allow ")[2].split()[0]
    reason = "a token of the sandbox, worthless"
    assert main(["allow", name, "--reason", reason, "--owner", "ana"]) == 0
    assert scan(secret(), "--path", "a.py") == (
        0,
        "1 finding allowed (changewarden allowances)\n",
        "",
    )
    assert scan(secret(), "--path", "b.py")[0] == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(b"x\0", "not scanned: 1 binary file: a.bin", id="binary"),
        pytest.param("x" * 101, "not scanned: 1 file over 100 bytes", id="too large"),
        pytest.param("x" * 10_000, "not scanned: 1 file over 100 bytes", id="far too large"),
    ],
)
def test_what_cannot_be_scanned_is_named_and_no_pass(
    elsewhere: Path, scan: Scan, text: str | bytes, line: str
) -> None:
    code, output, error = scan(text, "--path", "a.bin", "--max-bytes", "100")
    assert (code, error) == (2, "changewarden: not everything could be checked\n")
    assert line in output


def test_text_that_is_not_utf_8_is_scanned_all_the_same(elsewhere: Path, scan: Scan) -> None:
    code, output, _ = scan(b"# caf\xe9\n" + secret().encode())
    assert code == 1
    assert "read as Latin-1" in output


def test_the_confidence_asked_for_counts(elsewhere: Path, scan: Scan) -> None:
    text = medium()
    assert scan(text, "--path", "a.py", "--confidence", "medium")[0] == 1
    assert scan(text, "--path", "a.py", "--confidence", "high")[0] == 0


def test_names_of_files_mean_nothing_beside_it(elsewhere: Path, scan: Scan) -> None:
    code, _, error = scan("x", "a.py")
    assert code == 2
    assert "PATH means nothing to" in error
