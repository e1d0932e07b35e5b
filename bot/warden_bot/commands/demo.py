"""`changewarden demo`: see everything work in a minute, with no account and no network."""

import argparse
import sys
from collections.abc import Sequence

import structlog

from warden_bot.demo.stage import WrongTurnError
from warden_bot.demo.story import tell

_EPILOG = """\
What you see is what runs in production: a real git hook, real webhooks with real signatures, a
GitHub stand-in on 127.0.0.1 that checks tokens and enforces branch protection, the decision, the
log. With a terminal the pages stay up until Ctrl-C; --once, or no terminal, ends after the story.

exit codes: 0 everything happened as told, 1 a step did not, 2 usage
"""


def main(argv: Sequence[str]) -> int:
    """Tell the story and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="changewarden demo",
        description="From a refused commit to a merged, recorded pull request, on this machine.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--once", action="store_true", help="end after the story")
    parser.add_argument(
        "--port", type=int, default=0, help="the port of the web view (default: any free one)"
    )
    arguments = parser.parse_args(argv)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(min_level="error"))
    stay = not arguments.once and sys.stdin.isatty() and sys.stdout.isatty()
    try:
        tell(stay=stay, port=arguments.port)
    except WrongTurnError as error:
        print(f"\nchangewarden demo: this did not happen as told: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
