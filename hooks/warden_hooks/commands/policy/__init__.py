"""`changewarden policy`: check, explain, try and convert policy files."""

import argparse
from collections.abc import Sequence
from types import ModuleType
from typing import Final

from warden_hooks.commands.policy import check, diff, explain, import_, prove, schema, test

_DESCRIPTION = "Work with policy files, such as .github/changewarden.yml."
COMMANDS: Final[tuple[ModuleType, ...]] = (check, explain, test, prove, diff, import_, schema)
"""One module for each subcommand: `add_to(subparsers)` says its words and sets `run`."""


def main(argv: Sequence[str]) -> int:
    """Run `changewarden policy` with the arguments after its name; returns the exit status."""
    parser = argparse.ArgumentParser(prog="changewarden policy", description=_DESCRIPTION)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(subparsers)
    arguments = parser.parse_args(argv)
    status: int = arguments.run(arguments)
    return status
