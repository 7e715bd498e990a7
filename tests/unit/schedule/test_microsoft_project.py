"""What real files of Microsoft Project settle about its dates, one fact a test.

The plan begins on Monday 5 January 2026 at 9:00; people work 9–12 and 13–17, Monday to Friday.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendar, Calendars, exception, parse_hours
from retro.model import Category, Constraint, ConstraintType, Portfolio, Schedule, Task, TaskSchedule
from retro.schedule import ScheduleOptions, schedule

Make = Callable[..., Task]
Build = Callable[..., Portfolio]
At = Callable[[str], datetime]
Computed = Callable[..., Schedule]

PARIS = ZoneInfo("Europe/Paris")
WEEK = (parse_hours("9:00-12:00 13:00-17:00"),) * 5 + ((), ())
OFFICE = Calendar(week=WEEK, zone=PARIS)
AWAY = Calendar(week=WEEK, zone=PARIS, spans=(exception(date(2026, 1, 6), date(2026, 1, 7)),))
NIGHT = Calendar(week=(((1320, 1800),),) * 5 + ((), ()), zone=PARIS)
TEAM = Calendars(project=OFFICE, people={"lea": AWAY}, named={"away": AWAY, "night": NIGHT})
BEGINS = datetime(2026, 1, 5, 9, tzinfo=PARIS)
LATER = datetime(2026, 3, 2, 9, tzinfo=PARIS)


@pytest.fixture
def computed(portfolio: Build) -> Computed:
    """Schedules a plan as Microsoft Project does, from its own start, whatever the clock says."""

    def run(tasks: Sequence[Task], links: Sequence[str] = (), end: date | None = None) -> Schedule:
        made = portfolio(tasks, links, end)
        boards = tuple(replace(board, begins=BEGINS) for board in made.boards)
        return schedule(replace(made, boards=boards), TEAM, ScheduleOptions(), LATER)

    return run


def must(kind: str, day: str = "") -> Constraint:
    """A constraint on an hour in January 2026: "9T17:00"."""
    if not day:
        return Constraint(ConstraintType(kind))
    number, hour = day.split("T")
    when = datetime.fromisoformat(f"2026-01-{int(number):02d}T{hour}").replace(tzinfo=PARIS)
    return Constraint(ConstraintType(kind), when)


def early(said: TaskSchedule) -> str:
    """Earliest start and finish."""
    return f"{said.earliest_start:%d.%Hh}–{said.earliest_finish:%d.%Hh}"


def late(said: TaskSchedule) -> str:
    """Latest start and finish."""
    return f"{said.latest_start:%d.%Hh}–{said.latest_finish:%d.%Hh}"


def test_a_start_is_a_first_minute_and_a_finish_a_last_one(computed: Computed, task: Make) -> None:
    """A task that follows another one's last minute begins next morning; a milestone stays at 17:00."""
    said = computed([task("a", 1), task("b", 1), task("m", milestone=True)], ["a>b", "a>m"]).tasks
    assert early(said["a"]) == "05.09h–05.17h"
    assert early(said["b"]) == "06.09h–06.17h"
    assert early(said["m"]) == "05.17h–05.17h"


def test_a_lag_is_consumed_on_the_successors_calendar(computed: Computed, task: Make) -> None:
    """A day of lag before a task whose calendar rests on the 6th and 7th is its next working day, the 8th."""
    said = computed([task("a", 1), task("b", 1, calendar="away")], ["a>b FS 420"]).tasks
    assert early(said["b"]) == "09.09h–09.17h"


def test_an_elapsed_lag_runs_through_the_night_and_a_percent_is_of_the_predecessor(
    computed: Computed, task: Make
) -> None:
    """24 elapsed hours after Monday 17:00 is Tuesday's end; half of two days is one day."""
    said = computed([task("a", 1), task("b", 2), task("c", 1), task("d", 1)], ["a>c FS 1440e", "b>d FS 50%"]).tasks
    assert early(said["c"]) == "07.09h–07.17h"
    assert early(said["d"]) == "08.09h–08.17h"


def test_a_finish_to_finish_successor_is_right_aligned_but_not_before_the_start(computed: Computed, task: Make) -> None:
    """Its finish is its predecessor's, and its start, for a long one, the project's."""
    said = computed([task("a", 3), task("b", 1), task("c", 5)], ["a>b FF", "a>c FF"]).tasks
    assert early(said["b"]) == "07.09h–07.17h"
    assert early(said["c"]) == "05.09h–09.17h"


def test_a_start_to_finish_successor_may_begin_before_the_project(computed: Computed, task: Make) -> None:
    """It is over when its predecessor begins, on the plan's first morning: it begins the Friday before."""
    said = computed([task("a", 3), task("b", 1)], ["a>b SF"]).tasks
    assert early(said["b"]) == "02.09h–02.17h"


def test_total_slack_is_the_lesser_of_both_ends(computed: Computed, task: Make) -> None:
    """Laid by hand over a week for one day's work, its start has a month of slack, its finish less: that counts."""
    by_hand = task("m", 1, manual=True, start=BEGINS, due=datetime(2026, 1, 9, 17, tzinfo=PARIS))
    said = computed([by_hand, task("z", 10)]).tasks
    assert early(said["m"]) == "05.09h–09.17h"
    assert said["m"].total_slack_minutes == 5 * 420


def test_slack_counts_the_tasks_own_calendar(computed: Computed, task: Make) -> None:
    """From Monday's finish to Friday's the calendar that rests on the 6th and 7th has two days."""
    said = computed([task("a", 1, calendar="away"), task("z", 5)]).tasks
    assert said["a"].total_slack_minutes == 2 * 420


def test_slack_of_what_is_under_way_is_that_of_its_finish(computed: Computed, task: Make, at: At) -> None:
    """Begun on the 5th, a third done: it keeps its start, and its finish may be two days later."""
    begun = task("a", 3, Category.DOING, actual_start=at("2026-01-05T09:00"), percent=33.0, remaining=840)
    said = computed([begun, task("z", 5)]).tasks["a"]
    assert early(said) == "05.09h–07.17h"
    assert late(said) == "05.09h–09.17h"
    assert said.total_slack_minutes == 2 * 420
    assert said.work_minutes == 840


def test_what_is_under_way_holds_its_predecessor_to_where_its_rest_begins(
    computed: Computed, task: Make, at: At
) -> None:
    """A successor one day of which is done lets its predecessor end where its second day begins."""
    first = task("a", 1, Category.DOING, actual_start=at("2026-01-05T09:00"), remaining=210)
    second = task("b", 3, Category.DOING, actual_start=at("2026-01-06T09:00"), remaining=840)
    said = computed([first, second, task("z", 10)], ["a>b"]).tasks
    assert said["a"].latest_finish == at("2026-01-06T17:00")


def test_as_late_as_possible_has_no_slack(computed: Computed, task: Make) -> None:
    """It is laid at its latest dates, and what follows it counts from there."""
    tasks = [task("a", 1, constraint=must("ALAP")), task("b", 1), task("z", 5)]
    said = computed(tasks, ["a>b"]).tasks
    assert said["a"].total_slack_minutes == 0
    assert late(said["a"]) == "08.09h–08.17h"
    assert early(said["b"]) == "09.09h–09.17h"


def test_what_is_done_has_no_free_slack_and_its_dates_are_facts(computed: Computed, task: Make, at: At) -> None:
    """Its earliest and latest dates are its actual ones, though it took two days longer than its duration."""
    done = task("a", 1, Category.DONE, actual_start=at("2026-01-05T09:00"), actual_finish=at("2026-01-07T17:00"))
    said = computed([done, task("z", 5)]).tasks["a"]
    assert early(said) == late(said) == "05.09h–07.17h"
    assert (said.total_slack_minutes, said.free_slack_minutes) == (0, 0)


def test_a_deadline_bounds_the_latest_finish_only(computed: Computed, task: Make, at: At) -> None:
    """Its earliest dates stay where links put them, and it is a day short."""
    said = computed([task("a", 3, deadline=at("2026-01-06T17:00")), task("z", 5)]).tasks["a"]
    assert early(said) == "05.09h–07.17h"
    assert late(said) == "02.09h–06.17h"
    assert said.total_slack_minutes == -420


@pytest.mark.parametrize(
    ("constraint", "starts", "slack"),
    [
        (must("SNET", "12T09:00"), "12.09h", 3 * 420),
        (must("FNET", "12T17:00"), "12.09h", 3 * 420),
        (must("SNLT", "06T09:00"), "06.09h", 0),
        (must("FNLT", "06T17:00"), "06.09h", 0),
        (must("MSO", "06T09:00"), "06.09h", 0),
        (must("MFO", "06T17:00"), "06.09h", 0),
        (must("MSO", "13T09:00"), "13.09h", 0),
        (must("MFO", "13T17:00"), "13.09h", 0),
    ],
)
def test_every_constraint_holds_over_links(
    computed: Computed, task: Make, constraint: Constraint, starts: str, slack: int
) -> None:
    """Behind three days of work it would begin on the 8th: what must be earlier is, what must be later waits."""
    said = computed([task("a", 3), task("b", 1, constraint=constraint), task("z", 9)], ["a>b"]).tasks
    assert early(said["b"]).startswith(starts)
    assert said["b"].total_slack_minutes == slack


def test_a_date_over_links_leaves_its_chain_short_of_time(computed: Computed, task: Make) -> None:
    """What must finish on the 6th leaves the three days before it two days short."""
    said = computed([task("a", 3), task("b", 1, constraint=must("MFO", "06T17:00"))], ["a>b"]).tasks
    assert said["a"].total_slack_minutes == -2 * 420
    assert said["a"].critical


def test_an_infeasible_milestone_is_short_of_time_itself(computed: Computed, task: Make) -> None:
    """Due on the 6th at 17:00 behind three days of work, it is a day late itself; what follows counts from its date."""
    tasks = [task("a", 3), task("m", milestone=True, constraint=must("MFO", "06T17:00")), task("b", 1)]
    said = computed(tasks, ["a>m", "m>b"]).tasks
    assert said["a"].total_slack_minutes == -420
    assert said["m"].total_slack_minutes == -420
    assert early(said["b"]) == "07.09h–07.17h"


def test_what_must_start_on_a_date_is_latest_then_whatever_follows(computed: Computed, task: Make) -> None:
    """Its successor is three days short, it is not: its latest dates are its constraint's."""
    tasks = [task("a", 1, constraint=must("MSO", "12T09:00")), task("b", 1, constraint=must("MFO", "08T17:00"))]
    said = computed(tasks, ["a>b"]).tasks
    assert said["a"].total_slack_minutes == 0


def test_a_done_successor_does_not_bound_what_comes_before_it(computed: Computed, task: Make, at: At) -> None:
    """Done out of turn, it leaves its predecessor the whole plan."""
    done = task("b", 1, Category.DONE, actual_start=at("2026-01-05T09:00"), actual_finish=at("2026-01-05T17:00"))
    said = computed([task("a", 1), done, task("z", 5)], ["a>b"]).tasks
    assert late(said["a"]) == "09.09h–09.17h"


def test_without_a_successor_the_latest_finish_is_the_projects(computed: Computed, task: Make) -> None:
    """The longest task ends the plan; the other one may end with it; the first one alone is critical."""
    said = computed([task("a", 5), task("b", 2)]).tasks
    assert said["a"].latest_finish == said["b"].latest_finish == said["a"].earliest_finish
    assert said["a"].critical
    assert not said["b"].critical
    assert said["b"].total_slack_minutes == 3 * 420


def test_an_anchor_takes_the_place_of_the_plans_own_finish(computed: Computed, task: Make) -> None:
    """With an end asked for, slack counts to it."""
    result = computed([task("a", 5)], end=date(2026, 1, 12))
    assert result.tasks["a"].total_slack_minutes == 420
    assert result.anchors[0].feasible


def test_a_link_on_a_summary_binds_its_leaves(computed: Computed, task: Make) -> None:
    """Both leaves wait for the task before their summary, and the task after it waits for both."""
    tasks = [task("a", 1), task("s"), task("s1", 1, parent="s"), task("s2", 3, parent="s"), task("z", 1)]
    said = computed(tasks, ["a>s", "s>z"]).tasks
    assert early(said["s1"]) == "06.09h–06.17h"
    assert early(said["z"]) == "09.09h–09.17h"
    assert said["s1"].total_slack_minutes == 2 * 420


def test_an_actual_start_overrides_links_and_constraints(computed: Computed, task: Make, at: At) -> None:
    """Begun on the 6th although it waits for three days of work and must start on the 12th."""
    begun = task(
        "b", 2, Category.DOING, actual_start=at("2026-01-06T09:00"), remaining=840, constraint=must("MSO", "12T09:00")
    )
    said = computed([task("a", 3), begun], ["a>b"]).tasks
    assert early(said["b"]) == "06.09h–07.17h"


def test_what_is_laid_by_hand_stays_there(computed: Computed, task: Make, at: At) -> None:
    """Its links do not move it, and what follows waits for it."""
    by_hand = task("b", 1, manual=True, start=at("2026-01-05T09:00"), due=at("2026-01-05T17:00"))
    said = computed([task("a", 3), by_hand, task("c", 1)], ["a>b", "b>c"]).tasks
    assert early(said["b"]) == "05.09h–05.17h"
    assert early(said["c"]) == "06.09h–06.17h"


def test_a_resource_works_its_own_hours_unless_the_duration_is_fixed(computed: Computed, task: Make) -> None:
    """Léa is away on the 6th and 7th: her two days end on the 8th, but on the 6th where the duration is fixed."""
    said = computed([task("a", 2, owner="lea"), task("b", 2, owner="lea", calendar_alone=True)]).tasks
    assert early(said["a"]) == "05.09h–08.17h"
    assert early(said["b"]) == "05.09h–06.17h"


def test_a_task_on_a_calendar_of_its_own_is_worked_when_its_resource_works_too(computed: Computed, task: Make) -> None:
    """A night shift never meets office hours: alone it runs from 22:00 to 6:00, and with Léa as well."""
    said = computed([task("a", calendar="night", days=1), task("b", 1, calendar="night", owner="lea")]).tasks
    assert said["a"].earliest_start == datetime(2026, 1, 5, 22, tzinfo=PARIS)
    assert said["a"].earliest_finish == datetime(2026, 1, 6, 5, tzinfo=PARIS)
    assert said["b"].earliest_start == said["a"].earliest_start


def test_the_clock_moves_nothing_in_a_plan_with_a_start_of_its_own(computed: Computed, task: Make) -> None:
    """Read in March, a plan of January begins in January; its status date alone moves nothing either."""
    assert early(computed([task("a", 1)]).tasks["a"]) == "05.09h–05.17h"


def test_remaining_work_of_our_own_plans_goes_on_at_the_status_date(plan: Computed, task: Make, at: At) -> None:
    """A third of three days done, seen on Thursday the 8th: two days are left, from then on."""
    begun = task("a", 3, Category.DOING, actual_start=at("2026-01-05T09:00"), percent=100 / 3)
    said = plan([begun], [], date(2026, 2, 2), now=at("2026-01-08T09:00")).tasks["a"]
    assert said.earliest_finish == at("2026-01-09T17:00")
    assert said.work_minutes == 840
