"""What a scan reads and goes by, as its arguments say. What can be read only once is read once."""

import argparse
import os
import sys
from collections.abc import Callable, Generator
from functools import cached_property
from typing import TYPE_CHECKING

from warden_hooks import staged, standard_input
from warden_hooks.modes import COMMITTED, PUSH, STDIN, Mode
from warden_hooks.source import Skipped, SourceFile

if TYPE_CHECKING:
    from warden_hooks.allowances.live import Settled
    from warden_hooks.commits import Range


Wanted = Callable[[str], bool]


def _everything(_path: str) -> bool:
    return True


class Inputs:
    """What one run reads, by its arguments."""

    def __init__(self, arguments: argparse.Namespace, mode: Mode) -> None:
        self._arguments = arguments
        self._mode = mode

    def sources(self, wanted: Wanted = _everything) -> Generator[SourceFile | Skipped, None, None]:
        """What is staged, or what is on standard input, of the paths that are wanted."""
        if self._mode is STDIN:
            yield self._given
        else:
            arguments = self._arguments
            yield from staged.sources(arguments.paths, arguments.max_bytes, wanted)

    @cached_property
    def _given(self) -> SourceFile | Skipped:
        arguments = self._arguments
        stream = sys.stdin.buffer
        return next(standard_input.sources(stream, arguments.path, arguments.max_bytes))

    @cached_property
    def ranges(self) -> "list[Range]":
        """The commits that are to be looked at. git tells only once what it pushes.

        Raises:
            UsageError: there are none of these names, or nobody says which.
        """
        from warden_hooks import commits, push  # noqa: PLC0415 - only when asked for

        arguments = self._arguments
        if self._mode is PUSH:
            stdin = sys.stdin.buffer if sys.stdin else None
            return push.ranges(stdin, os.environ, arguments.remote)
        if self._mode is COMMITTED:
            return [commits.newest()]
        to_ref = "HEAD" if arguments.to_ref is None else arguments.to_ref
        return [commits.between(arguments.from_ref, to_ref)]


def allowances(*, staged: bool) -> "Settled":
    """What judges that which is staged, or that which is on disk."""
    from datetime import UTC, datetime  # noqa: PLC0415 - only when there are findings

    from warden_hooks.allowances import live  # noqa: PLC0415 - only when there are findings

    return live.for_scan(staged=staged, today=datetime.now(UTC).date())
