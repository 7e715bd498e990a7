"""What of a plan is not followed is said: a sentence a kind, with a count and the first names."""

from collections.abc import Iterator

import pytest
from tests.connectors.msproject.plans import Content, calendar, plan, read, scheduled, task, weekday

from retro.i18n import current_language, use

FAR, FIRST = "9999-12-31T08:00:00", "0001-01-01T08:00:00"
IDLE = {"Calendar": [calendar(1), calendar(2, "Press", days=[weekday(day) for day in range(1, 8)])]}
STOPPED = {"ActualStart": "2027-01-04T08:00:00", "Stop": "2027-01-04T17:00:00", "Resume": "2027-01-07T08:00:00"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are read in English."""
    before = current_language()
    use("en")
    yield
    use(before)


def said(*tasks: Content, **more: Content) -> str:
    """The one warning of a plan."""
    warnings = read(plan(*tasks, **more)).board.warnings
    assert len(warnings) == 1, warnings
    return warnings[0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"LevelingDelay": 4800}, "have a levelling delay"),
        (STOPPED, "are split"),
        ({"IsSubproject": 1, "SubprojectName": "other.mpp"}, "inserted projects"),
        ({"ConstraintType": 4, "ConstraintDate": FAR}, "a constraint without a date"),
        ({"ConstraintType": 2, "ConstraintDate": FIRST}, "a constraint without a date"),
        ({"ConstraintType": 7}, "a constraint without a date"),
        ({"ConstraintType": 12}, "of a kind that does not exist"),
        ({"Deadline": FAR}, "could not be read"),
        ({"ExternalTask": 1}, "are other projects’"),
    ],
)
def test_each_kind_is_one_sentence_with_three_names(fields: dict[str, Content], words: str) -> None:
    """However many tasks there are, they are counted, and three of them are named."""
    sentence = said(*(task(uid, 16, **fields) for uid in range(1, 501)))
    assert sentence.startswith("500 ")
    assert "(Task 1, Task 2, Task 3, …)" in sentence
    assert words in sentence


def test_a_name_without_end_is_cut() -> None:
    """A megabyte of a name takes forty characters of a sentence."""
    assert len(said(task(1, Name="x" * 1_000_000, LevelingDelay=4800))) < 120


def test_a_calendar_that_is_missing_is_named() -> None:
    """A task's calendar that the plan does not hold goes by its number."""
    assert "1 calendar (7) is missing" in said(task(1, CalendarUID=7))


def test_a_calendar_that_nobody_works_by_is_replaced_aloud() -> None:
    """A calendar with every day off is named, and the plan's own stands for it."""
    assert "(Press)" in said(task(1, 8, CalendarUID=2), Calendars=IDLE)
    found = scheduled(read(plan(task(1, 8, CalendarUID=2), Calendars=IDLE))).tasks["plan.xml:1"]
    assert str(found.earliest_finish)[5:16] == "01-04 17:00"


def test_a_resource_calendar_that_nobody_works_by_is_named() -> None:
    """The same for the calendar of somebody."""
    staff = {"Resource": [{"UID": 1, "Name": "Léa", "Type": 1, "CalendarUID": 2}]}
    assert "(Press)" in said(task(1), Calendars=IDLE, Resources=staff)


@pytest.mark.parametrize("day", [FIRST, FAR, "soon", ""])
def test_a_start_out_of_reach_is_said(day: str) -> None:
    """The plan then begins with its first task; without any date, today."""
    dated = read(plan(task(1, 8, Start="2027-02-01T08:00:00"), StartDate=day)).board
    assert "1 Feb 2027" in dated.warnings[0]
    assert str(dated.begins)[:10] == "2027-02-01"
    assert "from today" in said(task(1), StartDate=day)


def test_the_first_task_of_another_project_begins_no_plan() -> None:
    """A plan without a start begins with its own first task."""
    rows = (task(1, ExternalTask=1, Start="2026-02-02T08:00:00"), task(2, Start="2027-02-01T08:00:00"))
    assert str(read(plan(*rows, StartDate="")).board.begins)[:10] == "2027-02-01"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"ScheduleFromStart": 0, "FinishDate": FAR}, "counts back from its finish"),
        ({"StatusDate": FAR}, "status date"),
        ({"MinutesPerDay": 99999}, "day of 99999 minutes"),
        ({"Calendars": ""}, "no calendar with working hours"),
    ],
)
def test_settings_that_mean_nothing_are_said(settings: dict[str, Content], words: str) -> None:
    """A finish, a status date, a length of the day and a calendar that cannot be."""
    assert words in said(task(1), **settings)


@pytest.mark.parametrize("kind", [2, 3, 5, 6])
def test_constraints_that_summaries_cannot_have_are_said(kind: int) -> None:
    """Must start, must finish, start no later, finish no earlier: none of a summary's."""
    dated = {"ConstraintType": kind, "ConstraintDate": "2027-02-01T08:00:00"}
    assert "summary (Task 1)" in said(task(1, 8, **dated), task(2, 8, level=2))


@pytest.mark.parametrize("kind", [0, 1, 4, 7])
def test_constraints_that_summaries_may_have_are_not(kind: int) -> None:
    """As soon or late as possible, start no earlier, finish no later."""
    dated = {"ConstraintType": kind, "ConstraintDate": "2027-02-01T08:00:00"}
    assert read(plan(task(1, 8, **dated), task(2, 8, level=2))).board.warnings == ()


def _assigned(*stretches: tuple[str, str, str], **more: Content) -> dict[str, Content]:
    data = [{"Type": 1, "Start": first, "Finish": last, "Value": value} for first, last, value in stretches]
    span = {"Start": "2027-01-04T08:00:00", "Finish": "2027-01-12T17:00:00"}
    one = {"TaskUID": 1, "ResourceUID": 1, "Units": 1, **span, "TimephasedData": data, **more}
    return {
        "Assignments": {"Assignment": [one]},
        "Resources": {"Resource": [{"UID": 1, "Name": "Léa", "Type": 1, "CalendarUID": 1}]},
    }


WORKED = ("2027-01-04T08:00:00", "2027-01-04T17:00:00", "PT8H0M0S")


def test_a_gap_in_an_assignment_is_a_split() -> None:
    """Work that is still to come has a day without any between two with some."""
    gap = ("2027-01-05T08:00:00", "2027-01-05T17:00:00", "PT0H0M0S")
    assert "is split" in said(task(1, 16), **_assigned(WORKED, gap))


def test_a_week_end_is_no_split() -> None:
    """A stretch without work in which nobody would work is none."""
    gap = ("2027-01-09T00:00:00", "2027-01-11T00:00:00", "PT0H0M0S")
    assert read(plan(task(1, 16), **_assigned(WORKED, gap))).board.warnings == ()


def test_work_that_is_spread_unevenly_is_said() -> None:
    """A contour other than flat."""
    assert "spread unevenly" in said(task(1, 16), **_assigned(WORKED, WorkContour=3))
    assert read(plan(task(1, 16), **_assigned(WORKED, WorkContour=0))).board.warnings == ()


@pytest.mark.parametrize("leaves", [0, 1])
def test_an_outline_without_end_is_cut(leaves: int) -> None:
    """Two thousand summaries in one another lie a hundred deep at most, and it is said."""
    levels = range(1, 2001)
    rows = [task(2 * n + leaf, 8, level=n) for n in levels for leaf in range(1 + leaves)]
    found = read(plan(*rows))
    assert len(found.board.warnings) == 1
    assert "level 100" in found.board.warnings[0]
    parents = {each.key: each.parent for each in found.tasks}
    deepest, depth = found.tasks[-1].key, 0
    while (above := parents[deepest]) is not None:
        deepest, depth = above, depth + 1
    assert depth == 99
