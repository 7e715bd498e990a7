"""Plans under a configuration: leave, roles of one person, an end that is too near; and which days suit a launch."""

from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro import registry
from retro.config.load import Configuration, parse
from retro.model import as_date
from retro.run.templates import (
    Against,
    NewPlan,
    against,
    better_day,
    first_end_with_time,
    plan_backwards,
    template_named,
)
from retro.run.working_time import calendars

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)
PLAIN = Configuration(parse("version = 1", "retro.toml"))


def planned(end: date, text: str = "version = 1", now: datetime = NOW, **people: str) -> NewPlan:
    """A newsletter's plan under a configuration."""
    configuration = Configuration(parse(text, "retro.toml"))
    template = template_named("newsletter", "fr")
    return plan_backwards(template, end, configuration, registry.handle_of, people=people, now=now, lang="fr")


def days_of(plan: NewPlan, owner: str) -> list[tuple[date, date]]:
    """The days of what somebody has."""
    return [
        (as_date(task.start, PARIS), as_date(task.due, PARIS))
        for task in plan.assessment.portfolio.tasks
        if task.start is not None and task.due is not None and task.owners[0].name == owner
    ]


def test_leave_of_the_person_who_has_the_role() -> None:
    """Nobody begins or ends on a day of their leave, and the plan begins the earlier for it."""
    text = 'version = 1\n[people.lea]\nname = "Léa Martin"\nleave = ["2027-02-15..2027-02-19"]\n'
    at_work, on_leave = (planned(date(2027, 3, 2), each, writer="Léa Martin") for each in ("version = 1", text))
    first, last = date(2027, 2, 15), date(2027, 2, 19)
    assert any(first <= start <= last for start, _due in days_of(at_work, "Léa Martin"))
    assert days_of(on_leave, "Léa Martin")
    for start, due in days_of(on_leave, "Léa Martin"):
        assert not first <= start <= last
        assert not first <= due <= last
    assert on_leave.begins < at_work.begins
    assert {
        task.owners[0].key for task in on_leave.assessment.portfolio.tasks if task.owners[0].name == "Léa Martin"
    } == {"lea"}


def test_one_person_in_several_roles() -> None:
    """Whoever has several roles has their tasks one after the other."""
    plan = planned(date(2027, 3, 2), writer="Léa", designer="Léa", crm="Léa")
    spans = sorted(days_of(plan, "Léa"))
    assert len(spans) > 10
    assert all(due < start for (_start, due), (start, _due) in pairwise(spans))


def test_closures_of_the_team() -> None:
    """The configuration's closures are nobody's days."""
    plan = planned(date(2027, 1, 12), 'version = 1\n[calendar]\nclosures = ["2026-12-24..2027-01-03"]\n')
    days = [as_date(task.due, PARIS) for task in plan.assessment.portfolio.tasks if task.due]
    assert not [day for day in days if date(2026, 12, 24) <= day <= date(2027, 1, 3)]


def test_an_end_that_is_too_near() -> None:
    """It is planned all the same; what is missing is told, and the day that is proposed leaves time enough."""
    plan = planned(date(2026, 12, 1))
    assert plan.begins < NOW.date()
    assert plan.missing_days == plan.calendar.working_days_between(plan.begins, NOW.date()) > 0
    later = first_end_with_time(plan, PLAIN, registry.handle_of, people={})
    assert later is not None
    assert planned(later).missing_days == 0
    assert against(later, plan.calendar) is None


@given(st.dates(date(2025, 1, 1), date(2040, 12, 31)))
def test_a_better_day(day: date) -> None:
    """Whatever the day, the better one is no earlier, at most six weeks later, midweek, worked, and outside August."""
    calendar = calendars(PLAIN).project
    better = better_day(day, calendar)
    assert 0 <= (better - day).days <= 42
    assert better.weekday() in {1, 2, 3}
    assert better.month != 8
    assert calendar.is_working_day(better)
    assert against(better, calendar) is None
    assert better_day(better, calendar) == better


@pytest.mark.parametrize(
    ("day", "what"),
    [
        (date(2027, 8, 15), Against.DAY_OFF),
        (date(2027, 5, 1), Against.DAY_OFF),
        (date(2027, 8, 11), Against.AUGUST),
        (date(2027, 12, 29), Against.YEAR_END),
        (date(2029, 1, 2), Against.YEAR_END),
        (date(2027, 3, 5), Against.FRIDAY),
        (date(2027, 5, 5), Against.EVE),
        (date(2027, 3, 1), None),
    ],
)
def test_what_speaks_against_a_day(day: date, what: Against | None) -> None:
    """Days off, August, the end of the year, Fridays and eves of public holidays are told; a Monday may be."""
    assert against(day, calendars(PLAIN).project) is what
