"""`changewarden scan`: what is asked, what is answered, and with which exit code."""

import argparse
import os
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from functools import cache
from itertools import chain
from time import perf_counter

from warden_hooks import inputs
from warden_hooks.inputs import Inputs
from warden_hooks.modes import COMMITTED, HISTORY, STAGED, TREE, Mode, mode_of
from warden_hooks.output import complain, write
from warden_hooks.scan import ScanResult, joined, scan
from warden_hooks.scan_arguments import FAMILIES, PATTERNS, SECRETS, parse
from warden_hooks.secrets.engines import secret_engine
from warden_policies.finding import Confidence

CLEAN, FINDINGS, COULD_NOT_CHECK, NOT_LOOKED_AT = 0, 1, 2, 3
_MAX_COLUMNS, _DEFAULT_COLUMNS = 160, 80


def run(argv: Sequence[str], left: Collection[str] = FAMILIES) -> int:
    """Scan as `argv` says and print the report. `left` is what is not settled yet.

    Raises:
        UsageError: what is to be scanned is not there, no git, allowances that cannot be read, or
            no room for the report.
        SystemExit: from the parser, for `--help` (0) and wrong arguments (2).
    """
    arguments = parse(argv)
    mode = mode_of(arguments)
    started = perf_counter()
    result = _looked_at(arguments, mode, left)
    elapsed_ms = round((perf_counter() - started) * 1000)
    _report(result, arguments, mode, elapsed_ms)
    return _exit_code(result, mode)


def _looked_at(arguments: argparse.Namespace, mode: Mode, left: Collection[str]) -> ScanResult:
    families = {arguments.only} & {*left} if arguments.only else {*left}
    given = Inputs(arguments, mode)
    result = ScanResult()
    if SECRETS in families:
        result = _asked(mode)(arguments, mode, given)
    if PATTERNS in families and mode is not HISTORY:
        from warden_hooks import pattern_command  # noqa: PLC0415 - only when asked for

        result = joined(result, pattern_command.run(arguments, mode, given))
    return result


def _asked(mode: Mode) -> Callable[[argparse.Namespace, Mode, Inputs], ScanResult]:
    if mode.commits:
        return _scan_commits
    return {TREE: _scan_tree, HISTORY: _scan_history}.get(mode, _scan)


def _scan(arguments: argparse.Namespace, mode: Mode, given: Inputs) -> ScanResult:
    with closing(given.sources()) as found:
        first = next(found, None)
        if first is None:  # nothing to check: the engine is not even imported
            return ScanResult()
        least = Confidence(arguments.confidence)
        with secret_engine(patient=mode.patient, least=least) as engine:
            allowances = cache(lambda: inputs.allowances(staged=mode is STAGED))
            result = scan(chain((first,), found), engine, lambda: allowances().key, least)
    return allowances().settle(result) if result.findings else result


def _scan_tree(arguments: argparse.Namespace, _mode: Mode, _given: Inputs) -> ScanResult:
    from warden_hooks.tree import Asked, scan_tree  # noqa: PLC0415 - only when asked for

    asked = Asked(Confidence(arguments.confidence), arguments.max_bytes, _key_on_disk)
    result = scan_tree(arguments.paths, asked, arguments.jobs)
    return inputs.allowances(staged=False).settle(result) if result.findings else result


def _key_on_disk() -> bytes:
    return inputs.allowances(staged=False).key


def _scan_commits(arguments: argparse.Namespace, mode: Mode, given: Inputs) -> ScanResult:
    from warden_hooks import ranges  # noqa: PLC0415 - only when asked for

    least = Confidence(arguments.confidence)
    asked = ranges.Asked(arguments.paths, least, arguments.max_bytes, mode.patient)
    return ranges.scan_ranges(given.ranges, asked)


def _scan_history(arguments: argparse.Namespace, _mode: Mode, _given: Inputs) -> ScanResult:
    from warden_hooks.history import command  # noqa: PLC0415 - only when asked for

    least = Confidence(arguments.confidence)
    return command.run(least, arguments.max_bytes, remember=not arguments.no_cache)


def _exit_code(result: ScanResult, mode: Mode) -> int:
    in_part = result.history is not None and bool(result.history.incomplete)
    if result.unchecked:
        stopped = f"{mode.stops} stopped, " if mode.stops else ""
        complain(f"changewarden: {stopped}not everything could be checked for insecure patterns")
        return NOT_LOOKED_AT
    if in_part or {skipped.reason for skipped in result.skipped} & mode.no_pass:
        stopped = f"{mode.stops} stopped, " if mode.stops else ""
        complain(f"changewarden: {stopped}not everything could be checked")
        return COULD_NOT_CHECK
    return FINDINGS if any(finding.blocks for finding in result.findings) else CLEAN


def _report(result: ScanResult, arguments: argparse.Namespace, mode: Mode, elapsed_ms: int) -> None:
    report = _render(result, arguments, mode, elapsed_ms)
    if mode is COMMITTED and result.findings and arguments.format == "text":
        from warden_hooks import commits  # noqa: PLC0415 - only then
        from warden_hooks.report import skipped_hook  # noqa: PLC0415 - only then

        is_first = not commits.newest().known
        complain(skipped_hook.render(result, report, is_first=is_first).removesuffix("\n"))
    else:
        write(report)


def _render(result: ScanResult, arguments: argparse.Namespace, mode: Mode, elapsed_ms: int) -> str:
    if arguments.format != "text":
        from warden_hooks.report.machine import FORMATS  # noqa: PLC0415 - only when asked for

        return FORMATS[arguments.format](result)
    from warden_hooks.report import text  # noqa: PLC0415 - only when asked for
    from warden_policies.rules import secret_rules  # noqa: PLC0415 - only when there are findings

    options = text.TextOptions(
        color=_wants_color(arguments.color),
        width=_width(),
        stops=mode.stops,
        max_bytes=arguments.max_bytes,
        elapsed_ms=elapsed_ms,
    )
    return text.render(result, secret_rules() if result.findings else {}, options)


def _wants_color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return is_terminal or bool(os.environ.get("GITHUB_ACTIONS"))


def _width() -> int:
    """Columns of the terminal; hook managers offer one that claims to have none."""
    try:
        width = os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, OSError, ValueError):  # closed, or no terminal
        width = 0
    return min(width or _DEFAULT_COLUMNS, _MAX_COLUMNS)
