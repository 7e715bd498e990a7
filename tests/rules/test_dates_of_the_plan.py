"""Dates against the plan, the calendar and the clock: DAT104 to DAT110, STA103 and OWN105 beyond their examples."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.calendars import DEFAULT_WEEK, Calendar, Calendars, build_calendar, parse_hours, person_calendar
from retro.lint.examples import (
    NOW,
    ZONE,
    a_board,
    a_link,
    a_schedule,
    a_task,
    case,
    key_of,
    planned,
)
from retro.model import (
    AnchorVerdict,
    BoardKind,
    CheckItem,
    Day,
    EstimateOrigin,
    Finding,
    Owner,
    OwnerKind,
    Task,
    TaskSchedule,
)
from retro.schedule import ScheduleOptions, schedule
from retro_practices.dat.checklist_item_after_due import ChecklistItemAfterDue
from retro_practices.dat.done_in_the_future import DoneInTheFuture
from retro_practices.dat.due_after_advised import DueAfterAdvised
from retro_practices.dat.due_after_latest import DueAfterLatest
from retro_practices.dat.due_on_day_off import DueOnDayOff
from retro_practices.dat.too_short_for_its_work import TooShortForItsWork
from retro_practices.own.owner_away import OwnerAway
from retro_practices.sta.late_start import LateStart

TODAY = NOW.date()
DAYS = st.dates(date(2026, 12, 1), date(2027, 4, 30))
INSTANTS = st.tuples(DAYS, st.times()).map(lambda at: datetime.combine(at[0], at[1].replace(microsecond=0), ZONE))


def at(day: date, hour: int = 17) -> datetime:
    """An hour of a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def one(findings: Sequence[Finding]) -> Finding | None:
    """The finding, where there is one."""
    assert len(findings) <= 1
    return findings[0] if findings else None


# DAT104


@given(due=DAYS | INSTANTS, start=st.none() | DAYS)
def test_a_day_off_is_moved_to_the_last_working_day_before_it(due: Day, start: date | None) -> None:
    """Exactly days off from today on are told; the proposal is worked, keeps the hour, and begins after nothing."""
    day = due.date() if isinstance(due, datetime) else due
    friday = day - timedelta(days=max(0, day.weekday() - 4))
    found = one(list(DueOnDayOff().check(case("", a_task("[Web] FAQ", due=due, start=start)).context())))
    assert (found is not None) == (day.weekday() >= 5 and friday >= TODAY)
    if found is None:
        return
    assert found.params == {"due": day, "before": friday}
    if start is not None and start > friday:
        assert found.fix is None
    else:
        assert found.fix is not None
        moved = found.fix.new
        assert moved == (datetime.combine(friday, due.timetz()) if isinstance(due, datetime) else friday)


def test_holidays_and_closures_are_days_off_like_sundays() -> None:
    """Due on the 1st of May and in a closed week: the day before both."""
    base = build_calendar(zone=ZONE, closures=[(date(2027, 4, 26), date(2027, 4, 30))])
    context = replace(case("", a_task("[Web] FAQ", due=date(2027, 5, 1))).context(), calendar=base)
    found = one(list(DueOnDayOff().check(context)))
    assert found is not None
    assert found.params["before"] == date(2027, 4, 23)


@pytest.mark.parametrize("kind", [BoardKind.FLOW, BoardKind.EDITORIAL])
def test_no_date_of_a_board_without_end_is_moved(kind: BoardKind) -> None:
    """Publications and requests keep their day, whatever they are called."""
    shown = case("", a_task("[Web] FAQ", due=date(2027, 1, 30)), boards=(a_board(kind=kind),))
    assert list(DueOnDayOff().check(shown.context())) == []


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("[Social] Post LinkedIn soldes", False),
        ("Soirée clients", False),
        ("[Email] Newsletter de février", False),
        ("Go live", False),
        ("[Web] Postface du livre", True),
        ("[Print] Maquette du salonnier", True),
        ("[Web] Maquettes", True),
    ],
)
def test_what_appears_on_its_day_is_known_by_whole_words(title: str, told: bool) -> None:  # noqa: FBT001 - a case
    """A post or a party may be on a Saturday; a word that only begins like one says nothing."""
    found = list(DueOnDayOff().check(case("", a_task(title, due=date(2027, 1, 30))).context()))
    assert bool(found) is told


# DAT106


@given(day=DAYS | INSTANTS)
def test_what_happened_is_at_the_latest_today(day: Day) -> None:
    """Exactly days after today are told, an instant being read in the workspace's zone."""
    done = replace(a_task("A", section="Terminé"), actual_finish=day)
    later = (day.date() if isinstance(day, datetime) else day) > TODAY
    assert bool(list(DoneInTheFuture().check(case("", done).context()))) is later


def test_midnight_in_another_zone_is_read_in_the_workspaces() -> None:
    """Half past eleven in the evening in London is tomorrow in Paris."""
    done = replace(a_task("A", section="Terminé"), completed=datetime(2027, 1, 11, 23, 30, tzinfo=UTC))
    assert len(list(DoneInTheFuture().check(case("", done).context()))) == 1


# DAT107

PART_TIME = person_calendar(build_calendar(zone=ZONE), week_overrides={2: parse_hours("9:00-12:00")})


@given(start=DAYS, length=st.integers(0, 10), work=st.integers(0, 4200), part_time=st.booleans())
def test_dates_are_too_short_exactly_where_the_hours_are_fewer(
    start: date,
    length: int,
    work: int,
    part_time: bool,  # noqa: FBT001 - drawn
) -> None:
    """The minutes worked day by day on the owner's own calendar, counted here one by one, against the estimate.

    Of no hours at all up to a day off nothing is said: another rule tells of the day off.
    """
    end = start + timedelta(days=length)
    calendars = {"lea martin": PART_TIME} if part_time else {}
    calendar = PART_TIME if part_time else build_calendar(zone=ZONE)
    context = case(
        "", a_task("A", start=start, due=end), schedule=a_schedule(planned("A", work=work)), calendars=calendars
    ).context()
    found = one(list(TooShortForItsWork().check(replace(context, calendar=build_calendar(zone=ZONE)))))
    days = (start + timedelta(days=number) for number in range(length + 1))
    held = sum(last - first for day in days for first, last in calendar.hours_on(day))
    off = not held and not calendar.is_working_day(end)
    assert (found is not None) == (held < work and not off)
    if found is not None:
        assert (found.params["held_minutes"], found.params["work_minutes"]) == (held, work)


@pytest.mark.parametrize("origin", [EstimateOrigin.DEFAULT, EstimateOrigin.DATES, EstimateOrigin.ACTUAL])
def test_only_an_estimate_that_somebody_gave_is_compared(origin: EstimateOrigin) -> None:
    """A default duration, or one read off the dates themselves, contradicts nothing."""
    shown = case(
        "",
        a_task("A", start=date(2027, 1, 25), due=date(2027, 1, 25)),
        schedule=a_schedule(planned("A", work=4200, origin=origin)),
    )
    assert list(TooShortForItsWork().check(shown.context())) == []


# DAT108 and DAT109


@given(due=DAYS | INSTANTS, advised=DAYS, latest=DAYS)
def test_a_due_date_is_later_than_advised_or_too_late_never_both(due: Day, advised: date, latest: date) -> None:
    """By days: after the latest finish it is too late, between the advised and the latest one later than advised.

    What is overdue is neither: that it is overdue says more.
    """
    advised, latest = min(advised, latest), max(advised, latest)
    plan = a_schedule(planned("A", advised=at(advised, 12), latest=at(latest, 12)))
    context = case("", a_task("A", due=due), schedule=plan).context()
    day = due.date() if isinstance(due, datetime) else due
    advice, late = one(list(DueAfterAdvised().check(context))), one(list(DueAfterLatest().check(context)))
    worked = any((latest + timedelta(days=number)).weekday() < 5 for number in range(1, (day - latest).days + 1))
    assert (late is not None) == (day > latest and worked and day >= TODAY)
    assert (advice is not None) == (advised < day <= latest and day >= TODAY)


@given(due=DAYS | INSTANTS, latest=DAYS, start=st.none() | DAYS)
def test_what_is_proposed_is_the_latest_finish_in_the_boards_kind(due: Day, latest: date, start: date | None) -> None:
    """No date in the past and none before the start; an instant for an instant; what is proposed mends the finding."""
    plan = a_schedule(planned("A", latest=at(latest)))
    found = one(list(DueAfterLatest().check(case("", a_task("A", due=due, start=start), schedule=plan).context())))
    if found is None:
        return
    if latest < TODAY or (start is not None and start > latest):
        assert found.fix is None
        return
    assert found.fix is not None
    new = found.fix.new
    assert new == (at(latest) if isinstance(due, datetime) else latest)
    assert isinstance(new, date)
    assert list(DueAfterLatest().check(case("", a_task("A", due=new), schedule=plan).context())) == []


def launched(*tasks: Task, due: date, linked: bool) -> list[Finding]:
    """What DAT109 says of a page whose latest finish is a launch on the 3rd of February."""
    verdict = AnchorVerdict(key="lancement", name="Lancement", project="p", date=at(date(2027, 2, 3)), feasible=True)
    shown = case(
        "",
        a_task("A", due=due),
        *tasks,
        links=(a_link("A", "B"),) if linked else (),
        schedule=a_schedule(planned("A", latest=at(date(2027, 2, 3)), anchor="lancement"), anchors=(verdict,)),
    )
    return list(DueAfterLatest().check(shown.context()))


def test_a_date_after_the_launch_is_left_to_the_rule_for_it() -> None:
    """Without a link nothing shows that the launch waits for it; with one, its date breaks the chain."""
    assert launched(due=date(2027, 2, 5), linked=False) == []
    assert len(launched(a_task("B"), due=date(2027, 2, 5), linked=True)) == 1


def test_default_durations_after_a_task_make_its_lateness_an_assumption_up_to_their_sum() -> None:
    """Two days of nobody's word after it: two days late are assumed, three are not."""

    def assumed(due: date) -> bool:
        shown = case(
            "",
            a_task("A", due=due),
            a_task("B", due=None),
            links=(a_link("A", "B"),),
            schedule=a_schedule(
                planned("A", latest=at(date(2027, 2, 1))), planned("B", work=840, origin=EstimateOrigin.DEFAULT)
            ),
        )
        (found,) = DueAfterLatest().check(shown.context())
        return found.assumed

    assert assumed(date(2027, 2, 3))
    assert not assumed(date(2027, 2, 4))


def test_circles_of_default_durations_end() -> None:
    """Tasks that wait for each other are left out of the sum, as they are out of the schedule."""
    plan: dict[str, TaskSchedule] = {
        key_of(title): planned(title, latest=at(date(2027, 2, 1)), origin=EstimateOrigin.DEFAULT) for title in "AB"
    }
    shown = case(
        "",
        a_task("A", due=date(2027, 2, 3)),
        a_task("B", due=None),
        links=(a_link("A", "B"), a_link("B", "A")),
        schedule=replace(a_schedule(), tasks=plan, cycles=((key_of("A"), key_of("B")),)),
    )
    (found,) = DueAfterLatest().check(shown.context())
    assert not found.assumed


# DAT110


@given(due=DAYS | INSTANTS, line=DAYS | INSTANTS)
def test_a_line_is_late_by_its_day(due: Day, line: Day) -> None:
    """An hour later on the same day is no later date."""
    item = CheckItem(key="x", title="BAT", due=line)
    days = [each.date() if isinstance(each, datetime) else each for each in (due, line)]
    found = list(ChecklistItemAfterDue().check(case("", a_task("A", due=due, checklist=(item,))).context()))
    assert bool(found) == (days[1] > days[0])


# STA103


@given(start=st.none() | DAYS | INSTANTS, latest=st.none() | DAYS, today=DAYS)
def test_a_start_is_late_from_the_next_day_on_and_told_by_its_date(
    start: Day | None, latest: date | None, today: date
) -> None:
    """The team's own start decides where there is one, else the latest start; the facts are that date alone."""
    plan = a_schedule(planned("A", latest_start=None if latest is None else at(latest, 9)))
    shown = case("", a_task("A", start=start, due=None), schedule=plan, now=at(today, 9))
    found = one(list(LateStart().check(shown.context())))
    own = start.date() if isinstance(start, datetime) else start
    by = own or latest
    assert (found is not None) == (by is not None and by < today)
    if found is not None:
        assert dict(found.params) == ({"latest": latest} if own is None else {"start": own})


def test_default_work_after_a_task_makes_its_latest_start_an_assumption() -> None:
    """Its own estimate is given, but what comes after it rests on nobody's word."""
    plan = a_schedule(planned("A", latest_start=at(date(2027, 1, 8), 9)), planned("B", origin=EstimateOrigin.DEFAULT))
    shown = case("", a_task("A"), a_task("B"), links=(a_link("A", "B"),), schedule=plan)
    (found,) = LateStart().check(shown.context())
    assert found.assumed


@pytest.mark.parametrize("section", ["À produire", "En validation", "Prêt pour lancement", "Terminé", "Idées"])
def test_only_what_is_still_to_do_starts_late(section: str) -> None:
    """What has begun has begun, and an idea has no start."""
    shown = case("", a_task("A", section=section, start=date(2027, 1, 4)))
    assert list(LateStart().check(shown.context())) == []


# OWN105


def away(*days: date, **more: object) -> list[Finding]:
    """What is said of a task while Léa is on leave on some days."""
    leave = Calendar(week=DEFAULT_WEEK, zone=ZONE, days_off=frozenset(days))
    task = a_task("A", **more)  # type: ignore[arg-type]  # fields by name
    return list(OwnerAway().check(case("", task, calendars={"lea martin": leave}).context()))


@given(due=DAYS, leave=st.sets(DAYS, max_size=30))
def test_leave_on_the_due_date_is_told_from_today_on(due: date, leave: set[date]) -> None:
    """Exactly working days on which she is on leave, and that have not passed."""
    assert bool(away(*leave, due=due)) == (due in leave and due.weekday() < 5 and due >= TODAY)


def test_a_task_that_lies_in_a_leave_from_end_to_end_says_so() -> None:
    """From Thursday to Sunday, away on Thursday and Friday: no working day is left, though Sunday is nobody's."""
    (found,) = away(date(2027, 1, 28), date(2027, 1, 29), start=date(2027, 1, 28), due=date(2027, 1, 31))
    assert found.params == {"owner": "Léa Martin", "start": date(2027, 1, 28), "due": date(2027, 1, 31)}


def test_a_team_and_somebody_without_a_calendar_are_never_away() -> None:
    """Whoever has no leave of their own is there."""
    leave = Calendar(week=DEFAULT_WEEK, zone=ZONE, days_off=frozenset({date(2027, 2, 1)}))
    team = replace(a_task("A"), owners=(Owner("lea martin", "Léa Martin", OwnerKind.TEAM),))
    assert list(OwnerAway().check(case("", team, calendars={"lea martin": leave}).context())) == []
    assert list(OwnerAway().check(case("", a_task("B"), calendars={"sam": leave}).context())) == []


def test_a_review_waits_for_its_reviewer() -> None:
    """In review it is the reviewer's leave that counts, not the owner's."""
    leave = Calendar(week=DEFAULT_WEEK, zone=ZONE, days_off=frozenset({date(2027, 2, 1)}))
    task = replace(a_task("A", section="En validation"), reviewer=Owner("sam", "Sam"))
    assert len(list(OwnerAway().check(case("", task, calendars={"sam": leave}).context()))) == 1
    assert list(OwnerAway().check(case("", task, calendars={"lea martin": leave}).context())) == []


# Together with a real schedule


def test_a_chain_that_is_kept_date_by_date_and_still_misses_the_launch() -> None:
    """A is due in good order before B, B before the launch, and yet B cannot be done in what A leaves it."""
    tasks = (a_task("A", due=date(2027, 2, 24)), a_task("B", due=date(2027, 3, 1)))
    context = case("", *tasks, links=(a_link("A", "B"),), end=date(2027, 3, 1)).context()
    base = build_calendar(zone=ZONE)
    plan = schedule(context.portfolio, Calendars(project=base), ScheduleOptions(default=5 * 420), NOW)
    found = list(DueAfterLatest().check(replace(context, calendar=base, schedule=plan)))
    assert [(each.task, each.params["latest"], each.assumed) for each in found] == [
        (key_of("A"), date(2027, 2, 22), True)
    ]
