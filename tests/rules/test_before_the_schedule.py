"""What rules may be asked while the schedule is still laid out: it is what they say once there is one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from tests.rules.test_a_day_later import NOWS, TYPES, a_portfolio, judged

from retro.lint import BaseRule
from retro.lint.ahead import NotYet, NotYetError
from retro.lint.examples import a_task, case
from retro.model import Anchor, Finding, Portfolio, Task
from retro.ports import Context
from retro_practices.dat.due_on_day_off import DueOnDayOff
from retro_practices.ends import ends
from retro_practices.launch import standing_tasks

AHEAD = ("END102", "END105", "DAT104", "GRA105")
"""Rules that need to know which anchors there are, and nothing else of the schedule."""
LAUNCH = date(2027, 3, 1)
NOON = datetime(2027, 3, 1, 11, tzinfo=UTC)


def soon(context: Context) -> Context:
    """The same while the schedule is laid out."""
    return replace(context, schedule=NotYet())  # type: ignore[arg-type]  # what stands for one


def of(rule: BaseRule, context: Context) -> list[Finding]:
    """What a rule says, unless it waits for the schedule."""
    return list(rule.check(context))


def with_anchor(context: Context, **facts: object) -> Context:
    """The same, its project working to an anchor."""
    anchor = replace(Anchor(key="a", name="Salon", date=LAUNCH, project="p"), **facts)  # type: ignore[arg-type]  # by name
    projects = tuple(replace(project, anchors=(anchor,)) for project in context.portfolio.projects)
    return replace(context, portfolio=replace(context.portfolio, projects=projects))


@settings(max_examples=25)
@given(portfolio=a_portfolio(), now=NOWS)
def test_what_is_said_before_the_schedule_is_said_after_it(portfolio: Portfolio, now: datetime) -> None:
    """Each rule says the same in both cases, or waits."""
    context = judged(portfolio, now)
    for rule in (make() for make in TYPES.values()):
        if not rule.reads_suppressions:
            try:
                said = of(rule, soon(context))
            except NotYetError:
                continue
            assert said == of(rule, context), rule.code


@settings(max_examples=25)
@given(portfolio=a_portfolio(), now=NOWS)
def test_without_milestones_some_rules_wait_for_nothing(portfolio: Portfolio, now: datetime) -> None:
    """Where no open task with a date is a milestone, what only asks for anchors is told before the schedule."""
    plain = replace(portfolio, tasks=tuple(replace(task, milestone=False) for task in portfolio.tasks))
    context = judged(plain, now)
    for rule in (TYPES[code]() for code in AHEAD):
        assert of(rule, soon(context)) == of(rule, context)


@pytest.mark.parametrize(
    ("task", "waits"),
    [
        (a_task("Salon", due=LAUNCH, milestone=True), True),
        (a_task("Salon", due=LAUNCH), False),
        (a_task("Salon", due=None, milestone=True), False),
        (a_task("Salon", due=LAUNCH, milestone=True, section="Terminé"), False),
    ],
)
def test_a_milestone_that_may_bind_is_waited_for(task: Task, *, waits: bool) -> None:
    """Whether it does is for the schedule to say; one that is done or has no date never binds."""
    context = soon(case("", task, a_task("[Web] Page")).context())
    if waits:
        with pytest.raises(NotYetError):
            ends(context)
        with pytest.raises(NotYetError):
            of(DueOnDayOff(), context)
    else:
        assert ends(context) == {}
        assert standing_tasks(context) == {}


def test_an_anchor_of_a_tasks_key_is_waited_for() -> None:
    """Whether that task stands for it is told by the schedule, unless the anchor names its task itself."""
    page = a_task("[Web] Page")
    context = soon(case("", page).context())
    with pytest.raises(NotYetError):
        standing_tasks(with_anchor(context, key=page.key))
    assert standing_tasks(with_anchor(context, key=page.key, task=page.key)) == {page.key: page.key}
    assert standing_tasks(with_anchor(context)) == {}


def test_an_anchor_of_its_project_is_an_end_before_the_schedule() -> None:
    """It is what the project gives: key, day, and the task that stands for it."""
    context = soon(with_anchor(case("", a_task("[Web] Page")).context(), task="t", date=NOON))
    (end,) = ends(context)["p"]
    assert (end.key, end.day, end.task) == ("a", LAUNCH, "t")
