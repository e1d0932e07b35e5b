"""What is said when it is our own fault: enough to find it, nothing of what was read.

Messages of exceptions may quote a file, so only types and places in the code are reported.
"""

import sys
import traceback
from collections.abc import Iterator

from warden_hooks.git import GitError
from warden_hooks.report.terminal import printable

_FRAMES_AT_MOST = 20


def message(error: BaseException, version: str, stops: str) -> str:
    """The lines for standard error; `stops` is what waits for the answer: commit, push, nothing."""
    lines = [_headline(stops) + " This is our fault, not yours."]
    lines += ["Report (holds no file content):", *(f"  {line}" for line in _report(error, version))]
    return "\n".join([*lines, *_way_on(stops)])


def git_message(error: GitError, stops: str) -> str:
    """The same when git failed; its own words are shown, they hold no file content."""
    lines = [_headline(stops), f"  {printable(str(error))}", "  see what is wrong with: git fsck"]
    return "\n".join([*lines, *_way_on(stops)])


def _headline(stops: str) -> str:
    return f"changewarden could not check{f'; {stops} stopped' if stops else ''}."


def _way_on(stops: str) -> Iterator[str]:
    if stops:
        hook = {"commit": "changewarden"}.get(stops, f"changewarden-{stops}")
        yield f"to continue without this check: SKIP={hook} git {stops}"
        yield f"(outside pre-commit: git {stops} --no-verify)"


def _report(error: BaseException, version: str) -> Iterator[str]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield f"changewarden {version}, Python {python}, {sys.platform}"
    cause: BaseException | None = error
    while cause is not None:
        yield f"{type(cause).__module__}.{type(cause).__qualname__}"
        for frame in traceback.extract_tb(cause.__traceback__)[-_FRAMES_AT_MOST:]:
            yield f"  {_module_path(frame.filename)}:{frame.lineno} {frame.name}"
        cause = cause.__cause__


def _module_path(filename: str) -> str:
    """The last parts of a path: which module, not whose home directory."""
    return "/".join(filename.replace("\\", "/").split("/")[-3:])
