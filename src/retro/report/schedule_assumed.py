"""What a schedule rests on where boards say little: assumed sizes, links that nobody wrote, a date to give."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import Assessment, Category, EstimateOrigin, Task, as_date
from retro.report import wording

_YEARS_AHEAD = 10
"""A date further off is a slip of the pen, or stands for "some day"."""


def assumed(assessment: Assessment) -> Iterator[str]:
    """Sentences about the open tasks that are scheduled; none where everything was read."""
    planned = assessment.schedule.tasks
    tasks = [task for task in assessment.portfolio.tasks if task.key in planned and task.status.category.is_open]
    guessed = [planned[task.key] for task in tasks if planned[task.key].estimate_origin is EstimateOrigin.DEFAULT]
    if guessed:
        yield plural(
            "{count} task of {base} has no estimate: it counts for {days}.",
            "{count} tasks of {base} have no estimate: each counts for {days}.",
            len(guessed),
            base=len(tasks),
            days=format_days(guessed[0].estimate_minutes, assessment.day_minutes),
        )
    keys = {task.key for task in tasks}
    if len(tasks) > 1 and not any(
        link.predecessor in keys or link.successor in keys for link in assessment.portfolio.links
    ):
        yield _("No task waits for another: each is planned for itself, as late as the date allows.")


def date_to_give(tasks: Sequence[Task], assessment: Assessment) -> str:
    """How to give the date that these tasks, which have none to work back from, should end by."""
    zone = ZoneInfo(assessment.zone_name)
    today = assessment.now.astimezone(zone).date()
    open_ = [task for task in tasks if task.status.category is not Category.DONE]
    dated = [(as_date(task.due, zone), task) for task in open_ if task.due]
    near = [(day, task) for day, task in dated if day >= today and day.year - today.year <= _YEARS_AHEAD]
    if not near:
        return _("Give the date that cannot move: `--end 2027-03-01`.")
    last, task = max(near, key=lambda each: (each[0], each[1].key))
    return _(
        "Give the date that cannot move. The last one set is {day} ({task}): `--end {date}`.",
        day=format_date(last, Style.LONG),
        task=wording.title(task),
        date=last.isoformat(),
    )
