"""Runs git in one bare repository, for a bounded time and with bounded output."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from warden_bot.clone.environment import environment
from warden_bot.clone.errors import CloneError, GitFailedError, TimedOutError, TooMuchError
from warden_bot.clone.limits import Deadline, Limits
from warden_policies.text import plain

_OLDEST = (2, 38)
"""`git merge-tree --write-tree` is as old as this."""
_BETWEEN_LOOKS = 0.2
"""Seconds between two looks at what a running command has written."""
_NEEDED = "git 2.38 or newer is needed on the PATH"


@dataclass(frozen=True, slots=True)
class _Call:
    """One run of git: what is asked, what it may answer, and what surrounds it."""

    arguments: tuple[str, ...]
    given: bytes
    good: tuple[int, ...]
    variables: Mapping[str, str]
    settings: Mapping[str, str] = field(default_factory=dict)
    look: Callable[[], None] = lambda: None

    @property
    def command(self) -> str:
        """The command's name."""
        return self.arguments[0]


@dataclass(frozen=True, slots=True)
class Git:
    """git in the bare repository `folder`. What it makes goes to `scratch`, which is thrown away
    with the question, so that a question leaves no trace in the clone."""

    folder: Path
    scratch: Path
    digits: int
    """The length of a commit's name: 40, or 64 in a repository that uses SHA-256."""
    limits: Limits
    deadline: Deadline

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """What a command prints that reads `given` and does not change the repository.

        Raises:
            GitFailedError: it failed; the message is the first line of its own.
            TimedOutError, TooMuchError: it was ended, at a limit.
            CloneError: there is no git.
        """
        return self.attempt(*arguments, given=given, good=(0,))[1]

    def attempt(
        self, *arguments: str, given: bytes = b"", good: tuple[int, ...] = (0, 1)
    ) -> tuple[int, bytes]:
        """The exit code, one of `good`, and what was printed; raises as `run` does."""
        variables = {
            "GIT_OBJECT_DIRECTORY": str(self.scratch),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": "objects",  # relative: a colon would end a path
        }
        return self._carry_out(_Call(arguments, given, good, variables))

    def change(
        self,
        *arguments: str,
        given: bytes = b"",
        settings: Mapping[str, str],
        protocol: str = "",
        look: Callable[[], None] = lambda: None,
    ) -> None:
        """Run a command that does change the repository, with `settings`; `protocol` is the one it
        may use. `look` is called now and then, and stops the command by raising. Raises as `run`
        does."""
        variables = {"GIT_ALLOW_PROTOCOL": protocol}
        self._carry_out(_Call(arguments, given, (0,), variables, settings, look))

    def _carry_out(self, call: _Call) -> tuple[int, bytes]:
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as output,
            tempfile.TemporaryFile() as errors,
        ):
            given.write(call.given)
            given.seek(0)
            every = environment(self.folder, self.digits, call.settings) | dict(call.variables)
            process = _start(self.folder, call.arguments, every, (given, output, errors))
            try:
                code = self._until_done(process, call, output)
            finally:
                _end(process)
            if code not in call.good:
                raise GitFailedError(f"git {call.command}: {_first_line(errors)}")
            output.seek(0)
            return code, output.read()

    def _until_done(
        self, process: "subprocess.Popen[bytes]", call: _Call, output: IO[bytes]
    ) -> int:
        while True:
            try:
                code = process.wait(min(_BETWEEN_LOOKS, self.deadline.left))
            except subprocess.TimeoutExpired:
                code = None
            if os.fstat(output.fileno()).st_size > self.limits.output_bytes:
                raise TooMuchError(f"git {call.command} has more to say than is read")
            if code is not None:
                return code
            if not self.deadline.left:
                took = f"within {self.deadline.seconds:g} seconds"
                raise TimedOutError(f"git {call.command} could not answer {took}")
            call.look()


def _start(
    folder: Path,
    arguments: tuple[str, ...],
    variables: Mapping[str, str],
    streams: tuple[IO[bytes], IO[bytes], IO[bytes]],
) -> "subprocess.Popen[bytes]":
    given, output, errors = streams
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed program, arguments never through a shell
            ("git", "--git-dir=.", *arguments),  # noqa: S607 - git is found on PATH
            cwd=folder,
            env=variables,
            stdin=given,
            stdout=output,
            stderr=errors,
            start_new_session=True,  # so that its helpers can be ended with it
        )
    except FileNotFoundError:
        what = f"git was not found: {_NEEDED}" if folder.is_dir() else "the clone is gone"
        raise GitFailedError(what) from None


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _first_line(errors: IO[bytes]) -> str:
    errors.seek(0)
    lines = errors.read(4096).decode("utf-8", "replace").splitlines()
    return plain(next(filter(None, lines), "it failed without a word"), 200)


def check_version(git: Git) -> None:
    """See to it that git can do what is asked of it.

    Raises:
        CloneError: it cannot; the message says which version is needed.
    """
    said = git.run("version").decode("utf-8", "replace").strip()
    words = said.removeprefix("git version ").split(".")
    numbers = tuple(int(word) for word in words[:2] if word.isascii() and word.isdigit())
    if numbers < _OLDEST:
        raise CloneError(f"{_NEEDED}, and this is {plain(said)}: install a newer one")
