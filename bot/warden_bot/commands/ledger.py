"""`changewarden ledger verify`: does the log still say what its checkpoints signed?"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from warden_bot.audit import AuditError, LogReport, audit
from warden_bot.config import PREFIX, Settings
from warden_policies.text import plain

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


def main(argv: Sequence[str]) -> int:
    """Run the subcommand and return the exit code."""
    arguments = _parser().parse_args(argv)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="changewarden ledger", description="The log of every decision."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    verify = commands.add_parser(
        "verify",
        help="derive the log's root again and check every signature and digest",
        description="Check that the log still says what was signed.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    folder = os.environ.get(f"{PREFIX}DATA_DIR", str(Settings.model_fields["data_dir"].default))
    verify.add_argument(
        "--data-dir",
        type=Path,
        default=Path(folder),
        metavar="FOLDER",
        help="the service's data folder (default: %(default)s)",
    )
    verify.add_argument(
        "--public-key",
        type=Path,
        metavar="FILE",
        help="a copy of ledger.pub that you trust (default: the one in the folder)",
    )
    verify.add_argument(
        "--checkpoint",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a checkpoint kept elsewhere, such as the text in a check run; may be repeated",
    )
    verify.add_argument("--format", choices=["text", "json"], default="text")
    return parser


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
