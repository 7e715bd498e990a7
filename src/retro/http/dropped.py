"""How a request of httpx came to nothing: apart from the words for it, which those of requests share."""

import httpx

from retro.http.unreachable import Lost


def lost_by(error: Exception) -> Lost:
    """What a transport error of httpx means."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        return Lost.UNCONNECTED
    return Lost.SLOW if isinstance(error, httpx.TimeoutException) else Lost.BROKEN_OFF
