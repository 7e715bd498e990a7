"""How one assessment differs from another: ends, moves, what becomes critical or late, and whose weeks are over."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from retro.calendars import Calendar
from retro.calendars.loads import PersonWeek, capacity, person_weeks, planned_works
from retro.model import AnchorVerdict, Assessment, Schedule, Task, TaskSchedule, as_date
from retro.model.what_if import (
    EndChange,
    Late,
    Lateness,
    Move,
    Supposition,
    WeekOver,
    WhatIf,
    WhichDates,
)

_LEAST = 15
"""Minutes of a week below which being over is nobody's concern."""


def compare(
    supposed: tuple[Supposition, ...],
    before: Assessment,
    after: Assessment,
    calendar: Calendar,
    *,
    since: datetime,
) -> WhatIf:
    """Everything that `after` has otherwise than `before`, both being of the same boards at the same instant.

    Moves are counted on `calendar`, the project's: a person's own leave would hide what it moves. People's weeks are
    compared from `since` on.
    """
    return WhatIf(
        suppositions=supposed,
        before=before,
        after=after,
        ends=tuple(sorted(_ends(before.schedule, after.schedule), key=_end_rank)),
        moves=tuple(sorted(_moves(before, after, calendar), key=_move_rank)),
        critical=tuple(_critical(before, after)),
        late=tuple(sorted(_late(before, after), key=_late_rank)),
        over=tuple(sorted(_over(before, after, since), key=_over_rank)),
    )


def _ends(before: Schedule, after: Schedule) -> Iterator[EndChange]:
    """Anchors of the same key; of those that are left in a project, the last with the last."""
    here, there = {each.key: each for each in before.anchors}, {each.key: each for each in after.anchors}
    yield from (EndChange(here[key], there[key]) for key in here if key in there)
    left: dict[str, tuple[list[AnchorVerdict], list[AnchorVerdict]]] = defaultdict(lambda: ([], []))
    for place, (mine, others) in enumerate(((here, there), (there, here))):
        for anchor in sorted((mine[key] for key in mine if key not in others), key=lambda each: each.date):
            left[anchor.project][place].append(anchor)
    for gone, new in left.values():
        while gone or new:
            yield EndChange(gone.pop() if gone else None, new.pop() if new else None)


def _end_rank(end: EndChange) -> tuple[bool, bool, datetime, str]:
    anchor = end.after or end.before
    assert anchor is not None  # noqa: S101 - one of the two is there by construction
    return (end.after is None or end.after.feasible, not end.changed, anchor.date, anchor.key)


def _moves(before: Assessment, after: Assessment, calendar: Calendar) -> Iterator[Move]:
    for task, now in _open(after):
        was = before.schedule.tasks.get(task.key)
        if was is None:
            yield Move(task, WhichDates.ADVISED if now.advised_finish else WhichDates.EARLIEST, None, now)
            continue
        bound = was.latest_finish is not None and now.latest_finish is not None
        for dates in (WhichDates.ADVISED, WhichDates.LATEST) if bound else (WhichDates.EARLIEST,):
            moved = _moved(dates.of(was), dates.of(now), calendar)
            if moved is not None:
                yield Move(task, dates, was, now, moved)
                break


def _moved(
    was: tuple[datetime | None, datetime | None], now: tuple[datetime | None, datetime | None], calendar: Calendar
) -> int | None:
    """The greater of the moves of start and finish, in working minutes; None where neither moves.

    From the end of one working day to the beginning of the next is no move; to another day off is one.
    """
    pairs = [(one, other) for one, other in zip(was, now, strict=True) if one is not None and other is not None]
    minutes = max((calendar.minutes_between(one, other) for one, other in pairs), key=abs, default=0)
    if minutes or any(_days_apart(one, other, calendar) for one, other in pairs):
        return minutes
    return None


def _days_apart(one: datetime, other: datetime, calendar: Calendar) -> bool:
    """Two days off, of which someone works one and not the project."""
    return one.date() != other.date() and not (
        calendar.is_working_day(one.date()) or calendar.is_working_day(other.date())
    )


def _move_rank(move: Move) -> tuple[bool, int, int, float, str]:
    """What is new first, then the most moved, by start; latest dates alone after advised ones."""
    start, _finish = move.dates.of(move.after)
    begins = start.timestamp() if start is not None else 0.0
    return (move.before is not None, list(WhichDates).index(move.dates), -abs(move.minutes), begins, move.task.key)


def _open(assessment: Assessment) -> Iterator[tuple[Task, TaskSchedule]]:
    planned = assessment.schedule.tasks
    return ((task, planned[task.key]) for task in assessment.portfolio.tasks if task.key in planned and task.is_open)


def _critical(before: Assessment, after: Assessment) -> Iterator[Task]:
    for task, now in _open(after):
        was = before.schedule.tasks.get(task.key)
        if now.critical and not (was is not None and was.critical):
            yield task


def _late(before: Assessment, after: Assessment) -> Iterator[Late]:
    zone = ZoneInfo(after.zone_name)
    for task, now in _open(after):
        if task.due is None:
            continue
        due = as_date(task.due, zone)
        was = before.schedule.tasks.get(task.key)
        for why, finish, earlier in (
            (Lateness.MISSED, now.earliest_finish, was.earliest_finish if was else None),
            (Lateness.TOO_LATE, now.latest_finish, was.latest_finish if was else None),
        ):
            if finish is not None and _is_late(why, due, finish) and not (earlier and _is_late(why, due, earlier)):
                yield Late(task, why, due, finish)
                break


def _is_late(why: Lateness, due: date, finish: datetime) -> bool:
    return finish.date() > due if why is Lateness.MISSED else finish.date() < due


def _late_rank(late: Late) -> tuple[bool, int, str]:
    return (late.why is not Lateness.MISSED, -abs((late.finish.date() - late.due).days), late.task.key)


def _over(before: Assessment, after: Assessment, since: datetime) -> Iterator[WeekOver]:
    since = since.astimezone(ZoneInfo(after.zone_name))
    here, there, day = _weeks(before, since), _weeks(after, since), since.date()
    for key in {**here, **there}:
        was, now = here.get(key), there.get(key)
        week = WeekOver(
            owner=(now or here[key]).owner,
            monday=key[1],
            load_before=was.load if was else 0,
            load_after=now.load if now else 0,
            capacity_before=_capacity(before, key, was, day),
            capacity_after=_capacity(after, key, now, day),
        )
        if abs(week.after - week.before) >= _LEAST:
            yield week


def _weeks(assessment: Assessment, since: datetime) -> dict[tuple[str, date], PersonWeek]:
    """Everyone's weeks as the schedule fills them."""
    works = planned_works(assessment.portfolio, assessment.schedule, since, lambda _task, planned: planned.work_minutes)
    return person_weeks(works, assessment.work_minutes)


def _capacity(assessment: Assessment, key: tuple[str, date], week: PersonWeek | None, since: date) -> int:
    person, monday = key
    load, tasks = (week.load, len(week.parts)) if week is not None else (0, 0)
    worked = assessment.work_minutes
    return capacity(person, monday, load, tasks, worked, reserve=assessment.reserve, since=since)


def _over_rank(week: WeekOver) -> tuple[bool, int, str, date]:
    """Those that get worse first, the worst of them first."""
    return (week.after <= week.before, -week.after, week.owner.name.casefold(), week.monday)
