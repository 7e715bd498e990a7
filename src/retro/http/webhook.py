"""Posting one message to an incoming webhook: its address is a secret, for whoever knows it can write there.

A message is posted once. Only a refusal for the pace (429) says for certain that nothing was done, and is followed by
another attempt; what got no answer may stand in the channel already.
"""

from collections.abc import Mapping
from http import HTTPStatus
from json import dumps
from typing import Any

import httpx

from retro.http.redact import redact
from retro.http.secret_address import SecretAddress
from retro.http.unreachable import Lost, unreachable
from retro.i18n import text as _
from retro.ports import SourceError, WriteUncertainError

PATIENCE_SECONDS = 60.0
"""For all that one message may take, waits for its turn included."""
_TIMEOUT = 20.0
_SHOWN = 120
"""Characters of an answer that an error quotes."""
_FAILED = "Webhook message delivery failed"
"""How Teams' connectors begin to say, with status 200, that nothing was posted."""
_REMOVED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class Webhook:
    """One channel, at the address of its webhook."""

    def __init__(self, address: SecretAddress) -> None:
        self._address = address

    def post(self, payload: Mapping[str, Any]) -> None:
        """Post a payload as JSON.

        Raises:
            SourceError: it was refused, or the service was not reached: nothing was posted.
            WriteUncertainError: no whole answer came: it may have been posted.
        """
        answer = self._address.post(
            dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"),
            "application/json; charset=utf-8",
            patience=PATIENCE_SECONDS,
            timeout=_TIMEOUT,
            repeatable=False,
        )
        if isinstance(answer, Lost):
            raise self._unanswered(answer)
        self._check(answer)

    def _check(self, answer: httpx.Response) -> None:
        status, said = answer.status_code, _words(answer)
        if answer.is_success and not said.startswith(_FAILED):
            return
        if answer.is_server_error:
            raise WriteUncertainError(
                _("the channel’s service answered with HTTP {status}.", status=status),
                where=self._address.where,
                remedy=_maybe(),
                status=status,
            )
        if status in _REMOVED:
            raise SourceError(
                _("the webhook is not there any more (HTTP {status}): nothing was posted.", status=status),
                where=self._address.where,
                remedy=_("Make another one for the channel, and put its address in the place of this one."),
                status=status,
            )
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise SourceError(
                _("the channel takes no more messages for now: nothing was posted."),
                where=self._address.where,
                remedy=_("Run the command again later."),
                status=status,
            )
        raise SourceError(
            _("the message was refused (HTTP {status}: {words}).", status=status, words=said or "–"),
            where=self._address.where,
            remedy=_("Check that the address is that of an incoming webhook; if it is, report this as a bug."),
            status=status,
        )

    def _unanswered(self, lost: Lost) -> SourceError:
        error = unreachable(_("the channel’s webhook"), self._address.where, lost, reads=lost is Lost.UNCONNECTED)
        error.remedy = (
            _("Check the network, then run the command again: nothing was posted.")
            if lost is Lost.UNCONNECTED
            else _maybe()
        )
        return error


def _maybe() -> str:
    return _("The message may have been posted: look at the channel before you run the command again.")


def _words(answer: httpx.Response) -> str:
    """The beginning of what an answer says, on one line and without secrets."""
    return " ".join(redact(answer.text).split())[:_SHOWN]
