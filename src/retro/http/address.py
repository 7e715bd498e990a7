"""Where a token may be sent: an https address, or this machine."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from retro.http.redact import redact
from retro.i18n import text as _
from retro.ports import ConfigurationError


def check_base_url(url: str, where: str = "") -> str:
    """The base URL without its last slash; a token may be sent there.

    Raises:
        ConfigurationError: it is neither https nor on loopback: the token must not go there.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, host = parts.scheme, parts.hostname or ""
    except ValueError:
        scheme, host = "", ""
    if not host or not (scheme == "https" or (scheme == "http" and is_loopback(host))):
        raise ConfigurationError(
            _('"{url}" is neither an https address nor one of this machine: the token was not sent.', url=redact(url)),
            where=where,
            remedy=_("Write an address that begins with https://."),
        )
    return url.strip().rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine, whatever a resolver would say."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
