"""Columns, cells and pages as Notion sends them, made up in a few words."""

from typing import Any
from zoneinfo import ZoneInfo

from retro.model import Task
from retro_notion import payload
from retro_notion.mapping import task_of
from retro_notion.reading import BoardReading, reading
from retro_notion.settings import BoardSettings

PARIS = ZoneInfo("Europe/Paris")
SOURCE = "11111111-2222-4333-8444-555555555555"
PAGE = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"


def uuid(number: int) -> str:
    """A page's id."""
    return f"{number:08d}-0000-4000-8000-000000000000"


def runs(text: str) -> list[dict[str, Any]]:
    """Rich text."""
    return [{"type": "text", "text": {"content": text}, "plain_text": text}] if text else []


def options(*names: str) -> list[dict[str, Any]]:
    """Options whose ids are their names."""
    return [{"id": f"o-{name}", "name": name, "color": "default"} for name in names]


def status_config(**groups: list[str]) -> dict[str, Any]:
    """A status column: group name (`_` for a blank or a hyphen) to options."""
    listed = [
        {"id": f"g{place}", "name": name.replace("_", " "), "option_ids": [f"o-{each}" for each in held]}
        for place, (name, held) in enumerate(groups.items())
    ]
    return {"options": options(*(each for held in groups.values() for each in held)), "groups": listed}


def pair(of: str, other: str) -> dict[str, Any]:
    """One end of a two-way relation of the data source with itself; ids are `r-<name>`."""
    return {
        "data_source_id": SOURCE,
        "type": "dual_property",
        "dual_property": {"synced_property_id": f"r-{other}", "synced_property_name": other},
        "of": of,
    }


def source(columns: dict[str, tuple[str, dict[str, Any]] | str]) -> payload.DataSource:
    """A data source: name → type, or (type, configuration). Ids are the names, percent-escaped once."""
    properties = {"Nom": {"id": "title", "name": "Nom", "type": "title", "title": {}}}
    for name, told in columns.items():
        kind, config = told if isinstance(told, tuple) else (told, {})
        id_ = f"r-{name}" if kind == "relation" else f"{name}%3E"
        properties[name] = {"id": id_, "name": name, "type": kind, kind: config}
    return payload.DataSource.model_validate(
        {"object": "data_source", "id": SOURCE, "title": runs("Campagne"), "url": "", "properties": properties}
    )


def document(title: str, cells: dict[str, tuple[str, Any]], **more: Any) -> dict[str, Any]:
    """A page's JSON: column name → (type, value)."""
    properties: dict[str, Any] = {"Nom": {"id": "title", "type": "title", "title": runs(title)}}
    for name, (kind, value) in cells.items():
        id_ = f"r-{name}" if kind == "relation" else f"{name}%3E"
        properties[name] = {"id": id_, "type": kind, kind: value}
    return {
        "object": "page",
        "id": PAGE,
        "created_time": "2027-01-04T09:00:00.000Z",
        "last_edited_time": "2027-01-04T09:05:00.000Z",
        "url": f"https://www.notion.so/{PAGE.replace('-', '')}",
        "parent": {"type": "data_source_id", "data_source_id": SOURCE},
        "properties": properties,
        **more,
    }


def board(
    columns: dict[str, tuple[str, dict[str, Any]] | str], settings: BoardSettings | None = None, **pins: str
) -> BoardReading:
    """A data source, understood."""
    return reading(source(columns), settings or BoardSettings(), PARIS, pins=pins)


def task(
    columns: dict[str, tuple[str, dict[str, Any]] | str],
    cells: dict[str, tuple[str, Any]],
    settings: BoardSettings | None = None,
    title: str = "Tâche",
    **more: Any,
) -> Task:
    """One page of it, as a task."""
    return task_of(payload.Page.model_validate(document(title, cells, **more)), board(columns, settings))
