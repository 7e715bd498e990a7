"""Trello's refusals as errors that people can act on: what happened, where, and what to do."""

from retro.http.redact import redact
from retro.i18n import text as _
from retro.ports import ReadOnlyError, RetroError, SourceError, WriteUncertainError

UNAUTHORISED, FORBIDDEN, NOT_FOUND, TOO_MANY, RETRY_WITH, BROKEN, TOO_LONG = 401, 403, 404, 429, 449, 500, 504
INVALID = 400
NOT_TAKEN = frozenset({INVALID, NOT_FOUND})
"""Statuses that say that things are not as the request supposed them to be."""
_ANSWER_MOST = 160
_TOO_MANY_CARDS = "api_too_many_cards_requested"


class TooLargeError(SourceError):
    """One answer cannot hold what was asked for: asked for in smaller parts it may be given, waiting never helps.

    `status` is that of the answer: 429 (too many cards), 403 ("too many checklists"), 449, or 504 (over 30 seconds).
    """


def hopeless(status: int, answer: str) -> bool:
    """Whether the same request would be refused again however long one waits, though its status is that of a limit."""
    return status == TOO_MANY and _TOO_MANY_CARDS in answer.casefold()


def refused(status: int, answer: str, where: str, *, writing: bool) -> RetroError:  # noqa: PLR0911 - a table
    """The error for an answer that is not what was asked for. `answer` is its text, of which little is shown."""
    if status == UNAUTHORISED:
        return _unauthorised(answer.casefold(), where, writing=writing)
    if not writing and _too_large(status, answer):
        return TooLargeError(
            _("Trello cannot give all that is on the board in one answer (HTTP {status}).", status=status),
            where=where,
            remedy=_("Archive cards that are done with, then run the command again."),
            status=status,
        )
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
            whole=True,
        )
    return SourceError(
        _("Trello refused the request (HTTP {status}): {answer}", status=status, answer=_excerpt(answer)),
        where=where,
        status=status,
    )


def _too_large(status: int, answer: str) -> bool:
    if status == FORBIDDEN:
        said = answer.casefold().lstrip()
        return said.startswith("too many") or _TOO_MANY_CARDS in said
    return status in (RETRY_WITH, TOO_LONG) or hopeless(status, answer)


def _unauthorised(said: str, where: str, *, writing: bool) -> RetroError:
    if "invalid key" in said:
        return SourceError(
            _("Trello does not know this key."),
            where=where,
            remedy=_("Check it at trello.com/power-ups/admin, then give it to `retro connect trello`."),
            status=UNAUTHORISED,
            whole=True,
        )
    if "expired" in said:
        return SourceError(
            _("Trello refuses this token: it has expired."),
            where=where,
            remedy=_("`retro connect trello` makes a new one, without an end."),
            status=UNAUTHORISED,
            whole=True,
        )
    if "invalid token" in said or "invalid app token" in said:
        return SourceError(
            _("Trello refuses this token: it is not one of this key, or was revoked."),
            where=where,
            remedy=_("`retro connect trello` makes a new one."),
            status=UNAUTHORISED,
            whole=True,
        )
    if writing:
        return ReadOnlyError(
            _("this Trello token may read but not write."),
            where=where,
            remedy=_("`retro connect trello --write` makes one that may, of an account that may change the board."),
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
    """An answer that is no JSON, or JSON of another shape: cut short each time, or of something that stands between."""
    kind = WriteUncertainError if writing else SourceError
    return kind(
        _("the answer is not whole, or not Trello’s: a proxy or a login page may stand in between."),
        where=where,
        remedy=_("Check the network and the address of the source."),
    )


def _excerpt(answer: str) -> str:
    """The beginning of an answer, on one line, without control characters or secrets."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in redact(answer)).split())
    return plain[:_ANSWER_MOST]
