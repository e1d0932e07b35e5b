"""waitress, started on a socket of ours and stopped from another thread."""

import socket
import threading
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

_THREADS = 8
_BACKLOG = 1024
_CONNECTIONS = 800
"""At a time; below the 1,024 open files that a process usually may have."""

_SILENCE_SECONDS = 20
"""After this a connection without a whole request is closed. GitHub itself waits for 10 seconds."""

_WAKE_SECONDS = 1.0
"""How often idle connections are looked after."""


class WebServer:
    """Serves an application on one address until `stop`.

    Raises:
        OSError: the address cannot be listened on.
    """

    def __init__(self, app: Flask, host: str, port: int, max_body_bytes: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), backlog=_BACKLOG, family=family)
        self.port: int = listening.getsockname()[1]
        self._watched: dict[int, Any] = {}
        self._server: Any = create_server(
            app,
            map=self._watched,
            sockets=[listening],
            threads=_THREADS,
            max_request_body_size=max_body_bytes,
            connection_limit=_CONNECTIONS,
            channel_timeout=_SILENCE_SECONDS,
            cleanup_interval=_SILENCE_SECONDS // 4,
            ident=None,
        )
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="web", daemon=True)

    def start(self) -> None:
        """Begin to answer, on a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Answer nothing more."""
        self._stopping.set()
        if self._thread.is_alive():
            self._server.pull_trigger()  # wakes the loop; what it watches is closed once it ended
            self._thread.join()
        wasyncore.close_all(self._watched)
        self._server.task_dispatcher.shutdown()

    def _loop(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(timeout=_WAKE_SECONDS, use_poll=True, map=self._watched, count=1)
