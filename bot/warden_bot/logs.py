"""Logs: one line for each event on standard error, without bodies and without secrets."""

import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import structlog

_TOKEN = re.compile(r"gh[a-z]_[A-Za-z0-9._-]{16,}|github_pat_[A-Za-z0-9_]{16,}")


def configure() -> None:
    """Set up structured logs for a process that serves."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=lambda *_: _StandardError(),
    )


class _StandardError:
    """Writes lines, each at once, so that those of two threads do not mix.

    On a full disk a line is lost, never the work that wanted to write it.
    """

    def msg(self, message: str) -> None:
        with suppress(OSError):
            sys.stderr.write(f"{message}\n")
            sys.stderr.flush()

    debug = info = warning = error = critical = msg


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """GitHub tokens never reach a log, whatever text they are part of."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _TOKEN.sub("[token]", value)
    return event
