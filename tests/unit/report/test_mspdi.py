"""The plan for Microsoft Project: elements in the published order, texts that XML can hold, ids that stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan_of_everything import BASE, NOW, PARIS, TEAM, assessed, plan

from retro.calendars import Calendars, exception, parse_range, person_calendar
from retro.model import (
    Board,
    Category,
    Lag,
    Link,
    LinkType,
    Owner,
    OwnerKind,
    Portfolio,
    Status,
    StatusOrigin,
    Task,
    Team,
)
from retro.report import mspdi
from retro.report.mspdi.elements import MOST_UID, uids
from retro.report.mspdi.hours import described

SPACE = "{http://schemas.microsoft.com/project}"
ORDERS: Mapping[str, str] = {
    "Project": (
        "SaveVersion UID Name Title Subject Category Company Manager Author CreationDate Revision LastSaved "
        "ScheduleFromStart StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol "
        "CurrencyCode CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay "
        "MinutesPerWeek DaysPerMonth DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate "
        "DurationFormat WorkFormat EditableActualCosts HonorConstraints EarnedValueMethod InsertedProjectsLikeSummary "
        "MultipleCriticalPaths NewTasksEffortDriven NewTasksEstimated SplitsInProgressTasks SpreadActualCost "
        "SpreadPercentComplete TaskUpdatesResource FiscalYearStart WeekStartDay MoveCompletedEndsBack "
        "MoveRemainingStartsBack MoveRemainingStartsForward MoveCompletedEndsForward BaselineForEarnedValue "
        "AutoAddNewResourcesAndTasks StatusDate CurrentDate MicrosoftProjectServerURL Autolink NewTaskStartDate "
        "NewTasksAreManual DefaultTaskEVMethod ProjectExternallyEdited OutlineCodes WBSMasks ExtendedAttributes "
        "Calendars Tasks Resources Assignments"
    ),
    "Calendar": "UID Name IsBaseCalendar BaseCalendarUID WeekDays Exceptions WorkWeeks",
    "WeekDay": "DayType DayWorking TimePeriod WorkingTimes",
    "Exception": "EnteredByOccurrences TimePeriod Occurrences Name Type DayWorking WorkingTimes",
    "WorkingTime": "FromTime ToTime",
    "TimePeriod": "FromDate ToDate",
    "Task": (
        "UID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority "
        "Start Finish Duration DurationFormat Work Stop Resume ResumeValid EffortDriven Recurring OverAllocated "
        "Estimated Milestone Summary Critical IsSubproject PercentComplete PercentWorkComplete Cost ActualStart "
        "ActualFinish ActualDuration ActualCost ActualWork RegularWork RemainingDuration RemainingCost RemainingWork "
        "ConstraintType CalendarUID ConstraintDate Deadline LevelAssignments LevelingCanSplit LevelingDelay Hyperlink "
        "HyperlinkAddress HyperlinkSubAddress IgnoreResourceCalendar Notes HideBar Rollup PredecessorLink "
        "ExtendedAttribute Baseline ManualStart ManualFinish ManualDuration"
    ),
    "PredecessorLink": "PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat",
    "Resource": (
        "UID ID Name Type IsNull Initials Group EmailAddress Hyperlink MaxUnits PeakUnits CanLevel CalendarUID Notes "
        "IsGeneric IsInactive"
    ),
    "Assignment": (
        "UID TaskUID ResourceUID PercentWorkComplete ActualFinish ActualStart ActualWork Cost Delay Finish Milestone "
        "Notes RegularWork RemainingWork Start Stop Resume Units Work"
    ),
}
"""The sequences of Microsoft's "Project XML Data Interchange Schema Reference", cut to what is near to what is written.

`Active`, `Manual` and the manual dates came with Project 2010.
"""


@pytest.mark.parametrize("seed", range(12))
def test_elements_stand_in_the_order_of_the_schema(seed: int) -> None:
    """Every element of every kind comes where Microsoft's schema has it, and none stands twice but in lists."""
    root = fromstring(mspdi.document(plan(seed), TEAM).text)
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        if name not in ORDERS:
            continue
        order = ORDERS[name].split()
        found = [child.tag.removeprefix(SPACE) for child in element]
        places = [order.index(child) for child in found]
        assert places == sorted(places), (name, found)
        single = [child for child in found if child != "PredecessorLink"]
        assert len(single) == len(set(single))


def texts(portfolio: Portfolio, *path: str, calendars: Calendars = TEAM) -> list[str | None]:
    """The texts at a path of the plan."""
    root = fromstring(mspdi.document(assessed(portfolio, calendars), calendars).text)
    return [element.text for element in root.findall("/".join(f"{SPACE}{name}" for name in path))]


def task(key: str, category: Category = Category.TODO, **fields: object) -> Task:
    """A task on board "b"."""
    status = Status(category.value, category, StatusOrigin.MAPPED)
    return replace(Task(key=key, board="b", title=key, status=status), **fields)  # type: ignore[arg-type]  # by name


def board(*tasks: Task, links: Sequence[Link] = ()) -> Portfolio:
    """A board of tasks."""
    return Portfolio(boards=(Board(key="b", name="B", source="s"),), tasks=tasks, links=tuple(links))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text())
def test_any_words_of_a_board_make_xml_that_can_be_read(title: str, words: str) -> None:
    """Control characters, lone surrogates and markup never break the document, and no name is longer than allowed."""
    found = texts(
        board(task("a", title=title, description=words, owners=(Owner("x", words),))), "Tasks", "Task", "Name"
    )
    assert len(found) == 2  # the plan's own row, and the task
    assert all(name and len(name) <= 255 for name in found)


def test_a_title_that_is_too_long_stands_in_the_notes() -> None:
    """A name is cut at 255 characters, and the whole title is kept in the notes with the card's address."""
    long = "mot " * 90 + "fin"
    portfolio = board(task("a", title=long, url="https://trello.com/c/1", description="Deux\r\nlignes"))
    assert texts(portfolio, "Tasks", "Task", "Notes") == [f"{long}\n\nDeux\nlignes\n\nhttps://trello.com/c/1"]
    assert texts(portfolio, "Tasks", "Task", "HyperlinkAddress") == ["https://trello.com/c/1"]


def test_an_address_that_is_none_becomes_no_link() -> None:
    """Only http and https addresses are written as hyperlinks."""
    assert not texts(board(task("a", url="javascript:alert(1)")), "Tasks", "Task", "HyperlinkAddress")


def test_names_of_resources_hold_no_units_and_no_lists() -> None:
    """Brackets, commas and semicolons, which mean something to Microsoft Project there, are replaced; names differ."""
    owners = (Owner("1", "Durand, Paul [50%]"), Owner("2", "Léa"), Owner("3", "léa"))
    found = texts(board(task("a", owners=owners)), "Resources", "Resource", "Name")
    assert found == ["Durand  Paul (50%)", "Léa", "léa (2)"]


def test_a_team_is_a_generic_resource() -> None:
    """Teams are told from people, and have as many units as people."""
    found = board(task("a", owners=(Owner("t", "Studio", OwnerKind.TEAM), Owner("u", "Max"))))
    portfolio = replace(found, teams=(Team(key="t", name="Studio", size=3),))
    assert texts(portfolio, "Resources", "Resource", "IsGeneric") == ["1", "0"]
    assert texts(portfolio, "Resources", "Resource", "MaxUnits") == ["3", "1"]


def test_ids_are_those_of_the_keys_whatever_else_is_there() -> None:
    """An id is the number at the key's end, else made from the key: other tasks do not change it."""
    few, many = uids(["plan.xml:12", "trello:5abb"]), uids(["plan.xml:12", "trello:5abb", "trello:0000", "csv:7"])
    assert few["plan.xml:12"] == many["plan.xml:12"] == 12
    assert few["trello:5abb"] == many["trello:5abb"]
    assert many["csv:7"] == 7


@given(st.lists(st.one_of(st.text(), st.integers(0, 3_000_000).map(lambda n: f"k:{n}")), unique=True))
def test_ids_are_unique_and_such_as_microsoft_project_opens(keys: list[str]) -> None:
    """Every key has an id of its own from 1 to 2 097 151."""
    found = uids(keys)
    assert len(set(found.values())) == len(keys)
    assert all(1 <= uid <= MOST_UID for uid in found.values())


def test_a_leave_runs_over_its_weekend() -> None:
    """Two weeks of leave are one exception, and a public holiday of the base is not repeated for a person."""
    person = person_calendar(BASE, leave=[parse_range("2027-04-26..2027-05-07")])
    base = described(BASE, range(2027, 2028))
    found = described(person, range(2027, 2028), base)
    assert found.week == base.week
    assert found.exceptions == ((date(2027, 4, 26), date(2027, 5, 5), ()),)  # the 6th and 7th are Ascension's bridge


def test_whoever_works_on_a_holiday_has_an_exception_with_hours() -> None:
    """Hours of somebody on a day that is off for all others are written."""
    hours = ((540, 720),)
    person = replace(BASE, spans=(exception(date(2027, 7, 14), date(2027, 7, 14), hours),))
    found = described(person, range(2027, 2028), described(BASE, range(2027, 2028)))
    assert found.exceptions == ((date(2027, 7, 14), date(2027, 7, 14), hours),)


def test_links_in_a_circle_and_second_links_are_left_out_and_counted() -> None:
    """Microsoft Project opens no circles and holds one link a pair: the one that says most stays."""
    links = [
        Link("a", "b"), Link("b", "c"), Link("c", "b"),
        Link("a", "d", LinkType.SS), Link("a", "d", LinkType.FS, Lag(60)), Link("a", "d"),
    ]  # fmt: skip
    written = mspdi.document(assessed(board(*map(task, "abcd"), links=links)), TEAM)
    assert written.links_left_out == 4
    root = fromstring(written.text)
    lags = [element.text for element in root.iter(f"{SPACE}LinkLag")]
    assert lags == ["0", "600"]


def test_a_cancelled_task_hands_its_links_on() -> None:
    """What comes after a task that is not written waits for what came before it, and for both lags."""
    links = [Link("a", "b", LinkType.SS, Lag(60)), Link("b", "c", LinkType.FF, Lag(120))]
    portfolio = board(task("a"), task("b", Category.CANCELLED), task("c"), links=links)
    path = ("Tasks", "Task", "PredecessorLink")
    assert texts(portfolio, *path, "Type") == ["2"]  # from a's start to c's finish
    assert texts(portfolio, *path, "LinkLag") == ["1800"]


def test_a_finish_of_a_summary_waits_through_its_tasks() -> None:
    """Microsoft Project ties the finish of no summary: such a link goes to the tasks under it."""
    tasks = (task("a"), task("b"), task("c", parent="b"), task("d", parent="b"))
    portfolio = board(*tasks, links=[Link("a", "b", LinkType.FF), Link("b", "d")])
    assert texts(portfolio, "Tasks", "Task", "PredecessorLink", "Type") == ["0", "0"]


def test_a_default_duration_has_its_question_mark() -> None:
    """A duration that nobody gave is shown as an estimate: "1 day?"."""
    portfolio = board(task("a"))
    assert texts(portfolio, "Tasks", "Task", "Estimated") == ["0", "1"]
    assert texts(portfolio, "Tasks", "Task", "DurationFormat") == ["7", "39"]


def test_several_boards_are_summaries() -> None:
    """Each board is a row over its tasks where there are several, in the order in which they were read."""
    boards = (Board(key="b", name="Contenus", source="s"), Board(key="c", name="Salon", source="s"))
    portfolio = Portfolio(boards=boards, tasks=(task("a", board="c"), task("d")))
    assert texts(portfolio, "Tasks", "Task", "OutlineNumber") == ["0", "1", "1.1", "2", "2.1"]
    assert texts(portfolio, "Tasks", "Task", "Name") == ["Contenus, Salon", "Contenus", "d", "Salon", "a"]


def test_nothing_to_plan_is_a_plan_without_tasks() -> None:
    """An empty board is written too."""
    assert not texts(board(), "Tasks", "Task", "UID")


def test_the_order_of_links_changes_nothing() -> None:
    """The same tasks with their links in another order give the same document."""
    straight = plan(3)
    turned = replace(straight, portfolio=replace(straight.portfolio, links=straight.portfolio.links[::-1]))
    assert mspdi.document(turned, TEAM) == mspdi.document(straight, TEAM)


def test_parents_that_lie_under_themselves_are_written_once() -> None:
    """A circle of parents is cut, and each task is there once."""
    portfolio = board(task("a", parent="b"), task("b", parent="a"), task("c", parent="c"))
    found = texts(portfolio, "Tasks", "Task", "Name")
    assert sorted(name for name in found if name in {"a", "b", "c"}) == ["a", "b", "c"]


def test_dates_out_of_reach_are_held() -> None:
    """Microsoft Project knows the years 1984 to 2149: a date beyond is written as the nearest that it knows."""
    old = datetime(1960, 1, 4, 9, tzinfo=PARIS)
    portfolio = board(task("a", Category.DONE, actual_start=old, actual_finish=NOW))
    assert texts(portfolio, "Tasks", "Task", "ActualStart") == ["1984-01-01T00:00:00"]
