"""What the subcommands share: reading a file the user named, and printing on any terminal."""

from pathlib import Path

from warden_hooks.output import write


class UnreadableFile(Exception):
    """A file that the user named cannot be read; the text says which and why."""


def read_file(path: str, limit: int) -> bytes:
    """The bytes of a file, at most one more than `limit`: enough for a parser to refuse it.

    Raises:
        UnreadableFile: it is missing, a folder, or not ours to read.
    """
    try:
        with Path(path).open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableFile(f"{path}: cannot read: {why}") from None


def say(text: str) -> None:
    """Print `text` and a line feed: see `write`."""
    write(f"{text}\n")
