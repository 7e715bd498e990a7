"""A data source as it is understood: its columns and their roles, its statuses, and the people and titles known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from retro.model import ColumnUse
from retro_notion import values
from retro_notion.columns import Columns, match
from retro_notion.comments import PLACE, REVIEW, Comments
from retro_notion.ids import key_of
from retro_notion.own import own_columns
from retro_notion.payload import DataSource, Page, User, View
from retro_notion.settings import BoardSettings
from retro_notion.status import StatusColumn, status_column


@dataclass(frozen=True, kw_only=True)
class BoardReading:
    """A data source with what its pages need to be understood; made by `reading`."""

    source: DataSource
    settings: BoardSettings
    zone: tzinfo
    columns: Columns
    status: StatusColumn | None
    comments: Comments | None = None
    """Where retro's remarks are comments, what is known of them."""
    users: Mapping[str, User] = field(default_factory=dict, repr=False)
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def key(self) -> str:
        """The board's key."""
        return key_of(self.source.id)

    @property
    def place(self) -> str:
        """What people call the board, for messages."""
        return self.settings.alias or self.source.title or self.source.id

    def with_people(self, users: Mapping[str, User]) -> "BoardReading":
        """The same, knowing more people."""
        return replace(self, users={**self.users, **users})

    def with_titles(self, pages: Iterable[Page]) -> "BoardReading":
        """The same, knowing what these pages are called."""
        return replace(self, titles={**self.titles, **{page.id: self.title(page) for page in pages}})

    def title(self, page: Page) -> str:
        """A page's title; every data source has exactly one column of titles."""
        column = self.columns.of("title")
        return values.text(page.properties.get(column.id if column is not None else "title"))


def reading(
    source: DataSource,
    settings: BoardSettings,
    zone: tzinfo,
    *,
    pins: Mapping[str, str] | None = None,
    where: str = "",
    known: Iterable[ColumnUse] = (),
    views: Sequence[View] = (),
) -> BoardReading:
    """Understand a data source's columns.

    Args:
        source: the data source.
        settings: what the configuration says of it.
        zone: the workspace's.
        pins: ids of retro's own columns, by own field.
        where: what the board is called, for messages.
        known: how the columns were understood before.
        views: those of the data source, where they were asked for.

    Raises:
        ConfigurationError: the configuration's columns do not fit it.
        ColumnsChangedError: columns that were understood before are gone, or of another type.
    """
    own = own_columns(source.columns, pins or {})
    if settings.warnings == PLACE:
        own.pop(REVIEW, None)  # left over from another setting
    where = where or settings.alias or settings.at
    columns = match(source.columns, settings.columns, own, where, known=known, source=source.id, views=views)
    status = status_column(columns.of("status"), settings)
    return BoardReading(source=source, settings=settings, zone=zone, columns=columns, status=status)
