"""`changewarden decide`: the pure decision, from two files."""

import argparse
import json
from collections.abc import Sequence

from warden_hooks.commands.documents import BadDocument, attempt, read_change, read_policy
from warden_hooks.commands.terminal import say
from warden_hooks.output import complain
from warden_policies.decision_file import decision_document
from warden_policies.evaluate import evaluate
from warden_policies.explain import text
from warden_policies.outcome import Decision, Verdict

_EXIT_CODES = {Verdict.ALLOW: 0, Verdict.BLOCK: 1, Verdict.PENDING: 1, Verdict.ERROR: 3}
_BAD_INPUT = 2
_DESCRIPTION = """\
Decide on one change under one policy, reading nothing but the two files. The same two files give
the same decision on every machine and at any time: this is how a stored decision is checked, and
how a policy is tried before it is merged.

  --policy   a policy, as in .github/changewarden.yml
  --change   a snapshot of a pull request: {"schema": "changewarden.snapshot/v1", "change": {...}},
             as the service stores one with every decision
"""
_EPILOG = """\
example:
  changewarden decide --policy .github/changewarden.yml --change change.json
  changewarden decide --policy new.yml --change change.json --format json | jq .verdict

exit status:
  0  allowed
  1  blocked, or waiting for somebody
  2  one of the files cannot be read or is invalid; every error is printed with its place
  3  no decision could be made: the fault is ours, and it is never a pass
"""


def main(argv: Sequence[str]) -> int:
    """Run `changewarden decide` with the arguments after its name; returns the exit status."""
    arguments = _parser().parse_args(argv)
    errors: list[BadDocument] = []
    policy = attempt(read_policy, arguments.policy, errors)
    change = attempt(read_change, arguments.change, errors)
    if policy is None or change is None:
        complain("\n".join(map(str, errors)))
        return _BAD_INPUT
    decision = evaluate(policy, change)
    say(_as_json(decision) if arguments.format == "json" else text(decision).rstrip("\n"))
    return _EXIT_CODES[decision.verdict]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="changewarden decide",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--policy", required=True, metavar="FILE", help="the policy file")
    parser.add_argument("--change", required=True, metavar="FILE", help="the change file")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="what to print (default: text)"
    )
    return parser


def _as_json(decision: Decision) -> str:
    return json.dumps(decision_document(decision), indent=2, ensure_ascii=False)
