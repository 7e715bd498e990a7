"""What every JSON document of retro begins with, and how its values are written."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from retro.model import Task

VERSION = 1


def head(now: datetime, zone_name: str, lang: str) -> dict[str, Any]:
    """`version`, `now` (with the workspace's offset, to the second) and `lang`."""
    return {"version": VERSION, "now": instant(now, zone_name), "lang": lang}


def instant(moment: datetime | None, zone_name: str) -> str | None:
    """An instant as ISO 8601 with the workspace's offset, to the second; None stays None."""
    return None if moment is None else moment.astimezone(ZoneInfo(zone_name)).isoformat(timespec="seconds")


def plain(value: object) -> Any:
    """A fact as JSON holds it: dates as text, tuples as lists, all else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


def task_reference(task: Task) -> dict[str, Any]:
    """A task as documents name it: key, title as written on the board, URL."""
    return {"key": task.key, "title": task.title, "url": task.url}


def dumps(document: Mapping[str, Any]) -> str:
    """A document as text: readable, accents kept, ended by a newline."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
