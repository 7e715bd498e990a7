"""A connection's way to Notion: its client with the limits that Notion sets, and its token in one header."""

from retro.http.client import PacedClient
from retro.http.pacer import Pacers
from retro.http.redact import register
from retro.http.watch import Watch
from retro.i18n import text as _
from retro.ports import UNHEARD, Clock, ConfigurationError, Traffic
from retro_notion.client import Client, effect, too_much
from retro_notion.settings import SourceSettings

RATE = (5, 2_000)
"""Requests, and milliseconds: 2.5 a second, below the 3 that Notion allows a connection on average."""
_WINDOW = 60.0
"""Seconds over which Notion counts, where a refusal does not say how long to wait."""


def account(
    settings: SourceSettings,
    *,
    clock: Clock,
    pacers: Pacers,
    deadline: float | None = None,
    traffic: Traffic = UNHEARD,
) -> Client:
    """The client of one connection; its token is masked in every log and error from now on.

    Raises:
        ConfigurationError: the token is missing, or the address is neither https nor loopback.
    """
    where = f"sources.{settings.id}"
    token = settings.token.strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise ConfigurationError(
            _("the Notion token is missing or has characters that it cannot have."),
            where=f"{where}.token",
            remedy=_("Copy the connection's secret from notion.so/profile/integrations."),
        )
    register(token)
    base_url = settings.base_url.strip().rstrip("/").removesuffix("/v1")
    http = PacedClient(
        service="Notion",
        base_url=base_url,
        effect=effect,
        hopeless=too_much,
        pacers=(pacers.of(token, RATE),),
        watch=Watch(clock, deadline, where),
        window=_WINDOW,
        where=where,
        traffic=traffic,
    )
    return Client(token, base_url, http, where)
