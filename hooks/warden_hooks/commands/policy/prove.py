"""`changewarden policy prove`: what a policy allows at worst, with a change that shows it."""

import argparse
import json
from typing import TYPE_CHECKING

from warden_hooks.commands.dialect import add_dialect, dialect_of
from warden_hooks.commands.documents import with_carets
from warden_hooks.commands.terminal import UnreadableFile, read_file, say
from warden_hooks.commands.witnesses import Witnesses
from warden_hooks.output import complain
from warden_policies.language import parse_policy
from warden_policies.language.yaml_source import MAX_BYTES
from warden_policies.policy import InvalidPolicy
from warden_policies.prove import ProverMissing, prove
from warden_policies.prove.document import proof_document
from warden_policies.prove.finding import Finding, Report
from warden_policies.prove.wording import report_lines

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_DESCRIPTION = """\
Look for changes that a policy should not allow: merged by their author alone, approved by those
who wrote them, or making the policy itself weaker; and for requirements that can never be met or
never apply. Each finding comes with a change that shows it, about which the policy was really
asked. Nothing but the file is read.
"""
_EPILOG = """\
example:
  changewarden policy prove .github/changewarden.yml
  changewarden policy prove .github/changewarden.yml --witness /tmp/witness

exit status:
  0  every question is answered, and nothing was found
  1  something was found
  2  the file cannot be read or is invalid, or the folder for changes cannot be written
  3  nothing was found, but some question is undecided, or z3 is not installed
"""
_FOUND, _BAD_INPUT, _UNDECIDED = 1, 2, 3


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `prove` to the commands."""
    parser = subparsers.add_parser(
        "prove",
        help="look for changes that a policy should not allow",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a policy file")
    add_dialect(parser)
    parser.add_argument(
        "--witness", metavar="DIR", help="write the change of each finding to a file in this folder"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="what to print (default: text)"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    try:
        source = read_file(arguments.file, MAX_BYTES)
    except UnreadableFile as error:
        complain(str(error))
        return _BAD_INPUT
    try:
        policy = parse_policy(source, arguments.file, dialect_of(arguments.file, arguments.dialect))
        report = prove(policy, source)
    except InvalidPolicy as error:
        complain(with_carets(error.errors, source))
        return _BAD_INPUT
    except ProverMissing as error:
        complain(f"changewarden policy prove: {error}")
        return _UNDECIDED
    witnesses = Witnesses(arguments.witness)
    tries = [_try(finding, witnesses, arguments.file) for finding in report.findings]
    if arguments.format == "json":
        say(json.dumps(proof_document(report), indent=2, ensure_ascii=False))
    else:
        say("\n".join(report_lines(report, policy, tries)))
        if any(finding.change for finding in report.findings) and not arguments.witness:
            say("--witness DIR writes each change to a file, to try it with `changewarden decide`")
    return _status(report)


def _try(finding: Finding, witnesses: Witnesses, policy: str) -> list[str]:
    if finding.change is None:
        return []
    return witnesses.keep(f"{finding.id}-{finding.requirement}", finding.change, policy)


def _status(report: Report) -> int:
    if report.findings:
        return _FOUND
    return _UNDECIDED if report.doubts else 0
