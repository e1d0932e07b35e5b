"""Whether an engine that was found does what we know of it, asked once for each installation.

Found in time, a change of its answers is an error that says so; later, it would be a finding that
nobody sees.
"""

import json
import os
from pathlib import Path
from typing import Any

from warden_hooks.errors import EngineError
from warden_hooks.patterns.core import Answer, Target, temporary_folder
from warden_hooks.patterns.engine import Program
from warden_hooks.patterns.kept import Kept

_CODE = "# é\nprint('é', eval(x))\r\neval(y)  # nosemgrep\n"
_WORKFLOW = "permissions: write-all\n"
_RULES: tuple[dict[str, Any], ...] = (
    {
        "id": "code",
        "languages": ["python"],
        "severity": "ERROR",
        "message": "code",
        "pattern": "eval($X)",
    },
    {
        "id": "workflow",
        "languages": ["yaml"],
        "severity": "ERROR",
        "message": "workflow",
        "pattern-regex": "write-all",
        "paths": {"include": ["/.github/workflows/*.yml"]},
    },
)
_EXPECTED = {("code", 0, 17, False), ("code", 0, 27, True), ("workflow", 1, 13, False)}
"""Rule, file, place in bytes, and whether a comment ignores it."""


_MARK = "self-test"


def passed(place: str, kept: Kept | None) -> bool:
    """Whether this very file answered as it should before.

    Raises:
        EngineError: it cannot be read.
    """
    return kept is not None and kept.marked(_MARK) == stamp(place)


def run(program: Program, place: str, kept: Kept | None) -> None:
    """Make sure that the engine at `place` answers as it should, and remember it.

    Raises:
        EngineError: it does not.
    """
    before = stamp(place)
    with temporary_folder() as folder:
        targets = [
            _target(folder, "0.py", "src/example.py", _CODE, "python"),
            _target(folder, "1.yml", ".github/workflows/a.yml", _WORKFLOW, "yaml"),
            _target(folder, "2.yml", "docs/a.yml", _WORKFLOW, "yaml"),
        ]
        answer = program.look(targets, map(json.dumps, _RULES), folder)
    if answer.troubles or _places(answer) != _EXPECTED:
        raise EngineError(f"{Path(place).name} does not answer as expected: it was not used")
    if kept:
        kept.mark(_MARK, before)


def _target(folder: str, name: str, path: str, text: str, language: str) -> Target:
    file = Path(folder, name)
    file.write_bytes(text.encode())
    return Target(str(file), path, language)


def _places(answer: Answer) -> set[tuple[str, int, int, bool]]:
    return {(hit.rule, hit.target, hit.start, hit.ignored) for hit in answer.hits}


def stamp(place: str) -> bytes:
    """What changes when the program does.

    Raises:
        EngineError: it cannot be read.
    """
    try:
        status = os.stat(place)  # noqa: PTH116 - as text, as everywhere here
    except OSError as error:
        raise EngineError(f"{place} cannot be read: {error.strerror}") from None
    return f"{place} {status.st_size} {status.st_mtime_ns}".encode("utf-8", "surrogateescape")
