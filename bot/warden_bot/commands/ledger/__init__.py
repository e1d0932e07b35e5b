"""`changewarden ledger`: verify the log of every decision, or print what it is about."""

import argparse
from collections.abc import Sequence

from warden_bot.commands.ledger import changes, verify


def main(argv: Sequence[str]) -> int:
    """Run the subcommand and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="changewarden ledger", description="The log of every decision."
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    verify.add_to(subparsers)
    changes.add_to(subparsers)
    arguments = parser.parse_args(argv)
    code: int = arguments.run(arguments)
    return code
