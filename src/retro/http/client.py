"""The client through which libraries built on httpx make their calls: paced, retried, counted, redirects unfollowed."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

import httpx

from retro.http.address import check_base_url, is_loopback
from retro.http.dropped import lost_by
from retro.http.line import Line, Look
from retro.http.pacer import Pacer
from retro.http.unreachable import unreachable
from retro.http.watch import Watch
from retro.ports import UNHEARD, Traffic

TIMEOUT_MS = 60_000
"""Milliseconds between two bytes of an answer, for libraries that ask for them."""


class Effect(Enum):
    """What sending a request twice would do."""

    READS = "reads"
    """It changes nothing, whatever its method."""
    REPEATABLE = "repeatable"
    """It writes, and a second time it changes nothing more."""
    ONCE = "once"
    """It makes something: a second time it might make it twice."""


class NotJsonError(Exception):
    """A success whose body is no JSON: a proxy or a login page stands between."""


_DROPPED = (httpx.TransportError, httpx.DecodingError, NotJsonError)


def _never(_answer: httpx.Response) -> bool:
    return False


class PacedClient(httpx.Client):
    """A client for one source of a service that answers in JSON.

    Args:
        service: the name of the service, for messages.
        base_url: where it is: https or loopback. The library built on it may add a path.
        effect: what a request does, by its method and path.
        pacers: asked before every request, retries included.
        watch: the run's time.
        window: seconds to wait after a 429 that does not say how long.
        where: what the source is called in the configuration, for messages.
        traffic: told of every request.
        hopeless: tells the answers that would stay the same, however often the same is asked.
        transport: another way to the service; None: the network.

    Raises:
        ConfigurationError: the token must not go to `base_url`.
    """

    def __init__(
        self,
        *,
        service: str,
        base_url: str,
        effect: Callable[[str, str], Effect],
        pacers: Sequence[Pacer] = (),
        watch: Watch,
        window: float = 10.0,
        where: str = "",
        traffic: Traffic = UNHEARD,
        hopeless: Callable[[httpx.Response], bool] = _never,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        address = check_base_url(base_url, where)
        parts = urlsplit(address)
        super().__init__(
            # A proxy of the environment stands between this machine and others, not between it and itself.
            trust_env=not is_loopback(parts.hostname or ""),
            # Where nothing is encrypted, the world's certificates need not be read: it takes longer than a pull.
            verify=parts.scheme == "https",
            transport=transport,
        )
        self._service = service
        self._effect = effect
        self._where = where
        self._root = parts.path
        self._line: Line[httpx.Response] = Line(
            watch, _DROPPED, pacers=pacers, window=window, traffic=traffic, hopeless=hopeless
        )

    @property
    def calls(self) -> int:
        """Requests that this thread has sent, repetitions included."""
        return self._line.calls

    def looking(self, look: Look) -> AbstractContextManager[None]:
        """See `Line.looking`."""
        return self._line.looking(look)

    def seen(self) -> None:
        """See `Line.seen`."""
        self._line.seen()

    def send(self, request: httpx.Request, **kwargs: Any) -> httpx.Response:
        """Send one request by the policy; redirects are given back, never followed.

        Raises:
            SourceError: no answer came, or the deadline would be passed.
            WriteUncertainError: no answer to a write came: it may have happened.
            NotJsonError: a success came that is no JSON.
        """
        effect = self._effect(request.method, request.url.path)
        kwargs = {**kwargs, "follow_redirects": False}
        try:
            return self._line.ask(
                lambda: self._once(request, kwargs),
                request.method,
                request.url.path.removeprefix(self._root),
                repeatable=effect is not Effect.ONCE,
                writes=effect is not Effect.READS,
            )
        except (httpx.TransportError, httpx.DecodingError) as error:
            lost = lost_by(error)
        # Raised outside of the handler: the library's error holds the request, and with it the token.
        raise unreachable(self._service, self._where, lost, reads=effect is Effect.READS)

    def _once(self, request: httpx.Request, kwargs: dict[str, Any]) -> httpx.Response:
        answer = super().send(request, **kwargs)
        if answer.is_success and not answer.is_stream_consumed:
            answer.read()
        if answer.is_success and not _is_json(answer):
            raise NotJsonError
        return answer


def _is_json(answer: httpx.Response) -> bool:
    try:
        answer.json()
    except ValueError:
        return False
    return True
