"""The Trello look-alike over HTTP on loopback: `with TrelloSandbox(state) as trello: … trello.url + "/1/boards/…"`."""

import json
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from retro.sandbox.access import Access, AccessLog
from retro.sandbox.faults import Fault, Faults, Kind
from retro.sandbox.trello.access import Token
from retro.sandbox.trello.service import Limits, Reply, Request, Service
from retro.sandbox.trello.state import State

_TARGET_MOST = 8000
"""Longest request target that passes Trello's proxies: long texts belong in the body."""


class TrelloSandbox:
    """A Trello that holds `state` and listens on 127.0.0.1 while it is entered.

    Args:
        state: boards, members and tokens.
        now: the current instant, aware; it becomes the state's. By default the state's own.
        limits: rate limits.
        faults: what goes wrong, as `Fault`s or specifications; more can be added to `faults` at any time.
        port: 0 for any free one.
        ticks: the seconds by which rate limits are judged, `now` by default. Where `now` stands still, give
            `time.monotonic`, else the limits never relax.
        store: a file that the state is saved to after every write and at the end.

    Raises:
        ValueError: a fault's specification is wrong.
    """

    def __init__(
        self,
        state: State,
        *,
        now: Callable[[], datetime] | None = None,
        limits: Limits | None = None,
        faults: tuple[Fault | str, ...] = (),
        port: int = 0,
        ticks: Callable[[], float] | None = None,
        store: Path | None = None,
    ) -> None:
        if now is not None:
            state.now = now
        self.state = state
        self.log = AccessLog()
        self.faults = Faults(*faults)
        self._service = Service(state, limits or Limits(), self.faults, ticks or (lambda: state.now().timestamp()))
        self._port = port
        self._store = store
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The base address, without `/1`.

        Raises:
            RuntimeError: it is not running.
        """
        if self._server is None:
            raise RuntimeError("not running")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def key(self) -> str:
        """The application's key."""
        return self.state.key

    @property
    def token(self) -> str:
        """A token that may write: the first one of the state."""
        return self._first(write=True).value

    @property
    def read_token(self) -> str:
        """A token that may only read: the first one of the state."""
        return self._first(write=False).value

    def _first(self, *, write: bool) -> Token:
        return next(token for token in self.state.tokens.values() if token.write is write)

    def requests_since(self, mark: int) -> list[Access]:
        """The requests after `mark` (a value of `log.mark()`; 0 for all)."""
        return self.log.since(mark)

    def writes(self, mark: int = 0) -> int:
        """How many writes were done after `mark`, those whose answer was lost among them."""
        return len(self.log.writes(mark))

    def start(self) -> Self:
        """Listen, in a thread of its own.

        Raises:
            OSError: the port is taken.
        """
        self._server = _Server(self._port, self.handle)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening and close every connection."""
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._thread.join()
        self._server.close_connections()
        self._server.server_close()
        self._server = self._thread = None
        self._save()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def handle(self, method: str, target: str, header: str, raw: bytes) -> Reply | None:
        """Answer one request; None closes the connection without an answer."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        body = _parsed(raw)
        access = self.log.open(method, parts.path, query, body)
        delay, struck = self.faults.strike(method, parts.path)
        if delay:
            time.sleep(delay)
        if struck is Kind.DROP:
            access.answered = False
            return None
        if len(target) > _TARGET_MOST:
            access.status = 414
            return Reply(status=414, body="Request-URI Too Long")
        request = Request(method=method, path=parts.path, query=query, body=body, authorization=header, struck=struck)
        with self.state.lock:
            reply = self._service.answer(request)
            access.status = reply.status
            if access.wrote:
                self._save()
            # Made into text while nobody can change the documents in it.
            if not isinstance(reply.body, str):
                reply = Reply(status=reply.status, body=_json(reply.body), headers={**reply.headers, **_AS_JSON})
        if struck is Kind.LOST:
            access.answered = False
            return None
        return reply

    def _save(self) -> None:
        if self._store is not None:
            self.state.save(self._store)


_AS_JSON = {"Content-Type": "application/json; charset=utf-8"}


def _parsed(raw: bytes) -> Any:
    """The JSON of a request's body; what is none is left as bytes, for the service to refuse."""
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        return raw


def _json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


Handle = Callable[[str, str, str, bytes], Reply | None]


class _Server(ThreadingHTTPServer):
    """Serves on loopback, and knows its open connections so that it can close them."""

    daemon_threads = True

    def __init__(self, port: int, handle: Handle) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.handle = handle
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
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
    server: _Server

    def do_GET(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        reply = self.server.handle(self.command, self.path, self.headers.get("Authorization", ""), raw)
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
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keep silent: the access log has it, without credentials."""
