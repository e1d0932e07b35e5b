"""A threaded web server on loopback that starts on a free port and stops when told to."""

import logging
import threading
from typing import TYPE_CHECKING, Final

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST: Final = "127.0.0.1"
_LOGGER = logging.getLogger(__name__)


class _QuietHandler(WSGIRequestHandler):
    """Requests are in the sandbox's own record; a line each on stderr would be noise."""

    def log(self, type: str, message: str, *args: object) -> None:
        if type == "error":
            _LOGGER.error(message, *args)


class Server:
    """One thread per connection, so that a request held at a gate holds nobody else up."""

    def __init__(self, port: int) -> None:
        self._server = make_server(
            HOST, port, _no_application, threaded=True, request_handler=_QuietHandler
        )
        self.port: int = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.02},
            name="sandbox",
            daemon=True,
        )

    def start(self, application: "WSGIApplication") -> None:
        """Begin to answer with `application`."""
        self._server.app = application
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _no_application(*_: object) -> list[bytes]:
    raise RuntimeError("the server was not started")
