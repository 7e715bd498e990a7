"""The rows under a table's headings that are tasks: without blanks, repeated headings, banners, totals and notes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from retro.i18n.words import fold
from retro.tables.layout import Layout
from retro.tables.table import Cell, Row, Table
from retro_files.amounts import number
from retro_files.cells import failed, says_nothing, text_of
from retro_files.filled import filled
from retro_files.headings import Columns, columns_of
from retro_files.notes import Notes, is_total
from retro_files.regions import Region
from retro_files.settings import SheetSettings

_SUB_ITEMS = frozenset({"subitems", "sous-elements"})
"""What begins the headings of the sub-items that stand below an item in Monday's exports."""
_SHOUTED = 4
"""Letters by which capitals are no abbreviation."""
_JOINED = frozenset({"owner", "reviewer", "predecessors", "successors", "labels"})
"""Fields that a task which spreads over several rows has of each of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is a task: its row in the file, its cells, and the banner that it stands under.

    `said` holds the cells that say something, by the field of their column; `spoilt` those that show a formula that
    failed. `depth` is how far its title is indented, `level` how deep its row is folded.
    """

    place: int
    title: str
    cells: Row
    said: Mapping[str, Cell]
    spoilt: Mapping[str, str]
    banner: str = ""
    depth: int = 0
    level: int = 0
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A table's columns and tasks, and what was passed over: rows without a title, notes below, hidden rows read."""

    columns: Columns
    lines: tuple[Line, ...]
    untitled: int = 0
    notes: int = 0
    hidden: int = 0
    struck: int = 0
    uncomputed: int = 0
    summary_above: bool = False


@dataclass
class _Counted:
    """What is counted while rows are gone through."""

    untitled: int = 0
    notes: int = 0
    lines: list[Line] = field(default_factory=list)


def body(table: Table, region: Region, settings: SheetSettings) -> Body:
    """The tasks of one table of a sheet."""
    rows = filled(table, region)
    columns = _by_values(columns_of(region.headings, settings.columns), rows)
    counted = _Counted()
    for line in _lines(table, region, columns, rows, counted):
        counted.lines.append(line)
    layout, first, end = table.layout, region.first, region.end
    places = {line.place - table.first_line for line in counted.lines}
    return Body(
        columns,
        tuple(counted.lines),
        untitled=counted.untitled,
        notes=counted.notes,
        hidden=len(layout.hidden & places),
        struck=sum(line.struck for line in counted.lines),
        uncomputed=sum(
            first <= row < end and region.left <= column < region.right for row, column in layout.uncomputed
        ),
        summary_above=layout.summary_above,
    )


def _lines(table: Table, region: Region, columns: Columns, rows: Sequence[Row], counted: _Counted) -> Iterator[Line]:
    layout = table.layout
    at = columns.fields["title"].place
    groups = _Groups(layout, region, at, rows)
    notes = Notes(rows)
    below = _continued(layout, at)
    fields = [(name, column.place) for name, column in columns.fields.items()]
    headings = _Headings(table.rows[region.top : region.first])
    banner, upper = region.caption, ""
    last: Line | None = None
    for offset, row in enumerate(rows, region.first):
        said, spoilt = _said(row, fields)
        title = text_of(row[at]) if at < len(row) else ""
        filling = len(row) - row.count(None)
        if not filling or headings.again(row) or is_total(row):
            continue
        if last is not None and offset in below:
            last = _with_more(last, said)
            continue
        if notes.begin_at(offset - region.first):
            counted.notes += notes.count(offset - region.first)
            break
        if filling == 1 and title and (groups.heads(offset) or headings.follow(rows[offset - region.first + 1 :])):
            banner = title
            continue
        if not title and filling == 1 and _words(row):
            banner = _words(row)
            continue
        upper = title or upper
        banner = groups.beside(row) or banner
        title, phase = _titled(title, upper, said)
        if not title:
            counted.untitled += 1
            continue
        if last is not None:
            yield last
        last = Line(
            table.first_line + offset,
            title,
            row,
            said,
            spoilt,
            phase or banner,
            _depth(layout, offset, at, row),
            layout.levels.get(offset, 0),
            (offset, at) in layout.struck,
        )
    if last is not None:
        yield last


class _Headings:
    """The rows of a table's headings, which may stand again on every page."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._words = frozenset(cell for row in rows for cell in row if cell is not None)

    def again(self, row: Row) -> bool:
        """Whether each cell of a row says what heads its column."""
        first = next((cell for cell in row if cell is not None), None)
        if isinstance(first, str) and fold(first) in _SUB_ITEMS and any(cell in self._words for cell in row):
            return True
        if first not in self._words:
            return False
        return any(
            all(cell is None or place >= len(each) or each[place] in (None, cell) for place, cell in enumerate(row))
            for each in self._rows
        )

    def follow(self, rows: Sequence[Row]) -> bool:
        """Whether the first of these rows says the headings again: what stands alone above names its group."""
        return bool(rows) and self.again(rows[0])


class _Groups:
    """Rows that head others: a lone title over merged cells, in bold where others are not, above a table."""

    def __init__(self, layout: Layout, region: Region, title: int, rows: Sequence[Row]) -> None:
        self._merged = {
            each.top for each in layout.merges if each.left <= title <= each.right and each.right > each.left
        }
        self._bold = {row for row, column in layout.bold if column == title}
        headed = next((place for place, cell in enumerate(region.headings) if cell is not None), region.left)
        self._spare = range(region.left, headed)
        inside = range(region.first, region.end)
        written = sum(title < len(row) and row[title] is not None for row in rows)
        nested = any(row in inside for row in layout.levels) or any(row in inside for row, _column in layout.indents)
        bold = sum(row in inside for row in self._bold)
        # Where all titles are bold, bold says nothing; where rows are nested, a bold row is the parent of those below.
        self._bold_heads = not nested and 0 < 2 * bold <= written
        self._nested = nested
        self._capitals = frozenset() if nested else _in_capitals(rows, region.first, title)

    def heads(self, row: int) -> bool:
        """Whether a row that holds a title and nothing else heads those below."""
        merged = row in self._merged and not self._nested
        return merged or (self._bold_heads and row in self._bold) or row in self._capitals

    def beside(self, row: Row) -> str:
        """What stands beside a row in a column without a heading, to the left of the others: its phase."""
        return next((text_of(row[place]) for place in self._spare if place < len(row) and _is_word(row[place])), "")


def _in_capitals(rows: Sequence[Row], first: int, title: int) -> frozenset[int]:
    """Rows in capitals with nothing beside them, each above a fuller row that is not, where others say more."""
    shouted = {
        place
        for place, row in enumerate(rows)
        if len(row) - row.count(None) == 1 and title < len(row) and _is_shouted(row[title])
    }
    below = {place: rows[place + 1] if place + 1 < len(rows) else () for place in shouted}
    heads = all(
        len(row) - row.count(None) > 1 and title < len(row) and not _is_shouted(row[title]) for row in below.values()
    )
    return frozenset(first + place for place in shouted) if heads and 2 * len(shouted) <= len(rows) else frozenset()


def _is_shouted(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.isupper() and sum(map(str.isalpha, cell)) >= _SHOUTED


def _said(row: Row, fields: Sequence[tuple[str, int]]) -> tuple[dict[str, Cell], dict[str, str]]:
    # Most fields of most rows are asked for in vain: what is not here costs nothing.
    width = len(row)
    said: dict[str, Cell] = {}
    spoilt: dict[str, str] = {}
    for name, place in fields:
        if place >= width or (cell := row[place]) is None:
            continue
        if isinstance(cell, str):
            if says_nothing(cell):
                continue
            if cell[0] in "#=" and name != "title" and failed(cell):
                spoilt[name] = text_of(cell)
                continue
        said[name] = cell
    return said, spoilt


def _titled(title: str, upper: str, said: Mapping[str, Cell]) -> tuple[str, str]:
    """A row's title and phase: where there is a column of sub-tasks, what stands in it is the task."""
    sub = text_of(said.get("subtitle"))
    return (sub, upper) if sub else (title, "")


def _continued(layout: Layout, title: int) -> frozenset[int]:
    """Rows in which the title of the row above goes on."""
    return frozenset(
        row
        for each in layout.merges
        if each.left <= title <= each.right
        for row in range(each.top + 1, each.bottom + 1)
    )


def _with_more(line: Line, said: Mapping[str, Cell]) -> Line:
    """A task that goes on in another row: people and links of both, all else of the first that says it."""
    more = dict(said) | dict(line.said)
    for name in _JOINED & said.keys() & line.said.keys():
        if said[name] != line.said[name]:
            more[name] = f"{text_of(line.said[name])}\n{text_of(said[name])}"
    return replace(line, said=more)


def _depth(layout: Layout, row: int, title: int, cells: Row) -> int:
    """How far a title is indented: by its format, else by blanks before it (one may be a slip)."""
    if (deep := layout.indents.get((row, title))) is not None:
        return deep
    words = cells[title] if title < len(cells) else None
    if not isinstance(words, str) or not words[:1].isspace():
        return 0
    blank = words[: len(words) - len(words.lstrip())].replace("\t", "    ")
    return len(blank) if len(blank) > 1 else 0


def _by_values(columns: Columns, rows: Sequence[Row]) -> Columns:
    """A column of progress that holds numbers only is one of percentages, not of statuses."""
    if "status" not in columns or "percent" in columns:
        return columns
    column = columns.fields["status"]
    cells = [row[column.place] for row in rows if column.place < len(row) and row[column.place] is not None]
    if not cells or any(number(cell) is None for cell in cells):
        return columns
    fields = {("percent" if name == "status" else name): each for name, each in columns.fields.items()}
    return Columns(fields, columns.others)


def _words(row: Row) -> str:
    """The words of a row's only cell, "" where it is a number or signs."""
    return next((text_of(cell) for cell in row if cell is not None and _is_word(cell)), "")


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and any(char.isalpha() for char in fold(cell))
