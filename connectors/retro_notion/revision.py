"""The revision of a page: a hash of what decisions read, so that a comment or a formula of the day changes nothing."""

import hashlib
import json
from collections.abc import Collection
from datetime import date

from retro.model import Reference, Task


def revision(task: Task, passed_over: Collection[str]) -> str:
    """Sixteen hexadecimal digits over title, dates, status, people, labels, fields and links.

    `passed_over` names the columns that do not count: those that Notion fills by itself, which nobody edits.
    """
    read = (
        task.title,
        task.archived,
        task.role,
        (task.status.raw, task.status.category),
        task.start,
        task.due,
        task.actual_start,
        task.actual_finish,
        task.percent,
        [owner.key for owner in task.owners],
        task.reviewer.key if task.reviewer else None,
        sorted(task.labels),
        (task.channel, task.client, task.phase, task.priority),
        [(each.origin, each.value, each.unit, each.text) for each in task.estimates],
        sorted((name, value) for name, value in task.extra.items() if name not in passed_over),
        sorted((name, _plain(value)) for name, value in task.own.items()),
        sorted(_link(each) for each in task.references),
        task.parent,
        sorted(task.children),
        (task.milestone, task.opted_out),
    )
    text = json.dumps(read, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _link(reference: Reference) -> tuple[str | bool | int, ...]:
    """A link without a wait counts as it always did."""
    told = (reference.target, reference.direction, reference.by_title)
    return (*told, reference.lag.value) if reference.lag.value else told


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)
