"""Where the tables of a sheet stand: their headings, in one row or two, and the rows and columns that are theirs.

Titles, logos and blank rows may stand above. A sheet may hold several tables: one below the other with headings of
their own, or side by side with blank columns between them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from retro.tables.table import Cell, Row, is_blank
from retro_files.cells import text_of
from retro_files.headings import columns_of, is_heading, known_headings, lists_contacts

Known = Callable[[Row], int]
"""How many headings are known in a row."""

LOOKED_AT = 40
"""Rows among which the headings of a first table are looked for: titles, banners and blank rows may stand above."""
_FEWEST = 2
"""Headings by which a further table of a sheet is known."""
_SURE = 4
"""Headings, all of them known, that need no blank row above."""
_CAPTIONS = 2
"""Rows between a blank one and headings that may name the table below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One table. Rows and columns are counted from 0; `end` and `right` are just outside."""

    headings: Row
    """What heads each column; None where nothing does, or where the column is another table's."""
    top: int
    """The first row of its headings."""
    first: int
    """The first row under them."""
    end: int
    left: int
    right: int
    caption: str = ""
    """What stands above its headings, where it is not the sheet's first table."""


def regions(rows: Sequence[Row], known: Known = known_headings) -> list[Region]:
    """The tables of a sheet, from top to bottom and from left to right; none where no row has headings."""
    main = _main(rows, known)
    if main is None:
        return []
    heads = sorted([*_side_by_side(main, rows), *_further(rows, main)], key=lambda head: (head.top, head.left))
    return [_bounded(head, heads, rows, first=place == 0) for place, head in enumerate(heads)]


def has_headings(rows: Sequence[Row]) -> bool:
    """Whether one of the first rows has headings that are known, of more than a list of contacts."""
    main = _main(rows, known_headings)
    return main is not None and not all(lists_contacts(each.headings) for each in _side_by_side(main, rows))


def _main(rows: Sequence[Row], known: Known) -> Region | None:
    """The headings of most columns among the first rows, the first of equals; two rows count where both are needed."""
    best, most = None, 0
    for place, row in enumerate(rows[:LOOKED_AT]):
        if is_blank(row):
            continue
        if (count := known(row)) > most:
            best, most = _head(row, place, 1), count
        joined = _joined(row, rows[place + 1]) if place + 1 < len(rows) else None
        # A sheet's title right above the headings adds nothing to them.
        if joined is not None and (count := known(joined)) > max(most, known(rows[place + 1])):
            best, most = _head(joined, place, 2), count
    return best


def _head(headings: Row, top: int, height: int) -> Region:
    places = [place for place, cell in enumerate(headings) if cell is not None]
    return Region(
        headings=headings,
        top=top,
        first=top + height,
        end=top + height,
        left=places[0],
        right=places[-1] + 1,
    )


def _joined(upper: Row, lower: Row) -> Row | None:
    """Headings over two rows as one, where the upper one heads groups of the lower one's; None where they are not.

    A heading that stands under two groups is told apart by the group's name in brackets.
    """
    width = max(len(upper), len(lower))
    above, below = _padded(upper, width), _padded(lower, width)
    if not any(isinstance(cell, str) and is_heading(cell) for cell in below):
        return None
    if any(cell is not None and not isinstance(cell, str) for cell in (*above, *below)):
        return None
    times = {cell: below.count(cell) for cell in below}
    headings: list[Cell] = []
    group: Cell = None
    for place in range(width):
        if above[place] is not None:
            # A group reaches over the columns to its right that have nothing of their own above.
            spans = place + 1 < width and above[place + 1] is None and below[place + 1] is not None
            if below[place] is not None and not spans:
                return None
            group = above[place] if below[place] is not None else None
        elif below[place] is None:
            group = None
        cell = below[place]
        headings.append(above[place] if cell is None else f"{cell} ({group})" if group and times[cell] > 1 else cell)
    return tuple(headings)


def _padded(row: Row, width: int) -> Row:
    return row + (None,) * (width - len(row))


def _side_by_side(head: Region, rows: Sequence[Row]) -> list[Region]:
    """The tables that one row of headings heads: two titles with columns between them that are blank throughout."""
    parts: list[tuple[int, int]] = []
    for left, right in _runs(head.headings):
        alone = known_headings(_only(head.headings, left, right)) >= _FEWEST
        if alone and parts and _blank_between(rows, head.first, parts[-1][1], left):
            parts.append((left, right))
        else:
            parts[-1:] = [(parts[-1][0], right)] if parts else [(left, right)]
    if len(parts) == 1 or known_headings(_only(head.headings, *parts[0])) < _FEWEST:
        return [head]
    return [replace(head, headings=_only(head.headings, left, right), left=left, right=right) for left, right in parts]


def _blank_between(rows: Sequence[Row], first: int, left: int, right: int) -> bool:
    """Whether some column between two others is blank under their headings, down to the next blank row."""
    blank = set(range(left, right))
    for row in rows[first:]:
        if not blank or is_blank(row):
            break
        blank = {place for place in blank if place >= len(row) or row[place] is None}
    return bool(blank)


def _runs(row: Row) -> Iterator[tuple[int, int]]:
    """The stretches of a row without a blank cell."""
    left = None
    for place, cell in enumerate((*row, None)):
        if cell is not None and left is None:
            left = place
        elif cell is None and left is not None:
            yield left, place
            left = None


def _only(row: Row, left: int, right: int) -> Row:
    return (None,) * left + row[left:right]


def _further(rows: Sequence[Row], main: Region) -> Iterator[Region]:
    """Headings of other tables: rows of known words, with a blank row or a caption above, unlike those of the first."""
    memo: dict[str, bool] = {}

    def heads(cell: Cell) -> bool:
        if not isinstance(cell, str):
            return False
        if cell not in memo:
            memo[cell] = not any(map(str.isdecimal, cell)) and is_heading(cell)
        return memo[cell]

    title = columns_of(main.headings).fields.get("title")
    found = [main]
    for place, row in enumerate(rows):
        if main.top <= place < main.first:
            continue
        # Titles differ from row to row: they are looked at last.
        if not any(heads(cell) for column, cell in enumerate(row) if title is None or column != title.place):
            continue
        for left, right in _runs(row):
            if right - left < _FEWEST or any(_repeats(row, head, left, right) for head in found):
                continue
            head = _heading_run(rows, place, left, right)
            if head is not None:
                found.append(head)
                yield head


def _repeats(row: Row, head: Region, left: int, right: int) -> bool:
    """Whether these cells are a table's headings again, as on every printed page."""
    return row[left:right] == _padded(head.headings, right)[left:right]


def _heading_run(rows: Sequence[Row], place: int, left: int, right: int) -> Region | None:
    row = rows[place]
    if not all(isinstance(cell, str) for cell in row[left:right]):
        return None
    known = known_headings(_only(row, left, right))
    if known < _FEWEST or 2 * known < right - left:
        return None
    above = rows[place - 1][left:right] if place else ()
    apart = sum(cell is not None for cell in above) <= 1
    if not apart and (known < _SURE or known < right - left):
        return None
    return _head(_only(row, left, right), place, 1)


def _bounded(head: Region, heads: Sequence[Region], rows: Sequence[Row], *, first: bool) -> Region:
    """A table with the rows and columns that are left to it by the others."""
    left = max((other.right for other in heads if other.top <= head.top and other.right <= head.left), default=0)
    right = head.right
    end, captions = len(rows), 0
    below = [other.top for other in heads if other.top > head.top and other.left < right and other.right > left]
    if below:
        end = min(below)
        while captions < _CAPTIONS and end - 1 > head.first and _lone(rows[end - 1], left, right):
            end, captions = end - 1, captions + 1
    caption = "" if first else _caption(rows, head)
    return replace(head, left=left, right=right, end=end, caption=caption)


def _caption(rows: Sequence[Row], head: Region) -> str:
    """What names a table: the lone cell right above its headings."""
    above = rows[head.top - 1] if head.top else ()
    words = [cell for cell in above[head.left : head.right] if cell is not None]
    return text_of(words[0]) if len(words) == 1 else ""


def _lone(row: Row, left: int, right: int) -> bool:
    return sum(cell is not None for cell in row[left:right]) == 1
