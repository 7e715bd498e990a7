"""How buffers stood on earlier days, from the snapshots that were stored."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from retro.calendars import Calendars, build_calendar
from retro.config.shape import Settings
from retro.model import (
    Anchor,
    Assessment,
    BaselineAnchor,
    BaselineTask,
    Board,
    Category,
    Estimate,
    EstimateOrigin,
    Link,
    PlanBaseline,
    Portfolio,
    Project,
    Snapshot,
    Status,
    StatusOrigin,
    Task,
)
from retro.ports import ConfigurationError
from retro.run.assess import Means, assess
from retro.run.own_writes import Known
from retro.run.past_buffers import MOST_DAYS, with_past_buffers
from retro.schedule import ScheduleOptions
from retro.testing.ledger import MemoryLedger

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 15, 14, tzinfo=PARIS)
"""A Friday; the work ends on the 22nd."""
BOARD = Board(key="b", name="B", source="s", alias="b")
OTHER = Board(key="c", name="C", source="s", alias="c")


def task(key: str, days: float, *, done: bool = False, board: str = "b") -> Task:
    """A task of so many days."""
    category = Category.DONE if done else Category.TODO
    return Task(
        key=key,
        board=board,
        title=key,
        estimates=(Estimate(EstimateOrigin.NUMBER, days, "days"),),
        status=Status(category.value, category, StatusOrigin.MAPPED),
    )


def read(at: datetime, *, done: str = "", board: Board = BOARD) -> Snapshot:
    """Three tasks of two days, of which some are done."""
    tasks = tuple(task(f"{board.key}{name}", 2, done=name in done, board=board.key) for name in "123")
    return Snapshot(board=board, tasks=tasks, read_at=at)


def joined(snapshots: Sequence[Snapshot]) -> Portfolio:
    """The snapshots' tasks, each board one chain and one project to the 22nd."""
    boards = tuple(snapshot.board for snapshot in snapshots)
    return Portfolio(
        boards=boards,
        tasks=tuple(each for snapshot in snapshots for each in snapshot.tasks),
        projects=tuple(
            Project(
                key=f"p{board.key}",
                name=board.name,
                boards=(board.key,),
                tasks=tuple(f"{board.key}{name}" for name in "123"),
                anchors=(Anchor(key=f"{board.key}/end", name="Fin", date=date(2027, 1, 22), project=f"p{board.key}"),),
            )
            for board in boards
        ),
        links=tuple(Link(f"{board.key}{a}", f"{board.key}{b}") for board in boards for a, b in ("12", "23")),
    )


def means(mode: str = "project") -> Means:
    """Plain calendars, no rules."""
    options = ScheduleOptions(margin_mode=mode, buffers="none", margin=0.5)
    return Means(
        settings=Settings(),
        calendars=Calendars(project=build_calendar(zone=PARIS)),
        options=options,
        capabilities={},
        levelling=False,
    )


def told(
    *before: Snapshot,
    now: Sequence[Snapshot],
    mode: str = "project",
    as_read: Callable[[Sequence[Snapshot]], Portfolio] = joined,
) -> Assessment:
    """The assessment of what is read now, in a state that knows these earlier snapshots."""
    ledger = MemoryLedger()
    for snapshot in (*before, *now):
        ledger.store_snapshot(snapshot)
    made = assess(joined(now), means(mode), now=NOW, lang="en").assessment
    return with_past_buffers(made, ledger, as_read, means(mode), Known())


def test_a_point_a_day_on_which_something_was_read() -> None:
    """Of each earlier day the last read, scheduled as of then; today's is the buffer's own point."""
    monday = datetime(2027, 1, 11, 9, tzinfo=PARIS)
    before = (
        read(monday),
        read(monday + timedelta(hours=3), done="1"),
        read(monday + timedelta(days=3), done="1"),
    )
    (own,) = told(*before, now=[read(NOW, done="12")]).schedule.buffers
    # Thursday's read found the same: its point would repeat Monday's.
    assert [(each.at, round(each.complete, 2), each.consumed) for each in own.past] == [
        (monday + timedelta(hours=3), 0.33, 0.0)
    ]
    assert own.fever is not None
    assert (round(own.fever.complete, 2), own.fever.at) == (0.67, NOW)


def test_what_is_used_grows_as_days_pass() -> None:
    """Four of five days are worked on from the 18th: of a buffer of three one is left then, and one less each day."""
    late = datetime(2027, 1, 18, 9, tzinfo=PARIS)
    ledger = MemoryLedger()
    for days in range(3):
        ledger.store_snapshot(read(late + timedelta(days=days), done="1"))
    now = late + timedelta(days=3)
    made = assess(joined([read(now, done="1")]), means(), now=now, lang="en").assessment
    (own,) = with_past_buffers(made, ledger, joined, means(), Known()).schedule.buffers
    assert [(each.at.day, round(each.consumed, 2), each.zone.value) for each in own.past] == [
        (18, 0.67, "red"),
        (19, 1.0, "red"),
        (20, 1.33, "red"),
    ]


def test_no_further_back_than_some_days() -> None:
    """A long history costs no more than so many schedules."""
    before = [read(NOW - timedelta(days=days), done="1" * (days % 2)) for days in range(40, 0, -1)]
    (own,) = told(*before, now=[read(NOW)]).schedule.buffers
    assert len(own.past) == MOST_DAYS


def test_a_project_that_was_not_whole_has_no_point() -> None:
    """A board that was not read then leaves its project out, and the others in."""
    first = read(NOW - timedelta(days=2))
    own = told(first, now=[read(NOW, done="1"), read(NOW, board=OTHER)]).schedule.buffers
    assert {buffer.anchor: len(buffer.past) for buffer in own} == {"b/end": 1, "c/end": 0}


def test_a_baseline_reaches_further_back() -> None:
    """The slack that it kept is held against today's buffer; one that was set today tells nothing new."""
    ledger = MemoryLedger()
    for name, days in (("début", 60), ("aujourd’hui", 0)):
        ledger.keep_plan_baseline(
            PlanBaseline(
                name=name,
                set_at=NOW - timedelta(days=days),
                anchors=(
                    BaselineAnchor(key="b/end", name="Fin", project="pb", day=date(2027, 1, 22), slack_minutes=630),
                    BaselineAnchor(key="x/end", name="Autre", project="px", day=date(2027, 1, 22), slack_minutes=0),
                ),
                tasks=(BaselineTask(key="b1", board="b", title="b1", done=True),),
            )
        )
    made = assess(joined([read(NOW, done="12")]), means(), now=NOW, lang="en").assessment
    (own,) = with_past_buffers(made, ledger, joined, means(), Known()).schedule.buffers
    # A day and a half of a buffer of three; two days of a chain of six.
    assert [(each.at, round(each.complete, 2), each.consumed) for each in own.past] == [
        (NOW - timedelta(days=60), 0.33, 0.5)
    ]


def test_a_configuration_that_does_not_fit_the_past_ends_it() -> None:
    """What it names was not there yet: the series begins later, nothing fails."""

    def refuse(_snapshots: Sequence[Snapshot]) -> Portfolio:
        raise ConfigurationError("no such task", where="[projects.p]", remedy="-")

    (own,) = told(read(NOW - timedelta(days=2)), now=[read(NOW)], as_read=refuse).schedule.buffers
    assert own.past == ()


def test_without_pooled_margins_nothing_is_read() -> None:
    """A margin a task: no snapshot is fetched, the assessment stays what it was."""

    def fail(_snapshots: Sequence[Snapshot]) -> Portfolio:
        raise AssertionError

    made = told(read(NOW - timedelta(days=2)), now=[read(NOW)], mode="task", as_read=fail)
    assert made.schedule.buffers == ()
