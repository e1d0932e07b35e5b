"""`changewarden ledger changes`: every stored change as a line, for `changewarden replay -`."""

import argparse
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from warden_bot.commands.ledger.data_dir import add_data_dir
from warden_bot.store.database import DatabaseUnusableError, reading
from warden_bot.store.kept import Gap, kept
from warden_policies.text import plain

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_DESCRIPTION = """\
Print what the service has stored, one JSON document on each line: a change as it was seen, the
policy's text and the decision. That is what 'changewarden replay' reads. Of each pull request only
what stands now is printed, and for a merged one what it was merged with.
"""
_EPILOG = """\
examples:
  changewarden ledger changes | changewarden replay --policy new.yml -
  changewarden ledger changes --every | changewarden replay -
  changewarden ledger changes --since 2026-09-01 > changes.jsonl

Nothing is written, and a service may be running on the folder. Who reads the lines learns what
stands in the pull requests: treat them as you treat the repositories.

exit codes: 0 everything was printed, 1 something is missing or was altered, 2 it cannot be read
"""


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `changes` to the commands."""
    parser = subparsers.add_parser(
        "changes",
        help="print stored changes, to be decided again",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_data_dir(parser)
    parser.add_argument(
        "--every", action="store_true", help="every decision that was ever made, not only the last"
    )
    parser.add_argument(
        "--since", type=_day, metavar="DATE", help="leave out what was decided before this day"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    missing = 0
    try:
        with reading(arguments.data_dir) as connection:
            for each in kept(connection, every=arguments.every, since=arguments.since):
                if isinstance(each, Gap):
                    missing += 1
                    _complain(plain(f"{each.where}: {each.why}", 400))
                else:
                    sys.stdout.buffer.write(each)
        sys.stdout.buffer.flush()
    except DatabaseUnusableError as error:
        _complain(str(error))
        return 2
    except (
        BrokenPipeError
    ):  # whoever reads has enough; the interpreter must not complain at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1 if missing else 0


def _complain(text: str) -> None:
    print(f"changewarden ledger changes: {text}", file=sys.stderr)


def _day(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-23") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
