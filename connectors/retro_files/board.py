"""The board that a sheet is: its sections, how its columns are understood, what a person should know of the read."""

from collections.abc import Iterable, Iterator, Sequence

from retro.i18n import Style, current_language, format_date, plural
from retro.i18n import text as _
from retro.model import Anchor, AnchorOrigin, Board, ColumnUse, How, Task, as_date
from retro.tables.table import Cell, Row
from retro_files.banner import Launch
from retro_files.body import Body
from retro_files.cells import says_yes, text_of
from retro_files.columns import Reader
from retro_files.headings import understood
from retro_files.identity import Index
from retro_files.settings import SheetSettings
from retro_files.statuses import named

_SHOWN = 5
"""Repeated ids that a message lists."""
_CHART = 3
"""Columns of crosses by which a bar chart is known."""
_ROLES = {"owner": "owners"}
"""Fields whose name is another here than for people who configure boards."""


def board_of(
    settings: SheetSettings,
    tasks: Sequence[Task],
    readers: Sequence[Reader],
    indexes: Sequence[Index],
    launches: Sequence[Launch],
    *,
    contacts: Sequence[Row] = (),
) -> Board:
    """A sheet's board; `readers` and `indexes` are those of its tables, `contacts` heads lists that were left aside."""
    sections = dict.fromkeys(task.section for task in tasks if task.section)
    return Board(
        key=settings.board,
        name=settings.name,
        source=settings.source,
        alias=settings.alias,
        sections=tuple(named(section, settings) for section in sections),
        archived_known=False,
        warnings=tuple(dict.fromkeys([*_warnings(settings, tasks, readers, indexes, launches), *_aside(contacts)])),
        mapping=tuple(dict.fromkeys(use for reader in readers for use in _uses(reader, settings))),
        anchors=tuple(_anchors(settings, launches, tasks)),
    )


def _uses(reader: Reader, settings: SheetSettings) -> Iterator[ColumnUse]:
    for field, column in reader.body.columns.fields.items():
        configured = settings.columns.get(field, "")
        yield ColumnUse(
            role=_ROLES.get(field, field),
            name=column.heading,
            how=How.CONFIGURED if configured else How.NAMED,
            told=configured or column.heading,
        )


def _anchors(settings: SheetSettings, launches: Sequence[Launch], tasks: Sequence[Task]) -> Iterator[Anchor]:
    """The dates above the table, but those that a milestone of the table stands for already."""
    days = {as_date(task.due, settings.zone) for task in tasks if task.milestone and task.due is not None}
    for number, launch in enumerate(launches):
        if launch.day is not None and as_date(launch.day, settings.zone) not in days:
            yield Anchor(
                key=f"{settings.board}:launch/{number}",
                name=launch.name,
                date=launch.day,
                project=settings.board,
                origin=AnchorOrigin.ROW,
            )


def _warnings(
    settings: SheetSettings,
    tasks: Sequence[Task],
    readers: Sequence[Reader],
    indexes: Sequence[Index],
    launches: Sequence[Launch],
) -> Iterator[str]:
    bodies = [reader.body for reader in readers]
    yield from _left_out(bodies)
    for index in indexes:
        yield from _repeated(index)
    if any(_drawn(body) for body in bodies):
        yield _(
            "crosses in columns of weeks or months are not read as dates: only a column such as “{heading}” is.",
            heading=understood(current_language())["due"],
        )
    assumed = frozenset().union(*(task.assumed for task in tasks))
    for reader in readers:
        yield from reader.assumptions(assumed)
    yield from _above(launches, settings)


def _left_out(bodies: Iterable[Body]) -> Iterator[str]:
    """What was passed over, and what was read though it is not to be seen."""
    found = list(bodies)
    if count := sum(body.untitled for body in found):
        yield plural(
            "{count} row has no title: it was left out.", "{count} rows have no title: they were left out.", count
        )
    if count := sum(body.notes for body in found):
        yield plural(
            "{count} row below the table was taken for a note.",
            "{count} rows below the table were taken for notes.",
            count,
        )
    if count := sum(body.hidden for body in found):
        yield plural(
            "{count} row is hidden in the sheet: it was read.",
            "{count} rows are hidden in the sheet (by a filter perhaps): they were read.",
            count,
        )
    if count := sum(body.struck for body in found):
        yield plural(
            "{count} title is struck through: the task counts as done where it has no status.",
            "{count} titles are struck through: these tasks count as done where they have no status.",
            count,
        )
    if count := sum(body.uncomputed for body in found):
        yield plural(
            "{count} formula was never computed: open the file in your spreadsheet, save it there and read it again.",
            "{count} formulas were never computed: open the file in your spreadsheet, save it there and read it again.",
            count,
        )


def _drawn(body: Body) -> bool:
    """Whether a table without a column of dates has crosses to the right of what is known, as a bar chart."""
    if "due" in body.columns or "start" in body.columns:
        return False
    last = max(column.place for column in body.columns.fields.values())
    marked = {place for line in body.lines for place, cell in enumerate(line.cells) if place > last and _is_cross(cell)}
    return len(marked) >= _CHART


def _is_cross(cell: Cell) -> bool:
    return isinstance(cell, str) and says_yes(cell)


def _aside(contacts: Iterable[Row]) -> Iterator[str]:
    for headings in contacts:
        names = ", ".join(text_of(cell) for cell in headings if cell is not None)
        yield _("the table “{headings}” was taken for a list of contacts: it was left out.", headings=names)


def _repeated(index: Index) -> Iterator[str]:
    if index.repeated:
        yield plural(
            "{count} id stands on several rows: {ids}. Links to it are unknown.",
            "{count} ids stand on several rows: {ids}. Links to them are unknown.",
            len(index.repeated),
            ids=", ".join(index.repeated[:_SHOWN]) + (_(" and others") if len(index.repeated) > _SHOWN else ""),
        )


def _above(launches: Iterable[Launch], settings: SheetSettings) -> Iterator[str]:
    """Dates above the table that cannot be read, or only by what is usual here."""
    for launch in launches:
        if launch.day is None:
            yield _(
                "“{name}” stands above the table with a date that cannot be read: “{text}”.",
                name=launch.name,
                text=launch.text,
            )
        elif launch.assumed:
            yield _(
                "“{name}” above the table was read as {date}: day and month could not be told apart there.",
                name=launch.name,
                date=format_date(as_date(launch.day, settings.zone), Style.LONG),
            )
