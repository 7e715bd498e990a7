"""Which tasks retro may write to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from retro.model import Portfolio, Task
from retro.ports import Acknowledged


def parents(portfolio: Portfolio) -> frozenset[str]:
    """Keys of tasks that have children: spans, which retro never writes to."""
    return frozenset(task.parent for task in portfolio.tasks if task.parent is not None and task.counts)


def writable(task: Task, parent_keys: frozenset[str]) -> bool:
    """Whether a task may be written to at all: open, a leaf, a card of its own, and not opted out."""
    return task.is_open and not task.opted_out and task.key not in parent_keys


@dataclass(frozen=True, slots=True)
class LastWrite:
    """When retro last had an answer to a write on a task, and who then was the last to have edited it: itself."""

    at: datetime
    editor: str = ""


def last_writes(acknowledged: Mapping[tuple[str, str], Acknowledged]) -> dict[str, LastWrite]:
    """The last write on each task."""
    last: dict[str, LastWrite] = {}
    for (task, _field), value in acknowledged.items():
        if value.at is not None and (task not in last or value.at > last[task].at):
            last[task] = LastWrite(value.at, value.editor)
    return last


def just_edited(task: Task, now: datetime, quiet: timedelta, last: LastWrite | None) -> bool:
    """Whether someone other than retro touched a task within `quiet` of `now` and may still be at it.

    The tool's clock may run ahead of ours, so a stamp a little in the future is recent too. Where a tool tells whole
    minutes only, an edit may bear the minute of retro's own write: then another last editor gives it away.
    """
    if task.updated is None or abs(now - task.updated) >= quiet:
        return False
    if last is None or task.updated > last.at:
        return True
    return bool(last.editor) and task.last_editor not in (None, last.editor)
