"""The Trello look-alike over HTTP on loopback: `with TrelloSandbox(state) as trello: … trello.url + "/1/boards/…"`."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from retro.sandbox.exchange import Reply, Request
from retro.sandbox.faults import Fault
from retro.sandbox.server import LookAlike
from retro.sandbox.trello.access import Token
from retro.sandbox.trello.limits import Limits
from retro.sandbox.trello.service import Service
from retro.sandbox.trello.state import State


class TrelloSandbox(LookAlike):
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
        super().__init__(state, faults=faults, port=port, store=store)
        if now is not None:
            state.now = now
        self.state = state
        self._service = Service(state, limits or Limits(), ticks or (lambda: state.now().timestamp()))

    def answer(self, request: Request) -> Reply:
        """Answer one request; the caller holds the state's lock."""
        return self._service.answer(request)

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
