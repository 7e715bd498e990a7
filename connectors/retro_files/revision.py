"""The revision of a row: a hash of what decisions read, so that a comment changes nothing."""

import hashlib
import json
from datetime import date

from retro.model import Task


def revision(task: Task) -> str:
    """Sixteen hexadecimal digits over title, place, dates, status, people, labels, sizes, all fields and links."""
    read = (
        task.title,
        task.section,
        (task.status.raw, task.status.category),
        task.start,
        task.due,
        task.actual_start,
        task.actual_finish,
        [owner.key for owner in task.owners],
        sorted(task.labels),
        [(each.value, each.unit, each.text) for each in task.estimates],
        task.percent,
        sorted(task.extra.items()),
        sorted((each.target, each.type, each.lag.value, each.lag.unit) for each in task.references),
        task.parent,
        task.milestone,
    )
    text = json.dumps(read, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)
