"""What every look-alike has in common as a server: loopback, access log, faults, and a state that may be kept."""

import json
import re
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Protocol, Self
from urllib.parse import parse_qsl, urlsplit

from retro.sandbox.access import Access, AccessLog
from retro.sandbox.exchange import Reply, Request
from retro.sandbox.faults import Fault, Faults, Kind
from retro.sandbox.loopback import Loopback

_TARGET_MOST = 8000
"""Longest request target that passes the vendors' proxies: long texts belong in the body."""

_AS_JSON = {"Content-Type": "application/json; charset=utf-8"}
_AS_PAGE = {"Content-Type": "text/html; charset=utf-8"}


class Held(Protocol):
    """What a look-alike holds."""

    lock: threading.RLock

    def now(self) -> datetime:
        """The current instant, aware."""
        ...

    def save(self, path: Path) -> None:
        """Write everything to one file."""
        ...


class LookAlike(ABC):
    """A service that listens on 127.0.0.1 while it is entered.

    Args:
        held: its state; it answers under the state's lock.
        faults: what goes wrong, as `Fault`s or specifications; more can be added to `faults` at any time.
        port: 0 for any free one.
        store: a file that the state is saved to after every write and at the end.

    Raises:
        ValueError: a fault's specification is wrong, or of a kind that this service cannot have.
    """

    def __init__(self, held: Held, *, faults: tuple[Fault | str, ...], port: int, store: Path | None) -> None:
        self.log = AccessLog()
        self.faults = Faults(*faults, kinds=self.kinds)
        self._held = held
        self._port = port
        self._store = store
        self._server: Loopback | None = None
        self._thread: threading.Thread | None = None

    @abstractmethod
    def answer(self, request: Request) -> Reply:
        """Answer one request; the caller holds the state's lock."""

    kinds: ClassVar[frozenset[Kind]] = frozenset(Kind)
    """The faults that this service can have."""

    posted_reads: ClassVar[re.Pattern[str] | None] = None
    """The paths that only read although they are asked by POST."""

    def reads(self, method: str, path: str) -> bool:
        """Whether such a request changes nothing, whatever comes of it."""
        posted = self.posted_reads is not None and self.posted_reads.fullmatch(path) is not None
        return method in {"GET", "HEAD"} or (method == "POST" and posted)

    @property
    def url(self) -> str:
        """The base address, without the version of the interface.

        Raises:
            RuntimeError: it is not running.
        """
        if self._server is None:
            raise RuntimeError("not running")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

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
        self._server = Loopback(self._port, self.handle, self._held.now)
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

    def handle(self, method: str, target: str, headers: Mapping[str, str], raw: bytes) -> Reply | None:
        """Answer one request as it came; None closes the connection without an answer."""
        parts = urlsplit(target)
        pairs = tuple(parse_qsl(parts.query, keep_blank_values=True))
        body = _parsed(raw)
        reads = self.reads(method, parts.path)
        access = self.log.open(method, parts.path, dict(pairs), body, reads=reads)
        strike = self.faults.strike(method, parts.path, reads=reads)
        struck = strike.kind
        if strike.seconds:
            time.sleep(strike.seconds)
        if struck is Kind.DROP:
            access.answered = False
            return None
        if len(target) > _TARGET_MOST:
            access.status = 414
            return Reply(status=414, body="Request-URI Too Long")
        if struck is not None and (struck is Kind.GATEWAY or strike.html):
            access.status = int(struck)
            return _page(access.status, strike.retry_after)
        request = Request(
            method=method,
            path=parts.path,
            pairs=pairs,
            headers=headers,
            body=body,
            struck=struck,
            retry_after=strike.retry_after,
        )
        with self._held.lock:
            reply = self.answer(request)
            access.status = reply.status
            if access.wrote:
                self._save()
            # Made into text while nobody can change the documents in it.
            if not isinstance(reply.body, str):
                reply = Reply(status=reply.status, body=_json(reply.body), headers={**reply.headers, **_AS_JSON})
        access.answered = struck not in {Kind.LOST, Kind.HALF, Kind.TRUNCATED}
        if struck is Kind.LOST:
            return None
        if struck is Kind.TRUNCATED:
            return replace(reply, body=reply.body[: len(reply.body) // 2])
        return replace(reply, half=struck is Kind.HALF)

    def _save(self) -> None:
        if self._store is not None:
            self._held.save(self._store)


def _page(status: int, retry_after: int | None) -> Reply:
    """What a proxy in front of the service says when it does not reach it: no JSON, no id of the request."""
    phrase = HTTPStatus(status).phrase
    page = (
        f"<!DOCTYPE html>\n<html><head><title>{status} {phrase}</title></head><body><h1>{phrase}</h1></body></html>\n"
    )
    headers = _AS_PAGE if retry_after is None else {**_AS_PAGE, "Retry-After": str(retry_after)}
    return Reply(status=status, body=page, headers=headers)


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
