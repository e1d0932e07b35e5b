"""`changewarden policy explain`: what a policy asks of a change, in plain sentences."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from warden_hooks.commands.decision_text import decision_text
from warden_hooks.commands.dialect import add_dialect
from warden_hooks.commands.documents import BadDocument, attempt, read_change, read_policy
from warden_hooks.commands.terminal import say
from warden_hooks.output import complain
from warden_policies.describe import described
from warden_policies.evaluate import evaluate
from warden_policies.text import plain

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_BAD_INPUT = 2
_DESCRIPTION = """\
Say in plain sentences what a policy asks: when each requirement applies, what it needs then, what
never counts, and whom it keeps apart. What a pack brings is told with the rest.
"""
_EPILOG = """\
examples:
  changewarden policy explain .github/changewarden.yml
  changewarden policy explain new.yml --change change.json   and how this change stands under it

exit status:
  0  explained, however a change stands: 'changewarden decide' tells that by its status
  2  a file cannot be read or is invalid; every error is printed with its place
"""


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `explain` to the commands."""
    parser = subparsers.add_parser(
        "explain",
        help="say in plain sentences what a policy asks",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a policy file")
    parser.add_argument("--change", metavar="FILE", help="a change file: say how it stands, too")
    add_dialect(parser)
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    errors: list[BadDocument] = []
    policy = attempt(partial(read_policy, dialect=arguments.dialect), arguments.file, errors)
    change = attempt(read_change, arguments.change, errors) if arguments.change else None
    if errors or policy is None:
        complain("\n".join(error.shown for error in errors))
        return _BAD_INPUT
    say(described(policy).rstrip("\n"))
    if change is not None:
        say(f"\nThe change in {plain(arguments.change)}\n")
        say(decision_text(policy, evaluate(policy, change)))
    return 0
