"""The folder that a subcommand of `changewarden ledger` looks into."""

import argparse
import os
from pathlib import Path

from warden_bot.config import PREFIX, Settings


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """Add `--data-dir`."""
    folder = os.environ.get(f"{PREFIX}DATA_DIR", str(Settings.model_fields["data_dir"].default))
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=Path(folder),
        metavar="FOLDER",
        help="the service's data folder (default: %(default)s)",
    )
