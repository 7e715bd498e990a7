"""The shipped templates: what they hold, and what becomes of each of them at ten different launches."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from retro import registry
from retro.config.load import Configuration
from retro.config.shape import Settings
from retro.i18n.words import fold
from retro.lint.profile import Profile
from retro.lint.settings import LintSettings
from retro.model import Assessment, Severity
from retro.model.plan_template import LAUNCH
from retro.run.assess import Means, assess
from retro.run.options import schedule_options
from retro.run.templates import NewPlan, plan_backwards, shipped
from retro.run.templates.laying_out import after_launch
from retro.run.working_time import calendars

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)
CONFIGURATION = Configuration(Settings())
MODELS = [template.key for template in shipped("fr")]
ENDS = {
    "a Tuesday in June": date(2027, 6, 8),
    "Assumption Day, in mid-August": date(2027, 8, 15),
    "the Tuesday after it": date(2027, 8, 17),
    "the second of January": date(2028, 1, 2),
    "its first Monday": date(2028, 1, 3),
    "the week of the first of May": date(2028, 5, 3),
    "the week of the eighth of May": date(2029, 5, 9),
    "a Friday": date(2027, 4, 2),
    "a leap day": date(2028, 2, 29),
    "the days after Christmas": date(2027, 12, 28),
}


@cache
def plan(model: str, end: date, *, lang: str = "fr") -> NewPlan:
    """The plan of a template, without any configuration."""
    template = next(each for each in shipped(lang) if each.key == model)
    return plan_backwards(template, end, CONFIGURATION, registry.handle_of, people={}, now=NOW, lang=lang)


def judged(new: NewPlan) -> Assessment:
    """The plan under every rule of the standard profile."""
    portfolio = new.assessment.portfolio
    means = Means(
        settings=CONFIGURATION.settings,
        calendars=calendars(CONFIGURATION, portfolio),
        options=schedule_options(CONFIGURATION.settings, ()),
        rules=registry.rules(CONFIGURATION),
        lint=LintSettings(profile=Profile.STANDARD),
        capabilities={},
    )
    return assess(portfolio, means, now=NOW, lang="fr").assessment


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("model", MODELS)
def test_a_planner_would_defend_it(model: str, end: date) -> None:
    """At any launch the plan can be kept, nothing above info is remarked, and nobody works on a day off."""
    new = plan(model, end)
    found = judged(new)
    assert [each for each in found.findings if each.severity is not Severity.INFO] == []
    (anchor,) = found.schedule.anchors
    assert (anchor.feasible, anchor.day, found.portfolio.unresolved) == (True, end, ())
    assert new.missing_days == 0
    for task in found.portfolio.tasks:
        if task.milestone:
            assert (task.start, task.due) == (None, end)
            continue
        assert isinstance(task.start, date)
        assert isinstance(task.due, date)
        assert task.start <= task.due
        assert new.calendar.is_working_day(task.start)
        assert new.calendar.is_working_day(task.due)


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("model", MODELS)
def test_every_task_keeps_a_fifth(model: str, end: date) -> None:
    """Between each due date and its task’s latest finish there is a fifth of the work, critical or not."""
    new = plan(model, end)
    tasks = {task.key: task for task in new.assessment.portfolio.tasks}
    planned = [each for each in new.assessment.schedule.tasks.values() if each.latest_finish and each.work_minutes]
    assert any(each.critical for each in planned)
    for each in planned:
        due = tasks[each.key].due
        assert isinstance(due, date)
        assert each.latest_finish is not None
        left = new.calendar.minutes_between(new.calendar.last_minute(due), each.latest_finish)
        assert left >= 0.2 * each.work_minutes
        assert not each.critical or (each.margin_minutes or 0) >= 0.2 * each.work_minutes


@pytest.mark.parametrize("model", MODELS)
def test_order_and_hands(model: str) -> None:
    """What waits for a task begins on a later day, its wait included, and nobody has two tasks on one day."""
    new = plan(model, date(2027, 6, 8))
    portfolio = new.assessment.portfolio
    tasks = {task.key: task for task in portfolio.tasks}
    for link in portfolio.links:
        first, then = tasks[link.predecessor].due, tasks[link.successor].start or tasks[link.successor].due
        assert isinstance(first, date)
        assert isinstance(then, date)
        between = new.calendar.working_days_between(first, then)
        assert between * 420 > link.lag.value or tasks[link.successor].milestone
        assert between >= 1
    days = Counter(
        (task.owners[0].key, day)
        for task in portfolio.tasks
        if not task.milestone and isinstance(task.start, date) and isinstance(task.due, date)
        for day in (task.start + timedelta(days=each) for each in range((task.due - task.start).days + 1))
    )
    assert [each for each, count in days.items() if count > 1] == []


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_day_that_a_title_names(model: str, lang: str) -> None:
    """“J+7” in a title is the seventh day after a launch in mid-week, give or take one, as people count days."""
    end = date(2027, 6, 8)
    for task in plan(model, end, lang=lang).assessment.portfolio.tasks:
        if (named := re.search(r"\b[JD]\+(\d+)", task.title)) is not None:
            assert isinstance(task.start, date)
            assert isinstance(task.due, date)
            day = end + timedelta(days=int(named[1]))
            assert task.start - timedelta(days=1) <= day <= task.due + timedelta(days=1), task.title


@pytest.mark.parametrize("model", MODELS)
def test_what_no_campaign_may_forget(model: str) -> None:
    """Each has an approval and a look at the law or at consent before its launch, and figures after it."""
    template = next(each for each in shipped("en") if each.key == model)
    later = after_launch(template)
    before = " ".join(task.title for task in template.tasks if task.id not in later)
    assert "Approve" in before
    assert "[Legal]" in before or "(GDPR)" in before
    assert "[Data]" in " ".join(task.title for task in template.tasks if task.id in later)


@pytest.mark.parametrize("model", MODELS)
def test_both_languages(model: str) -> None:
    """A template has the same tasks, phases, roles, durations and links in French and in English, and other words."""
    french, english = (next(each for each in shipped(lang) if each.key == model) for lang in ("fr", "en"))
    bare = [
        replace(
            each, name="", about="", launch="", roles={}, tasks=tuple(replace(task, title="") for task in each.tasks)
        )
        for each in (french, english)
    ]
    assert bare[0] == bare[1]
    assert french.roles.keys() == english.roles.keys()
    assert all(one.title != other.title for one, other in zip(french.tasks, english.tasks, strict=True))
    assert english.alias
    dates = [
        [
            (task.key, task.start, task.due)
            for task in plan(model, date(2027, 6, 8), lang=lang).assessment.portfolio.tasks
        ]
        for lang in ("fr", "en")
    ]
    assert dates[0] == dates[1]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("model", MODELS)
def test_what_a_template_holds(model: str, lang: str) -> None:
    """Each has every phase, 12 to 35 tasks of half a day to five, a prefix each, one role each, and no title twice."""
    template = next(each for each in shipped(lang) if each.key == model)
    assert {task.phase for task in template.tasks} == {"scoping", "production", "approval", "setup", "after"}
    assert 12 <= len(template.tasks) + 1 <= 35
    assert all(0.5 <= task.days <= 5 for task in template.tasks)
    assert all(task.title.startswith("[") and "]" in task.title for task in template.tasks)
    titles = [fold(task.title) for task in template.tasks] + [fold(template.launch)]
    assert len(set(titles)) == len(titles)
    said = (*(task.title for task in template.tasks), template.launch, template.about, *template.roles.values())
    assert not [text for text in said if "'" in text]
    later = after_launch(template)
    assert {task.id for task in template.tasks if task.phase == "after"} == later
    assert {task.role for task in template.tasks} | {template.launch_role} == set(template.roles)
    assert any("bilan" in title or "report" in title for title in titles)
    assert any("debrief" in title for title in titles)
    assert any(each.task == LAUNCH for task in template.tasks for each in task.after)
