"""An account's way to Trello: its session with the limits that Trello sets, and its key and token in one header."""

from retro.http.pacer import Pacers
from retro.http.redact import register
from retro.http.session import PacedSession
from retro.http.watch import Watch
from retro.i18n import text as _
from retro.ports import UNHEARD, Clock, ConfigurationError, Traffic
from retro_trello.client import Client
from retro_trello.errors import hopeless
from retro_trello.settings import API, SourceSettings

TOKEN_RATE = (100, 10_450)
"""Requests that Trello allows a token, and milliseconds: ten seconds, and what requests may gain on one another."""
KEY_RATE = (300, 10_450)
"""The same for a key, over all its tokens."""
_WINDOW = 10.0


def account(
    settings: SourceSettings,
    *,
    clock: Clock,
    pacers: Pacers,
    deadline: float | None = None,
    traffic: Traffic = UNHEARD,
) -> Client:
    """The client of one account; its secrets are masked in every log and error from now on.

    Raises:
        ConfigurationError: a key or token is missing, or the address is neither https nor loopback.
    """
    where = f"sources.{settings.id}"
    for name, secret in (("key", settings.key), ("token", settings.token)):
        if not secret.strip() or not secret.isascii() or not secret.isprintable() or '"' in secret:
            raise ConfigurationError(
                _("the Trello {name} is missing or has characters that it cannot have.", name=name),
                where=f"{where}.{name}",
                remedy=_("Copy it again from trello.com/power-ups/admin."),
            )
    register(settings.key, settings.token)
    session = PacedSession(
        service="Trello",
        replaces=API,
        base_url=settings.base_url,
        # The tighter one first: it is the one that waits.
        pacers=(
            pacers.of(settings.token, TOKEN_RATE, "api-token"),
            pacers.of(settings.key, KEY_RATE, "api-key"),
        ),
        watch=Watch(clock, deadline, where),
        window=_WINDOW,
        where=where,
        traffic=traffic,
        hopeless=hopeless,
    )
    return Client(settings.key, settings.token, session, where)
