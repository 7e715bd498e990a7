"""Where the tasks of a table stand on its sheet, and which columns are retro's own already."""

from retro.tables.placing import PlacedTable
from retro_files.columns import DATES
from retro_files.headings import mark_of, own_column
from retro_files.sheet import Part, Sheet

_SUREST = ("due", *DATES)


def placed_table(sheet: Sheet, part: Part) -> PlacedTable:
    """One table of a sheet, numbered as the sheet is."""
    table, region, columns = sheet.table, part.region, part.body.columns
    shift = table.first_column
    headed = [place for place, cell in enumerate(region.headings) if cell is not None]
    left = headed[0] + shift
    return PlacedTable(
        heading=region.first - 1 + table.first_line,
        left=left,
        right=headed[-1] + shift,
        rows={key.key: line.place for line, key in zip(part.body.lines, part.index.keys, strict=True)},
        own=_own(sheet, part, left),
        days=tuple(columns.fields[field].place + shift for field in dict.fromkeys(_SUREST) if field in columns),
        fields={field: column.place + shift for field, column in columns.fields.items()},
    )


def _own(sheet: Sheet, part: Part, left: int) -> dict[str, int]:
    """Retro's columns of a table: those right of it, before the next one, and those beyond that are marked as its."""
    row, shift = part.region.first - 1, sheet.table.first_column
    beside = [each.region for each in sheet.parts if each.region.first - 1 == row]
    found: dict[str, int] = {}
    for (line, place), heading in sheet.own.items():
        field = own_column(heading)
        if line != row or field is None:
            continue
        mark = mark_of(heading)
        nearest = max((region for region in beside if region.right <= place), key=lambda each: each.right, default=None)
        if mark == left if mark is not None else nearest is part.region:
            found.setdefault(field, place + shift)
    return found
