"""Nothing above info rests on an assumption: were things otherwise than assumed, each louder remark would stand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.test_a_day_later import BASE, NOWS, PEOPLE, TYPES, a_portfolio, judged

from retro.calendars import Calendars
from retro.lint import LintSettings, Profile, lint
from retro.model import Category, Day, Finding, Portfolio, Severity, Status, StatusOrigin, Task
from retro.ports import Context
from retro.schedule import ScheduleOptions, schedule

RULES = [rule() for rule in TYPES.values()]
ITS_SUBJECT = {
    "STA102": "that no list knows a status is what it says",
    "DEP101": "that a project has links is read, whatever becomes of the cards at their ends",
    "DEP103": "a circle is one of links",
    "END104": "how many minutes of the chain are unsure is counted: tests/rules/test_projects.py",
}
"""Rules whose cause is no status, though a status may silence them."""
KNOWN = Status("À planifier", Category.TODO, StatusOrigin.MAPPED)
UNKNOWN = "Zone 51"


def as_read(task: Task) -> Task:
    """A task as connectors give it: only a word that no list knows makes its status an assumption."""
    if task.status.raw == UNKNOWN:
        return replace(task, assumed=frozenset({"status"}))
    return replace(task, status=KNOWN if task.status.origin is StatusOrigin.INFERRED else task.status)


def settled(task: Task, category: Category) -> Task:
    """The same task once its list is known to mean something."""
    if "status" not in task.assumed:
        return task
    return replace(task, assumed=frozenset(), status=Status(UNKNOWN, category, StatusOrigin.MAPPED))


def said(context: Context) -> Mapping[tuple[str, str], Finding]:
    """What the strictest profile says, by code and task or subject; assumed members of an aggregated remark apart."""
    result = lint(context, RULES, LintSettings(profile=Profile.STRICTE))
    assert not result.bugs
    assert not [each for each in result.findings if each.assumed and each.severity is not Severity.INFO]
    return {
        (finding.code, key): finding
        for finding in result.findings
        for key in (finding.tally.keys if finding.tally else (finding.subject,))
        if not (finding.tally and context.tasks[key].assumed)
    }


def louder(found: Mapping[tuple[str, str], Finding]) -> set[tuple[str, str]]:
    """Those above info."""
    return {key for key, finding in found.items() if finding.severity is not Severity.INFO}


@settings(max_examples=60)
@given(
    portfolio=a_portfolio(),
    now=NOWS,
    category=st.sampled_from([Category.DONE, Category.CANCELLED, Category.DOING, Category.REVIEW, Category.READY]),
)
def test_no_status_that_no_list_knows_is_a_cause(portfolio: Portfolio, now: datetime, category: Category) -> None:
    """Whatever an unknown list turns out to mean, each warning and error that was said before is still true."""
    tasks = [as_read(task) for task in portfolio.tasks]
    unknown = said(judged(replace(portfolio, tasks=tuple(tasks)), now))
    known = said(judged(replace(portfolio, tasks=tuple(settled(task, category) for task in tasks)), now))
    assert not {key for key in louder(unknown) - known.keys() if key[0] not in ITS_SUBJECT}


@settings(max_examples=40)
@given(portfolio=a_portfolio(), now=NOWS, minutes=st.sampled_from([15, 60, 210]))
def test_no_default_duration_is_a_cause(portfolio: Portfolio, now: datetime, minutes: int) -> None:
    """Were tasks that nobody estimated shorter than the default, each warning and error would still be true."""
    calendars = Calendars(project=BASE, people=PEOPLE)
    usual = judged(portfolio, now)
    shorter = replace(usual, schedule=schedule(portfolio, calendars, ScheduleOptions(default=minutes), now))
    assert not louder(said(usual)) - said(shorter).keys()


@settings(max_examples=60)
@given(portfolio=a_portfolio(), now=NOWS, days=st.sampled_from([-40, -15, 31, 90]))
def test_no_date_that_may_be_read_two_ways_is_a_cause(portfolio: Portfolio, now: datetime, days: int) -> None:
    """Were all the dates of a board others than they were taken for, each warning and error would still be true."""
    unsure = [replace(task, assumed=frozenset({"start", "due"})) for task in portfolio.tasks]
    others = [replace(task, start=later(task.start, days), due=later(task.due, 2 * days)) for task in portfolio.tasks]
    found = said(judged(replace(portfolio, tasks=tuple(unsure)), now))
    stands = said(judged(replace(portfolio, tasks=tuple(others)), now))
    assert not {key for key in louder(found) - stands.keys() if key[0] not in ITS_SUBJECT}


def later(day: Day | None, days: int) -> Day | None:
    """A day or instant so many days later."""
    return None if day is None else day + timedelta(days=days)


@pytest.mark.parametrize("code", ITS_SUBJECT)
def test_every_exception_is_a_rule(code: str) -> None:
    """Those that a status silences without being its cause are rules of the pack."""
    assert code in TYPES
