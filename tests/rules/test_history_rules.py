"""STA104, DAT105, DAT111, RIT102, RIT104 and their kin: boundaries that their examples do not state."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from retro.calendars import DEFAULT_WEEK, Calendar
from retro.lint.examples import BOARD, NOW, ZONE, a_board, a_schedule, a_task, case, key_of, planned
from retro.model import (
    BoardKind,
    Category,
    DueMove,
    Finding,
    History,
    Owner,
    Role,
    Seen,
    SourceState,
    SourceStatus,
    Standing,
    Task,
)
from retro_practices.dat.due_date_moved_often import DueDateMovedOften
from retro_practices.dat.rush_task import RushTask
from retro_practices.rit.board_asleep import BoardAsleep
from retro_practices.rit.no_debrief import NoDebrief
from retro_practices.sta.stuck_status import StuckStatus

DAY = timedelta(days=1)
FAQ = "[Web] FAQ"
READ = (SourceState(id="equipe", kind="trello", state=SourceStatus.FRESH, read_at=NOW),)
KNOWN = History(boards={BOARD: Seen(first=NOW - 90 * DAY)})


def remembered(category: Category, since: datetime, **more: datetime) -> History:
    """Since when the FAQ stands where it does."""
    seen = Seen(first=NOW - 90 * DAY, standing={key_of(FAQ): Standing(category, since)}, people=dict(more))
    return History(boards={BOARD: seen})


def stuck(task: Task, history: History, **more: object) -> list[Finding]:
    """What STA104 says."""
    shown = case("", task, history=history, **more)  # type: ignore[arg-type]  # names of fields
    return list(StuckStatus().check(shown.context()))


@pytest.mark.parametrize(
    ("section", "since", "speaks"),
    [
        ("À produire", date(2026, 12, 24), True),
        ("À produire", date(2026, 12, 28), False),
        ("En validation", date(2026, 12, 31), True),
        ("En validation", date(2027, 1, 4), False),
    ],
)
def test_more_than_its_working_days(section: str, since: date, *, speaks: bool) -> None:
    """Ten working days under way, or five in review, are not more than ten or five."""
    at = datetime(since.year, since.month, since.day, 9, tzinfo=ZONE)
    category = Category.DOING if section == "À produire" else Category.REVIEW
    assert bool(stuck(a_task(FAQ, section=section), remembered(category, at))) is speaks


def test_leave_of_the_owner_does_not_count() -> None:
    """Whoever was away all that time left nothing undone."""
    off = frozenset(date(2026, 12, 14) + n * DAY for n in range(21))
    away = Calendar(week=DEFAULT_WEEK, zone=ZONE, days_off=off)
    task = a_task(FAQ, section="À produire", updated=NOW - 28 * DAY)
    assert stuck(task, KNOWN)
    assert not stuck(task, KNOWN, calendars={"lea martin": away})


def test_a_task_stands_nowhere_before_it_was_made() -> None:
    """A run that looked back in time found it long before it was created."""
    task = replace(a_task(FAQ, section="En validation"), created=NOW - 2 * DAY)
    assert not stuck(task, remembered(Category.REVIEW, NOW - 400 * DAY))


def test_a_category_that_was_left_says_nothing() -> None:
    """What an older read knows of another category is no bound for this one."""
    assert not stuck(a_task(FAQ, section="En validation"), remembered(Category.DOING, NOW - 60 * DAY))


def test_parents_are_judged_through_their_children() -> None:
    """A parent stands as long as its children take."""
    child = a_task("Textes", section="À produire", updated=NOW, parent=key_of(FAQ))
    shown = case("", a_task(FAQ, section="À produire", updated=NOW - 60 * DAY), child, history=KNOWN)
    assert list(StuckStatus().check(shown.context())) == []


def test_a_status_that_nobody_knows_makes_it_an_assumption() -> None:
    """An unknown list is taken for "to do": nothing is said of it."""
    assert not stuck(a_task(FAQ, section="Frigo", updated=NOW - 60 * DAY), KNOWN)


def moved_by(*moves: DueMove) -> list[Finding]:
    """What DAT105 says of a task whose due date was moved so."""
    shown = case("", replace(a_task(FAQ), due_history=moves), history=History())
    return list(DueDateMovedOften().check(shown.context()))


def step(days: int, old: int | None, new: int | None) -> DueMove:
    """A move on one day, between two days of February."""
    return DueMove(
        NOW - days * DAY,
        "Léa",
        date(2027, 2, old) if old is not None else None,
        date(2027, 2, new) if new is not None else None,
    )


def test_a_date_taken_away_and_given_anew_has_moved() -> None:
    """The first date is none; the same date given back has not moved."""
    first = (step(40, None, 1), step(30, 1, 8), step(20, 8, 15))
    assert not moved_by(*first)
    assert not moved_by(*first, step(10, 15, None))
    assert not moved_by(*first, step(10, 15, None), step(9, None, 15))
    (found,) = moved_by(*first, step(10, 15, None), step(9, None, 22))
    assert found.params == {"count": 3, "who": ("Léa",), "first": date(2027, 2, 1)}


def test_another_hour_of_the_same_day_is_no_move() -> None:
    """Trello's dates have hours; a plan has days."""

    def at(days: int, old: int, new: int) -> DueMove:
        hours = [datetime(2027, 2, 1, hour, tzinfo=ZONE) for hour in (old, new)]
        return DueMove(NOW - days * DAY, "Léa", *hours)

    assert not moved_by(at(9, 9, 12), at(8, 12, 14), at(7, 14, 17))


def asleep(*tasks: Task, history: History = KNOWN, now: datetime = NOW, **more: object) -> list[Finding]:
    """What RIT102 says of a team that meets on Mondays at ten."""
    facts = {"meeting": "mon 10:00", "sources": READ, "now": now, "history": history, **more}
    return list(BoardAsleep().check(case("", *tasks, **facts).context()))  # type: ignore[arg-type]  # names of fields


def doing(updated: datetime | None, title: str = FAQ) -> Task:
    """A card under way."""
    return a_task(title, section="À produire", updated=updated)


MONDAY = datetime(2026, 12, 28, 10, tzinfo=ZONE)
"""The second last meeting, seen from the eleventh of January at nine."""


def test_two_meetings_have_to_be_held_since() -> None:
    """A change after the second last meeting keeps the board awake, one before it does not."""
    assert asleep(doing(MONDAY - timedelta(minutes=1)))
    assert not asleep(doing(MONDAY))
    assert not asleep(doing(MONDAY - DAY), doing(NOW - DAY, "[SEO] Audit"))


def test_a_meeting_on_a_day_off_was_not_held() -> None:
    """Closed for two weeks: the meetings in them count for nothing."""
    closed = frozenset(date(2026, 12, 21) + n * DAY for n in range(15))
    shown = case("", doing(datetime(2026, 12, 17, 9, tzinfo=ZONE)), meeting="mon 10:00", sources=READ, history=KNOWN)
    context = shown.context()
    assert list(BoardAsleep().check(context))
    shut = replace(context, calendar=replace(context.calendar, days_off=closed))
    assert not list(BoardAsleep().check(shut))


@pytest.mark.parametrize(
    "seen", [Seen(first=NOW - 90 * DAY, changed=NOW - DAY), Seen(first=NOW - 90 * DAY, touched=NOW - DAY)]
)
def test_what_a_read_found_counts(seen: Seen) -> None:
    """A card that left the board tells no time stamp any more."""
    assert asleep(doing(MONDAY - DAY))
    assert not asleep(doing(MONDAY - DAY), history=History(boards={BOARD: seen}))


def test_own_writes_wake_no_board() -> None:
    """Night after night retro writes on cards that nobody looks at."""
    key = key_of(FAQ)
    seen = Seen(first=NOW - 90 * DAY, people={key: MONDAY - 9 * DAY}, touched=MONDAY - 9 * DAY)
    shown = asleep(doing(NOW - DAY), history=History(boards={BOARD: seen}), own_touches={key: NOW - DAY})
    assert [each.params["since"] for each in shown] == [(MONDAY - 9 * DAY).date()]


def test_a_board_that_was_not_read_since_may_be_awake() -> None:
    """Old data, or none at all, tell nothing of what people do."""
    for read_at in (None, MONDAY - DAY):
        stale = replace(READ[0], state=SourceStatus.STALE, read_at=read_at)
        assert not asleep(doing(MONDAY - 3 * DAY), sources=(stale,))
    assert not asleep(doing(MONDAY - 3 * DAY), history=History())


@pytest.mark.parametrize("status", ["En pause", "On hold", "Pause", "En attente", "Terminé"])
def test_a_project_row_that_rests(status: str) -> None:
    """The row that stands for a project says whether anybody should be at work."""
    row = replace(a_task("Salon", key="p", on="notion:base", section=status), role=Role.PROJECT)
    boards = (a_board(), a_board("Projets", key="notion:base", kind=BoardKind.FLOW))
    assert not asleep(doing(MONDAY - DAY), row, boards=boards)
    running = replace(row, status=replace(row.status, raw="En cours", category=Category.DOING))
    assert [each.subject for each in asleep(doing(MONDAY - DAY), running, boards=boards)] == [BOARD]


def rushed(created: datetime, due: date, minutes: int = 840) -> bool:
    """Whether DAT111 speaks of a task of so many minutes."""
    task = replace(a_task(FAQ, due=due), created=created)
    shown = case("", task, schedule=a_schedule(planned(FAQ, work=minutes)), history=History())
    return bool(list(RushTask().check(shown.context())))


def test_the_day_of_creation_counts_as_a_whole() -> None:
    """A card made on Friday evening for Monday leaves two days; the weekend is none."""
    friday = datetime(2027, 1, 8, 18, tzinfo=ZONE)
    assert not rushed(friday, date(2027, 1, 11))
    assert rushed(friday, date(2027, 1, 11), minutes=841)
    assert rushed(friday + DAY, date(2027, 1, 11))


def test_due_before_it_was_made_is_no_rush() -> None:
    """It was written down for the record."""
    assert not rushed(datetime(2027, 1, 8, 18, tzinfo=ZONE), date(2027, 1, 7))


def test_a_long_time_ahead_is_not_looked_into() -> None:
    """Months of time for a day of work."""
    assert not rushed(NOW - 200 * DAY, date(2027, 6, 1), minutes=420)


def debrief(*tasks: Task, end: date | None = date(2026, 12, 14)) -> set[str]:
    """What RIT104 misses."""
    return {each.detail for each in NoDebrief().check(case("", *tasks, end=end).context())}


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("Bilan carbone du salon", False),
        ("Bilan chiffré", True),
        ("REX avec l’agence", True),
        ("Wrap-up meeting", True),
        ("Lessons learned", True),
        ("Affiche T-Rex", False),
        ("Rétroplanning du salon", False),
    ],
)
def test_what_a_debrief_is_called(title: str, *, is_one: bool) -> None:
    """In French and in English, and whole words only."""
    assert ("debrief" not in debrief(a_task(title, section="Terminé"))) is is_one


def test_the_launch_that_was_ticked_off_still_dates_the_end() -> None:
    """A done milestone is no anchor any more, and yet the day on which it was over."""
    done = a_task("Mise en ligne", section="Terminé", due=date(2026, 12, 14), milestone=True)
    assert debrief(done, end=None) == {"debrief"}
    later = a_task("Salon", due=date(2027, 3, 1), milestone=True)
    assert debrief(done, later, end=None) == set()


def test_two_weeks_are_given() -> None:
    """On the fourteenth day nothing is said yet."""
    assert debrief(end=NOW.date() - 14 * DAY) == set()
    assert debrief(end=NOW.date() - 15 * DAY) == {"debrief"}


def test_reviewers_have_the_ball_before_owners() -> None:
    """Owners have it where no reviewer is named."""
    task = a_task(FAQ, section="En validation", owners=("Léa Martin", "Karim Benali"), updated=NOW - 30 * DAY)
    (found,) = stuck(task, KNOWN)
    assert found.params["who"] == ("Léa Martin", "Karim Benali")
    (found,) = stuck(replace(task, reviewer=Owner("roy", "Mme Roy")), KNOWN)
    assert found.params["who"] == ("Mme Roy",)
    (found,) = stuck(replace(task, owners=()), KNOWN)
    assert "who" not in found.params
