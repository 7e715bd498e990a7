"""What a cell holds, whatever its type: text, dates, people, options, relations, numbers. Never fatal."""

import math
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from retro.model import Day
from retro_notion.payload import Property, User, plain, read_each

_TEXTS = frozenset({"title", "rich_text"})
_PEOPLE = frozenset({"people", "created_by", "last_edited_by", "person"})


def day(value: object, zone: tzinfo, named: object = None) -> Day | None:
    """A date as Notion writes it: a plain date stays one, an instant keeps its offset.

    An instant without an offset is read in the zone that stands beside it (`named`), else in `zone`.
    """
    if not isinstance(value, str):
        return None
    try:
        if len(value) == len("2027-01-31"):
            return date.fromisoformat(value)
        found = datetime.fromisoformat(value)
        found = found if found.tzinfo is not None else found.replace(tzinfo=_zone(named) or zone)
        found.astimezone(zone)
    except (ValueError, OverflowError):
        return None
    return found


def _zone(name: object) -> tzinfo | None:
    if not isinstance(name, str) or not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def dates(cell: Property | None, zone: tzinfo) -> tuple[Day | None, Day | None]:
    """The start and end of a date cell (also one that a formula or rollup gives); None each where there is none."""
    held = _inner(cell) if cell is not None else None
    if not isinstance(held, dict):
        return None, None
    return day(held.get("start"), zone, held.get("time_zone")), day(held.get("end"), zone, held.get("time_zone"))


def no_dates(cell: Property | None, zone: tzinfo) -> list[str]:
    """What stands in a date cell and is no date, as text."""
    held = _inner(cell) if cell is not None else None
    told = (held.get("start"), held.get("end")) if isinstance(held, dict) else ()
    return [_string(each) for each in told if each is not None and day(each, zone) is None and _string(each)]


def people(cell: Property | None) -> list[User]:
    """The people and groups in a cell, in order."""
    if cell is None or cell.type not in _PEOPLE:
        return []
    return read_each(User, cell.value if isinstance(cell.value, list) else [cell.value])


def relation(cell: Property | None) -> list[str]:
    """The ids of the pages that a relation names."""
    held = cell.value if cell is not None and cell.type == "relation" and isinstance(cell.value, list) else []
    ids = (entry.get("id") for entry in held if isinstance(entry, dict))
    return [id_ for id_ in ids if isinstance(id_, str) and id_]


def options(cell: Property | None) -> list[tuple[str, str]]:
    """The chosen options of a status, select or multi-select: (id, name)."""
    if cell is None or cell.type not in ("status", "select", "multi_select"):
        return []
    held = cell.value if isinstance(cell.value, list) else [cell.value]
    found = [entry for entry in held if isinstance(entry, dict)]
    return [(_string(entry.get("id")), _string(entry.get("name"))) for entry in found if entry.get("name")]


def number(cell: Property | None) -> float | None:
    """A number, where the cell holds one (a formula's or rollup's too)."""
    held = _inner(cell) if cell is not None else None
    if isinstance(held, bool) or not isinstance(held, int | float):
        return None
    try:
        found = float(held)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def checked(cell: Property | None) -> bool | None:
    """Whether a checkbox is ticked; None where the cell is none."""
    held = _inner(cell) if cell is not None else None
    return held if isinstance(held, bool) else None


def pages_named(cell: Property | None) -> list[str]:
    """The ids of pages that a text mentions with @."""
    if cell is None or cell.type not in _TEXTS or not isinstance(cell.value, list):
        return []
    mentions = (run.get("mention") for run in cell.value if isinstance(run, dict))
    held = (each.get("page") for each in mentions if isinstance(each, dict))
    ids = (each.get("id") for each in held if isinstance(each, dict))
    return [id_ for id_ in ids if isinstance(id_, str) and id_]


def files(cell: Property | None) -> list[tuple[str, str]]:
    """The files in a cell: (name, address)."""
    held = cell.value if cell is not None and cell.type == "files" and isinstance(cell.value, list) else []
    found: list[tuple[str, str]] = []
    for entry in held:
        if not isinstance(entry, dict):
            continue
        kept = entry.get("external") or entry.get("file")
        url = kept.get("url") if isinstance(kept, dict) else None
        found.append((_string(entry.get("name")), _string(url)))
    return found


def text(cell: Property | None) -> str:  # noqa: PLR0911 - one return a kind reads best
    """Any cell as text: what a person would read in it, "" where it is empty or of a kind without words."""
    if cell is None:
        return ""
    if cell.type in _TEXTS:
        return plain(cell.value)
    if cell.type in ("status", "select", "multi_select"):
        return ", ".join(name for _id, name in options(cell))
    if cell.type in _PEOPLE:
        return ", ".join(user.name or user.id for user in people(cell))
    if cell.type == "relation":
        return ", ".join(relation(cell))
    if cell.type == "files":
        return ", ".join(name for name, _url in files(cell) if name)
    if cell.type == "unique_id" and isinstance(cell.value, dict):
        return "-".join(_string(cell.value.get(part)) for part in ("prefix", "number") if cell.value.get(part))
    if cell.type == "rollup" and isinstance(cell.value, dict) and isinstance(cell.value.get("array"), list):
        return ", ".join(found for each in cell.value["array"] if (found := text(Property.model_validate(each))))
    return _words(_inner(cell))


def _inner(cell: Property) -> Any:
    """The value itself, taken out of a formula or rollup."""
    if cell.type in ("formula", "rollup") and isinstance(cell.value, dict):
        kind = cell.value.get("type")
        return cell.value.get(kind) if isinstance(kind, str) else None
    return cell.value


def _words(held: object) -> str:
    if isinstance(held, dict):
        parts = [_string(held.get(part)) for part in ("start", "end", "name", "address", "state")]
        return " → ".join(part for part in parts if part)
    return _string(held)


def _string(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str | int | float):
        return str(value).encode("utf-8", "replace").decode()
    return ""
