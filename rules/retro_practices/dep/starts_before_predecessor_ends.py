"""DEP104 starts-before-predecessor-ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from retro.calendars import Calendar
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_link, a_task, bad, case, key_of, on
from retro.model import Category, Day, Finding, Fix, Lag, LagUnit, Link, LinkType, Severity, Task, Template, is_instant
from retro.ports import Context

_START_AFTER_START = Template(
    "starts on {day}, {count} working day too soon: “{predecessor}” starts on {date}",
    "starts on {day}, {count} working days too soon: “{predecessor}” starts on {date}",
)
_DUE_AFTER_END = Template(
    "due on {day}, {count} working day too soon: “{predecessor}” ends on {date}",
    "due on {day}, {count} working days too soon: “{predecessor}” ends on {date}",
)
_DUE_AFTER_START = Template(
    "due on {day}, {count} working day too soon: “{predecessor}” starts on {date}",
    "due on {day}, {count} working days too soon: “{predecessor}” starts on {date}",
)
_WITH_LAG: Mapping[tuple[str, bool], Template] = {
    ("start", True): Template(
        "starts on {day}, {count} working day too soon: “{predecessor}” ends on {date}, and the link has a lag",
        "starts on {day}, {count} working days too soon: “{predecessor}” ends on {date}, and the link has a lag",
    ),
    ("start", False): Template(
        "starts on {day}, {count} working day too soon: “{predecessor}” starts on {date}, and the link has a lag",
        "starts on {day}, {count} working days too soon: “{predecessor}” starts on {date}, and the link has a lag",
    ),
    ("due", True): Template(
        "due on {day}, {count} working day too soon: “{predecessor}” ends on {date}, and the link has a lag",
        "due on {day}, {count} working days too soon: “{predecessor}” ends on {date}, and the link has a lag",
    ),
    ("due", False): Template(
        "due on {day}, {count} working day too soon: “{predecessor}” starts on {date}, and the link has a lag",
        "due on {day}, {count} working days too soon: “{predecessor}” starts on {date}, and the link has a lag",
    ),
}
"""By the date that is too soon, and whether the link counts from an end: where a lag is what makes it so, or lead."""

_DESIGN = a_task("Design", due=date(2027, 2, 5))
_MONDAY, _WEDNESDAY = date(2027, 2, 8), date(2027, 2, 3)

_FS, _SS, _FF = LinkType.FS, LinkType.SS, LinkType.FF


@dataclass(frozen=True, slots=True)
class _Clash:
    """Dates that a link forbids: by how many working minutes, and the one from which the successor may begin or end."""

    link: Link
    predecessor: Task
    field: str
    day: Day
    before: Day
    minutes: int
    bound: int


class StartsBeforePredecessorEnds(BaseRule):
    """A task whose dates come before those of what it waits for.

    What it says:
        By the team's own dates, a task begins before the one it waits for is over, with the link's type and lag
        considered; or it has no start and is due before its predecessor is. The finding tells how many working days
        are short. Both tasks are open.

    Why:
        A link and two dates that contradict it cannot all be true. Whoever trusts the dates will be blocked on the
        first morning.

    How to fix it in Notion:
        Move the start of the task to the date proposed (and its due date, if it no longer fits), bring the
        predecessor forward, or remove the relation if the two do not really wait for each other.

    How to fix it in Trello:
        Open the card, choose Dates, and move its start to the date proposed (and its due date, if it no longer
        fits), bring the other card forward, or remove the dependency if the two do not really wait for each other.
    """

    code: ClassVar[str] = "DEP104"
    name: ClassVar[str] = "starts-before-predecessor-ends"
    french_name: ClassVar[str] = "commence avant la fin de ce qu’elle attend"
    default: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = Template(
        "starts on {day}, {count} working day too soon: “{predecessor}” ends on {date}",
        "starts on {day}, {count} working days too soon: “{predecessor}” ends on {date}",
    )
    templates: ClassVar[tuple[Template, ...]] = (
        _START_AFTER_START,
        _DUE_AFTER_END,
        _DUE_AFTER_START,
        *_WITH_LAG.values(),
    )
    many: ClassVar[Template | None] = Template("{count} of {base} tasks start before what they wait for ends")
    field: ClassVar[str | None] = "start"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "start", "due"})
    fixes: ClassVar[str] = "unsafe"

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "Monday follows Friday.",
            _DESIGN,
            a_task("Intégration", start=_MONDAY, due=date(2027, 2, 12)),
            links=(a_link("Design", "Intégration"),),
        ),
        case(
            "A lead of three days was agreed.",
            _DESIGN,
            a_task("Intégration", start=_WEDNESDAY, due=date(2027, 2, 12)),
            links=(a_link("Design", "Intégration", lag=Lag(-3 * 420)),),
        ),
        case(
            "A milestone may stand on the last day of what it waits for.",
            _DESIGN,
            a_task("BAT signé", start=date(2027, 2, 5), due=date(2027, 2, 5), milestone=True),
            links=(a_link("Design", "BAT signé"),),
        ),
        case(
            "The predecessor is done.",
            a_task("Design", due=date(2027, 2, 5), section="Terminé"),
            a_task("Intégration", start=_WEDNESDAY, due=date(2027, 2, 12)),
            links=(a_link("Design", "Intégration"),),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Starts on Wednesday what Friday's work must precede.",
                _DESIGN,
                a_task("Intégration", start=_WEDNESDAY, due=date(2027, 2, 12)),
                links=(a_link("Design", "Intégration"),),
            ),
            on(
                "Intégration",
                detail=key_of("Design"),
                fix=_MONDAY,
                day=_WEDNESDAY,
                count=3,
                minutes=1260,
                predecessor="Design",
                predecessor_key=key_of("Design"),
                date=date(2027, 2, 5),
                type="FS",
            ),
        ),
        bad(
            case(
                "Two working days must pass in between.",
                _DESIGN,
                a_task("Intégration", start=_MONDAY, due=date(2027, 2, 12)),
                links=(a_link("Design", "Intégration", lag=Lag(2 * 420)),),
            ),
            on(
                "Intégration",
                detail=key_of("Design"),
                fix=date(2027, 2, 10),
                day=_MONDAY,
                count=2,
                minutes=840,
                predecessor="Design",
                predecessor_key=key_of("Design"),
                date=date(2027, 2, 5),
                type="FS",
            ),
        ),
        bad(
            case(
                "Due before what it waits for, whenever it starts.",
                _DESIGN,
                a_task("Intégration", due=_WEDNESDAY),
                links=(a_link("Design", "Intégration"),),
            ),
            on(
                "Intégration",
                detail=key_of("Design"),
                day=_WEDNESDAY,
                count=2,
                minutes=840,
                predecessor="Design",
                predecessor_key=key_of("Design"),
                date=date(2027, 2, 5),
                type="FS",
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare the dates of both ends of each link; of two links between the same tasks, the worse one speaks."""
        links, tasks = context.predecessors, context.tasks
        for task in self.base(context):
            waits_for = links.get(task.key)
            if waits_for is None or (task.due is None and task.start is None):
                continue
            worst: dict[str, _Clash] | None = None
            for link in waits_for:
                before = tasks.get(link.predecessor)
                clash = _clash(link, task, before, context) if before is not None else None
                if clash is None or not _is_wanted(clash.predecessor):
                    continue
                worst = worst or {}
                known = worst.get(link.predecessor)
                if known is None or clash.minutes > known.minutes:
                    worst[link.predecessor] = clash
            for clash in worst.values() if worst else ():
                yield self._finding(task, clash, context)

    def _finding(self, task: Task, clash: _Clash, context: Context) -> Finding:
        from_end = clash.link.type in (_FS, _FF)
        without_lag = {
            ("start", True): self.template,
            ("start", False): _START_AFTER_START,
            ("due", True): _DUE_AFTER_END,
            ("due", False): _DUE_AFTER_START,
        }
        template = (_WITH_LAG if clash.link.lag.value else without_lag)[clash.field, from_end]
        movable = clash.field == "start" or clash.link.type in (_FF, LinkType.SF)
        return self.on_task(
            task,
            {
                "day": context.day(clash.day),
                "count": -(-clash.minutes // context.calendar.day_minutes),
                "minutes": clash.minutes,
                "predecessor": clash.predecessor.title,
                "predecessor_key": clash.predecessor.key,
                "date": context.day(clash.before),
                "type": clash.link.type.value,
            },
            template=template,
            detail=clash.predecessor.key,
            fix=Fix(field=clash.field, new=_earliest(clash, context.calendar)) if movable else None,
            assumed=not self.rests_on.isdisjoint(clash.predecessor.assumed),
        )


def _is_wanted(task: Task) -> bool:
    return task.is_open and task.status.category is not Category.IDEA


def _clash(link: Link, task: Task, before: Task, context: Context) -> _Clash | None:
    """What a link forbids in the dates of two open tasks; None where they agree or one of them is missing."""
    kind = link.type
    reference = before.due if kind is _FS or kind is _FF else before.start
    starts = kind is _SS or (kind is _FS and task.start is not None)
    day = task.start if starts else task.due
    if reference is None or day is None:
        return None
    if link.lag.value <= 0 and day.toordinal() > reference.toordinal() + 1:
        return None  # days apart, whatever the zone: nothing to count
    calendar = context.calendar
    bound = _after(link, before, reference, calendar)
    # A milestone lasts no time: it may stand at the end of the very day on which its predecessor ends.
    at = _ordinal(day, calendar, end=not starts or task.milestone)
    if at >= bound:
        return None
    return _Clash(link, before, "start" if starts else "due", day, reference, bound - at, bound)


def _earliest(clash: _Clash, calendar: Calendar) -> Day:
    """From when on the successor may begin or end, in the kind of date that it has."""
    earliest = calendar.start_at(clash.bound) if clash.field == "start" else calendar.finish_at(clash.bound)
    return earliest if is_instant(clash.day) else earliest.date()


def _after(link: Link, before: Task, reference: Day, calendar: Calendar) -> int:
    """The worked minute from which a link lets its successor begin or end."""
    at_end = link.type is _FS or link.type is _FF
    lag: Lag = link.lag
    # A milestone lasts no time: what follows it may begin on its very day.
    at = _ordinal(reference, calendar, end=at_end and not before.milestone)
    if not lag.value:
        return at
    if lag.unit is LagUnit.ELAPSED:
        instant = calendar.finish_at(at) if at_end else calendar.start_at(at)
        return calendar.ordinal(instant + timedelta(minutes=lag.value))
    if lag.unit is LagUnit.PERCENT:
        return at + _span(before, calendar) * lag.value // 100
    return at + lag.value


def _span(task: Task, calendar: Calendar) -> int:
    """Working minutes between a task's own dates; 0 where it lacks one, so that a share of it asks for nothing."""
    if task.start is None or task.due is None:
        return 0
    return max(0, _ordinal(task.due, calendar, end=True) - _ordinal(task.start, calendar, end=False))


def _ordinal(day: Day, calendar: Calendar, *, end: bool) -> int:
    """A date is its first working minute as a start and its last as a finish; an instant is itself."""
    if isinstance(day, datetime):
        return calendar.ordinal(day)
    return calendar.ordinal(calendar.last_minute(day) if end else calendar.first_minute(day))
