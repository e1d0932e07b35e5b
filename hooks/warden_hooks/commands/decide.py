"""`changewarden decide`: the pure decision, from two files."""

import argparse
import json
from collections.abc import Sequence
from functools import partial

from warden_hooks.commands.decision_text import decision_text
from warden_hooks.commands.dialect import add_dialect
from warden_hooks.commands.documents import BadDocument, attempt, read_change, read_policy
from warden_hooks.commands.terminal import say
from warden_hooks.output import complain
from warden_policies.decision_file import decision_document
from warden_policies.evaluate import evaluate
from warden_policies.floor import joined
from warden_policies.outcome import Decision, Verdict
from warden_policies.policy import Dialect, Policy

_EXIT_CODES = {Verdict.ALLOW: 0, Verdict.BLOCK: 1, Verdict.PENDING: 1, Verdict.ERROR: 3}
_BAD_INPUT = 2
_TREE = "policy-bot"
_DESCRIPTION = """\
Decide on one change under one policy, reading nothing but the two files. The same two files give
the same decision on every machine and at any time: this is how a stored decision is checked, and
how a policy is tried before it is merged.

  --policy   a policy, as in .github/changewarden.yml, or a .policy.yml of policy-bot 1.36.2
  --change   a snapshot of a pull request: {"schema": "changewarden.snapshot/v1", "change": {...}},
             as the service stores one with every decision
"""
_EPILOG = """\
example:
  changewarden decide --policy .github/changewarden.yml --change change.json
  changewarden decide --policy new.yml --change change.json --format json | jq .verdict
  changewarden decide --floor organisation.yml --policy own.yml --change change.json
  changewarden decide --policy .policy.yml --change change.json --format policy-bot

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
    in_dialect = partial(read_policy, dialect=arguments.dialect)
    policy = attempt(in_dialect, arguments.policy, errors)
    floor = attempt(read_policy, arguments.floor, errors) if arguments.floor else None
    change = attempt(read_change, arguments.change, errors)
    if errors or policy is None or change is None:
        complain("\n".join(map(str, errors)))
        return _BAD_INPUT
    if floor is not None:
        if Dialect.POLICY_BOT in (policy.dialect, floor.dialect):
            complain("--floor is for native policies: a .policy.yml has none")
            return _BAD_INPUT
        policy = joined(floor, policy)
    if arguments.format == _TREE and policy.dialect is not Dialect.POLICY_BOT:
        complain(f"--format {_TREE} is for policies in policy-bot's language: add --dialect")
        return _BAD_INPUT
    decision = evaluate(policy, change)
    say(_FORMATS[arguments.format](policy, decision))
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
        "--floor", metavar="FILE", help="the organisation's policy, which holds as well"
    )
    add_dialect(parser)
    parser.add_argument(
        "--format",
        choices=tuple(_FORMATS),
        default="text",
        help=f"what to print (default: text); {_TREE} is the tree of results as policy-bot has it",
    )
    return parser


def _as_json(_: Policy, decision: Decision) -> str:
    return json.dumps(decision_document(decision), indent=2, ensure_ascii=False)


def _as_tree(policy: Policy, decision: Decision) -> str:
    from warden_policies.language.policy_bot.view import tree  # noqa: PLC0415

    return json.dumps(tree(policy.root, decision.result), indent=2, ensure_ascii=False)


_FORMATS = {"text": decision_text, "json": _as_json, _TREE: _as_tree}
