"""`changewarden merge-allowances`: merge two branches' allowances, called by git."""

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from warden_hooks.allowances.file import PATH, Allowances, entry_line, render
from warden_hooks.allowances.merge import merge
from warden_hooks.allowances.parse import MAX_BYTES, parse
from warden_hooks.commands.terminal import UnreadableFile, read_file
from warden_hooks.errors import UsageError
from warden_hooks.output import complain
from warden_hooks.report.terminal import printable

_MERGED, _CONFLICT = 0, 1
_DESCRIPTION = f"""\
A merge driver for {PATH}: entries that one branch added or removed are
added or removed; where both changed one entry, the one that expires first is kept and named.
"""
_EPILOG = f"""\
git calls it, after these two lines in a repository:
  git config merge.changewarden-allowances.driver "changewarden merge-allowances %O %A %B"
  echo "{PATH} merge=changewarden-allowances" >> .gitattributes

It is a convenience: without it git merges the lines, and 'changewarden allowances --sort' puts
in order what that leaves.

exit codes: 0 merged into %A; 1 a conflict that a person has to look at; 2 a version cannot be
read, %A is as it was
"""


def main(argv: Sequence[str]) -> int:
    """Run `changewarden merge-allowances` with the arguments after its name; the exit code.

    Raises:
        UsageError: a version cannot be read.
    """
    arguments = _parser().parse_args(argv)
    today = datetime.now(UTC).date()
    base = _version(arguments.base, "the common ancestor", today)
    ours = _version(arguments.ours, "ours", today)
    theirs = _version(arguments.theirs, "theirs", today)
    if ours is None or theirs is None:
        raise UsageError(f"{PATH} is empty on one side", "remove the file there, or fill it")
    merged = merge(base, ours, theirs)
    Path(arguments.ours).write_bytes(render(merged.file))
    for note in merged.notes:
        complain(printable(f"changewarden: {PATH}: {note}"))
    for entry in merged.lost:
        what = "made with another key, so its finding has to be allowed again"
        complain(f"changewarden: {PATH}: {what}:\n{entry_line(entry)}")
    return _CONFLICT if merged.lost else _MERGED


def _version(path: str, side: str, today: date) -> Allowances | None:
    """One version; None for an empty file, which is what git gives where there is none."""
    try:
        data = read_file(path, MAX_BYTES)
    except UnreadableFile as error:
        raise UsageError(str(error), "let git call this command") from None
    return parse(data, f"{PATH} ({side})", today) if data else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="changewarden merge-allowances",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("base", metavar="%O", help="the version of the common ancestor")
    parser.add_argument("ours", metavar="%A", help="our version; the result is written here")
    parser.add_argument("theirs", metavar="%B", help="their version")
    return parser
