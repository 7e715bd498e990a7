"""One write of one page: what may be written, the comment, the properties in one request, and a conflict settled."""

from collections.abc import Iterable, Mapping
from datetime import tzinfo

from retro.i18n import text as _
from retro.model import Write
from retro.ports import ConfigurationError, ReadOnlyError, SourceError, StaleRevisionError, WriteUncertainError
from retro_notion import mapping, payload, writing
from retro_notion.client import Client, JsonObject
from retro_notion.comments import REMARK
from retro_notion.errors import BAD_REQUEST, CONFLICT, NOT_FOUND, not_notion
from retro_notion.ids import native_id
from retro_notion.known import Known
from retro_notion.own import OwnValue
from retro_notion.reading import BoardReading


class Pushing:
    """Writes pages of one connection.

    Args:
        client: makes the requests.
        known: what the run knows of the connection.
        zone: the workspace's.
    """

    def __init__(self, client: Client, known: Known, zone: tzinfo) -> None:
        self._client = client
        self._known = known
        self._zone = zone

    def push(self, write: Write) -> payload.Page:
        """Write one page, and give it back as it then is. A remark that is a comment goes first, in its own request.

        Raises:
            ConfigurationError: a field has no column.
            ReadOnlyError: it may not be written; nothing was.
            SourceError: Notion refuses it, or the page is gone.
            StaleRevisionError: someone changed it meanwhile.
            WriteUncertainError: it is not known what became of it, or of a part of it.
        """
        on = self._known.board(write.board)
        check_columns((name for name, _value in write.fields), on, write.task)
        page = self._known.page(native_id(write.task), on)
        if page is None:
            raise SourceError(_("this page is not in its database any more."), where=write.task, status=NOT_FOUND)
        fields = dict(write.fields)
        if "title" in fields and not writing.plain_title(page, on.columns):
            raise SourceError(
                _("the title of this page has formats, links or mentions, which another title would lose."),
                where=write.task,
                remedy=_("Change the title in Notion."),
                status=BAD_REQUEST,
            )
        if on.comments is None or REMARK not in fields:
            return self._written(page, fields, write.task, on)
        said = fields.pop(REMARK)
        on.comments.write(page.id, said if isinstance(said, str) else "")
        try:
            return self._written(page, fields, write.task, on)
        except (SourceError, ReadOnlyError) as error:
            raise _half_done(error) from None

    def _written(self, page: payload.Page, fields: Mapping[str, OwnValue], task: str, on: BoardReading) -> payload.Page:
        body = writing.properties(fields, page, on.columns, self._zone)
        if not body:
            return page
        try:
            answer = self._client.update_page(page.id, body)
        except SourceError as error:
            if error.status != CONFLICT:
                raise
            answer = self._again(page, fields, task, on)
        found = next(iter(payload.read_each(payload.Page, [answer])), None)
        if found is not None and found.id == page.id and found.properties.keys() >= page.properties.keys():
            return self._known.take([found], on)[0][0]
        # An answer that does not show the whole page: what is there now is asked for, once.
        now = self._known.reread(page.id, on)
        if now is None:
            raise not_notion(task, writing=True)
        return now

    def _again(self, page: payload.Page, fields: Mapping[str, OwnValue], task: str, on: BoardReading) -> JsonObject:
        """Someone saved the page at the same moment, and Notion wrote nothing: look, and write once more if we may."""
        before = mapping.task_of(page, on).revision
        now = self._known.reread(page.id, on)
        if now is None or mapping.task_of(now, self._known.board(on.key)).revision != before:
            raise StaleRevisionError(task)
        return self._client.update_page(now.id, writing.properties(fields, now, on.columns, self._zone))


def check_columns(fields: Iterable[str], on: BoardReading, task: str) -> None:
    """Raise ConfigurationError or ReadOnlyError where a field cannot be written here; `task` is for the message."""
    for name in fields:
        own = name.removeprefix(writing.OWN_PREFIX)
        if name == REMARK and on.comments is not None:
            continue
        if own != name and own not in on.columns.own:
            raise ConfigurationError(
                _("the database has no column for {field} yet.", field=name),
                where=on.place,
                remedy=_("Run `retro plan`: it shows the columns that are to be made first."),
            )
        if own == name and name not in writing.TEAM_FIELDS:
            raise ReadOnlyError(_("retro does not write the field {field} in Notion.", field=name), where=task)
        if own == name and writing.column_of(name, on.columns) is None:
            raise ConfigurationError(
                _("no column of this database was taken for {field}.", field=name),
                where=on.place,
                remedy=_("Name it in `columns` of the board, or take {field} out of `write`.", field=name),
            )


def _half_done(error: SourceError | ReadOnlyError) -> WriteUncertainError:
    """The comment was written, the rest was not: whoever settles it has to look."""
    return WriteUncertainError(error.what, where=error.where, remedy=error.remedy)
