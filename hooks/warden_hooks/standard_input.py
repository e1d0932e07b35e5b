"""Text that is not in a file yet: what an editor or an agent is about to write."""

import os
from collections.abc import Generator
from typing import BinaryIO

from warden_hooks.source import (
    BINARY_PROBE_BYTES,
    Content,
    Skipped,
    SourceFile,
    read_source,
)
from warden_hooks.worktree import shown_path

_NAMELESS = "<stdin>"


def sources(
    stream: BinaryIO, name: str, max_bytes: int
) -> Generator[SourceFile | Skipped, None, None]:
    """The one text on `stream`, read no further than it takes to see that it is too large.

    `name` says what kind of file it would be and what to call it. Nothing of that name is opened.
    """
    data = stream.read(max(max_bytes, BINARY_PROBE_BYTES) + 1)
    path = shown_path(os.getcwd(), name) if name else _NAMELESS  # noqa: PTH109 - as text
    yield read_source(path, Content(data, len(data)), max_bytes)
