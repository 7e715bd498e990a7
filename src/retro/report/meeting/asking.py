"""Questions in words: who is asked what, about which task, and what hangs on it."""

from collections.abc import Iterator
from datetime import date

from retro.i18n import Style, format_date, format_number, plural
from retro.i18n import text as _
from retro.model import Owner
from retro.report import wording
from retro.report.meeting.pen import Pen, listed
from retro.report.meeting.questions import Ask, Question

_MOST_NAMES = 3
_MOST_LATE = 2
"""Late tasks that a question names."""


def asked(question: Question, pen: Pen, *, today: date, day_minutes: int) -> str:
    """A question, and in brackets what helps to answer it."""
    said, facts = _question(question, pen, day_minutes), list(_facts(question, pen, today))
    return f"{said} ({', '.join(facts)})" if facts else said


def about(question: Question, pen: Pen) -> str:
    """What a question is about, in a word or two: for one that was asked before."""
    if question.task is not None:
        return pen.quoted(question.task.title)
    if question.ask is Ask.END:
        return _("end dates")
    if question.ask is Ask.LATE:
        return _("late tasks without an owner")
    return pen.title(question.owner.name if question.owner else question.project.name if question.project else "")


def _question(question: Question, pen: Pen, day_minutes: int) -> str:
    project = pen.title(question.project.name) if question.project is not None else ""
    match question.ask:
        case Ask.LEVER:
            said = _("{project}: which way out, and who sees to it?", project=project)
        case Ask.PASSED:
            said = _("{project}: the date has passed; which is the new one, or what is dropped?", project=project)
        case Ask.END:
            names = [pen.title(each.name) for each in question.projects[:_MOST_NAMES]]
            left = len(question.projects) - len(names)
            names += [plural("{count} more", "{count} more", left)] if left else []
            said = _("Which end date for {projects}?", projects=", ".join(names))
        case Ask.LATE:
            said = _late(question, pen)
        case Ask.ANCHOR:
            said = _moved(question, pen, project)
        case Ask.LOAD:
            said = _overloaded(question, pen, day_minutes)
        case _:
            said = _of_task(question, pen)
    return said


def _of_task(question: Question, pen: Pen) -> str:
    task, name = pen.task(question.task) if question.task is not None else "", _name(question.owner, pen)
    if question.ask is Ask.OWNER:
        return _("Who takes {task}?", task=task)
    if question.ask is Ask.REVIEW:
        return _("{name}: approval of {task} by when?", name=name, task=task)
    return _("{name}: {task} by when?", name=name, task=task)


def _late(question: Question, pen: Pen) -> str:
    count = len(question.tasks)
    if count <= _MOST_LATE:
        return _("Who takes {task}?", task=listed([pen.quoted(task.title) for task in question.tasks]))
    return plural("Who takes the {count} late task of nobody?", "Who takes the {count} late tasks of nobody?", count)


def _moved(question: Question, pen: Pen, project: str) -> str:
    moved = question.moved
    if moved is None:
        return project
    return plural(
        "{project}: “{anchor}” went from {was} to {now}; is that agreed?",
        "{project}: “{anchor}” went from {was} to {now}, moved {count} times; is that agreed?",
        moved.times,
        project=project,
        anchor=pen.title(moved.name),
        was=format_date(moved.was, Style.LONG),
        now=format_date(moved.now, Style.LONG),
    )


def _overloaded(question: Question, pen: Pen, day_minutes: int) -> str:
    week, name = question.week, _name(question.owner, pen)
    if week is None:
        return name
    return _(
        "{name}, week of {date}: {load} days of work, room for {room}; what moves?",
        name=name,
        date=format_date(week.monday),
        load=format_number(week.load / day_minutes),
        room=format_number(week.capacity / day_minutes),
    )


def _facts(question: Question, pen: Pen, today: date) -> Iterator[str]:
    if question.ask in (Ask.OWNER, Ask.REVIEW) and question.day is not None:
        yield _("expected on {date}", date=wording.when(question.day, today))
    if question.ask is Ask.DATE and question.day is not None:
        yield _("advised: {date}", date=wording.when(question.day, today))
    if question.since is not None and question.since < today:
        yield _("in review since {date}", date=wording.when(question.since, today))
    if question.waiter is not None:
        yield _("{name} waits", name=_name(question.waiter, pen))
    if question.movable:
        tasks = ", ".join(pen.task(task) for task in question.movable)
        yield _("can wait: {tasks}", tasks=tasks)


def _name(owner: Owner | None, pen: Pen) -> str:
    return pen.person(owner) if owner is not None else _("an owner to be named")
