"""Calendars that boards bring along: whose they are, and when they stand for the project's."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from retro.model import Board, CalendarSpec, OtherDays, OtherWeek, Owner, Person, Snapshot, Task
from retro.model.codec import dumps, loads
from retro.run.brought import brought, on_their_boards

PARIS = ZoneInfo("Europe/Paris")
LONG = ((480, 720), (780, 1020))
WEEK = (LONG,) * 5 + ((), ())
MAY = date(2027, 5, 6)


def board(key: str, *calendars: CalendarSpec, calendar: str | None = None, day_minutes: int | None = None) -> Board:
    """A board that brings calendars."""
    return Board(key=key, name=key, source=key, calendars=calendars, calendar=calendar, day_minutes=day_minutes)


def spec(key: str, *owners: str, off: date | None = None) -> CalendarSpec:
    """The usual week, with a day off."""
    exceptions = (OtherDays(off, off),) if off else ()
    return CalendarSpec(key=key, week=WEEK, exceptions=exceptions, owners=owners)


def test_nothing_brought_is_nothing() -> None:
    """Boards without calendars leave the configured ones alone."""
    assert brought([board("a")], [], PARIS, 420).project is None


def test_one_board_brings_the_projects_calendar() -> None:
    """Its hours, its days off, its zone and its length of a day."""
    found = brought([board("a", spec("a:1", off=MAY), calendar="a:1", day_minutes=480)], [], PARIS, 420).project
    assert found is not None
    assert (found.day_minutes, found.zone, found.is_working_day(MAY)) == (480, PARIS, False)


def test_boards_have_to_agree() -> None:
    """Two boards of the same hours share a calendar; where hours differ, or one brings none, none is the project's."""
    first = board("a", spec("a:1"), calendar="a:1")
    same, other = board("b", spec("b:1"), calendar="b:1"), board("b", spec("b:1", off=MAY), calendar="b:1")
    assert brought([first, same], [], PARIS, 420).project is not None
    assert brought([first, other], [], PARIS, 420).project is None
    assert brought([first, board("c")], [], PARIS, 420).project is None


def test_people_are_found_by_any_of_their_keys() -> None:
    """The calendar of a resource is that of the person whom it was found to be."""
    lea = Person(key="lea", name="Léa", keys=("a:resource:1", "trello:9"))
    found = brought([board("a", spec("a:2", "a:resource:1", "a:resource:2", off=MAY))], [lea], PARIS, 420)
    assert set(found.people) == {"lea", "a:resource:2"}
    assert not found.people["lea"].is_working_day(MAY)


def test_a_calendar_without_hours_is_not_there() -> None:
    """A calendar in which nobody ever works names nobody's hours."""
    idle = CalendarSpec(key="a:3", week=((),) * 7, owners=("a:resource:1",))
    found = brought([board("a", idle, calendar="a:3")], [], PARIS, 420)
    assert (found.project, dict(found.people), dict(found.named)) == (None, {}, {})


def test_other_weeks_come_after_exceptions() -> None:
    """The first exception that holds a day speaks for it, then the other week, then the usual one."""
    worked = OtherDays(MAY, MAY, ((540, 600),))
    short = OtherWeek(date(2027, 5, 3), date(2027, 5, 9), (((540, 720),),) * 5 + ((), ()))
    whole = CalendarSpec(key="a:1", week=WEEK, weeks=(short,), exceptions=(worked,))
    found = brought([board("a", whole, calendar="a:1")], [], PARIS, 420).project
    assert found is not None
    first, last = datetime(2027, 5, 3, tzinfo=PARIS), datetime(2027, 5, 10, tzinfo=PARIS)
    assert found.minutes_between(first, last) == 4 * 180 + 60
    assert [whole.shifts_on(date(2027, 5, day)) for day in (5, 6, 12)] == [((540, 720),), ((540, 600),), LONG]


def test_what_nobody_has_is_done_by_its_board() -> None:
    """A task without owner and calendar gets its board's; others, and other boards' tasks, stay as they are."""
    lea = Owner("a:resource:1", "Léa")
    tasks = [
        Task(key="1", board="a", title="nobody's"),
        Task(key="2", board="a", title="hers", owners=(lea,)),
        Task(key="3", board="a", title="its own", calendar="a:9"),
        Task(key="4", board="b", title="elsewhere"),
    ]
    boards = [board("a", spec("a:1"), calendar="a:1"), board("b")]
    assert [each.calendar for each in on_their_boards(tasks, boards)] == ["a:1", None, "a:9", None]


def test_calendars_survive_json() -> None:
    """A snapshot with calendars is stored and found again as it was."""
    short = OtherWeek(date(2027, 5, 3), date(2027, 5, 9), WEEK)
    whole = CalendarSpec(key="a:1", week=WEEK, weeks=(short,), exceptions=(OtherDays(MAY, MAY, LONG),), owners=("o",))
    snapshot = Snapshot(
        board=board("a", whole, calendar="a:1", day_minutes=480),
        tasks=(),
        read_at=datetime(2027, 1, 4, 9, tzinfo=UTC),
    )
    assert loads(Snapshot, dumps(snapshot)) == snapshot
