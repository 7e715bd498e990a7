"""Before a write goes out again after a wait: what another look at the task says of it.

While retro waits, people work: what they change then is theirs, and a write whose answer was lost may be done.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol, TypeVar

from retro.http.line import Look
from retro.i18n import text as _
from retro.model import Task
from retro.model.values import Value, arrived, untouched, value_of
from retro.ports import SourceError, StaleRevisionError, WriteUncertainError

T = TypeVar("T")


class Looking(Protocol):
    """What sends requests, and looks again (`PacedSession`, `PacedClient`)."""

    def looking(self, look: Look) -> AbstractContextManager[None]:
        """See `Line.looking`."""
        ...


@dataclass(frozen=True, slots=True)
class Stands:
    """In the place of an answer: a look showed that all is there."""

    task: Task
    """As it was then read."""


class _StandsError(Exception):
    """Nothing is to be sent any more."""

    def __init__(self, task: Task) -> None:
        super().__init__(task.key)
        self.task = task


def watched(
    line: Looking,
    send: Callable[[], T],
    *,
    fields: Mapping[str, Value],
    before: Task,
    read: Callable[[], Task | None],
    zone: tzinfo,
) -> T | Stands:
    """What `send` gives, which makes one write; before it goes out after a wait, the task is looked at.

    Args:
        line: what `send` makes its request through. It is to be told (`seen`) whenever `read` had its answer.
        send: makes the request.
        fields: what it writes; none where that stands in no field.
        before: the task as the write takes it to be.
        read: reads it now; None: it is gone, or on another board.
        zone: the workspace's.

    Raises:
        StaleRevisionError: somebody changed the task during the wait, and nothing of ours is there.
        WriteUncertainError: a part of ours may be there, or the task cannot be read: whoever settles it has to look.
        SourceError: the task cannot be read, and nothing of ours is there; what `send` raises.
    """

    def look(*, perhaps: bool) -> None:
        now = stands_already(fields, before, read, zone, perhaps=perhaps)
        if now is not None:
            raise _StandsError(now)

    try:
        with line.looking(look):
            return send()
    except _StandsError as stands:
        return Stands(stands.task)


def stands_already(
    fields: Mapping[str, Value], before: Task, read: Callable[[], Task | None], zone: tzinfo, *, perhaps: bool
) -> Task | None:
    """The task as it now is, if all that a request writes is there already; None: it may be sent (again).

    `perhaps` tells whether an earlier sending may have been done; for the rest, and what is raised, see `watched`.
    """
    try:
        now = read()
    except SourceError as error:
        if not perhaps:
            raise
        raise WriteUncertainError(error.what, where=error.where, remedy=error.remedy, whole=error.whole) from None
    if now is None:
        raise _stopped(before.key, perhaps=perhaps and not fields)
    there = [name for name, value in fields.items() if arrived(value_of(now, name), value, zone)]
    if fields and len(there) == len(fields):
        return now
    if now.revision == before.revision and all(
        untouched(value_of(before, name), value_of(now, name)) for name in fields
    ):
        return None
    ours = [name for name in there if not arrived(value_of(before, name), fields[name], zone)]
    raise _stopped(before.key, perhaps=perhaps and bool(ours or not fields))


def half_written(task: str) -> WriteUncertainError:
    """The error where somebody changed a task of which a part was written: whoever settles it has to look."""
    return WriteUncertainError(
        _("somebody changed this task while retro was writing on it: a part may be written."),
        where=task,
        remedy=_("The next run looks before it writes again."),
    )


def _stopped(task: str, *, perhaps: bool) -> StaleRevisionError | WriteUncertainError:
    return half_written(task) if perhaps else StaleRevisionError(task)
