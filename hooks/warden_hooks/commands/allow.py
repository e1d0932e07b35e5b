"""`changewarden allow`: let a finding be, for a reason and for some time."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from warden_hooks.allowances import live, repository
from warden_hooks.allowances.entry import (
    DEFAULT_DAYS,
    LONGEST_DAYS,
    LONGEST_DAYS_CRITICAL,
    Entry,
    longest_days,
    shown_path,
)
from warden_hooks.allowances.file import PATH, Allowances, entry_line
from warden_hooks.allowances.lookup import (
    FEWEST_DIGITS,
    Look,
    Seen,
    called,
    look_at_commits,
    look_at_files,
    look_at_history,
    look_at_staged,
)
from warden_hooks.allowances.parse import parse
from warden_hooks.allowances.reason import reason_problem
from warden_hooks.commands.terminal import say
from warden_hooks.errors import UsageError
from warden_hooks.report.terminal import printable
from warden_hooks.scan import FINGERPRINT_KEY
from warden_policies.finding import Finding

_DESCRIPTION = f"""\
Let a finding be: no scan stops for it until the day it expires. One line is added to
{PATH}, keyed by the secret itself. Another secret in its place, or the
same one in another file, is found as before.

A real secret is not allowed but revoked: whoever has a clone has it.
"""
_EPILOG = f"""\
examples:
  changewarden scan                                        prints the ids of what it finds
  changewarden allow url-password-3f9c2a --reason "the password of the container in CI"
  changewarden allow jwt-token-81b0d4 --reason "published in RFC 7519" --days 365

then: git add {PATH}, because a commit is checked with what is staged.

After its last day an allowance warns for a week, then the finding stops commits again, with the
owner's name. Allowing it again renews it. Critical rules and private keys may be allowed for at
most {LONGEST_DAYS_CRITICAL} days, others for {LONGEST_DAYS}.

exit codes: 0 written, 2 nothing was written, 3 internal error
"""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; no days and no owner mean the defaults."""

    name: str
    reason: str
    days: int | None = None
    owner: str = ""


def main(argv: Sequence[str]) -> int:
    """Run `changewarden allow` with the arguments after its name; returns the exit code.

    Raises:
        UsageError: nothing was written, and why.
    """
    arguments = _parser().parse_args(argv)
    request = Request(arguments.id, arguments.reason, arguments.days, arguments.owner)
    say("\n".join(allow(request, datetime.now(UTC).date())))
    return 0


def allow(request: Request, today: date) -> list[str]:
    """Write the entry and return what to say about it.

    Raises:
        UsageError: the finding, the reason, the days or the file are not as they have to be.
    """
    reason = checked_reason(request.reason)
    owner = checked_owner(request.owner)
    folder = live.root()
    before = live.load(folder, today)
    file = before or live.new_file()
    shown = before.key if before else FINGERPRINT_KEY
    names = [shown, *_other_keys(today)]
    seen, in_file = _find(request.name, file.key, names, folder)
    entry = entry_for(seen.finding, reason, owner, request.days, today)
    entry = replace(entry, history=not in_file)
    live.save(folder, file.with_entry(entry))
    return list(written(entry, before, today))


def checked_reason(text: str) -> str:
    """The reason on one line.

    Raises:
        UsageError: it is too short, or says nothing.
    """
    reason = " ".join(text.split())
    if problem := reason_problem(reason):
        fix = 'say what it is and why it may stay: --reason "the password of the container in CI"'
        raise UsageError(f"the reason {problem}", fix)
    return reason


def checked_owner(name: str) -> str:
    """Who answers for the entry.

    Raises:
        UsageError: nobody is named, here or in git's settings.
    """
    owner = " ".join((name or repository.person()).split())
    if not owner or not owner.isprintable():
        what = "nobody is named who answers for it"
        raise UsageError(what, "--owner NAME, or: git config user.email NAME@EXAMPLE.ORG")
    return owner


def entry_for(finding: Finding, reason: str, owner: str, days: int | None, today: date) -> Entry:
    """The entry that allows a finding, by default for as long as its rule permits, at most 90 days.

    Raises:
        UsageError: more days than its rule permits.
    """
    longest = longest_days(finding.rule)
    days = min(DEFAULT_DAYS, longest) if days is None else days
    if days > longest:
        what = f"{finding.rule} may be allowed for at most {longest} days, not {days}"
        raise UsageError(what, f"--days {longest}, and allow it again when that is over")
    return Entry(
        fingerprint=finding.fingerprint,
        rule=finding.rule,
        path=shown_path(finding.location.path),
        reason=reason,
        owner=owner,
        expires=today + timedelta(days=days),
    )


def written(entry: Entry, before: Allowances | None, today: date) -> Iterator[str]:
    """What changed in the file, and what to do next."""
    yield PATH if before else f"{PATH} (new, with this repository's own key: ids change with it)"
    replaced = before.entries.get(entry.fingerprint) if before else None
    if replaced:
        yield f"-{entry_line(replaced)[1:]}"
    yield f"+{entry_line(entry)[1:]}"
    yield f"expires {entry.expires} ({live.ahead(entry.days_left(today))})"
    yield f"next: git add {PATH}"


def _other_keys(today: date) -> list[bytes]:
    """The keys that ids may have been printed with besides: no file's, and that of the index."""
    staged = repository.file_at(PATH)
    if staged is None:
        return [FINGERPRINT_KEY]
    return [FINGERPRINT_KEY, parse(staged, f"{PATH} (as staged)", today).key]


def _find(name: str, key: bytes, names: Sequence[bytes], folder: str) -> tuple[Seen, bool]:
    """The one finding that is called `name`, and whether a file holds it.

    Its fingerprint is made with `key`; the name may have been with any of the keys `names`, of
    which the first is what a scan would use now.
    """
    in_repository = repository.is_repository()
    if in_repository and (seen := _called(name, look_at_staged(key), names)):
        return seen, True
    files = look_at_files([folder], key)
    if seen := _called(name, files, names):
        return seen, True
    for place in (look_at_commits, look_at_history) if in_repository else ():
        if seen := _called(name, place(key), names):
            return seen, False
    raise _unknown(name, files)


def _called(name: str, look: Look, names: Sequence[bytes]) -> Seen | None:
    found = called(name, look, names)
    if len(found) > 1:
        raise _ambiguous(name, found, names[0])
    return found[0] if found else None


def _ambiguous(name: str, found: Sequence[Seen], key: bytes) -> UsageError:
    lines = [f"{printable(name)} may mean {len(found)} findings"]
    for seen in found:
        place = seen.finding.location
        digits = seen.fingerprint(key)[: FEWEST_DIGITS * 2]
        shown = printable(f"{place.path}:{place.line}:{place.column}")
        lines.append(f"{seen.finding.rule}-{digits}  {shown}")
    return UsageError("\n  ".join(lines), "give one of these longer ids")


def _unknown(name: str, look: Look) -> UsageError:
    unread = len(look.unread)
    files = "1 file was" if unread == 1 else f"{unread} files were"
    also = f" ({files} not looked at)" if unread else ""
    fix = f"see the ids (a rule and at least {FEWEST_DIGITS} digits) with: changewarden scan"
    return UsageError(f"there is no finding '{printable(name)}' here{also}", fix)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="changewarden allow",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("id", metavar="ID", help="the finding's id, as a scan prints it")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why it may stay")
    parser.add_argument(
        "--days",
        type=positive,
        metavar="N",
        help=f"for how long (default: {DEFAULT_DAYS}, {LONGEST_DAYS_CRITICAL} for critical rules)",
    )
    parser.add_argument(
        "--owner",
        default="",
        metavar="NAME",
        help="who answers for it (default: git's user.email, else user.name)",
    )
    return parser


def positive(text: str) -> int:
    """A number of days from the command line.

    Raises:
        argparse.ArgumentTypeError: it is none, or 0.
    """
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"a number of days above 0 is needed, not {text!r}")
    return number
