"""Where stored changes come from: files, folders of files, and standard input."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from warden_hooks.commands.terminal import UnreadableFile
from warden_policies.json_text import MAX_BYTES

STDIN: Final = "-"
_LINES, _WHOLE = ".jsonl", ".json"
_BATCH_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """One stored change that nobody has read yet. Without `data` it is the file at `place`."""

    place: str
    data: bytes | None = None


Batch: TypeAlias = tuple[Document, ...]


def batches(paths: list[str]) -> Iterator[Batch]:
    """Every stored change at `paths`, some at a time.

    Raises:
        UnreadableFile: a path leads nowhere, or to a folder without a change.
    """
    batch: list[Document] = []
    size = 0
    for path in paths:
        for document in _documents(path):
            batch.append(document)
            size += len(document.data) if document.data is not None else _BATCH_BYTES // 32
            if size >= _BATCH_BYTES:
                yield tuple(batch)
                batch, size = [], 0
    if batch:
        yield tuple(batch)


def _documents(path: str) -> Iterator[Document]:
    if path == STDIN:
        if sys.stdin is None:  # closed before we were started
            raise UnreadableFile("standard input is closed")
        yield from _lines(sys.stdin.buffer, "standard input")
        return
    if not Path(path).is_dir():
        yield from _in_file(path)
        return
    files = sorted(str(file) for file in Path(path).rglob("*") if file.suffix in (_LINES, _WHOLE))
    if not files:
        raise UnreadableFile(f"{path}: no .json or .jsonl file in this folder")
    for file in files:
        yield from _in_file(file)


def _in_file(path: str) -> Iterator[Document]:
    if not path.endswith(_LINES):
        yield Document(path)
        return
    try:
        with Path(path).open("rb") as stream:
            yield from _lines(stream, path)
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot read: {error.strerror}") from None


def _lines(stream: BinaryIO, name: str) -> Iterator[Document]:
    """One document for each line that is not blank; of too long a one, enough to refuse it."""
    number = 0
    while line := stream.readline(MAX_BYTES + 2):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_BYTES)
        if not line.isspace():
            yield Document(f"{name}:{number}", line.rstrip(b"\r\n"))
