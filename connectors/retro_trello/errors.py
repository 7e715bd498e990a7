"""Trello's refusals as errors that people can act on: what happened, where, and what to do."""

from retro.http.redact import redact
from retro.i18n import text as _
from retro.ports import ReadOnlyError, RetroError, SourceError, WriteUncertainError

UNAUTHORISED, FORBIDDEN, NOT_FOUND, TOO_MANY, BROKEN = 401, 403, 404, 429, 500
_ANSWER_MOST = 160


def refused(status: int, answer: str, where: str, *, writing: bool) -> RetroError:
    """The error for an answer that is not what was asked for. `answer` is its text, of which little is shown."""
    if status == UNAUTHORISED:
        return _unauthorised(answer.casefold(), where, writing=writing)
    if status == FORBIDDEN and not writing:
        return _unseen(where, status)
    if status >= BROKEN:
        return _broken(status, where, writing=writing)
    if status == NOT_FOUND:
        return SourceError(
            _("Trello knows no board or card of this address."),
            where=where,
            remedy=_("Copy the address from the browser again: it looks like https://trello.com/b/AbCd1234/name."),
            status=status,
        )
    if status == TOO_MANY:
        return SourceError(
            _("Trello still asks to wait: its limit of requests is used up."),
            where=where,
            remedy=_("Run the command again in a quarter of an hour; another program may be using the same token."),
            status=status,
        )
    return SourceError(
        _("Trello refused the request (HTTP {status}): {answer}", status=status, answer=_excerpt(answer)),
        where=where,
        status=status,
    )


def _unauthorised(said: str, where: str, *, writing: bool) -> RetroError:
    if "invalid key" in said:
        return SourceError(
            _("Trello does not know this key."),
            where=where,
            remedy=_("Check it: keys are at trello.com/power-ups/admin."),
            status=UNAUTHORISED,
        )
    if "invalid token" in said or "expired" in said:
        return SourceError(
            _("Trello refuses this token: it has expired or was revoked."),
            where=where,
            remedy=_("Make a new one at trello.com/power-ups/admin, from the same key."),
            status=UNAUTHORISED,
        )
    if writing:
        return ReadOnlyError(
            _("this Trello token may read but not write."),
            where=where,
            remedy=_("Make a token that may write, with an account that may change the board."),
        )
    return _unseen(where, UNAUTHORISED)


def _unseen(where: str, status: int) -> SourceError:
    return SourceError(
        _("Trello does not let this account see the board."),
        where=where,
        remedy=_("Ask for an invitation to it, or use a token of someone who is on it."),
        status=status,
    )


def _broken(status: int, where: str, *, writing: bool) -> SourceError:
    kind = WriteUncertainError if writing else SourceError
    return kind(
        _("Trello has a breakdown (HTTP {status}).", status=status),
        where=where,
        remedy=_("Run the command again later; see https://trello.status.atlassian.com."),
        status=status,
    )


def not_trello(where: str, *, writing: bool) -> SourceError:
    """An answer that is no JSON, or JSON of another shape: something stands between."""
    kind = WriteUncertainError if writing else SourceError
    return kind(
        _("the answer does not come from Trello: a proxy or a login page may stand in between."),
        where=where,
        remedy=_("Check the network and the address of the source."),
    )


def _excerpt(answer: str) -> str:
    """The beginning of an answer, on one line, without control characters or secrets."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in redact(answer)).split())
    return plain[:_ANSWER_MOST]
