"""`changewarden policy schema`: the JSON Schema of a policy file, for editors."""

import argparse
from typing import TYPE_CHECKING

from warden_hooks.commands.terminal import say
from warden_policies import schemas

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_DESCRIPTION = """\
Print the JSON Schema (2020-12) of a policy file, or of another of our documents. With it an editor
completes words, shows what they mean, and marks most mistakes; 'policy check' finds all of them.
"""
_EPILOG = """\
examples:
  changewarden policy schema > .github/changewarden-policy.schema.json
  changewarden policy schema policy-test > .github/policy-tests/schema.json

and then, as the first line of .github/changewarden.yml:
  # yaml-language-server: $schema=changewarden-policy.schema.json

exit status: 0
"""


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `schema` to the commands."""
    parser = subparsers.add_parser(
        "schema",
        help="print the JSON Schema of a policy file, for editors",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "name",
        nargs="?",
        default="policy",
        choices=schemas.NAMES,
        metavar="NAME",
        help=f"which document: {', '.join(schemas.NAMES)} (default: policy)",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    say(schemas.text(arguments.name).rstrip("\n"))
    return 0
