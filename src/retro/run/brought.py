"""The calendars that boards bring along, as plan files do: whose they are, and which stands for the project's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from retro.calendars import Calendar, described
from retro.model import Board, BoardKind, Person, Task, Team


@dataclass(frozen=True, slots=True)
class Brought:
    """What boards bring: `project` only where all of those that are scheduled agree on it."""

    project: Calendar | None = None
    people: Mapping[str, Calendar] = field(default_factory=dict[str, Calendar])
    """By the person's key."""
    named: Mapping[str, Calendar] = field(default_factory=dict[str, Calendar])
    """By the calendar's own key."""


def brought(boards: Iterable[Board], people: Iterable[Person | Team], zone: tzinfo, day_minutes: int) -> Brought:
    """The calendars of boards, in `zone`; `day_minutes` is what "1 day" means where a board does not say."""
    planned = [board for board in boards if board.kind is BoardKind.PROJECT]
    if not any(board.calendars for board in planned):
        return Brought()
    person_of = {key: person.key for person in people for key in person.keys}
    named: dict[str, Calendar] = {}
    found: dict[str, Calendar] = {}
    for board in planned:
        for spec in board.calendars:
            calendar = described(spec, zone, board.day_minutes or day_minutes)
            if calendar is not None:
                named[spec.key] = calendar
                for owner in spec.owners:
                    found.setdefault(person_of.get(owner, owner), calendar)
    usual = [named.get(board.calendar or "") for board in planned]
    return Brought(usual[0] if all(each == usual[0] for each in usual) else None, found, named)


def on_their_boards(tasks: Sequence[Task], boards: Iterable[Board]) -> tuple[Task, ...]:
    """Tasks that nobody has are done by their board's calendar, where it brings one."""
    usual = {board.key: board.calendar for board in boards if board.calendar is not None}
    if not usual:
        return tuple(tasks)
    return tuple(
        replace(task, calendar=usual[task.board])
        if task.calendar is None and not task.owners and task.board in usual
        else task
        for task in tasks
    )
