"""`changewarden policy check`: says whether policy files are valid, and what is wrong where."""

import argparse
from typing import TYPE_CHECKING

from warden_hooks.commands.dialect import add_dialect
from warden_hooks.commands.documents import BadDocument, read_policy
from warden_hooks.commands.terminal import say
from warden_hooks.output import complain
from warden_policies.language.policy_change import NAME as EVERYWHERE
from warden_policies.policy import Dialect, Policy

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_INVALID = 2
_DESCRIPTION = """\
Read each policy file and print every error at once, with its line and column and what was
probably meant. Nothing else is read: no network, no repository.
"""
_EPILOG = """\
a policy in ten lines:
  version: 1
  requirements:
    Peer review:
      require:
        approvals: {count: 1}
    Change record:
      require:
        change_record: {sections: [reason, rollback_plan]}
    Checks:
      require:
        checks: [{name: test, app_id: 15368}]   # 15368 is GitHub Actions

exit status:
  0  every file is a valid policy
  2  some file cannot be read or is invalid
"""


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `check` to the commands."""
    parser = subparsers.add_parser(
        "check",
        help="say whether policy files are valid",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a policy file")
    add_dialect(parser)
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    valid = [_check(path, arguments.dialect) for path in arguments.files]
    return 0 if all(valid) else _INVALID


def _check(path: str, dialect: Dialect | None) -> bool:
    """Whether the file at `path` is a valid policy; says so, or says why not."""
    try:
        policy = read_policy(path, dialect)
    except BadDocument as error:
        complain(error.shown)
        return False
    say(f"{path}: ok: {_counted(policy)}")
    return True


def _counted(policy: Policy) -> str:
    names = [each.name for each in policy.requirements]
    own = len([name for name in names if name != EVERYWHERE])
    counted = "1 requirement" if own == 1 else f"{own} requirements"
    return f"{counted}, and {EVERYWHERE!r} as everywhere" if own < len(names) else counted
