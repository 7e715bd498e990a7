"""Which tasks retro may write to."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from retro.model import Portfolio, Task
from retro.ports import Acknowledged


def parents(portfolio: Portfolio) -> frozenset[str]:
    """Keys of tasks that have children: spans, which retro never writes to."""
    return frozenset(task.parent for task in portfolio.tasks if task.parent is not None and task.counts)


def writable(task: Task, parent_keys: frozenset[str]) -> bool:
    """Whether a task may be written to at all: open, a leaf, a card of its own, and not opted out."""
    return task.is_open and not task.opted_out and task.key not in parent_keys


def last_writes(acknowledged: Mapping[tuple[str, str], Acknowledged]) -> dict[str, datetime]:
    """When retro last had an answer to a write, by task."""
    last: dict[str, datetime] = {}
    for (task, _field), value in acknowledged.items():
        if value.at is not None and (task not in last or value.at > last[task]):
            last[task] = value.at
    return last


def just_edited(task: Task, now: datetime, quiet: timedelta, last_write: datetime | None) -> bool:
    """Whether someone other than retro touched a task within `quiet` of `now` and may still be at it.

    The tool's clock may run ahead of ours, so a stamp a little in the future is recent too.
    """
    if task.updated is None or abs(now - task.updated) >= quiet:
        return False
    return last_write is None or task.updated > last_write
