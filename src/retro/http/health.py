"""Telling a health check how a run ends, at an address that is a secret: whoever knows it can say that all is well.

Spoken as healthchecks.io does, and those that follow it: the address itself means success, `/start` and `/fail`
behind it what they say.
"""

from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

import httpx

from retro.http.address import check_base_url, is_loopback
from retro.http.line import Line
from retro.http.redact import register
from retro.http.unreachable import Lost, unreachable
from retro.http.watch import Watch
from retro.i18n import text as _
from retro.ports import UNHEARD, Clock, SourceError, Traffic

PATIENCE_SECONDS = 20.0
"""For all that one signal may take, repetitions included: nobody's run waits longer for a bystander."""
_TIMEOUT = 5.0
_SECRET_LENGTH = 8
"""Shorter parts of an address are words of it, not its secret."""


class Signal(StrEnum):
    """What is told, and how the address is extended for it."""

    SUCCESS = ""
    START = "/start"
    FAIL = "/fail"


class HealthCheck:
    """One check, by its address. It is registered as a secret, and is in no error.

    Args:
        url: https, or on loopback.
        clock: waits.
        where: what the address is called in the configuration, for messages.
        traffic: told of every request.
        transport: another way to the service; None: the network.

    Raises:
        ConfigurationError: the address must not be called.
    """

    def __init__(
        self,
        url: str,
        clock: Clock,
        *,
        where: str = "",
        traffic: Traffic = UNHEARD,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        address = url.strip()
        _keep_secret(address)
        check_base_url(address, where)
        self._parts = urlsplit(address)
        self._clock = clock
        self._where = where
        self._traffic = traffic
        self._transport = transport

    def send(self, signal: Signal, words: str = "") -> None:
        """Tell it, with words for whoever looks there.

        Raises:
            SourceError: it was not heard.
        """
        watch = Watch(self._clock, PATIENCE_SECONDS, self._where)
        line: Line[httpx.Response] = Line(watch, (httpx.TransportError,), traffic=self._traffic)
        parts = self._parts._replace(path=self._parts.path.rstrip("/") + signal)
        loopback = is_loopback(parts.hostname or "")
        with httpx.Client(
            trust_env=not loopback,
            verify=parts.scheme == "https",
            timeout=_TIMEOUT,
            follow_redirects=False,
            transport=self._transport,
        ) as client:
            try:
                answer = line.ask(
                    lambda: client.post(urlunsplit(parts), content=words.encode(), headers=_HEADERS),
                    "POST",
                    signal.value or "/",
                    repeatable=True,
                )
            except httpx.TransportError as error:
                lost = _lost(error)
            else:
                self._check(answer)
                return
        # Raised outside of the handler: the library's error holds the address.
        raise unreachable(_("the health check"), self._where, lost, reads=True)

    def _check(self, answer: httpx.Response) -> None:
        if not answer.is_success:
            raise SourceError(
                _("the health check answered with HTTP {status}.", status=answer.status_code),
                where=self._where,
                remedy=_("Look its address up again; nothing else depends on it."),
                status=answer.status_code,
            )


_HEADERS = {"Content-Type": "text/plain; charset=utf-8", "User-Agent": "retro"}


def _keep_secret(address: str) -> None:
    """Mask the address, and those parts of it that give it away, in everything that is said from now on."""
    parts = urlsplit(address)
    if not parts.netloc and not parts.path:
        return  # a scheme alone, which stands in every other address as well
    tail = urlunsplit(("", "", parts.path.strip("/"), parts.query, ""))
    pieces = (tail, parts.path.strip("/").rpartition("/")[2], parts.query, parts.password or "")
    register(address, *(piece for piece in pieces if len(piece) >= _SECRET_LENGTH))


def _lost(error: httpx.TransportError) -> Lost:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        return Lost.UNCONNECTED
    return Lost.SLOW if isinstance(error, httpx.TimeoutException) else Lost.BROKEN_OFF
