"""Printing, whatever standard output and error are: closed, full, or left by their reader.

On the way of every commit, so it imports nothing heavy.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def write(text: str) -> None:
    """Print to standard output as it is, without a line feed. A reader that left is no error.

    Raises:
        UsageError: it cannot be written, for example because the disk is full.
    """
    if sys.stdout is None or not text:  # None: closed before we were started
        return
    try:
        _write(text, sys.stdout)
    except BrokenPipeError:
        _silence()
    except OSError as error:
        from warden_hooks.errors import UsageError  # noqa: PLC0415 - nothing heavy at the top

        _silence()
        what = f"standard output cannot be written: {error.strerror}"
        raise UsageError(what, "make room there, or send it to another place") from None


def complain(text: str) -> None:
    """Print a line to standard error; where that is not possible, the exit code has to do."""
    if sys.stderr is not None:
        try:
            _write(f"{text}\n", sys.stderr)
        except OSError:
            return


def flushed() -> bool:
    """Whether everything that was printed has been written."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return False
    return True


def _write(text: str, stream: "TextIO") -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def _silence() -> None:
    """Else the interpreter complains once more when it flushes on exit, with a code of its own."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
