"""Values of fields: where they stand on a task, when two of them say the same, and how one is written down.

A field is named as in a `Change`: `retro_latest`, `retro_review`… for retro's own, `start`, `due`, `title`, `section`,
`completed` and `archived` for the team's.
"""

from datetime import UTC, date, datetime, tzinfo

from retro.model.dates import Day, as_date, is_instant
from retro.model.task import Task, field_empty

Value = Day | str | float | None

OWN_PREFIX = "retro_"
TICK, TICKED = "completed", "complete"
"""The tick beside a task's list: its field, and what that holds where the task is ticked."""
ARCHIVED = "archived"
"""Whether a task is set aside on its board: its field, and what that holds where it is."""


def value_of(task: Task, field: str) -> Value:
    """What the board holds now in a field of a task. Raises AttributeError for a field that no task has."""
    if field.startswith(OWN_PREFIX):
        return task.own.get(field.removeprefix(OWN_PREFIX))
    if field == TICK:
        return TICKED if task.ticked else None
    if field == ARCHIVED:
        return ARCHIVED if task.archived else None
    value: Value = getattr(task, field)
    return value


def tidy(text: str) -> str:
    """Text without the blanks that tools add or drop: line ends, trailing spaces, blank lines around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def canonical(value: Value, zone: tzinfo) -> str:
    """One spelling for values that mean the same: dates in `zone`, numbers to one decimal, tidy text, "" if empty."""
    if value is None:
        return ""
    if isinstance(value, date):
        return as_date(value, zone).isoformat()
    if isinstance(value, str):
        return tidy(value)
    return f"{value:.1f}"


def agrees(current: Value, wanted: Value, zone: tzinfo) -> bool:
    """Whether the board says what retro wants: as dates, whatever the hour."""
    return canonical(current, zone) == canonical(wanted, zone)


def untouched(written: Value, current: Value) -> bool:
    """Whether a value is exactly as retro left it: an hour that someone set or moved counts as a change."""
    if field_empty(written) or field_empty(current):
        return field_empty(written) and field_empty(current)
    if isinstance(written, date) and isinstance(current, date):
        return is_instant(written) == is_instant(current) and written == current
    if isinstance(written, str) and isinstance(current, str):
        return tidy(written) == tidy(current)
    return written == current


def arrived(current: Value, sent: Value, zone: tzinfo) -> bool:
    """Whether a value that was sent is there: to the instant where the tool holds instants, else to the date."""
    if isinstance(current, datetime) and isinstance(sent, datetime):
        # In UTC: Python calls an hour that the change of clocks repeats or skips unequal to every other zone's.
        return current.astimezone(UTC) == sent.astimezone(UTC)
    return agrees(current, sent, zone)
