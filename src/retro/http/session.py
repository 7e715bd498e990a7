"""The session through which libraries built on requests make their calls: paced, retried, counted, redacted."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import requests

from retro.http.address import check_base_url, is_loopback
from retro.http.pacer import Pacer
from retro.http.policy import Retries
from retro.http.unreachable import unreachable
from retro.http.watch import Watch
from retro.i18n import text as _
from retro.ports import ConfigurationError

TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and between two bytes of an answer."""

_DROPPED = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
_READS = frozenset({"GET", "HEAD"})


class PacedSession(requests.Session):
    """A session for one source.

    Args:
        service: the name of the service, for messages.
        replaces: the address that the library has built in.
        base_url: the address that is called instead: https or loopback.
        pacers: asked before every request, retries included.
        watch: the run's time.
        window: seconds to wait after a 429 that does not say how long.
        where: what the source is called in the configuration, for messages.

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
    ) -> None:
        super().__init__()
        self.calls = 0
        """Requests sent, retries included."""
        self._service = service
        self._replaces = replaces.rstrip("/")
        self._base = check_base_url(base_url or replaces, where)
        self._pacers = tuple(pacers)
        self._watch = watch
        self._where = where
        self._retries = Retries(watch, _DROPPED, window=window)
        # A proxy of the environment stands between this machine and others, not between it and itself.
        self.trust_env = not is_loopback(urlsplit(self._base).hostname or "")

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
            return self._retries.call(lambda: self._once(request, kwargs), method)
        except requests.RequestException as error:
            dropped = error
        # Raised outside of the handler: the library's error holds the request, and with it the token.
        raise unreachable(
            self._service, self._where, timed_out=isinstance(dropped, requests.Timeout), reads=method in _READS
        )

    def _once(self, request: requests.PreparedRequest, kwargs: dict[str, Any]) -> requests.Response:
        for pacer in self._pacers:
            pacer.take(self._watch)
        self.calls += 1
        return super().send(request, **kwargs)

    def _rewritten(self, url: str) -> str:
        if url == self._replaces or url.startswith(f"{self._replaces}/"):
            return self._base + url[len(self._replaces) :]
        raise ConfigurationError(
            _("retro calls {service} only; another address was asked for.", service=self._service), where=self._where
        )
