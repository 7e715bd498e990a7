"""Notion's refusals as errors that people can act on: what happened, where, and what to do."""

from retro.http.redact import redact
from retro.i18n import text as _
from retro.ports import ConfigurationError, ReadOnlyError, RetroError, SourceError, WriteUncertainError

BAD_REQUEST, UNAUTHORISED, FORBIDDEN, NOT_FOUND = 400, 401, 403, 404
CONFLICT, TOO_MANY, BROKEN, GATEWAY_TIMEOUT = 409, 429, 500, 504
_ANSWER_MOST = 200


def refused(status: int, code: str, message: str, where: str, *, writing: bool) -> RetroError:  # noqa: PLR0911 - a table
    """The error for an answer that is not what was asked for.

    Args:
        status: HTTP's.
        code: Notion's word for it; "" where the answer is not Notion's.
        message: Notion's sentence, of which little is shown.
        where: what was asked for.
        writing: whether it was a write.
    """
    if status >= BROKEN:
        return _broken(status, where, writing=writing)
    if not code and status != TOO_MANY:
        return not_notion(where, writing=writing)
    if status == UNAUTHORISED:
        return SourceError(
            _("Notion refuses this token: it is wrong, or was revoked."),
            where=where,
            remedy=_("Copy it again from notion.so/profile/integrations, and give it to `retro connect notion`."),
            status=status,
            whole=True,
        )
    if status == FORBIDDEN:
        return _forbidden(where, writing=writing)
    if status == NOT_FOUND:
        return not_shared(where)
    if status == BAD_REQUEST and "is a page, not a database" in message:
        return a_page(where)
    if status == TOO_MANY:
        return SourceError(
            _("Notion still asks to wait: its limit of requests is used up."),
            where=where,
            remedy=_(
                "Run the command again in a quarter of an hour; another program may be using the same connection."
            ),
            status=status,
            whole=True,
        )
    if status == BAD_REQUEST and writing:
        return SourceError(
            _("Notion refused the write: {answer}", answer=_excerpt(message)),
            where=where,
            remedy=_("A column was probably removed, renamed or given another type meanwhile: run `retro plan` again."),
            status=status,
        )
    return SourceError(
        _("Notion refused the request (HTTP {status}): {answer}", status=status, answer=_excerpt(message)),
        where=where,
        status=status,
    )


def not_shared(where: str) -> SourceError:
    """What a missing permission looks like to Notion's API: nothing is there."""
    return SourceError(
        _("this database is not shared with the connection."),
        where=where,
        remedy=_("Open the database in Notion, click ••• at the top right, then Connections, and add the connection."),
        status=NOT_FOUND,
    )


def a_page(where: str) -> ConfigurationError:
    """The address of a page that holds a database, instead of that of the database."""
    return ConfigurationError(
        _("this address is that of a page, not of a database."),
        where=where,
        remedy=_("Open the database as a full page in Notion and copy its link."),
    )


def linked(where: str) -> ConfigurationError:
    """A view of a database that stands elsewhere: Notion's API gives nothing of it."""
    return ConfigurationError(
        _("this address is that of a linked view: the database itself stands elsewhere."),
        where=where,
        remedy=_("Click ↗ beside its title in Notion, and copy the link of the page that opens."),
    )


def _forbidden(where: str, *, writing: bool) -> RetroError:
    if writing:
        return ReadOnlyError(
            _("this Notion connection may read but not write."),
            where=where,
            remedy=_('`retro connect notion --write` shows where to tick "Update content"; or leave `write` off.'),
        )
    return SourceError(
        _("this Notion connection may not read here."),
        where=where,
        remedy=_('Tick "Read content" among the capabilities of the connection.'),
        status=FORBIDDEN,
    )


def _broken(status: int, where: str, *, writing: bool) -> SourceError:
    kind = WriteUncertainError if writing else SourceError
    return kind(
        _("Notion has a breakdown (HTTP {status}).", status=status),
        where=where,
        remedy=_("Run the command again later; see https://www.notion-status.com."),
        status=status,
    )


def not_notion(where: str, *, writing: bool) -> SourceError:
    """An answer that is no JSON, or JSON of another shape: something stands between."""
    kind = WriteUncertainError if writing else SourceError
    return kind(
        _("the answer does not come from Notion: a proxy or a login page may stand in between."),
        where=where,
        remedy=_("Check the network and the address of the source."),
    )


def _excerpt(answer: str) -> str:
    """The beginning of an answer, on one line, without control characters or secrets."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in redact(answer)).split())
    return plain[:_ANSWER_MOST]
