"""The revision of a card: a hash of what decisions read, so that a comment or a drag within a list changes nothing."""

import hashlib
import json
from dataclasses import replace
from datetime import date

from retro.model import Reference, Task


def with_revision(task: Task) -> Task:
    """The task with its revision."""
    return replace(task, revision=revision(task))


def revision(task: Task) -> str:
    """Sixteen hexadecimal digits over title, place, dates, status, people, labels, all fields and links.

    An own value outside of the fields (`marks`) moves none: a comment is not always read.
    """
    read = (
        task.title,
        task.section,
        task.archived,
        task.role,
        (task.status.raw, task.status.category),
        task.start,
        task.due,
        [owner.key for owner in task.owners],
        sorted(task.labels),
        sorted(task.extra.items()),
        sorted((field, _plain(value)) for field, value in task.own.items() if field not in task.marks),
        sorted(_link(each) for each in task.references),
        sorted(task.children),
        task.milestone,
    )
    text = json.dumps(read, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _link(reference: Reference) -> tuple[str | bool | int, ...]:
    """A link without a wait counts as it always did."""
    wait = reference.lag.value
    return (reference.target, reference.by_title, wait) if wait else (reference.target, reference.by_title)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)
