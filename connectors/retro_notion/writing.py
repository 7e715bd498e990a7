"""From a write in the model's words to the properties of a page: what is asked for, and nothing else. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, tzinfo
from typing import Any

from retro.model import Day, as_date, is_instant
from retro_notion import values
from retro_notion.columns import Columns
from retro_notion.own import KINDS, TYPES, OwnValue
from retro_notion.payload import Column, Page

OWN_PREFIX = "retro_"
_DATES = ("start", "due")
_HOURS = {"start": time(9), "due": time(17)}
"""The hour of a date beside one that has an hour: the first and the last of an ordinary day."""
_TEXT_MOST = 2000
"""UTF-16 units that one run of text may have."""


def properties(fields: Mapping[str, OwnValue], page: Page | None, columns: Columns, zone: tzinfo) -> dict[str, Any]:
    """The properties that write these fields, by the ids of their columns; without `page`, of one that is to be made.

    Own dates are days without an hour. A date of the team keeps the hour that it has on the page; where start and
    due are the two ends of one range, the end that is not written stays.
    """
    cells = page.properties if page is not None else {}
    body = {
        columns.own[own].wire: _own(own, value)
        for name, value in fields.items()
        if (own := name.removeprefix(OWN_PREFIX)) != name
    }
    by_column: dict[str, tuple[Column, dict[str, Day | None]]] = {}
    if "title" in fields and (title := column_of("title", columns)) is not None:
        body[title.wire] = {"title": runs(fields["title"])}
    for name in (name for name in _DATES if name in fields):
        column = column_of(name, columns)
        if column is not None:
            value = fields[name]
            written = by_column.setdefault(column.wire, (column, {}))[1]
            written[name] = value if isinstance(value, date) else None
    for wire, (column, written) in by_column.items():
        lone = "due" if column == columns.of("due") else "start"
        body[wire] = {"date": _cell(written, values.dates(cells.get(column.id), zone), lone, zone)}
    return body


def plain_title(page: Page, columns: Columns) -> bool:
    """Whether a title can be written without loss: it is one run of text at most, without format, link or mention."""
    column = columns.of("title")
    cell = page.properties.get(column.id) if column is not None else None
    held = cell.value if cell is not None and isinstance(cell.value, list) else []
    return len(held) < 2 and all(isinstance(run, dict) and _is_plain(run) for run in held)  # noqa: PLR2004 - one run


def _is_plain(run: Mapping[str, Any]) -> bool:
    notes, text = run.get("annotations"), run.get("text")
    marked = [value for value in notes.values() if value not in (False, "default")] if isinstance(notes, dict) else []
    linked = text.get("link") if isinstance(text, dict) else None
    return run.get("type", "text") == "text" and not marked and not linked and not run.get("href")


def column_of(field: str, columns: Columns) -> Column | None:
    """The column that a field of the team is written to; one range may hold both dates."""
    if field == "title":
        return columns.of("title")
    start, due = columns.of("start"), columns.of("due")
    return (start or due) if field == "start" else due


def _cell(
    written: Mapping[str, Day | None], cell: tuple[Day | None, Day | None], lone: str, zone: tzinfo
) -> dict[str, str] | None:
    """A date cell after the write; None empties it. `lone` is what a single date in this column means."""
    begins, ends = cell
    held = {"start": begins, "due": ends} if ends is not None else {"start": None, "due": None, lone: begins}
    after = {**held, **written}
    hours = _with_hours(held, written)
    told = {name: _at(day, held[name], name, zone, hours=hours) for name, day in after.items() if day is not None}
    if len(told) > 1:
        return {"start": told["start"], "end": told["due"]}
    return {"start": next(iter(told.values()))} if told else None


def _with_hours(held: Mapping[str, Day | None], written: Mapping[str, Day | None]) -> bool:
    """Whether the cell is to hold hours: both ends of a range do, or neither, and the end that stays decides."""
    staying = [day for name, day in held.items() if name not in written and day is not None]
    deciding = staying or [day for name in written for day in (written[name], held[name]) if day is not None]
    return any(is_instant(day) for day in deciding)


def _at(day: Day, held: Day | None, name: str, zone: tzinfo, *, hours: bool) -> str:
    """A date as Notion takes it; a day that needs an hour keeps the one that is held."""
    if not hours:
        return as_date(day, zone).isoformat()
    if isinstance(day, datetime):
        return day.isoformat(timespec="minutes")
    kept = held.astimezone(zone).timetz().replace(tzinfo=None) if isinstance(held, datetime) else _HOURS[name]
    return datetime.combine(day, kept, zone).isoformat(timespec="minutes")


def _own(own: str, value: OwnValue) -> dict[str, Any]:
    kind = TYPES[KINDS[own]]
    if kind == "date":
        # Retro's own dates are days: an hour would invite readings through another zone.
        day = value.date() if isinstance(value, datetime) else value
        return {kind: {"start": day.isoformat()} if isinstance(day, date) else None}
    if kind == "number":
        return {kind: value if isinstance(value, int | float) else None}
    if kind == "select":
        # A name that the column does not know yet becomes an option of it; no other is touched.
        return {kind: {"name": value} if isinstance(value, str) and value else None}
    if kind == "url":
        return {kind: value or None if isinstance(value, str) else None}
    return {kind: runs(value)}


def runs(value: OwnValue) -> list[dict[str, Any]]:
    """A text as Notion takes it; nothing for what is no text."""
    return [{"text": {"content": chunk}} for chunk in chunks(value if isinstance(value, str) else "")]


def chunks(text: str) -> Iterator[str]:
    """A text in pieces that Notion takes, none of which ends within a character."""
    start, units = 0, 0
    for place, char in enumerate(text):
        width = 2 if ord(char) > 0xFFFF else 1  # noqa: PLR2004 - beyond it, UTF-16 needs two units
        if units + width > _TEXT_MOST:
            yield text[start:place]
            start, units = place, 0
        units += width
    if text[start:]:
        yield text[start:]
