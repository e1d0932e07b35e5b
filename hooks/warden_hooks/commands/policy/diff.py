"""`changewarden policy diff`: what a new policy allows that the old one did not, and back."""

import argparse
import json
from functools import partial
from typing import TYPE_CHECKING

from warden_hooks.commands.dialect import add_dialect
from warden_hooks.commands.documents import BadDocument, attempt, read_policy
from warden_hooks.commands.terminal import say
from warden_hooks.commands.witnesses import Witnesses
from warden_hooks.output import complain
from warden_policies.prove import Comparison, ProverMissing, Relation, compare
from warden_policies.prove.document import diff_document
from warden_policies.prove.wording import comparison_lines

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_DESCRIPTION = """\
Compare two policies by what they allow: stricter, weaker, equal or neither. For each direction in
which they differ, a change is shown about which both were really asked. Nothing but the two files
is read.
"""
_EPILOG = """\
example:
  git show origin/main:.github/changewarden.yml > /tmp/old.yml
  changewarden policy diff /tmp/old.yml .github/changewarden.yml

exit status:
  0  equal or stricter: the new policy allows nothing that the old one did not
  1  the new policy allows something that the old one did not
  2  a file cannot be read or is invalid, or the folder for changes cannot be written
  3  undecided, or z3 is not installed
"""
_STATUS = {Relation.EQUAL: 0, Relation.STRICTER: 0, Relation.UNDECIDED: 3}
_WEAKER, _BAD_INPUT, _UNDECIDED = 1, 2, 3


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `diff` to the commands."""
    parser = subparsers.add_parser(
        "diff",
        help="say whether a policy allows more than another",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old", metavar="OLD", help="the policy as it was")
    parser.add_argument("new", metavar="NEW", help="the policy as it is to be")
    add_dialect(parser)
    parser.add_argument(
        "--witness", metavar="DIR", help="write the changes that are shown to files in this folder"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="what to print (default: text)"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    errors: list[BadDocument] = []
    read = partial(read_policy, dialect=arguments.dialect)
    old, new = attempt(read, arguments.old, errors), attempt(read, arguments.new, errors)
    if old is None or new is None:
        complain("\n".join(error.shown for error in errors))
        return _BAD_INPUT
    try:
        comparison = compare(old, new)
    except ProverMissing as error:
        complain(f"changewarden policy diff: {error}")
        return _UNDECIDED
    tries = _tries(comparison, arguments)
    if arguments.format == "json":
        say(json.dumps(diff_document(comparison), indent=2, ensure_ascii=False))
    else:
        say("\n".join(comparison_lines(comparison, old, new, tries)))
    return _status(comparison)


def _tries(comparison: Comparison, arguments: argparse.Namespace) -> dict[str, list[str]]:
    witnesses = Witnesses(arguments.witness)
    changes = {
        "newly allowed": comparison.newly_allowed,
        "newly refused": comparison.newly_refused,
    }
    return {
        direction: witnesses.keep(direction, change, arguments.old, arguments.new)
        for direction, change in changes.items()
        if change is not None
    }


def _status(comparison: Comparison) -> int:
    if comparison.newly_allowed is not None:
        return _WEAKER
    return _STATUS.get(comparison.relation, _UNDECIDED)
