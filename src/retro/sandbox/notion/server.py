"""The Notion look-alike over HTTP on loopback: `with NotionSandbox(state) as notion: Client(base_url=notion.url)`."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from retro.sandbox.exchange import Reply, Request
from retro.sandbox.faults import Fault, Kind
from retro.sandbox.notion.call import Limits
from retro.sandbox.notion.routes import POSTED_READS
from retro.sandbox.notion.service import Service
from retro.sandbox.notion.state import NotionState
from retro.sandbox.server import LookAlike


class NotionSandbox(LookAlike):
    """A Notion that holds `state` and listens on 127.0.0.1 while it is entered.

    Args:
        state: databases, pages, people and tokens.
        now: the current instant, aware; it becomes the state's. By default the state's own.
        limits: rate limits, and where answers are cut.
        faults: what goes wrong, as `Fault`s or specifications; more can be added to `faults` at any time.
        port: 0 for any free one.
        ticks: the seconds by which rate limits are judged, `now` by default. Where `now` stands still, give
            `time.monotonic`, else the limits never relax.
        store: a file that the state is saved to after every write and at the end.

    Raises:
        ValueError: a fault's specification is wrong.
    """

    kinds: ClassVar[frozenset[Kind]] = frozenset(Kind) - {Kind.OVERSIZED, Kind.MANY_CHECKLISTS, Kind.MANY_CARDS}
    posted_reads: ClassVar[re.Pattern[str] | None] = POSTED_READS

    def __init__(
        self,
        state: NotionState,
        *,
        now: Callable[[], datetime] | None = None,
        limits: Limits | None = None,
        faults: tuple[Fault | str, ...] = (),
        port: int = 0,
        ticks: Callable[[], float] | None = None,
        store: Path | None = None,
    ) -> None:
        super().__init__(state, faults=faults, port=port, store=store)
        if now is not None:
            state.now = now
        self.state = state
        self._service = Service(state, limits or Limits(), ticks or (lambda: state.now().timestamp()))

    def answer(self, request: Request) -> Reply:
        """Answer one request; the caller holds the state's lock."""
        return self._service.answer(request, reads=self.reads(request.method, request.path))

    @property
    def token(self) -> str:
        """A token that may write: the first one of the state."""
        return next(token.value for token in self.state.tokens.values() if token.write)

    @property
    def read_token(self) -> str:
        """A token that may only read: the first one of the state."""
        return next(token.value for token in self.state.tokens.values() if not token.write)
