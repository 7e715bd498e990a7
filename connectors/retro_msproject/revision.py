"""The revision of a task: a hash of what decisions read, so that a comment changes nothing."""

import hashlib

from retro.model import Task


def revision(task: Task) -> str:
    """Sixteen hexadecimal digits over title, place, dates, status, people, sizes, all fields and links."""
    constraint = task.constraint
    days = (task.start, task.due, task.actual_start, task.actual_finish, task.deadline, constraint and constraint.date)
    parts = (
        task.title,
        task.status.category.value,
        [day and day.isoformat() for day in days],
        constraint and constraint.type.value,
        [owner.key for owner in task.owners],
        [(each.value, each.unit, each.field) for each in task.estimates],
        (task.percent, task.remaining, task.priority, task.calendar, task.calendar_alone, task.manual),
        sorted(task.extra.items()),
        [(each.target, each.type.value, each.lag.value, each.lag.unit.value) for each in task.references],
        task.parent,
        task.milestone,
        task.role.value,
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
