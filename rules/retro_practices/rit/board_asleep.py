"""RIT102 board-asleep."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from retro.calendars import parse_weekly
from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import BOARD, NOW, ZONE, Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import Category, Finding, History, Param, Seen, Severity, SourceState, SourceStatus, Task, Template
from retro.ports import Context
from retro_practices.launch import last_anchors
from retro_practices.touches import touched_by_people
from retro_practices.words import folded, phrase

_WEEKS = 60
"""Weeks that are looked back over for meetings that were held."""
_FIRST = datetime(2026, 11, 2, 6, 30, tzinfo=ZONE)
_LONG_AGO, _LAST_WEEK = datetime(2026, 12, 18, 16, tzinfo=ZONE), datetime(2027, 1, 7, 15, tzinfo=ZONE)
_READ = (SourceState(id="equipe", kind="trello", state=SourceStatus.FRESH, read_at=NOW),)
_KNOWN = History(boards={BOARD: Seen(first=_FIRST)})


def _doing(title: str, updated: datetime | None) -> Task:
    return a_task(title, section="À produire", updated=updated)


_UNSURE = frozenset({"status", "start", "due"})
"""Whether something is expected of a task is only assumed where one of these is."""


class BoardAsleep(BaseRule):
    """A board on which nobody has changed anything for weeks.

    What it says:
        The team has met `meetings` times (2) without anybody having changed anything on the board, although something
        on it is under way, overdue, or should have begun. Meetings are those of `meeting` in retro.toml; one that
        falls on a day off was not held. What retro itself writes is no change. Nothing is said of projects that are
        paused (their name or their row's status says so) or over, of boards that could not be read since, and of
        boards given as files.

    Why:
        A board that nobody touches is one that nobody looks at: the work goes on elsewhere, in mails and calls, and
        the plan tells yesterday's news. Either the board is brought up to date before each meeting, or it is closed.

    How to fix it in Notion:
        Go through the rows together at the next meeting: move what has moved, close what is over. A project that
        waits gets the status "En pause" or "On hold" on its row.

    How to fix it in Trello:
        Go through the cards together at the next meeting: move what has moved, archive what is over. A project that
        waits says so in the board's name ("[En pause] …").
    """

    code: ClassVar[str] = "RIT102"
    name: ClassVar[str] = "board-asleep"
    french_name: ClassVar[str] = "tableau endormi"
    default: ClassVar[Severity] = Severity.WARNING
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template(
        "nobody has changed anything here since {since}, and {count} meeting at least has passed",
        "nobody has changed anything here since {since}, and {count} meetings at least have passed",
    )
    field: ClassVar[str | None] = "updated"

    meetings: int = Field(default=2, ge=1, le=52, description="meetings that may pass without a change.")

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "Somebody worked here last week.",
            _doing("[Web] FAQ", _LONG_AGO),
            _doing("[Print] Flyer", _LAST_WEEK),
            meeting="mon 10:00",
            sources=_READ,
            history=_KNOWN,
        ),
        case(
            "The project is paused.",
            _doing("[Web] FAQ", _LONG_AGO),
            boards=(a_board("[En pause] Salon"),),
            meeting="mon 10:00",
            sources=_READ,
            history=_KNOWN,
        ),
        case(
            "The launch has passed.",
            _doing("[Web] FAQ", _LONG_AGO),
            end=date(2027, 1, 4),
            meeting="mon 10:00",
            sources=_READ,
            history=_KNOWN,
        ),
        case(
            "Nothing was to begin yet.",
            a_task("[Web] FAQ", updated=_LONG_AGO, start=date(2027, 2, 1), due=date(2027, 2, 5)),
            meeting="mon 10:00",
            sources=_READ,
            history=_KNOWN,
        ),
        case("A file: nothing is remembered of it.", _doing("[Web] FAQ", _LONG_AGO), meeting="mon 10:00"),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Two Mondays went by.",
                _doing("[Web] FAQ", _LONG_AGO),
                a_task("[Print] Flyer", updated=datetime(2026, 12, 7, 9, tzinfo=ZONE)),
                meeting="mon 10:00",
                sources=_READ,
                history=_KNOWN,
            ),
            Expected(BOARD, {"since": date(2026, 12, 18), "count": 2}),
        ),
        bad(
            case(
                "A sheet, whose cells tell no time: it has been the same at each read.",
                _doing("[Web] FAQ", None),
                meeting="mon 10:00",
                sources=_READ,
                history=_KNOWN,
            ),
            Expected(BOARD, {"since": date(2026, 11, 2), "count": 2}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for the last change of each board on which something is expected."""
        limit = _held(context, self.meetings)
        if limit is None or context.history is None:
            return
        still = _unmoved(context.history, context, limit)
        waiting: set[str] = set()
        sure: set[str] = set()
        tasks: dict[str, list[Task]] = {}
        for task in self.base(context) if still else ():
            if task.board in still and task.board not in sure and _is_expected(task, context):
                waiting.add(task.board)
                if _UNSURE.isdisjoint(task.assumed):
                    sure.add(task.board)
        for task in context.portfolio.tasks if waiting else ():
            if task.updated is not None and task.board in waiting:
                tasks.setdefault(task.board, []).append(task)
        for board in sorted(waiting - _at_rest(context)) if waiting else ():
            last = _last_change(still[board], tasks.get(board, ()), context)
            if last < limit:
                facts: dict[str, Param] = {"since": context.day(last), "count": self.meetings}
                yield self.on_subject(board, facts, board=board, assumed=board not in sure)


def _unmoved(history: History, context: Context, limit: datetime) -> dict[str, Seen]:
    """The boards that were read since, and on which no read has found a change since."""
    read = {state.id: state.read_at for state in context.portfolio.sources}
    found: dict[str, Seen] = {}
    for board in context.portfolio.boards:
        seen, read_at = history.boards.get(board.key), read.get(board.source)
        if seen is None or read_at is None or read_at < limit:
            continue
        if all(each is None or each < limit for each in (seen.changed, seen.touched)):
            found[board.key] = seen
    return found


def _held(context: Context, meetings: int) -> datetime | None:
    """When the team met so many meetings ago; None: it has no meeting, or the calendar no working days."""
    try:
        weekly = parse_weekly(context.meeting)
    except ValueError:
        return None
    moment = weekly.following(context.now.astimezone(context.zone))
    for _week in range(_WEEKS):
        moment = weekly.preceding(moment)
        meetings -= context.calendar.is_working_day(moment.date())
        if not meetings:
            return moment
    return None


def _is_expected(task: Task, context: Context) -> bool:
    """Whether something should have happened to a task by now: it is begun, or was to begin."""
    if task.status.category is not Category.TODO:
        return True
    day = task.start or task.due
    return day is None or context.day(day) <= context.today


def _at_rest(context: Context) -> frozenset[str]:
    """The boards that are paused, or all of whose projects are paused or over."""
    paused = phrase("ritual", "paused")
    last = context.derived(last_anchors)
    boards = {board.key for board in context.portfolio.boards if paused.search(fold(board.name))}
    resting: dict[str, bool] = {}
    for project in context.portfolio.projects:
        over = last.get(project.key, context.today) < context.today
        rests = over or paused.search(fold(project.name)) is not None or _row_rests(context.tasks.get(project.key))
        for board in project.boards:
            resting[board] = resting.get(board, True) and rests
    return frozenset(boards | {board for board, rests in resting.items() if rests})


def _row_rests(row: Task | None) -> bool:
    """Whether the row that stands for a project says that it is paused, not begun or over."""
    if row is None:
        return False
    said = fold(row.status.raw or "")
    paused = said in folded("ritual", "paused_status") or phrase("ritual", "paused").search(said) is not None
    return paused or row.status.category in (Category.IDEA, Category.DONE, Category.CANCELLED)


def _last_change(seen: Seen, tasks: Iterable[Task], context: Context) -> datetime:
    """The last change of a board that is known: of its tasks by people, or found by a read."""
    stamps = (touched_by_people(task, context) for task in tasks)
    known = [stamp for stamp in (*stamps, seen.changed, seen.touched) if stamp is not None]
    return max(known, default=seen.first)
