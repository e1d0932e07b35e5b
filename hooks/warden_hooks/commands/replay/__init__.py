"""`changewarden replay`: try a policy on past changes, or derive stored decisions again."""

import argparse
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime

from warden_hooks.commands.dialect import add_dialect
from warden_hooks.commands.documents import BadDocument, policy_in
from warden_hooks.commands.replay.report import Report, as_json, derived, reasons, tried
from warden_hooks.commands.replay.sources import batches
from warden_hooks.commands.replay.work import Task, answers, cores
from warden_hooks.commands.terminal import UnreadableFile, read_file, say
from warden_hooks.output import complain
from warden_hooks.progress import shown
from warden_policies.canonical import digest
from warden_policies.language.yaml_source import MAX_BYTES
from warden_policies.policy import Dialect

_BAD_INPUT, _OUR_FAULT = 2, 3
_DESCRIPTION = """\
Decide stored changes again. With --policy: what would that policy have said to them? Without: is
each stored decision what comes of the change and the policy that are stored with it?

PATH is a file with one change (.json), a file with one on each line (.jsonl), a folder of such
files, or - for lines on standard input.
"""
_EPILOG = """\
examples:
  changewarden replay --policy new.yml changes/
  changewarden replay --policy new.yml --since 2026-09-01 changes.jsonl
  changewarden ledger changes --data-dir data | changewarden replay --policy new.yml -
  changewarden ledger changes --every --data-dir data | changewarden replay -

a change is what the service stores, {"schema": "changewarden.snapshot/v1", "change": {...}}, or
that with what was decided: {"schema": "changewarden.stored/v1", "change": {"schema": ...},
"policy": "version: 1 ...", "decision": {"schema": "changewarden.decision/v1", ...}}.

exit status:
  0  nothing would have been stopped; every decision was derived again
  1  something would have been; some decision came out differently
  2  something cannot be read or is invalid: each is named, and the others are still decided
  3  something could not be decided: it is never a pass
"""


def main(argv: Sequence[str]) -> int:
    """Run `changewarden replay` with the arguments after its name; returns the exit status."""
    arguments = _parser().parse_args(argv)
    report = Report()
    try:
        task = _task(arguments)
        every = answers(batches(arguments.paths), task, arguments.jobs)
        for answer in shown(every, "changes"):
            report.add(answer)
    except (BadDocument, UnreadableFile) as error:
        complain(error.shown if isinstance(error, BadDocument) else str(error))
        return _BAD_INPUT
    except BrokenProcessPool:
        complain("changewarden: a process ended before its time; is memory short? try --jobs 1")
        return _OUR_FAULT
    for reason in reasons(report.unreadable):
        complain(reason)
    if not report.total + report.older + len(report.unreadable):
        complain("there is no change to decide")
        return _BAD_INPUT
    if arguments.format == "json":
        say(as_json(report, digest(task.policy) if task.policy is not None else None))
    else:
        say(derived(report) if task.policy is None else tried(report))
    return report.exit_status


def _task(arguments: argparse.Namespace) -> Task:
    path = arguments.policy
    if path is None:
        return Task(None, "", Dialect.NATIVE, arguments.since)
    source = read_file(path, MAX_BYTES)
    policy = policy_in(source, path, arguments.dialect)
    return Task(source, path, policy.dialect, arguments.since)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="changewarden replay",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="stored changes")
    parser.add_argument("--policy", metavar="FILE", help="the policy to try")
    add_dialect(parser)
    parser.add_argument(
        "--since", type=_instant, metavar="DATE", help="leave out changes from before this day"
    )
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=cores(),
        metavar="N",
        help="how many processes to use (default: as many as can run at once)",
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="what to print (default: text)"
    )
    return parser


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-23") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("expected a number from 1 to 256")
    return int(text)
