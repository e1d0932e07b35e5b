"""`changewarden allowances`: list, check, sort and import what is allowed."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from warden_hooks.allowances import live, repository
from warden_hooks.allowances.entry import longest_days
from warden_hooks.allowances.file import PATH, Allowances
from warden_hooks.allowances.lookup import look_at_entries
from warden_hooks.allowances.parse import BrokenAllowances, parse, read
from warden_hooks.allowances.review import Review, State, entry_lines, review
from warden_hooks.commands.allow import positive
from warden_hooks.commands.terminal import say
from warden_hooks.errors import UsageError
from warden_hooks.output import complain
from warden_hooks.report import allowances as report
from warden_hooks.report.terminal import printable

_OK, _TO_DO = 0, 1
_DESCRIPTION = f"""\
List the findings that {PATH} allows: since when, by whom, until when,
and whether there is still anything to allow. The files that entries name are scanned for that.
"""
_EPILOG = f"""\
examples:
  changewarden allowances --expiring 14                what has to be renewed soon
  changewarden allowances --check                      for CI: is every entry in order?
  changewarden allowances --import .secrets.baseline   what detect-secrets was told

An entry is keyed by the secret itself, so it is stale when the secret or its file is gone:
'changewarden triage' carries it over or removes it. Since when an entry is there is taken from
the commit that added its line.

To merge two branches' entries without conflicts:
  git config merge.changewarden-allowances.driver "changewarden merge-allowances %O %A %B"
  echo "{PATH} merge=changewarden-allowances" >> .gitattributes

exit codes: 0 listed, or all in order; 1 --check found an entry that is expired, stale, double or
too long, or --import left questions; 2 the file cannot be read; 3 internal error
"""


def main(argv: Sequence[str]) -> int:
    """Run `changewarden allowances` with the arguments after its name; returns the exit code.

    Raises:
        UsageError: a file cannot be read or is not what it has to be.
    """
    arguments = _parser().parse_args(argv)
    today = datetime.now(UTC).date()
    if arguments.sort:
        return _sort(today)
    if arguments.file:
        from warden_hooks.commands import import_allowances  # noqa: PLC0415 - loads a library

        return import_allowances.run(arguments.file, today)
    return _list(arguments, today)


def _list(arguments: argparse.Namespace, today: date) -> int:
    folder = live.root()
    data = live.on_disk(folder)
    if data is None:
        say(report.as_json([], today) if arguments.format == "json" else f"no {PATH} here")
        return _OK
    file = parse(data, PATH, today)
    lines = entry_lines(data, file)
    reviews = _reviews(folder, file, lines, today)
    if arguments.check:
        return _check(reviews, lines, today)
    shown = [item for item in reviews if _is_wanted(item, arguments.expiring, today)]
    as_json = arguments.format == "json"
    say(
        report.as_json(shown, today) if as_json else report.as_text(shown, len(file.entries), today)
    )
    return _OK


def _reviews(
    folder: str, file: Allowances, lines: Mapping[str, Sequence[int]], today: date
) -> list[Review]:
    paths = [entry.path for entry in file.entries.values()]
    look = look_at_entries(paths, folder, file.key)
    days = dict(enumerate(repository.line_dates(PATH, folder), 1))
    added = {name: days.get(max(numbers, default=0)) for name, numbers in lines.items()}
    return review(file, look, today, added)


def _is_wanted(item: Review, expiring: int | None, today: date) -> bool:
    return expiring is None or item.entry.days_left(today) <= expiring


def _check(reviews: Sequence[Review], lines: Mapping[str, Sequence[int]], today: date) -> int:
    found = [
        printable(f"{PATH}:{lines[item.entry.fingerprint][-1]}: {item.entry.id} {problem}")
        for item in reviews
        for problem in _problems(item, lines[item.entry.fingerprint], today)
    ]
    if not found:
        count = "1 allowance" if len(reviews) == 1 else f"{len(reviews)} allowances"
        say(f"{count} in order")
        return _OK
    complain("\n".join([*found, "put it right with: changewarden triage"]))
    return _TO_DO


def _problems(item: Review, lines: Sequence[int], today: date) -> Iterator[str]:
    match item.state:
        case State.STALE:
            yield "is stale: its secret is not in its file any more"
        case State.UNKNOWN:
            yield "names a file that could not be looked at"
        case State.EXPIRED | State.LAPSED:
            yield report.until(item, today)
    if len(lines) > 1:
        yield f"stands there {len(lines)} times; changewarden allowances --sort keeps one"
    if item.is_too_long(today):
        yield f"holds for longer than the {longest_days(item.entry.rule)} days its rule permits"


def _sort(today: date) -> int:
    folder = live.root()
    data = live.on_disk(folder)
    if data is None:
        raise UsageError(f"there is no {PATH} here", "changewarden allow ID --reason TEXT makes it")
    file, problems = read(data, PATH, today)
    serious = [problem for problem in problems if not problem.only_order]
    if serious:
        raise BrokenAllowances(PATH, serious)
    live.save(folder, file)
    say(f"{PATH}: sorted; next: git add {PATH}")
    return _OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="changewarden allowances",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--expiring", type=positive, metavar="DAYS", help="only what expires within so many days"
    )
    what.add_argument("--check", action="store_true", help="say only what is not in order")
    what.add_argument("--sort", action="store_true", help="write the file anew, sorted")
    what.add_argument(
        "--import",
        dest="file",
        metavar="FILE",
        help="allow what a .secrets.baseline or .gitleaksignore allows, where it is still found",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")
    return parser
