"""Commands that other packages bring: entry points of the group `changewarden.commands`.

Each is a callable `(argv: Sequence[str]) -> int`. Looked up only when asked for, so that the hook
never imports the bot.
"""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from warden_hooks.errors import UsageError

GROUP = "changewarden.commands"
_EXTRA_OF = {"warden_bot": "bot"}
_OURS = ("warden_bot", "warden_hooks", "warden_policies")

Command = Callable[[Sequence[str]], int]


def installed() -> dict[str, EntryPoint]:
    """The commands other packages bring, by name; none is imported."""
    return {point.name: point for point in sorted(entry_points(group=GROUP))}


def summary(point: EntryPoint) -> str:
    """What a command does: the first line of its module, read as text, since none is imported."""
    package, *names = point.module.split(".")
    found = find_spec(package)
    if found is None or found.origin is None:
        return package
    module = Path(found.origin).parent.joinpath(*names)
    file = module / "__init__.py" if module.is_dir() else module.with_suffix(".py")
    try:
        with file.open(encoding="utf-8") as lines:
            first = next(lines, "")
    except OSError:
        return package
    return first.strip().strip('"').rpartition("`: ")[2].rstrip(".") or package


def find(name: str, built_in: Sequence[str]) -> Command:
    """The command called `name`.

    Raises:
        UsageError: there is none, or what it needs is not installed.
    """
    points = installed()
    if name not in points:
        raise _unknown(name, [*built_in, *points])
    point = points[name]
    try:
        command: Command = point.load()
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in _OURS:
            raise
        raise missing_package(point, missing) from None
    return command


def _unknown(name: str, known: Sequence[str]) -> UsageError:
    close = get_close_matches(name, known, n=1)
    fix = f"did you mean 'changewarden {close[0]}'?" if close else "see 'changewarden --help'"
    return UsageError(f"there is no command {name!r}", fix)


def missing_package(point: EntryPoint, missing: str) -> UsageError:
    """What to say when a command cannot be loaded without the package `missing`."""
    owner = point.module.partition(".")[0]
    package = "changewarden" if owner in _OURS else owner
    extra = _EXTRA_OF.get(owner)
    wanted = f"'changewarden[{extra}]'" if extra else f"--force-reinstall {package}"
    what = f"'changewarden {point.name}' needs the package {missing!r}, which is not installed"
    return UsageError(what, f"pip install {wanted}")
