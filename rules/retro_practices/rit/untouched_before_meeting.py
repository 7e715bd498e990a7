"""RIT101 untouched-before-meeting."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import ClassVar

from retro.calendars import DEFAULT_WEEK, Calendar, Weekly, parse_weekly
from retro.i18n.words import says_no_owner
from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, Expected, a_task, bad, case, key_of
from retro.model import Category, Finding, Owner, OwnerKind, Param, Severity, Task, Template
from retro.ports import Context
from retro_practices.touches import touched_by_people

_DAY = timedelta(days=1)
_BEFORE, _SINCE = datetime(2026, 12, 30, 15, tzinfo=ZONE), datetime(2027, 1, 7, 15, tzinfo=ZONE)
_AWAY = Calendar(
    week=DEFAULT_WEEK, zone=ZONE, days_off=frozenset(date(2027, 1, 4) + timedelta(days=n) for n in range(7))
)


def _doing(title: str, updated: datetime, section: str = "À produire") -> Task:
    return a_task(title, section=section, updated=updated)


def _expected(*titles: str) -> Expected:
    facts: dict[str, Param] = {
        "person": "Léa Martin",
        "count": len(titles),
        "meeting": date(2027, 1, 11),
        "since": date(2027, 1, 4),
    }
    keys = tuple(key_of(title) for title in titles)
    return Expected("lea martin", {**facts, "tasks": titles, "task_keys": keys})


class UntouchedBeforeMeeting(BaseRule):
    """Work under way that nobody touched since the last weekly meeting.

    What it says:
        On the day before the weekly meeting (`meeting` in retro.toml), the tasks of one person that are under way and
        that nobody has changed since the last meeting, in one finding a person. It is silent about people who were
        away since then or are away on the day of the meeting, and about work in review, which waits for somebody else.
        What retro itself writes is no touch.

    Why:
        The weekly meeting looks at the board, not into memories: two minutes before it, each one updates their own
        tasks, and the meeting can speak of what matters.

    How to fix it in Notion:
        Look at each row: move its status, correct its date, or write one line on where it stands.

    How to fix it in Trello:
        Look at each card: move it, correct its date, or write one comment on where it stands.
    """

    code: ClassVar[str] = "RIT101"
    name: ClassVar[str] = "untouched-before-meeting"
    french_name: ClassVar[str] = "pas mise à jour avant le point"
    default: ClassVar[Severity] = Severity.INFO
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template(
        "{person}: {count} task under way to update before the meeting on {meeting}, untouched since {since}: {tasks}",
        "{person}: {count} tasks under way to update before the meeting on {meeting}, untouched since {since}: {tasks}",
    )
    field: ClassVar[str | None] = "updated"

    good: ClassVar[tuple[Case, ...]] = (
        case("Updated since the last meeting.", _doing("[Web] FAQ", _SINCE), meeting="mon 10:00"),
        case(
            "In review: it waits for somebody else.", _doing("[Web] FAQ", _BEFORE, "En validation"), meeting="mon 10:00"
        ),
        case("The meeting is days away.", _doing("[Web] FAQ", _BEFORE), meeting="thu 10:00"),
        case(
            "Léa was away all week.",
            _doing("[Web] FAQ", _BEFORE),
            meeting="mon 10:00",
            calendars={"lea martin": _AWAY},
        ),
        case("No meeting is configured.", _doing("[Web] FAQ", _BEFORE)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "An hour before the meeting: one finding a person.",
                _doing("[Web] FAQ", _BEFORE),
                _doing("[Print] Flyer", _BEFORE),
                _doing("[SEO] Audit", _SINCE),
                meeting="mon 10:00",
            ),
            _expected("[Print] Flyer", "[Web] FAQ"),
        ),
        bad(
            case(
                "Only retro wrote on it since.",
                _doing("[Web] FAQ", _SINCE),
                meeting="mon 10:00",
                own_touches={key_of("[Web] FAQ"): _SINCE},
            ),
            _expected("[Web] FAQ"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Gather, person by person, what stands still since the last meeting."""
        meeting = _meeting(context)
        if meeting is None:
            return
        now = context.now.astimezone(context.zone)
        coming = meeting.following(now)
        last = meeting.preceding(coming)
        if coming - now > _DAY:
            return
        still: dict[str, tuple[Owner, list[Task]]] = {}
        for task in self.base(context):
            owner = _owner(task)
            if task.status.category is not Category.DOING or owner is None or not _touched_before(task, last, context):
                continue
            if _present(context.calendars.get(owner.key, context.calendar), last, now, coming):
                still.setdefault(owner.key, (owner, []))[1].append(task)
        for key, (owner, tasks) in still.items():
            tasks.sort(key=lambda task: (task.title, task.key))
            boards = {task.board for task in tasks}
            yield self.on_subject(
                key,
                {
                    "person": owner.name,
                    "count": len(tasks),
                    "meeting": coming.date(),
                    "since": last.date(),
                    "tasks": tuple(task.title for task in tasks),
                    "task_keys": tuple(task.key for task in tasks),
                },
                board=boards.pop() if len(boards) == 1 else None,
            )


def _meeting(context: Context) -> Weekly | None:
    """The weekly meeting; None where there is none. The configuration has refused what cannot be read."""
    try:
        return parse_weekly(context.meeting)
    except ValueError:
        return None


def _owner(task: Task) -> Owner | None:
    """The one person to ask: the first owner who is somebody."""
    return next(
        (each for each in task.owners if each.kind is not OwnerKind.TEAM and not says_no_owner(each.name)), None
    )


def _touched_before(task: Task, last: datetime, context: Context) -> bool:
    """Whether the last touch of a person that is known came before the last meeting; False where none is known.

    Where the only time stamp is retro's, nobody is known to have touched the task since.
    """
    if task.updated is None:
        return False
    touched = touched_by_people(task, context)
    return touched is None or touched < last


def _present(calendar: Calendar, last: datetime, now: datetime, coming: datetime) -> bool:
    """Whether somebody worked since the last meeting, and works on the day of the coming one."""
    return calendar.minutes_between(last, now) > 0 and calendar.is_working_day(coming.date())
