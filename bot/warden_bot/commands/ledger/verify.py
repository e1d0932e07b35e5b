"""`changewarden ledger verify`: does the log still say what its checkpoints signed?"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from warden_bot.audit import AuditError, LogReport, audit
from warden_bot.commands.ledger.data_dir import add_data_dir
from warden_policies.text import plain

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_LONGEST = 400
"""Characters of one problem."""

_EPILOG = """\
The root of every log is derived again from its entries and held against each signed checkpoint;
every piece of evidence is held against the digest that its entry names, and so is what the pages
are found by. Nothing is written, and a service may be running on the folder.

A log that was rewritten as a whole by somebody who holds its key shows only against a checkpoint
kept elsewhere: each check run on GitHub holds one, and --checkpoint FILE takes such a text.

exit codes: 0 everything fits, 1 something was altered, 2 it cannot be read
"""


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `verify` to the commands."""
    parser = subparsers.add_parser(
        "verify",
        help="derive the log's root again and check every signature and digest",
        description="Check that the log still says what was signed.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_data_dir(parser)
    parser.add_argument(
        "--public-key",
        type=Path,
        metavar="FILE",
        help="a copy of ledger.pub that you trust (default: the one in the folder)",
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a checkpoint kept elsewhere, such as the text in a check run; may be repeated",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    try:
        outside = tuple(map(_checkpoint, arguments.checkpoint))
        reports = audit(arguments.data_dir, arguments.public_key, outside)
    except (AuditError, OSError, UnicodeDecodeError) as error:
        print(f"changewarden ledger verify: {error}", file=sys.stderr)
        return 2
    render = _json if arguments.format == "json" else _text
    print(render(reports))
    return 0 if all(report.ok for report in reports) else 1


def _checkpoint(path: Path) -> str:
    """The text as it was signed; copying it from a page loses or adds space at its ends."""
    return path.read_text(encoding="utf-8").strip() + "\n"


def _text(reports: Sequence[LogReport]) -> str:
    if not reports:
        return "no log yet: nothing was decided on this data folder"
    return "\n".join(line for report in reports for line in _lines(report))


def _lines(report: LogReport) -> list[str]:
    """What an insider wrote into the database may stand in here: it is shown as plain text."""
    entries = "1 entry" if report.size == 1 else f"{report.size:,} entries"
    summary = f"{plain(report.origin, _LONGEST)}: {entries}, root {report.root}"
    if report.ok:
        return [f"ok    {summary}"]
    return [
        f"FAIL  {summary}",
        *(f"      {plain(problem, _LONGEST)}" for problem in report.problems),
    ]


def _json(reports: Sequence[LogReport]) -> str:
    logs = [
        {
            "origin": report.origin,
            "size": report.size,
            "root": report.root,
            "ok": report.ok,
            "problems": list(report.problems),
        }
        for report in reports
    ]
    return json.dumps({"schema": "changewarden.verification/v1", "logs": logs}, indent=2)
