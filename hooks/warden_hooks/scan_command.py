"""`changewarden scan`: what is asked, what is answered, and with which exit code."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING

from warden_hooks import staged, worktree
from warden_hooks.scan import ScanResult, scan
from warden_hooks.secrets.engines import secret_engine
from warden_hooks.source import DEFAULT_MAX_BYTES, SkipReason
from warden_policies.finding import Confidence

if TYPE_CHECKING:
    from warden_hooks.allowances.live import Settled

CLEAN, FINDINGS, COULD_NOT_CHECK = 0, 1, 2
_MAX_COLUMNS, _DEFAULT_COLUMNS = 160, 80
_FORMATS = ["text", "json", "sarif", "github", "gitlab"]
_UNCHECKED = frozenset(
    {
        SkipReason.UNREADABLE,
        SkipReason.NOT_FOUND,
        SkipReason.NOT_IN_INDEX,
        SkipReason.UNMERGED,
    }
)
"""What was asked for and could not be looked at: not a pass."""

_EPILOG = """\
what is scanned:
  without --staged, the files at and under PATH (default: the current folder), git or not
  --staged          the staged files as they would be committed; only added lines count
  --staged PATH...  the named files as staged; those without staged changes are scanned whole

a finding that is no secret?
  changewarden allow ID --reason TEXT             for some time, in .changewarden/allowances.toml
  # changewarden: ignore[RULE] REASON             for good, at the end of its line

exit codes: 0 clean, 1 findings, 2 could not check what was asked, 3 internal error
"""


def run(argv: Sequence[str]) -> int:
    """Scan as `argv` says and print the report.

    Raises:
        UsageError: `--staged` outside a repository, no git, or allowances that cannot be read.
        SystemExit: from the parser, for `--help` (0) and wrong arguments (2).
    """
    arguments = _parser().parse_args(argv)
    started = perf_counter()
    result = _scan(arguments)
    elapsed_ms = round((perf_counter() - started) * 1000)
    write(_render(result, arguments, elapsed_ms))
    return _exit_code(result, arguments)


def _scan(arguments: argparse.Namespace) -> ScanResult:
    choose = staged.sources if arguments.staged else worktree.sources
    with closing(choose(arguments.paths, arguments.max_bytes)) as sources:
        first = next(sources, None)
        if first is None:  # nothing to check: the engine is not even imported
            return ScanResult()
        least = Confidence(arguments.confidence)
        with secret_engine(patient=not arguments.staged, least=least) as engine:
            allowances = cache(lambda: _allowances(staged=arguments.staged))
            result = scan(chain((first,), sources), engine, lambda: allowances().key, least)
    return allowances().settle(result) if result.findings else result


def _allowances(*, staged: bool) -> "Settled":
    from datetime import UTC, datetime  # noqa: PLC0415 - only when there are findings

    from warden_hooks.allowances import live  # noqa: PLC0415 - only when there are findings

    return live.for_scan(staged=staged, today=datetime.now(UTC).date())


def _exit_code(result: ScanResult, arguments: argparse.Namespace) -> int:
    reasons = {skipped.reason for skipped in result.skipped}
    # A hook that passes is not shown by hook managers, so there a note would be a silent pass.
    too_large = arguments.staged and SkipReason.TOO_LARGE in reasons
    if reasons & _UNCHECKED or too_large:
        stopped = "commit stopped, " if arguments.staged else ""
        print(f"changewarden: {stopped}not everything could be checked", file=sys.stderr)
        return COULD_NOT_CHECK
    return FINDINGS if result.findings else CLEAN


def _render(result: ScanResult, arguments: argparse.Namespace, elapsed_ms: int) -> str:
    if arguments.format != "text":
        from warden_hooks.report.machine import FORMATS  # noqa: PLC0415 - only when asked for

        return FORMATS[arguments.format](result)
    from warden_hooks.report import text  # noqa: PLC0415 - only when asked for
    from warden_policies.rules import secret_rules  # noqa: PLC0415 - only when there are findings

    options = text.TextOptions(
        color=_wants_color(arguments.color),
        width=_width(),
        commit=arguments.staged,
        max_bytes=arguments.max_bytes,
        elapsed_ms=elapsed_ms,
    )
    return text.render(result, secret_rules() if result.findings else {}, options)


def _wants_color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty() or bool(os.environ.get("GITHUB_ACTIONS"))


def _width() -> int:
    """Columns of the terminal; hook managers offer one that claims to have none."""
    try:
        width = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        width = 0
    return min(width or _DEFAULT_COLUMNS, _MAX_COLUMNS)


def write(text: str) -> None:
    """Print to standard output, whatever it can encode; a reader that left is no error."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        # Else the interpreter complains once more when it flushes on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="changewarden scan",
        description="Find secrets before they are committed. Offline: nothing leaves the machine.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders")
    parser.add_argument("--staged", action="store_true", help="scan the index, as a hook does")
    parser.add_argument("--only", choices=["secrets"], help="one family of rules")
    parser.add_argument(
        "--confidence",
        choices=[level.value for level in Confidence],
        default=Confidence.MEDIUM.value,
        help="report what is at least so sure to be a secret (default: %(default)s)",
    )
    parser.add_argument("--format", choices=_FORMATS, default="text")
    parser.add_argument("--color", choices=["auto", "always", "never"], default="auto")
    parser.add_argument(
        "--max-bytes",
        type=_positive,
        default=DEFAULT_MAX_BYTES,
        metavar="N",
        help="largest file to scan, in bytes (default: %(default)s)",
    )
    return parser


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"a number of bytes above 0 is needed, not {text!r}")
    return number
