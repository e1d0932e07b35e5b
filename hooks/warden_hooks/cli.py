"""The command `changewarden`. Imports nothing heavy: every commit starts here."""

import os
import sys

from warden_hooks import output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

FINDINGS, USAGE, OUR_FAULT, INTERRUPTED = 1, 2, 3, 130
_BUILT_IN = ("scan",)

_HELP = """\
usage: changewarden COMMAND [ARGUMENT...]
       changewarden --version | --help

No change reaches production alone. The hook stops secrets and insecure code.

start here:
  changewarden scan                    look at the files in the current folder
  changewarden scan --staged           look at what 'git commit' would commit: the hook
  changewarden scan --from-ref main    look at every commit that main does not have
  changewarden scan --format json src  the same for programs

commands:
{commands}

'changewarden COMMAND --help' explains one of them.

exit codes: 0 clean, 1 findings, 2 wrong usage or configuration, 3 internal error
"""


def entry() -> "NoReturn":
    """What the installed command runs: `main`, and the end of the process.

    After a scan the interpreter is not taken down in order: that takes longer than many a scan.
    """
    code = main()
    if sys.argv[1:2] != ["scan"]:
        sys.exit(code)
    if not output.flushed():
        code = code or OUR_FAULT  # what was to be said was not
    os._exit(code)


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run the command line and return its exit code: 0, 1, 2, 3, or 130 when interrupted.

    An error of ours is never a pass: it is reported without any content of the files and gives 3.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _dispatch(arguments)
    except SystemExit as stop:
        return _code(stop)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: whatever it is, say so
        if isinstance(error.__cause__, KeyboardInterrupt):  # while Python made a class
            return INTERRUPTED
        return _explain(error, _stops(arguments))


def _dispatch(arguments: list[str]) -> int:
    name = arguments[0] if arguments else "--help"
    if name in ("--help", "-h", "help"):
        return _help(USAGE if not arguments else 0)
    if name in ("--version", "-V"):
        output.write(f"changewarden {_version()}\n")
        return 0
    if name == "scan":
        left: tuple[str, ...] = ("secrets", "patterns")
        if "--staged" in arguments or "--committed" in arguments:
            from warden_hooks import fast  # noqa: PLC0415 - nothing heavy at the top

            left = fast.left(arguments[1:])
            if not left:
                return 0
        from warden_hooks import scan_command  # noqa: PLC0415 - nothing heavy at the top

        return scan_command.run(arguments[1:], left)
    from warden_hooks import subcommands  # noqa: PLC0415 - nothing heavy at the top

    return subcommands.find(name, _BUILT_IN)(arguments[1:])


def _help(code: int) -> int:
    from warden_hooks import subcommands  # noqa: PLC0415 - nothing heavy at the top

    lines = ["  scan              find secrets and insecure patterns"]
    lines += [
        f"  {name:<17} {subcommands.summary(point)}"
        for name, point in subcommands.installed().items()
    ]
    text = _HELP.format(commands="\n".join(lines))
    if code:
        output.complain(text.rstrip())
    else:
        output.write(text)
    return code


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - nothing heavy at the top

    return version("changewarden")


def _code(stop: SystemExit) -> int:
    if stop.code is None or isinstance(stop.code, int):
        return stop.code or 0
    output.complain(str(stop.code))
    return FINDINGS


def _stops(arguments: list[str]) -> str:
    """What waits for the answer."""
    return "commit" if "--staged" in arguments else "push" if "--push" in arguments else ""


def _explain(error: Exception, stops: str) -> int:
    from warden_hooks.errors import EngineError, UsageError  # noqa: PLC0415 - nothing heavy at the top

    if isinstance(error, EngineError):
        stopped = f"{stops} stopped, " if stops else ""
        output.complain(
            f"changewarden: {stopped}insecure patterns could not be looked for: {error}"
        )
        return OUR_FAULT
    if isinstance(error, UsageError):
        output.complain(f"changewarden: {error.what}\n  fix: {error.fix}")
        return USAGE
    from warden_hooks import crash, git  # noqa: PLC0415 - nothing heavy at the top

    if isinstance(error, git.GitError):
        output.complain(crash.git_message(error, stops))
        return OUR_FAULT
    output.complain(crash.message(error, _version(), stops))
    return OUR_FAULT


if __name__ == "__main__":
    entry()
