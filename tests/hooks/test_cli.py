"""The command line: what is found, what is said about it, and the exit code."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hooks.planted import aws_key, github_token, password
from tests.hooks.repository import commit, git, stage, write
from tests.hooks.systems import unix
from warden_hooks.cli import main
from warden_hooks.secrets.context import matches as context_matches

PROGRAM = [sys.executable, "-m", "warden_hooks.cli"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_staged_secret_stops_the_commit(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app/settings.py", f'import os\nAWS_KEY = "{aws_key()}"\n')
    assert main(["scan", "--staged"]) == 1
    output = capsys.readouterr().out
    assert output.startswith("changewarden: commit stopped, 1 secret in 1 file\n")
    assert "  --> app/settings.py:2:12\n" in output.replace(" --> ", "  --> ", 1)
    assert "new in this commit" in output
    assert aws_key()[4:] not in output


def test_a_clean_commit_passes_in_silence(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "a.py", "x = 1\n")
    assert main(["scan", "--staged"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_index_decides_and_not_the_work_tree(repository: Path) -> None:
    secret = f"k = '{github_token()}'\n"
    stage(repository, "a.py", secret)
    write(repository, "a.py", "k = 1\n")
    assert main(["scan", "--staged"]) == 1
    stage(repository, "a.py", "k = 1\n")
    write(repository, "a.py", secret)
    assert main(["scan", "--staged"]) == 0
    assert main(["scan", "--staged", "a.py"]) == 0
    assert main(["scan", "a.py"]) == 1


def test_an_old_secret_stops_no_commit_but_is_found_when_its_file_is_named(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "old.py", f"k = '{github_token()}'\n")
    commit(repository)
    stage(repository, "new.py", "x = 1\n")
    assert main(["scan", "--staged", "new.py"]) == 0
    assert main(["scan", "--staged", "old.py", "new.py"]) == 1
    assert "new in this commit" not in capsys.readouterr().out


def test_nothing_staged_is_said(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--staged"]) == 0
    assert capsys.readouterr().out == "0 files to check\n"


def test_a_named_file_that_is_not_staged_is_no_pass(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, "a.py", "x = 1\n")
    assert main(["scan", "--staged", "a.py"]) == 2
    captured = capsys.readouterr()
    assert captured.out == (
        "not scanned: 1 path not in the index (git add it, or scan it without --staged): a.py\n"
    )
    assert captured.err == "changewarden: commit stopped, not everything could be checked\n"


def test_a_large_file_is_named_and_stops_only_a_commit(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "data.csv", "x" * 200)
    assert main(["scan", "--max-bytes", "100"]) == 0
    assert main(["scan", "--staged", "--max-bytes", "100"]) == 2
    line = "not scanned: 1 file over 100 bytes (raise with --max-bytes): data.csv\n"
    assert capsys.readouterr().out == line * 2


def test_a_picture_is_named_and_passes(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "logo.png", b"\x89PNG\0")
    assert main(["scan", "--staged"]) == 0
    assert capsys.readouterr().out == "not scanned: 1 binary file: logo.png\n"


def test_json_tells_programs_the_same(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, "a.py", f"k = '{github_token()}'\n")
    write(repository, "b.png", b"\0")
    assert main(["scan", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert [finding["rule"] for finding in document["findings"]] == ["github-token"]
    assert document["scanned"] == {"files": 1, "bytes": 47}
    assert document["skipped"] == [{"path": "b.png", "reason": "binary", "scanned": False}]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param((["--color=always"], {}, True), id="always"),
        pytest.param((["--color=always"], {"NO_COLOR": "1"}, True), id="asked for wins"),
        pytest.param(([], {}, False), id="no terminal"),
        pytest.param(([], {"GITHUB_ACTIONS": "true"}, True), id="GitHub Actions"),
        pytest.param(([], {"GITHUB_ACTIONS": "true", "NO_COLOR": "1"}, False), id="NO_COLOR"),
        pytest.param(([], {"GITHUB_ACTIONS": "true", "TERM": "dumb"}, False), id="dumb terminal"),
        pytest.param((["--color=never"], {"GITHUB_ACTIONS": "true"}, False), id="never"),
    ],
)
def test_colors(
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    case: tuple[list[str], dict[str, str], bool],
) -> None:
    arguments, environment, colored = case
    for name in ("NO_COLOR", "GITHUB_ACTIONS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    write(repository, "a.py", f"k = '{github_token()}'\n")
    assert main(["scan", *arguments]) == 1
    assert ("\x1b[" in capsys.readouterr().out) is colored


def test_a_terminal_that_knows_no_unicode_gets_the_report(repository: Path) -> None:
    write(repository, "日本.py", f"k = '{github_token()}'\n")
    done = run("scan", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "\\u65e5\\u672c.py:1:6" in done.stdout


@unix
def test_a_terminal_that_claims_to_have_no_columns_gets_eighty(repository: Path) -> None:
    """Hook managers run hooks on such a terminal."""
    write(repository, "a.py", f"{'x' * 100}k = '{github_token()}'{'y' * 100}\n")
    import pty

    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run(
        [*PROGRAM, "scan"], stdout=theirs, env=environment | {"TERM": "xterm"}, check=False
    )
    lines = os.read(ours, 4000).decode().splitlines()  # short enough to wait in the buffer
    os.close(ours)
    os.close(theirs)
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    assert plain != lines
    (source,) = [line for line in plain if "ghp_" in line]
    assert len(source) == 80


def test_a_reader_that_leaves_early_changes_nothing(repository: Path) -> None:
    for number in range(400):
        write(repository, f"{number}.py", f"k = '{github_token()}'\n")
    with subprocess.Popen(
        [*PROGRAM, "scan"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scna"], "there is no command 'scna'\n  fix: did you mean 'changewarden scan'?"),
        (["xyz"], "there is no command 'xyz'\n  fix: see 'changewarden --help'"),
        (["scan", "--max-bytes", "0"], "a number above 0 is needed, not '0'"),
        (["scan", "--max-bytes", "5MB"], "a number above 0 is needed, not '5MB'"),
        (["scan", "--frmat", "json"], "unrecognized arguments: --frmat"),
        (["scan", "--format", "xml"], "invalid choice: 'xml'"),
        ([], "usage: changewarden COMMAND"),
    ],
)
def test_wrong_usage_gives_2_and_says_what_is_right(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_outside_a_repository_staged_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["scan", "--staged"]) == 2
    assert "needs a git repository" in capsys.readouterr().err
    assert main(["scan"]) == 0


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"]])
def test_help_teaches(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == 0
    help_text = capsys.readouterr().out
    assert "--staged" in help_text
    assert "exit codes: 0 clean, 1 findings, 2 " in help_text


def test_the_version_is_the_installed_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("changewarden 0.")


def plant_crash(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """The engine fails while it reads a file, as a defect of ours would make it."""

    def crash(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(context_matches, "verdict", crash)


def test_our_own_fault_stops_the_commit_and_shows_no_content(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plant_crash(monkeypatch, ValueError(f"cannot read {aws_key()}"))
    stage(repository, "a.py", f"password = '{aws_key()}'\n")
    assert main(["scan", "--staged"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("changewarden could not check; commit stopped.")
    assert "builtins.ValueError" in captured.err
    assert "to continue without this check: SKIP=changewarden git commit" in captured.err
    assert "scan.py:" in captured.err
    assert "cannot read" not in captured.err
    assert aws_key() not in captured.err


def test_a_damaged_repository_is_no_pass(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "a.py", "x = 1\n")
    blob = git(repository, "rev-parse", ":a.py").strip()
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert main(["scan", "--staged"]) == 3
    error = capsys.readouterr().err
    assert error.startswith(
        "changewarden could not check; commit stopped.\n  git cat-file: object "
    )
    assert "git fsck" in error


def test_an_interrupt_gives_130(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant_crash(monkeypatch, KeyboardInterrupt())
    write(repository, "a.py", f"password = '{password()}'\n")
    assert main(["scan"]) == 130


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], None]:
    """Installs a distribution with one command into a folder of its own."""

    def install(name: str, module: str, code: str) -> None:
        site = tmp_path / "site"
        info = site / f"{name}-1.0.dist-info"
        write(info, "METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        write(info, "entry_points.txt", f"[changewarden.commands]\n{name} = {module}:main\n")
        write(site, f"{module}.py", code)
        monkeypatch.syspath_prepend(str(site))

    return install


PlugIn = Callable[[str, str, str], None]


def test_another_package_brings_a_command(
    plug_in: PlugIn, capsys: pytest.CaptureFixture[str]
) -> None:
    plug_in("greet", "cw_test_greet", "def main(argv):\n    print(*argv)\n    return 7\n")
    assert main(["greet", "a", "--b"]) == 7
    assert capsys.readouterr().out == "a --b\n"


def test_help_lists_commands_without_importing_them(
    plug_in: PlugIn, capsys: pytest.CaptureFixture[str]
) -> None:
    plug_in("listed", "cw_test_listed", "raise SystemExit('imported')\n")
    assert main(["--help"]) == 0
    assert "\n  listed " in capsys.readouterr().out
    assert "cw_test_listed" not in sys.modules


def test_a_command_whose_package_is_missing_says_what_to_install(
    plug_in: PlugIn, capsys: pytest.CaptureFixture[str]
) -> None:
    plug_in("heavy", "cw_test_heavy", "import cw_no_such_package.sub\n")
    assert main(["heavy"]) == 2
    error = capsys.readouterr().err
    assert "'changewarden heavy' needs the package 'cw_no_such_package'" in error
    assert "pip install" in error


def test_a_command_that_fails_is_our_fault(
    plug_in: PlugIn, capsys: pytest.CaptureFixture[str]
) -> None:
    plug_in("broken", "cw_test_broken", "def main(argv):\n    raise RuntimeError(argv[0])\n")
    assert main(["broken", "private"]) == 3
    error = capsys.readouterr().err
    assert "builtins.RuntimeError" in error
    assert "private" not in error


def test_the_entry_of_the_hook_imports_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); import warden_hooks.cli\n"
    code += "print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"argparse", "json", "subprocess", "detect_secrets", "importlib.metadata"}
