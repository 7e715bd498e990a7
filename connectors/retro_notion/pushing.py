"""One write of one page: what may be written, the comment, the properties in one request, and a conflict settled."""

from collections.abc import Callable, Iterable, Mapping
from datetime import tzinfo
from typing import TypeVar

from retro.http.second_look import Stands, half_written, watched
from retro.i18n import text as _
from retro.model import Task, Write
from retro.ports import ConfigurationError, ReadOnlyError, SourceError, StaleRevisionError, WriteUncertainError
from retro_notion import mapping, payload, writing
from retro_notion.capabilities import TEAM_FIELDS
from retro_notion.client import Client, JsonObject
from retro_notion.comments import REMARK
from retro_notion.errors import BAD_REQUEST, CONFLICT, NOT_FOUND, not_notion
from retro_notion.ids import key_of, native_id
from retro_notion.known import Known
from retro_notion.own import OwnValue
from retro_notion.reading import BoardReading

T = TypeVar("T")


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
        """Write one page, and give it back as it then is. A remark that is a comment goes in its own request.

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
        text = said if isinstance(said, str) else ""
        if on.comments.of(page.id) is None:
            return self._first_said(page, text, fields, write, on)
        return self._said_last(page, text, fields, write, on)

    def _first_said(
        self, page: payload.Page, text: str, fields: Mapping[str, OwnValue], write: Write, on: BoardReading
    ) -> payload.Page:
        """A first comment, then the rest: where none may be made, nothing was written."""
        self._say(page, text, on)
        try:
            return self._written(page, fields, write.task, on)
        except StaleRevisionError as error:
            raise half_written(error.task) from None
        except (SourceError, ReadOnlyError) as error:
            raise _half_done(error) from None

    def _said_last(
        self, page: payload.Page, text: str, fields: Mapping[str, OwnValue], write: Write, on: BoardReading
    ) -> payload.Page:
        """The rest, then the comment that is there already, whose stamp speaks of it.

        With the run cut off in between and the state lost, dates that are as they would be written tell that retro
        wrote them. The older ones, under a stamp of newer ones, would be taken for a person's.
        """
        now = self._written(page, fields, write.task, on)
        try:
            self._say(now, text, on)
        except StaleRevisionError as error:
            raise half_written(error.task) if fields else error from None
        except (SourceError, ReadOnlyError) as error:
            raise _half_done(error) if fields else error from None
        return now

    def _say(self, page: payload.Page, text: str, on: BoardReading) -> None:
        """Write the comment of a page. No page tells its comments: a look shows only whether somebody was at it."""
        if on.comments is not None:
            ours = on.comments
            # The same comment may go out again.
            self._looking(page, {}, on, lambda: ours.write(page.id, text))

    def _looking(
        self, page: payload.Page, fields: Mapping[str, OwnValue], on: BoardReading, send: Callable[[], T]
    ) -> T | Stands:
        """What `send` gives, which writes these fields; before it goes out after a wait, the page is looked at."""

        def read() -> Task | None:
            found = self._known.reread(page.id, on)
            return None if found is None else mapping.task_of(found, self._known.board(on.key))

        before = mapping.task_of(page, on)
        return watched(self._client, send, fields=fields, before=before, read=read, zone=self._zone)

    def _written(self, page: payload.Page, fields: Mapping[str, OwnValue], task: str, on: BoardReading) -> payload.Page:
        body = writing.properties(fields, page, on.columns, self._zone)
        if not body:
            return page
        answer = self._looking(page, fields, on, lambda: self._sent(page, body, fields, on))
        if isinstance(answer, Stands):
            return self._known.page(page.id, on) or page
        found = next(iter(payload.read_each(payload.Page, [answer])), None)
        if found is not None and found.id == page.id and found.properties.keys() >= page.properties.keys():
            return self._known.take([found], on)[0][0]
        # An answer that does not show the whole page: what is there now is asked for, once.
        now = self._known.reread(page.id, on)
        if now is None:
            raise not_notion(task, writing=True)
        return now

    def _sent(
        self, page: payload.Page, body: JsonObject, fields: Mapping[str, OwnValue], on: BoardReading
    ) -> JsonObject:
        try:
            return self._client.update_page(page.id, body)
        except SourceError as error:
            if error.status != CONFLICT:
                raise
        return self._again(page, fields, on)

    def _again(self, page: payload.Page, fields: Mapping[str, OwnValue], on: BoardReading) -> JsonObject:
        """Someone saved the page at the same moment, and Notion wrote nothing: look, and write once more if we may."""
        before = mapping.task_of(page, on).revision
        now = self._known.reread(page.id, on)
        if now is None or mapping.task_of(now, self._known.board(on.key)).revision != before:
            raise StaleRevisionError(key_of(page.id))
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
        if own == name and name not in TEAM_FIELDS:
            raise ReadOnlyError(_("retro does not write the field {field} in Notion.", field=name), where=task)
        if own == name and writing.column_of(name, on.columns) is None:
            raise ConfigurationError(
                _("no column of this database was taken for {field}.", field=name),
                where=on.place,
                remedy=_("Name it in `columns` of the board, or take {field} out of `write`.", field=name),
            )


def _half_done(error: SourceError | ReadOnlyError) -> WriteUncertainError:
    """A part was written, the rest was not: whoever settles it has to look."""
    return WriteUncertainError(error.what, where=error.where, remedy=error.remedy)
