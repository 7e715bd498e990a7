"""The session through which libraries built on requests make their calls: paced, retried, counted, redacted."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NewConnectionError, ReadTimeoutError

from retro.http.address import check_base_url, is_loopback
from retro.http.headers import answered
from retro.http.line import Line, Look
from retro.http.pacer import Pacer
from retro.http.unreachable import Lost, unreachable
from retro.http.watch import Watch
from retro.i18n import text as _
from retro.ports import UNHEARD, ConfigurationError, Traffic

TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and between two bytes of an answer."""

_DROPPED = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)
_UNCONNECTED = (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError)
_READS = frozenset({"GET", "HEAD"})


class PacedSession(requests.Session):
    """A session for one source of a service that answers in JSON.

    Args:
        service: the name of the service, for messages.
        replaces: the address that the library has built in.
        base_url: the address that is called instead: https or loopback.
        pacers: asked before every request, retries included.
        watch: the run's time.
        window: seconds to wait after a 429 that does not say how long.
        where: what the source is called in the configuration, for messages.
        traffic: told of every request.
        hopeless: tells by status and text the answers that stay the same however long one waits.

    Raises:
        ConfigurationError: the token must not go to `base_url`.
    """

    def __init__(
        self,
        *,
        service: str,
        replaces: str,
        base_url: str = "",
        pacers: Sequence[Pacer] = (),
        watch: Watch,
        window: float = 10.0,
        where: str = "",
        traffic: Traffic = UNHEARD,
        hopeless: Callable[[int, str], bool] = lambda _status, _text: False,
    ) -> None:
        super().__init__()
        self.answered = answered({})
        """When the last answer was given, by the service's clock, in whole seconds; None: it was not said. Whichever
        thread asked for it: of use to those that write, one after the other."""
        self._service = service
        self._replaces = replaces.rstrip("/")
        self._base = check_base_url(base_url or replaces, where)
        self._where = where
        self._line: Line[requests.Response] = Line(
            watch,
            _DROPPED,
            pacers=pacers,
            window=window,
            traffic=traffic,
            hopeless=lambda answer: hopeless(answer.status_code, answer.text),
            torn=_torn,
        )
        # A proxy of the environment stands between this machine and others, not between it and itself.
        self.trust_env = not is_loopback(urlsplit(self._base).hostname or "")

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

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send one request by the policy; redirects are given back, never followed.

        Raises:
            SourceError: no answer came, or the deadline would be passed.
            WriteUncertainError: no answer to a write came: it may have happened.
        """
        request.url = self._rewritten(request.url or "")
        method = (request.method or "GET").upper()
        kwargs = {**kwargs, "allow_redirects": False, "timeout": kwargs.get("timeout") or TIMEOUT}
        dropped: requests.RequestException
        try:
            answer = self._line.ask(
                lambda: super(PacedSession, self).send(request, **kwargs),
                method,
                self._path(request.url),
                writes=method not in _READS,
            )
        except requests.RequestException as error:
            dropped = error
        else:
            self.answered = answered(answer.headers)
            return answer
        # Raised outside of the handler: the library's error holds the request, and with it the token.
        raise unreachable(self._service, self._where, _lost(dropped), reads=method in _READS)

    def _path(self, url: str) -> str:
        return urlsplit(url[len(self._base) :]).path

    def _rewritten(self, url: str) -> str:
        if url == self._replaces or url.startswith(f"{self._replaces}/"):
            return self._base + url[len(self._replaces) :]
        raise ConfigurationError(
            _("retro calls {service} only; another address was asked for.", service=self._service), where=self._where
        )


def _torn(answer: requests.Response) -> bool:
    """Whether a success is no JSON: cut short, or of something that stands between."""
    if not answer.ok or answer.is_redirect or answer.status_code == requests.codes.no_content:
        return False
    try:
        answer.json()
    except requests.JSONDecodeError:
        return True
    return False


def _lost(error: requests.RequestException) -> Lost:
    behind = error.args[0] if error.args else None
    if isinstance(error, _UNCONNECTED) or isinstance(getattr(behind, "reason", None), NewConnectionError):
        return Lost.UNCONNECTED
    # A body that stops coming is a time-out too, though the library calls it a connection error.
    slow = isinstance(error, requests.Timeout) or isinstance(behind, ReadTimeoutError)
    return Lost.SLOW if slow else Lost.BROKEN_OFF
