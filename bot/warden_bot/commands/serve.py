"""`changewarden serve`: the service, until it is told to stop."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence

from warden_bot.config import InvalidSettingsError, Settings, load
from warden_bot.data_dir import FolderInUseError
from warden_bot.github.auth import UnusableKeyError
from warden_bot.ledger.keys import KeyFormatError
from warden_bot.logs import configure
from warden_bot.service import Service, shows_pages
from warden_bot.store.database import DatabaseUnusableError
from warden_bot.store.log import WrongKeyError

_EPILOG = """\
settings are environment variables, CHANGEWARDEN_...; each may be given as ..._FILE instead:
  {settings}

SIGTERM and Ctrl-C finish what is under way and stop; given twice, they stop at once. A process that
is killed loses nothing that was acknowledged: start it again.
"""

_OBSTACLES = (
    FolderInUseError,
    UnusableKeyError,
    KeyFormatError,
    WrongKeyError,
    DatabaseUnusableError,
    OSError,
)


def main(argv: Sequence[str]) -> int:
    """Serve until SIGTERM or SIGINT; 0 after an orderly stop, 2 when it cannot start."""
    _parser().parse_args(argv)
    configure()
    stop = _stop_on_signals()
    try:
        settings = load(os.environ)
    except InvalidSettingsError as error:
        return _refuse("these settings are missing or wrong", *error.problems)
    try:
        service = Service(settings)
    except _OBSTACLES as error:
        return _refuse("cannot start", str(error))
    with service:
        _announce(service, settings)
        stop.wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    width = max(len(name) for name in Settings.model_fields)
    lines = (
        f"{name.upper():<{width}}  {field.description}"
        for name, field in Settings.model_fields.items()
    )
    return argparse.ArgumentParser(
        prog="changewarden serve",
        description="Receive webhooks, decide every pull request, record and publish the decision.",
        epilog=_EPILOG.format(settings="\n  ".join(lines)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _refuse(summary: str, *reasons: str) -> int:
    print(
        f"changewarden serve: {summary}",
        *(f"  {reason}" for reason in reasons),
        sep="\n",
        file=sys.stderr,
    )
    print("help: changewarden serve --help", file=sys.stderr)
    return 2


def _announce(service: Service, settings: Settings) -> None:
    print(f"changewarden is listening on {service.url}", flush=True)
    print(f"  webhooks  {service.url}/webhook", flush=True)
    if shows_pages(settings):
        print(f"  changes   {service.url}/changes", flush=True)
    else:
        print("  changes   not shown: they have no login yet (CHANGEWARDEN_OPEN_PAGES=true)")


def _stop_on_signals() -> threading.Event:
    """What SIGTERM and Ctrl-C set from now on; the second one ends the process as it is."""
    stop = threading.Event()

    def ask(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop
