"""All rows of a data source, though Notion gives 10 000 to one query and may be too slow for a hundred at once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Cut, CutPart
from retro.ports import SourceError
from retro_notion import payload
from retro_notion.client import Client
from retro_notion.errors import GATEWAY_TIMEOUT
from retro_notion.page_size import PageSize

_MINUTE = timedelta(minutes=1)


class Rows:
    """The rows of one data source, the oldest first: iterate once, then ask for `facts`.

    Where a query stops short, the next one starts at the minute in which the last row that it gave was created:
    Notion's stamps are whole minutes, so that this minute is read twice and its rows told apart by id. An answer that
    times out at Notion's gateway is asked for again in half the size, down to ten rows (`PageSize`).

    Args:
        client: makes the requests.
        source: the data source's id.
        size: how many rows to ask for at once, as far as earlier reads of it tell.
    """

    def __init__(self, client: Client, source: str, size: PageSize) -> None:
        self._client = client
        self._source = source
        self._size = size
        self._seen: set[str] = set()
        self._dropped = 0
        self._crowded: list[datetime] = []
        self._incomplete = False

    def __iter__(self) -> Iterator[list[payload.Page]]:
        since: datetime | None = None
        while True:
            window = _Window()
            known = len(self._seen)
            yield from self._window(since, window)
            if not window.cut:
                return
            if window.last is None or window.first is None or len(self._seen) == known:
                self._incomplete = True
                return
            if window.last == window.first:
                # All of it lies in one minute, and no query can start within a minute.
                self._crowded.append(window.last)
                since = window.last + _MINUTE
            else:
                since = window.last

    def _window(self, since: datetime | None, window: "_Window") -> Iterator[list[payload.Page]]:
        """What one query gives, page by page."""
        cursor: str | None = None
        while True:
            found = self._next(cursor, since)
            rows = [row for row in found.results if not isinstance(row, dict) or row.get("object", "page") == "page"]
            pages = payload.read_each(payload.Page, rows)
            self._dropped += len(rows) - len(pages)
            window.take(pages)
            # A row that moves while it is read may come twice.
            fresh = list({page.id: page for page in pages if page.id not in self._seen}.values())
            self._seen.update(page.id for page in fresh)
            yield fresh
            window.cut = window.cut or found.incomplete
            if not found.has_more:
                return
            if not found.next_cursor or found.next_cursor == cursor:
                window.cut = True
                return
            cursor = found.next_cursor

    def _next(self, cursor: str | None, since: datetime | None) -> payload.Found:
        start = since.strftime("%Y-%m-%dT%H:%M:00.000Z") if since is not None else None
        while True:
            try:
                answer = self._client.rows(self._source, cursor, self._size.rows, start)
            except SourceError as error:
                if error.status != GATEWAY_TIMEOUT or not self._size.late():
                    raise
            else:
                self._size.answered()
                return payload.Found.model_validate(answer)

    @property
    def whole(self) -> bool:
        """Whether every row was read."""
        return not (self._incomplete or self._crowded or self._dropped)

    @property
    def cut(self) -> tuple[Cut, ...]:
        """What Notion did not give: rows beyond those that it did. Rows that came and cannot be read are no such."""
        return (Cut(CutPart.TASKS, len(self._seen)),) if self._incomplete or self._crowded else ()

    @property
    def facts(self) -> list[str]:
        """What the read has to say of itself."""
        found = []
        if self._incomplete:
            found.append(
                _(
                    "Notion stopped at {count} rows and has more: what lies beyond was not read. "
                    "Archive finished rows, or split the database.",
                    count=len(self._seen),
                )
            )
        if self._crowded:
            minutes = ", ".join(f"{minute:%Y-%m-%d %H:%M} UTC" for minute in self._crowded)
            found.append(
                _(
                    "More rows were created in one minute ({minutes}) than Notion gives to one query: "
                    "the others of that minute were not read. Archive finished rows, or split the database.",
                    minutes=minutes,
                )
            )
        if self._dropped:
            found.append(
                plural(
                    "{count} row of this database cannot be read: it was left out.",
                    "{count} rows of this database cannot be read: they were left out.",
                    self._dropped,
                )
            )
        return found


class _Window:
    """What one query has given: the minutes of its first and last row, and whether it stopped short."""

    def __init__(self) -> None:
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.cut = False

    def take(self, pages: list[payload.Page]) -> None:
        minutes = [
            page.created_time.astimezone(UTC).replace(second=0, microsecond=0)
            for page in pages
            if page.created_time is not None
        ]
        if minutes:
            self.first = min(minutes) if self.first is None else min(self.first, *minutes)
            self.last = max(minutes) if self.last is None else max(self.last, *minutes)
