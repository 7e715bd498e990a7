"""OWN105 owner-away."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from retro.calendars import DEFAULT_WEEK, Calendar
from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_task, bad, case, on
from retro.model import Finding, Owner, OwnerKind, Severity, Task, Template
from retro.ports import Context

_ALL_ALONG = Template("{owner} is away from {start} to {due}: on all of its working days")
_LONGEST = timedelta(days=366)
"""Nobody is away for more than a year of one task: such dates are not looked at day by day."""


def _off(first: date, days: int) -> dict[str, Calendar]:
    """Léa's calendar, with some days of leave."""
    leave = frozenset(first + timedelta(days=number) for number in range(days))
    return {"lea martin": Calendar(week=DEFAULT_WEEK, zone=ZONE, days_off=leave)}


class OwnerAway(BaseRule):
    """A task whose owner is away when it is due, or all the time that it takes.

    What it says:
        The owner is on leave on the due date of an open task, or on every working day from its start to its due date.
        Weekends, public holidays, closures and the weekdays on which somebody never works are no leave. Of several
        owners all have to be away; in review it is the reviewer who counts. Dates that have passed are not judged.

    Why:
        A date that falls into somebody's holidays is a date that nobody keeps. It is known weeks ahead, and costs one
        minute then.

    How to fix it in Notion:
        Bring the date forward to a day on which the owner is there, or give the row to somebody who is.

    How to fix it in Trello:
        Bring the card's due date forward to a day on which the owner is there, or give the card to somebody who is.
    """

    code: ClassVar[str] = "OWN105"
    name: ClassVar[str] = "owner-away"
    french_name: ClassVar[str] = "responsable en congé"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("{owner} is away on {due}, when it is due")
    templates: ClassVar[tuple[Template, ...]] = (_ALL_ALONG,)
    many: ClassVar[Template | None] = Template("the owner is away when {count} of {base} tasks are due")
    field: ClassVar[str | None] = "owners"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "start", "due"})

    good: ClassVar[tuple[Case, ...]] = (
        case("She is there.", a_task("[Web] FAQ"), calendars=_off(date(2027, 1, 25), 5)),
        case(
            "Away in the middle, back before it is due.",
            a_task("[Web] FAQ", start=date(2027, 1, 18)),
            calendars=_off(date(2027, 1, 20), 6),
        ),
        case(
            "Due on a Saturday: nobody works then.",
            a_task("[Web] FAQ", due=date(2027, 1, 30)),
            calendars=_off(date(2027, 1, 30), 1),
        ),
        case(
            "She never works on Wednesdays.",
            a_task("[Web] FAQ", due=date(2027, 1, 27)),
            calendars={"lea martin": Calendar(week=(*DEFAULT_WEEK[:2], (), *DEFAULT_WEEK[3:]), zone=ZONE)},
        ),
        case(
            "Karim is there.",
            a_task("[Web] FAQ", owners=("Léa Martin", "Karim Benali")),
            calendars=_off(date(2027, 2, 1), 5),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("On leave on that very day.", a_task("[Web] FAQ"), calendars=_off(date(2027, 2, 1), 5)),
            on("[Web] FAQ", owner="Léa Martin", due=date(2027, 2, 1)),
        ),
        bad(
            case(
                "Three days of work in a week of leave.",
                a_task("[Web] FAQ", start=date(2027, 1, 26), due=date(2027, 1, 28)),
                calendars=_off(date(2027, 1, 25), 5),
            ),
            on("[Web] FAQ", owner="Léa Martin", start=date(2027, 1, 26), due=date(2027, 1, 28)),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Ask the calendar of each owner who has one."""
        calendars = context.calendars
        if not calendars:
            return
        today = context.today
        there: dict[tuple[str, date], bool] = {}

        def works(owner: Owner, day: date) -> bool:
            known = there.get((owner.key, day))
            if known is None:
                known = there[owner.key, day] = calendars[owner.key].is_working_day(day)
            return known

        for task in self.base(context):
            if task.due is None or not task.owners:
                continue
            people = [owner for owner in task.busy if owner.kind is not OwnerKind.TEAM]
            if not people or any(owner.key not in calendars for owner in people):
                continue
            due = context.day(task.due)
            if due >= today and not any(works(owner, due) for owner in people):
                yield from self._away(task, due, people, context)

    def _away(self, task: Task, due: date, people: list[Owner], context: Context) -> Iterator[Finding]:
        names = ", ".join(owner.name for owner in people)
        theirs = [context.calendars[owner.key] for owner in people]
        start = context.day(task.start) if task.start is not None else due
        if start < due and due - start <= _LONGEST and all(_absent(start, due, each, context) for each in theirs):
            yield self.on_task(task, {"owner": names, "start": start, "due": due}, template=_ALL_ALONG)
        elif all(_on_leave(due, each, context) for each in theirs):
            yield self.on_task(task, {"owner": names, "due": due})


def _on_leave(day: date, calendar: Calendar, context: Context) -> bool:
    """Whether somebody is away on a day on which the others work, and on which they themselves usually do."""
    usual = bool(calendar.week[day.weekday()])
    return usual and not calendar.is_working_day(day) and context.calendar.is_working_day(day)


def _absent(first: date, last: date, calendar: Calendar, context: Context) -> bool:
    """Whether somebody works on no day from `first` to `last`, and is on leave on at least one of them."""
    if calendar.next_working_day(first) <= last:
        return False
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return any(_on_leave(day, calendar, context) for day in days)
