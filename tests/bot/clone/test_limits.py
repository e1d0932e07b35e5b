"""Every limit ends a question with "not proven", and nothing is left running or lying about."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bot.clone.book import Book, git
from tests.bot.clone.conftest import Hosted, Update, stand_in
from tests.bot.clone.shapes import FEATURE, MAIN, UPDATE
from warden_bot.clone.clones import Clones
from warden_bot.clone.errors import CloneError
from warden_bot.clone.limits import Deadline, Limits
from warden_bot.clone.rooms import room, tidy
from warden_bot.clone.source import Source


def is_running(number: str) -> bool:
    """Whether a process is neither gone nor a zombie."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", number], capture_output=True, check=False)
    return done.stdout.strip() != b"" and not done.stdout.startswith(b"Z")


def eventually(holds: Callable[[], bool]) -> None:
    """Wait for what has to become true."""
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come true")


@contextmanager
def silent_server() -> Iterator[str]:
    """Takes a connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/demo/payments.git"


def test_a_server_that_never_answers_ends_as_not_proven(tmp_path: Path) -> None:
    clones = Clones(tmp_path / "clones", Limits(seconds=0.5))
    with silent_server() as url:
        (proof,) = clones.proofs(Source(1, url), "t", "1" * 40, "2" * 40, ["3" * 40])
    assert proof.how == "not proven: git fetch could not answer within 0.5 seconds"
    assert proof.differing is None
    assert [path.name for path in (tmp_path / "clones").iterdir()] == ["1.lock"]


def test_git_is_ended_together_with_what_it_started(
    hosted: Hosted, update: Update, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = tmp_path / "numbers"
    hang = f"sleep 1000 & echo $$ $! > {numbers}; wait"
    script = f'case "$*" in "--git-dir=. fetch"*) {hang};; esac\nexec $REAL "$@"'
    stand_in(tmp_path / "bin", script, monkeypatch)
    assert "could not answer" in hosted.prove(*update, seconds=1)[0].how
    started = numbers.read_text().split()
    assert len(started) == 2
    eventually(lambda: not any(map(is_running, started)))


def test_who_finds_the_clone_in_use_all_the_time_proves_nothing(
    hosted: Hosted, update: Update
) -> None:
    with room(hosted.folder / "clones", hosted.source.id, 40, Deadline(5)):
        (proof,) = hosted.prove(*update, seconds=0.2)
    assert proof.how == "not proven: the clone was in use all the time"
    assert hosted.prove(*update)[0].same


def test_a_repository_that_is_too_large_is_not_fetched_again_and_again(
    hosted: Hosted, update: Update
) -> None:
    (proof,) = hosted.prove(*update, clone_bytes=100)
    assert (proof.same, proof.differing) == (False, None)
    assert "takes more than 0 MiB on disk" in proof.how
    asked = len(hosted.github.requests)
    (proof,) = hosted.prove(*update, clone_bytes=100)
    marker = f"{hosted.source.id}.too-large"
    assert f"to try again, delete {marker} in the folder of the clones" in proof.how
    assert len(hosted.github.requests) == asked
    assert hosted.prove(*update, clone_bytes=10_000_000)[0].same


def test_a_change_that_is_too_large_does_not_shut_out_the_others(hosted: Hosted) -> None:
    book = Book()
    base = book.commit((), MAIN)
    reviewed = book.commit(base, MAIN | FEATURE)
    small = book.commit(base, MAIN | FEATURE, "Once more")
    wide = {f"{os.urandom(8).hex()}/x": "x\n" for _ in range(4000)}
    large = book.commit(base, MAIN | FEATURE | wide)
    names = hosted.publish(book)
    proofs = [
        hosted.prove(names[base], names[head], names[reviewed], clone_bytes=20_000)[0]
        for head in (large, small)
    ]
    assert "takes more than" in proofs[0].how
    assert proofs[1].how == "the same changes"


def test_a_clone_that_has_grown_is_laid_anew(hosted: Hosted, update: Update) -> None:
    base, _, reviewed = update
    assert not hosted.prove(base, reviewed, base)[0].same
    assert hosted.prove(*update)[0].same

    def packs() -> int:
        return len(list((hosted.clone / "objects" / "pack").glob("*.pack")))

    grown = packs()
    assert hosted.prove(*update, packs=grown)[0].how == UPDATE
    assert packs() == grown
    assert hosted.prove(*update, packs=1)[0].how == UPDATE
    assert packs() <= grown


def test_only_so_many_commits_are_remembered_as_had(hosted: Hosted) -> None:
    book = Book()
    base = book.commit((), MAIN)
    heads = [book.commit(base, MAIN | {"app.py": f"{number}\n"}) for number in range(5)]
    names = hosted.publish(book)
    for head in heads:
        hosted.prove(names[base], names[head], names[base], kept=2)
    refs = git(hosted.clone, "for-each-ref", "--format=%(refname)").split()
    assert refs == [f"refs/kept/{number:012}" for number in (3, 4, 5)]
    (proof,) = hosted.prove(names[base], names[heads[0]], names[heads[1]])
    assert proof.differing == ("app.py",)


@pytest.mark.parametrize(
    ("limits", "how"),
    [
        ({"output_bytes": 10}, "not proven: git "),
        ({"merged_blob_bytes": 100}, "1 file differs"),
        ({"blobs": 2}, "1 file differs"),
        ({"merges": 1}, "1 file differs"),
        ({"reviewed": 0}, "not proven: more than 0 commits were reviewed"),
        ({"seconds": 0}, "not proven: "),
    ],
    ids=str,
)
def test_beyond_a_limit_nothing_is_proven(
    hosted: Hosted, update: Update, limits: dict[str, float], how: str
) -> None:
    (proof,) = hosted.prove(*update, **limits)
    assert not proof.same
    assert proof.how.startswith(how)


def test_beyond_their_limits_files_and_commits_are_an_error(hosted: Hosted, update: Update) -> None:
    base, head, _ = update
    with pytest.raises(CloneError, match="the contents of 2 files are too many to fetch"):
        hosted.clones(blobs=1).files_between(hosted.source, hosted.token, base, head)
    with pytest.raises(CloneError, match="more than 1 commits between base and head"):
        hosted.clones(commits=1).commits_between(hosted.source, hosted.token, base, head)


def test_a_git_that_is_too_old_is_named_with_what_is_needed(
    hosted: Hosted, update: Update, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path / "bin", "echo git version 2.37.9.windows.1", monkeypatch)
    (proof,) = hosted.prove(*update)
    assert proof.how == (
        "not proven: git 2.38 or newer is needed on the PATH, and this is "
        "git version 2.37.9.windows.1: install a newer one"
    )


def test_without_git_nothing_is_proven(
    hosted: Hosted, update: Update, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (proof,) = hosted.prove(*update)
    assert proof.how == "not proven: git was not found: git 2.38 or newer is needed on the PATH"


def test_what_a_new_clone_cannot_answer_either_is_not_tried_with_a_new_one_each_time(
    hosted: Hosted, update: Update, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clones = hosted.clones()
    fail = 'case "$*" in "--git-dir=. diff-tree"*) exit 128;; esac'
    stand_in(tmp_path / "bin", f'{fail}\nexec $REAL "$@"', monkeypatch)

    def ask() -> str:
        base, head, reviewed = update
        (proof,) = clones.proofs(hosted.source, hosted.token, base, head, [reviewed])
        return proof.how

    assert ask() == "not proven: git diff-tree: it failed without a word"
    asked = len(hosted.github.requests)
    assert ask() == "not proven: git diff-tree: it failed without a word"
    assert len(hosted.github.requests) == asked


def test_a_folder_that_cannot_be_written_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "clones").write_text("")
    clones = Clones(tmp_path / "clones")
    (proof,) = clones.proofs(Source(1, "https://x/y"), "t", "1" * 40, "2" * 40, ["3" * 40])
    assert proof.how == "not proven: the folder of the clones: File exists"


def _clone_of(folder: Path, number: int, used_at: int) -> Path:
    with room(folder, number, 40, Deadline(5)) as mine:
        mine.lay_anew()
        mine.move_in()
    (mine.path / "objects" / "pack" / "x.pack").write_bytes(b"x" * 1000)
    os.utime(mine.lock, (used_at, used_at))
    return mine.path


def test_the_clones_not_used_for_longest_go_first_but_none_that_is_in_use(tmp_path: Path) -> None:
    clones = [_clone_of(tmp_path, number, 100 + number) for number in range(4)]
    with room(tmp_path, 0, 40, Deadline(5)):
        os.utime(tmp_path / "0.lock", (50, 50))
        tidy(tmp_path, Limits(total_bytes=2500))
    assert [clone.exists() for clone in clones] == [True, False, False, True]


def test_two_threads_are_never_in_one_room(tmp_path: Path) -> None:
    inside, most = [], []

    def visit() -> None:
        with room(tmp_path, 1, 40, Deadline(30)) as mine:
            inside.append(1)
            most.append(len(inside))
            (mine.scratch / "x").write_text("")
            inside.pop()

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8
