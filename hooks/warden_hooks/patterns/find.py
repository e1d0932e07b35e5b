"""Where semgrep's engine is on this machine, and whether it is the one that we know."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from warden_hooks.errors import EngineError
from warden_hooks.patterns import command, self_test
from warden_hooks.patterns.core import Answer, Core, Target
from warden_hooks.patterns.kept import SETTING, Kept

PINNED = "1.182.0"
"""The version that the rules were tested with; the extra `patterns` installs exactly it."""
INSTALL = "pip install 'changewarden[patterns]'"
_NAME = "semgrep-core.exe" if sys.platform == "win32" else "semgrep-core"


def identity() -> str:
    """What names the engine in the memory of results: another one may answer otherwise."""
    if SETTING not in os.environ:
        return PINNED
    import hashlib  # noqa: PLC0415 - only when somebody chose

    stamp = self_test.stamp(os.environ[SETTING])
    return f"chosen-{hashlib.sha256(stamp).hexdigest()[:16]}"


Say = Callable[[str], None]


class EngineMissing(EngineError):
    """There is no semgrep here, or none that can be used."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine that was found, and the command around it for when the engine does not answer."""

    core: Core
    fallback: Callable[[], command.Command | None]
    say: Say

    def look(self, targets: Sequence[Target], rules: Iterable[str], folder: str) -> Answer:
        """Apply the rules to the targets, as `Core.look` does.

        Raises:
            EngineError: there is no answer.
        """
        told = [*rules]
        try:
            return self.core.look(targets, told, folder)
        except EngineError as error:
            found = self.fallback()
            if found is None or found.version() != PINNED:
                raise
            self.say(f"{error}; asking the command 'semgrep scan' instead, which is slow")
            return found.look(targets, told, folder)


def engine(kept: Kept | None, say: Say) -> Engine | command.Command:
    """What to apply rules with: the engine, or where that is not possible the command around it.

    Raises:
        EngineMissing: there is none, or none that answers as expected.
    """
    core = installed()
    beside = core.program if core else None
    if core is None:
        why = "semgrep's engine is not installed"
    else:
        try:
            _require_known(core, kept)
        except EngineError as error:
            why = str(error)
        else:
            return Engine(core, lambda: command.found(beside), say)
    return _command_instead(why, beside, kept, say)


def _require_known(core: Core, kept: Kept | None) -> None:
    """A version that somebody chose may be another one; what it answers may not."""
    if self_test.passed(core.program, kept):
        return
    if SETTING not in os.environ:
        _require_pinned(core.version())
    self_test.run(core, core.program, kept)


def _require_pinned(version: str) -> None:
    if version != PINNED:
        raise EngineError(f"semgrep {version} is installed, and the rules are for {PINNED}")


def _command_instead(why: str, beside: str | None, kept: Kept | None, say: Say) -> command.Command:
    found = command.found(beside)
    try:
        if found is None:
            raise EngineMissing(why)
        if not self_test.passed(found.program, kept):
            _require_pinned(found.version())
            self_test.run(found, found.program, kept)
    except EngineError as error:
        if isinstance(error, EngineMissing):
            raise
        raise EngineMissing(f"{why}; {error}") from None
    say(f"{why}; asking the command 'semgrep scan' instead, which is slow")
    return found


def installed() -> Core | None:
    """The engine that the environment names, else the one beside us, else that of a `semgrep` on
    the PATH; None when there is none."""
    if chosen := os.environ.get(SETTING):
        return Core(chosen)
    return next(map(Core, _programs()), None)


def _programs() -> Iterator[str]:
    for folder in sys.path:
        # A folder called `semgrep` in the repository under test is not ours to run.
        if folder and os.path.isabs(folder) and "site-packages" in folder:  # noqa: PTH117
            yield from _in(Path(folder))
    if found := shutil.which("semgrep"):
        home = Path(found).resolve().parent.parent
        for folder in ("lib/python3*/site-packages", "Lib/site-packages"):
            for packages in home.glob(folder):
                yield from _in(packages)


def _in(packages: Path) -> Iterator[str]:
    program = packages / "semgrep" / "bin" / _NAME
    if os.access(program, os.X_OK):
        yield str(program)
