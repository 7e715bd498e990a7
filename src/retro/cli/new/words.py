"""What is said of a new rétroplanning: what it holds, whether its day suits, whether there is time, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import as_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from retro.cli.session import Session
    from retro.run.templates import NewPlan

_LEVERS = 3


def tell(plan: NewPlan, target: Path, people: Mapping[str, str], session: Session) -> None:
    """Say it: the file on standard output, what is to be thought over beside it."""
    tasks = plan.assessment.portfolio.tasks
    last = max(as_date(task.due, session.zone) for task in tasks if task.due is not None)
    typer.echo(plural("{file}: {count} task", "{file}: {count} tasks", len(tasks), file=target))
    typer.echo(
        _("From {first} to {last}; launch on {end}.", first=_long(plan.begins), last=_long(last), end=_whole(plan.end))
    )
    warn(plan, people, session)
    typer.echo(_next(plan, target, people))


def warn(plan: NewPlan, people: Mapping[str, str], session: Session) -> None:
    """What is to be thought over, on standard error: the day of the launch, and the time before it."""
    for line in (*_day(plan), *_time(plan, people, session)):
        typer.echo(line, err=True)


def _day(plan: NewPlan) -> Iterator[str]:
    """What speaks against the day, with a better one; nothing where it is not ours to set."""
    from retro.run.templates import Against, against, better_day

    what = against(plan.end, plan.calendar) if plan.template.movable else None
    if what is None:
        return
    day = _long(plan.end)
    match what:
        case Against.DAY_OFF:
            holiday = plan.calendar.holiday(plan.end, plan.assessment.lang)
            reason = (
                _("{day} is a public holiday ({name}).", day=day, name=holiday)
                if holiday
                else _("Nobody works on {day}.", day=day)
            )
        case Against.AUGUST:
            reason = _("In August, many of those whom you want to reach are on leave.")
        case Against.YEAR_END:
            reason = _("At the end of the year, many of those whom you want to reach are on leave.")
        case Against.FRIDAY:
            reason = _("{day} is a Friday: should something go wrong, nobody sees to it before Monday.", day=day)
        case Against.EVE:
            reason = _("{day} is the eve of a day off: should something go wrong, nobody sees to it.", day=day)
    yield reason + " " + _("A better day: {better}.", better=_whole(better_day(plan.end, plan.calendar)))


def _time(plan: NewPlan, people: Mapping[str, str], session: Session) -> Iterator[str]:
    """By how much the end is too near, and what helps."""
    from retro import registry
    from retro.report.wording import lever
    from retro.run.templates import first_end_with_time

    if not plan.missing_days:
        return
    yield plural(
        "The launch is too near: {count} working day is missing; this plan should have begun on {first}.",
        "The launch is too near: {count} working days are missing; this plan should have begun on {first}.",
        plan.missing_days,
        first=_long(plan.begins),
    )
    anchor = plan.assessment.schedule.anchors[0]
    day_minutes = plan.assessment.day_minutes
    if anchor.feasible:
        yield _("Without its margins it can still be kept: nothing may slip then.")
    else:
        yield _(
            "Even without any margin, {days} are missing before the launch.",
            days=format_days(anchor.missing_minutes, day_minutes),
        )
        titles = {task.key: task.title for task in plan.assessment.portfolio.tasks}
        for each in [each for each in anchor.levers if each.kind != "move"][:_LEVERS]:
            yield f"  · {lever(each, titles, day_minutes)}"
    end = first_end_with_time(plan, session.configuration, registry.handle_of, people=people)
    if end is not None:
        yield _("With a launch on {day}, everything fits, margins included.", day=_whole(end))


def _next(plan: NewPlan, target: Path, people: Mapping[str, str]) -> str:
    """What to do with the file."""
    from retro.report.untrusted import printable

    match target.suffix.casefold():
        case ".ics":
            return _("Next: open it with your calendar, or import it there.")
        case ".csv":
            return _("Next: in Notion, Import, then CSV. For Excel, write to a file that ends with .xlsx.")
        case ".json":
            return _("Next: `retro lint {file}`.", file=_quoted(target))
    free = [name for role, name in plan.template.roles.items() if role not in people]
    if free:
        return _(
            'Next: open it, put names in place of the roles (or add --owner "{role}=NAME"), then `retro lint {file}`.',
            role=printable(free[0]),
            file=_quoted(target),
        )
    return _("Next: open it, adapt it, then `retro lint {file}`.", file=_quoted(target))


def _quoted(target: Path) -> str:
    from retro.report.typed import typed

    return typed([target])


def _long(day: date) -> str:
    return format_date(day, Style.LONG)


def _whole(day: date) -> str:
    """With its weekday and its year: ven. 8 janv. 2027."""
    return f"{format_date(day, Style.WEEKDAY)} {day.year}"
