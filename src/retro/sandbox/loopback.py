"""HTTP on loopback for the look-alikes: reads requests, sends answers, and closes connections when told to."""

import socket
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from retro.sandbox.exchange import Reply

Handle = Callable[[str, str, Mapping[str, str], bytes], Reply | None]
"""Method, request target, headers by lower-case name and body, to the answer; None: none is sent."""


class Loopback(ThreadingHTTPServer):
    """Serves on 127.0.0.1, and knows its open connections so that it can close them. Raises OSError: port taken.

    `now` dates the answers.
    """

    daemon_threads = True

    def __init__(self, port: int, handle: Handle, now: Callable[[], datetime]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.handle = handle
        self.now = now
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Note a connection, then serve it."""
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection, then close it."""
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """Close what clients keep alive: their next request must not be served by a look-alike that is gone."""
        with self._guard:
            for connection in self._open:
                _shut(connection)


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the client was faster


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits for the client's delayed acknowledgement
    server: Loopback

    def do_GET(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PATCH(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.handle(self.command, self.path, headers, raw)
        if reply is None:
            self.close_connection = True
            _shut(self.connection)
            return
        data = reply.body.encode()
        self.send_response(reply.status)
        for name, value in {"Content-Type": "text/plain; charset=utf-8", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if reply.half:
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
            _shut(self.connection)
            return
        self.wfile.write(data)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date of an answer: by the look-alike's clock, as everything that it tells."""
        at = self.server.now() if timestamp is None else datetime.fromtimestamp(timestamp, UTC)
        return format_datetime(at.astimezone(UTC), usegmt=True)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keep silent: the access log has it, without credentials."""
