"""`changewarden triage`: one question at a time, and nothing written without an answer."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.hooks.planted import github_token, password
from tests.hooks.repository import commit, git, stage, write
from tests.hooks.systems import unix
from warden_hooks.allowances.entry import Entry
from warden_hooks.allowances.file import PATH, Allowances, allowances, render
from warden_hooks.allowances.live import load
from warden_hooks.allowances.lookup import look_at_files
from warden_hooks.commands.triage import triage
from warden_hooks.errors import UsageError

GOLDEN = Path(__file__).parents[2] / "golden"
TODAY = date(2026, 11, 23)
KEY = bytes(range(32))
REASON = "a password of the sandbox, worthless"


@pytest.fixture(autouse=True)
def person(repository: Path) -> None:
    git(repository, "config", "user.email", "ana@example.org")


class Answers:
    """A person who says these things in turn, and then leaves."""

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.asked: list[str] = []

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        print(question, end="")
        for answer in self._answers:
            print(answer)
            return answer
        raise EOFError


def assignment(seed: int = 1) -> str:
    return f"db_password = '{password(seed)}'\n"


def entry_of(folder: Path, days: int, path: str = "app.py") -> Entry:
    (found,) = look_at_files([str(folder / path)], KEY).findings
    place, expires = found.location, TODAY + timedelta(days=days)
    return Entry(found.fingerprint, found.rule, place.path, REASON, "bob@example.org", expires)


def save(folder: Path, *entries: Entry) -> None:
    stage(folder, PATH, render(allowances(KEY, entries)))


def file(folder: Path) -> Allowances:
    loaded = load(str(folder), TODAY)
    assert loaded
    return loaded


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed, without digits that depend on a key made at random."""
    output = re.sub(r"-[0-9a-f]{6}\b", "-xxxxxx", capsys.readouterr().out)
    return re.sub(r'"[0-9a-f]{64}"', '"…"', output)


def everything(folder: Path) -> None:
    """A finding, one that moved with its file, one that expired, one that is gone."""
    write(folder, "app.py", assignment(1))
    write(folder, "old.py", assignment(2))
    write(folder, "warns.py", assignment(3))
    write(folder, "gone.py", assignment(4))
    save(
        folder,
        entry_of(folder, 30, "old.py"),
        entry_of(folder, -2, "warns.py"),
        entry_of(folder, 30, "gone.py"),
    )
    git(folder, "add", ".")
    commit(folder)
    git(folder, "mv", "old.py", "new.py")
    git(folder, "rm", "-q", "gone.py")


def test_without_a_terminal_the_plan_is_printed_and_nothing_written(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everything(repository)
    before = (repository / PATH).read_bytes()
    assert triage([], TODAY, None) == 1
    assert shown(capsys) == (GOLDEN / "triage-plan.txt").read_text("utf-8")
    assert (repository / PATH).read_bytes() == before


def test_everything_is_asked_and_answered(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everything(repository)
    answers = Answers("x", "f", "a", REASON, "", "c", "a", REASON, "30", "r")
    assert triage([], TODAY, answers) == 0
    assert shown(capsys) == (GOLDEN / "triage-asked.txt").read_text("utf-8")
    kept = {entry.path: entry for entry in file(repository).entries.values()}
    assert {path: (entry.expires - TODAY).days for path, entry in kept.items()} == {
        "app.py": 90,
        "new.py": 30,
        "warns.py": 30,
    }
    assert kept["new.py"].owner == "bob@example.org"
    assert kept["app.py"].owner == "ana@example.org"
    assert triage([], TODAY, None) == 0


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param((), id="nobody answers"),
        pytest.param(("q",), id="quit"),
        pytest.param(("s", "s", "s", "s"), id="skip"),
        pytest.param(("a", ""), id="no reason"),
        pytest.param(("a", "TODO"), id="no good reason"),
        pytest.param(("a", REASON, "366"), id="too long"),
        pytest.param(("a", REASON, "soon"), id="no number"),
        pytest.param(("a", REASON), id="leaves in the middle"),
    ],
)
def test_nothing_is_written_without_an_answer(repository: Path, answers: tuple[str, ...]) -> None:
    everything(repository)
    before = (repository / PATH).read_bytes()
    assert triage([], TODAY, Answers(*answers)) == 1
    assert (repository / PATH).read_bytes() == before


def test_what_was_answered_before_leaving_stays(repository: Path) -> None:
    write(repository, "a.py", assignment(1))
    write(repository, "b.py", assignment(2))
    assert triage([], TODAY, Answers("a", REASON, "", "q")) == 1
    assert [entry.path for entry in file(repository).entries.values()] == ["a.py"]


def test_only_the_named_paths_are_asked_about(repository: Path) -> None:
    write(repository, "a/a.py", assignment(1))
    write(repository, "b.py", assignment(2))
    answers = Answers("a", REASON, "")
    assert triage(["a"], TODAY, answers) == 0
    assert [entry.path for entry in file(repository).entries.values()] == ["a/a.py"]


def test_a_path_that_is_not_there_is_said(repository: Path) -> None:
    with pytest.raises(UsageError, match="there is no file 'nowhere' to look at"):
        triage(["nowhere"], TODAY, None)


def test_a_secret_that_moved_within_the_tree_is_offered(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """git saw nothing: the files have nothing else in common."""
    write(repository, "app.py", assignment())
    save(repository, entry_of(repository, 30))
    (repository / "app.py").unlink()
    write(repository, "sub/other.py", "# something else\n" * 50 + f"x_{assignment()}")
    assert triage([], TODAY, Answers("c")) == 0
    assert "the same secret was in app.py, where bob@example.org" in capsys.readouterr().out
    (entry,) = file(repository).entries.values()
    assert (entry.path, entry.reason, entry.owner) == ("sub/other.py", REASON, "bob@example.org")
    assert triage([], TODAY, None) == 0


def test_a_rename_that_was_committed_long_ago_is_seen(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(repository, "app.py", assignment() + "# a line\n" * 20)
    save(repository, entry_of(repository, 30))
    commit(repository)
    for old, new in (("app.py", "b.py"), ("b.py", "c/[c].py")):
        (repository / "c").mkdir(exist_ok=True)
        git(repository, "mv", old, new)
        commit(repository)
    assert triage([], TODAY, None) == 1
    assert "git saw the file renamed from app.py" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("app.py", assignment(2), id="a rotated secret"),
        pytest.param("new.py", assignment(2), id="another secret in the renamed file"),
    ],
)
def test_another_secret_is_never_offered(
    repository: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    stage(repository, "app.py", assignment())
    save(repository, entry_of(repository, 30))
    commit(repository)
    if name != "app.py":
        git(repository, "mv", "app.py", name)
    stage(repository, name, content)
    assert triage([], TODAY, None) == 1
    output = capsys.readouterr().out
    assert "carry" not in output
    assert "to decide: 1 finding, 1 stale allowance" in output


def test_a_secret_that_was_copied_is_asked_about_like_any_other(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, "app.py", assignment())
    save(repository, entry_of(repository, 30))
    write(repository, "copy.py", assignment())
    assert triage([], TODAY, None) == 1
    assert "carry" not in capsys.readouterr().out


def test_with_nothing_to_decide_nothing_is_asked(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository, "app.py", "x = 1\n")
    answers = Answers()
    assert triage([], TODAY, answers) == 0
    assert (answers.asked, capsys.readouterr().out) == ([], "nothing to decide\n")


def test_nobody_known_is_asked_who_answers(repository: Path) -> None:
    git(repository, "config", "--unset", "user.email")
    write(repository, "app.py", f"token = '{github_token()}'\n")
    assert triage([], TODAY, Answers("a", REASON, "", "Carl")) == 0
    assert [entry.owner for entry in file(repository).entries.values()] == ["Carl"]


@unix
def test_on_a_real_terminal_it_asks(repository: Path) -> None:
    write(repository, "app.py", assignment())
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "warden_hooks.cli", "triage"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, f"a\n{REASON}\n\n".encode())
        assert process.wait(timeout=60) == 0
    os.close(ours)
    loaded = load(str(repository), date.max)
    assert loaded
    assert [entry.reason for entry in loaded.entries.values()] == [REASON]


def test_in_a_pipe_it_only_prints(repository: Path) -> None:
    write(repository, "app.py", assignment())
    command = [sys.executable, "-m", "warden_hooks.cli", "triage"]
    done = subprocess.run(command, input="a\n", capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "nothing was written" in done.stdout
    assert not (repository / PATH).exists()
