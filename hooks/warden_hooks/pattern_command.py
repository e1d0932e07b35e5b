"""What `changewarden scan` does about insecure patterns, whatever it is asked to look at."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, reduce
from typing import TYPE_CHECKING

from warden_hooks import commits, inputs, pattern_scan, staged
from warden_hooks.errors import UsageError
from warden_hooks.inputs import Inputs
from warden_hooks.modes import STAGED, TREE, Mode
from warden_hooks.output import complain
from warden_hooks.pattern_scan import Asked, Looked
from warden_hooks.patterns.bases import Commit
from warden_hooks.patterns.find import INSTALL
from warden_hooks.patterns.session import opened
from warden_hooks.scan import ScanResult, joined
from warden_hooks.scan_arguments import PATTERNS

if TYPE_CHECKING:
    from warden_hooks.allowances.live import Settled


def run(arguments: argparse.Namespace, mode: Mode, given: Inputs) -> ScanResult:
    """The insecure patterns in what is asked about.

    Raises:
        UsageError: what is asked about is not there, the repository's own rules cannot be used, or
            there is no engine although the user said that there has to be one.
        EngineError: the engine gave no answer.
    """
    result = _in_commits(arguments, given) if mode.commits else _in_files(arguments, mode, given)
    if result.unavailable:
        if PATTERNS in (arguments.only, arguments.require):
            raise UsageError(f"patterns not checked: {result.unavailable}", INSTALL)
        complain(f"changewarden: patterns not checked: {result.unavailable}\n  fix: {INSTALL}")
    return result


def _in_files(arguments: argparse.Namespace, mode: Mode, given: Inputs) -> ScanResult:
    allowances = cache(lambda: inputs.allowances(staged=mode is STAGED))
    base = pattern_scan.head() if mode is STAGED else pattern_scan.here()
    asked = Asked(lambda: allowances().key, arguments.everywhere)
    session = opened(base, _say, anew=arguments.fix)
    if mode is TREE:
        sources = pattern_scan.on_disk(arguments.paths, arguments.max_bytes, session.wants)
    else:
        sources = given.sources(session.wants)
    looked = pattern_scan.look(sources, session, asked)
    result = pattern_scan.reported(looked)
    result = allowances().settle(result) if result.findings else result
    return _mended(result, looked) if arguments.fix else result


def _mended(result: ScanResult, looked: Looked) -> ScanResult:
    """The result after mending what can be; what was mended is still a finding, once."""
    from warden_hooks import pattern_fix  # noqa: PLC0415 - only when asked for

    done = pattern_fix.mend(result.findings, looked.result.fixes)
    return replace(result, notes=(*result.notes, *map(str, done)))


def _in_commits(arguments: argparse.Namespace, given: Inputs) -> ScanResult:
    is_wanted = staged.chosen(arguments.paths)
    results = [
        _in_tip(tip, each, arguments, is_wanted) for each in given.ranges for tip in each.tips
    ]
    return reduce(joined, results, ScanResult())


def _in_tip(
    tip: str,
    each: commits.Range,
    arguments: argparse.Namespace,
    is_wanted: Callable[[str], bool],
) -> ScanResult:
    from warden_hooks.allowances import live  # noqa: PLC0415 - not for a scan of files

    base = commits.base_of(tip, each)
    allowances: Callable[[], Settled] = cache(
        lambda: live.for_commit(tip, datetime.now(UTC).date())
    )
    asked = Asked(lambda: allowances().key, arguments.everywhere)
    session = opened(Commit(base), _say)
    sources = pattern_scan.between(
        base, tip, arguments.max_bytes, lambda path: session.wants(path) and is_wanted(path)
    )
    result = pattern_scan.reported(pattern_scan.look(sources, session, asked))
    return allowances().settle(result) if result.findings else result


def _say(text: str) -> None:
    complain(f"changewarden: {text}")
