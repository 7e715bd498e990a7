"""Telling a health check how a run ends, at an address that is a secret: whoever knows it can say that all is well.

Spoken as healthchecks.io does, and those that follow it: the address itself means success, `/start` and `/fail`
behind it what they say.
"""

from enum import StrEnum

import httpx

from retro.http.secret_address import SecretAddress
from retro.http.unreachable import Lost, unreachable
from retro.i18n import text as _
from retro.ports import SourceError

PATIENCE_SECONDS = 20.0
"""For all that one signal may take, repetitions included: nobody's run waits longer for a bystander."""
_TIMEOUT = 5.0


class Signal(StrEnum):
    """What is told, and how the address is extended for it."""

    SUCCESS = ""
    START = "/start"
    FAIL = "/fail"


class HealthCheck:
    """One check, at its address."""

    def __init__(self, address: SecretAddress) -> None:
        self._address = address

    def send(self, signal: Signal, words: str = "") -> None:
        """Tell it, with words for whoever looks there.

        Raises:
            SourceError: it was not heard.
        """
        answer = self._address.post(
            words.encode(),
            "text/plain; charset=utf-8",
            suffix=signal.value,
            patience=PATIENCE_SECONDS,
            timeout=_TIMEOUT,
            repeatable=True,
        )
        if isinstance(answer, Lost):
            raise unreachable(_("the health check"), self._address.where, answer, reads=True)
        self._check(answer)

    def _check(self, answer: httpx.Response) -> None:
        if not answer.is_success:
            raise SourceError(
                _("the health check answered with HTTP {status}.", status=answer.status_code),
                where=self._address.where,
                remedy=_("Look its address up again; nothing else depends on it."),
                status=answer.status_code,
            )
