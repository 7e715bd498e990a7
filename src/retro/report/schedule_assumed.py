"""What a schedule rests on: assumed sizes, links that nobody wrote, what of a board is not followed, a date to give."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import Assessment, Category, EstimateOrigin, Task, as_date
from retro.report import wording
from retro.report.untrusted import printable

_NAMED = 3
_WARNINGS = 12
"""Sentences on boards; doctor and pull tell the rest."""
_LONG = 400
"""Characters of one."""
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
    yield from _behind(assessment, tasks)
    yield from _warnings(assessment)


def _behind(assessment: Assessment, tasks: Sequence[Task]) -> Iterator[str]:
    """Work that a plan still places before the day to which its tool has recorded what was done.

    As in Microsoft Project, a task is late whose work does not reach that day, and it stays where it is until the tool
    is told to reschedule what is not completed.
    """
    zone = ZoneInfo(assessment.zone_name)
    planned = assessment.schedule.tasks
    for board in assessment.portfolio.boards:
        if board.status_date is None:
            continue
        until = as_date(board.status_date, zone)
        over = [(task, planned[task.key].earliest_finish) for task in tasks if task.board == board.key]
        behind = [task for task, finish in over if finish is not None and as_date(finish, zone) < until]
        if behind:
            yield plural(
                "{board}: by its status date, {day}, {count} task should be over and is not ({names}). Its dates stay "
                "as they are until the rest of its work is rescheduled there.",
                "{board}: by its status date, {day}, {count} tasks should be over and are not ({names}). Their dates "
                "stay as they are until the rest of their work is rescheduled there.",
                len(behind),
                board=printable(board.name),
                day=format_date(until, Style.LONG),
                names=", ".join(map(wording.short_title, behind[:_NAMED])) + (", …" if len(behind) > _NAMED else ""),
            )


def _warnings(assessment: Assessment) -> Iterator[str]:
    """What boards say of their own read, with the board's name where there are several."""
    boards = assessment.portfolio.boards
    said = [(board, warning) for board in boards for warning in board.warnings]
    for board, warning in said[:_WARNINGS]:
        words = wording.shortened(printable(warning), _LONG)
        yield f"{printable(board.name)}{_(': ')}{words}" if len(boards) > 1 else f"{words[:1].upper()}{words[1:]}"
    if more := len(said[_WARNINGS:]):
        yield plural("… and {count} more remark: retro doctor", "… and {count} more remarks: retro doctor", more)


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
