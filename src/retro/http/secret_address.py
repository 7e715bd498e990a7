"""An address that is a secret, for whoever knows it can speak there: posting to it, with no error that shows it."""

from urllib.parse import urlsplit, urlunsplit

import httpx

from retro.http.address import check_base_url, is_loopback
from retro.http.dropped import lost_by
from retro.http.line import Line
from retro.http.redact import register_address
from retro.http.unreachable import Lost
from retro.http.watch import Watch
from retro.ports import UNHEARD, Clock, Traffic


class SecretAddress:
    """One address. It is registered as a secret, and is in no error.

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
        register_address(address)
        check_base_url(address, where)
        self.where = where
        self._parts = urlsplit(address)
        self._clock = clock
        self._traffic = traffic
        self._transport = transport

    def post(
        self, body: bytes, kind: str, *, suffix: str | None = None, patience: float, timeout: float, repeatable: bool
    ) -> httpx.Response | Lost:
        """Post a body of a content type; the answer, or how it was lost (no exception: the library's hold the address).

        Args:
            body: what is posted.
            kind: its content type.
            suffix: what stands behind the path, be it nothing; None: the address as it is, a last slash included.
            patience: seconds that all of it may take, waits for its turn included.
            timeout: seconds that one attempt waits for each step.
            repeatable: whether it may be posted again where it may have arrived.

        Raises:
            SourceError: the patience is over.
        """
        watch = Watch(self._clock, patience, self.where)
        line: Line[httpx.Response] = Line(watch, (httpx.TransportError,), traffic=self._traffic)
        parts = self._parts
        if suffix is not None:
            parts = parts._replace(path=parts.path.rstrip("/") + suffix)
        headers = {"Content-Type": kind, "User-Agent": "retro"}
        with httpx.Client(
            trust_env=not is_loopback(parts.hostname or ""),
            verify=parts.scheme == "https",
            timeout=timeout,
            follow_redirects=False,
            transport=self._transport,
        ) as client:
            try:
                return line.ask(
                    lambda: client.post(urlunsplit(parts), content=body, headers=headers),
                    "POST",
                    suffix or "/",
                    repeatable=repeatable,
                )
            except (httpx.TransportError, httpx.DecodingError) as error:
                return lost_by(error)
