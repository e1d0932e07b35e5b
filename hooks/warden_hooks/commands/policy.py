"""`changewarden policy check`: says whether policy files are valid, and what is wrong where."""

import argparse
from collections.abc import Iterator, Sequence

from warden_hooks.commands.dialect import add_dialect, dialect_of
from warden_hooks.commands.terminal import UnreadableFile, read_file, say
from warden_hooks.output import complain
from warden_policies.language import parse_policy
from warden_policies.language.yaml_source import MAX_BYTES
from warden_policies.policy import Dialect, InvalidPolicy, Policy, PolicyError
from warden_policies.text import plain

_INVALID = 2
_WIDTH = 100
_DESCRIPTION = "Work with policy files, such as .github/changewarden.yml."
_CHECK = """\
Read each policy file and print every error at once, with its line and column and what was
probably meant. Nothing else is read: no network, no repository.
"""
_CHECK_EPILOG = """\
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


def main(argv: Sequence[str]) -> int:
    """Run `changewarden policy` with the arguments after its name; returns the exit status."""
    arguments = _parser().parse_args(argv)
    valid = [_check(path, arguments.dialect) for path in arguments.files]
    return 0 if all(valid) else _INVALID


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="changewarden policy", description=_DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="say whether policy files are valid",
        description=_CHECK,
        epilog=_CHECK_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="a policy file")
    add_dialect(check)
    return parser


def _check(path: str, dialect: Dialect | None) -> bool:
    """Whether the file at `path` is a valid policy; says so, or says why not."""
    try:
        source = read_file(path, MAX_BYTES)
    except UnreadableFile as error:
        complain(str(error))
        return False
    try:
        policy = parse_policy(source, path, dialect_of(path, dialect))
    except InvalidPolicy as error:
        lines = source.decode("utf-8-sig", "replace").split("\n")
        for problem in error.errors:
            complain("\n".join(_shown(problem, lines)))
        return False
    say(f"{path}: ok: {_counted(policy)}")
    return True


def _counted(policy: Policy) -> str:
    count = len(policy.requirements)
    return f"{count} requirement" if count == 1 else f"{count} requirements"


def _shown(error: PolicyError, lines: Sequence[str]) -> Iterator[str]:
    """The error and, when there is such a line, the line with a caret under the place."""
    yield str(error)
    if error.line is None or error.column is None or error.line > len(lines):
        return
    # A long line is shown from a little before the place, so that the caret is in sight.
    start = max(0, error.column - _WIDTH // 2)
    number = str(error.line)
    shown = "".join(_as_shown(sign) for sign in lines[error.line - 1][start : start + _WIDTH])
    yield f" {number} | {shown.rstrip()}"
    yield f" {' ' * len(number)} | {' ' * (error.column - 1 - start)}^"


def _as_shown(character: str) -> str:
    """One visible character for one character, so that the caret stays below its place."""
    return plain(character) or " "
