"""What is drawn of one task, on the page and at the terminal: from when to when, and how it stands."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from retro.model import Category, Task, TaskSchedule, as_date
from retro.report.worklists import done_on

_UNDER_WAY = (Category.DOING, Category.REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What is drawn of one task. Both days of a bar are included; `tone` is done, doing, late or todo."""

    start: date
    finish: date
    tone: str
    latest: date | None = None
    due: date | None = None
    milestone: bool = False


def bar(task: Task, planned: TaskSchedule | None, *, late: bool, today: date, zone: ZoneInfo) -> Bar | None:
    """The bar of a task, or None where nothing is known of its dates.

    Done work shows when it was done; work to come its advised dates, and its earliest ones once those have gone by.
    Without a date to work back from it ends on its own due date, if it can be over by then.
    """

    def day(value: date | None) -> date | None:
        return None if value is None else as_date(value, zone)

    due, latest = day(task.due), day(planned.latest_finish) if planned else None
    category = task.status.category
    if category is Category.DONE:
        finish = done_on(task, zone) or due
        start = day(task.actual_start) or day(task.start) or finish
        finish = finish or start
        if start is None or finish is None:
            return None
        return Bar(start=min(start, finish), finish=finish, tone="done", milestone=task.milestone)
    start, finish = day(task.start), due
    tone = "todo"
    if planned is not None:
        advised = (day(planned.advised_start), day(planned.advised_finish))
        earliest = (day(planned.earliest_start), day(planned.earliest_finish))
        at_risk = planned.total_slack_minutes is not None and planned.total_slack_minutes < 0
        late = late or at_risk
        if category in _UNDER_WAY:
            start, finish = day(task.actual_start) or start or earliest[0], earliest[1] or finish
            tone = "doing"
        elif advised[0] is not None and advised[0] >= today and not at_risk:
            start, finish = advised
        elif earliest[0] is not None:
            start, finish = _up_to_due(earliest[0], earliest[1], due) if latest is None else earliest
    start = start or finish
    if start is None:
        return None
    finish = max(finish or start, start)
    return Bar(
        start=start,
        finish=finish,
        tone="late" if late else "doing" if category in _UNDER_WAY else tone,
        latest=latest,
        due=due,
        milestone=task.milestone,
    )


def _up_to_due(first: date, last: date | None, due: date | None) -> tuple[date, date | None]:
    """As many days as the soonest ones, up to the due date where that is later."""
    if last is None or due is None or due <= last:
        return first, last
    return due - (last - first), due
