"""`--dialect`: which language a policy file is written in."""

import argparse
from pathlib import PurePath

from warden_policies.policy import Dialect

_POLICY_BOT_NAME = ".policy.yml"


def add_dialect(parser: argparse.ArgumentParser) -> None:
    """Let a command's user say the language; what they chose is `arguments.dialect`."""
    parser.add_argument(
        "--dialect",
        type=Dialect,
        choices=tuple(Dialect),
        metavar="{native,policy-bot}",
        help="the language of the policy; without it a file that is named "
        f"{_POLICY_BOT_NAME} is policy-bot's, version 1.36.2, and any other is native",
    )


def dialect_of(path: str, chosen: Dialect | None) -> Dialect:
    """The language of the file at `path`: as chosen, or as its name tells."""
    if chosen is not None:
        return chosen
    named = PurePath(path).name == _POLICY_BOT_NAME
    return Dialect.POLICY_BOT if named else Dialect.NATIVE
