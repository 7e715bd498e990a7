"""Schedule, then lint: one frozen assessment that every report and every decision draws from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from retro.calendars import Calendar, Calendars
from retro.config.shape import Settings
from retro.lint.runner import LintResult, RuleBug, lint
from retro.lint.settings import LintSettings
from retro.model import Assessment, Constraint, ConstraintType, Day, Portfolio, Schedule, Task
from retro.ports import Capabilities, Context, Rule
from retro.run.own_writes import Known, without_own_dates
from retro.run.policies import policies
from retro.run.touches import Touches
from retro.schedule import ScheduleOptions, schedule
from retro.sync.decide import human_dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What an assessment needs besides the portfolio: all of it built by the caller."""

    settings: Settings
    calendars: Calendars
    options: ScheduleOptions
    rules: Sequence[Rule] = ()
    lint: LintSettings = field(default_factory=LintSettings)
    capabilities: Mapping[str, Capabilities]
    """By source."""
    touches: Touches = field(default_factory=Touches)


@dataclass(frozen=True, slots=True)
class Assessed:
    """The assessment, and the rules that crashed while it was made."""

    assessment: Assessment
    bugs: tuple[RuleBug, ...] = ()
    unbound: Schedule = field(default_factory=Schedule)
    """The schedule as it would be without the dates that humans set over retro's."""


def assess(portfolio: Portfolio, means: Means, *, now: datetime, lang: str, known: Known | None = None) -> Assessed:
    """Judge a portfolio at one instant.

    `known` are the values that retro last wrote: what a human changed since then binds the schedule, what nobody
    touched is not taken for the team's word.
    """
    written = known or Known()
    allowed = policies(means.settings, portfolio.boards, means.capabilities)
    plain = without_own_dates(portfolio, written)
    bound = _bound(plain, human_dates(portfolio, allowed, written.written))
    dates = schedule(bound, means.calendars, means.options, now)
    unbound = dates if bound is plain else schedule(plain, means.calendars, means.options, now)
    result = judge(portfolio, dates, means, now=now)
    return Assessed(
        Assessment(
            portfolio=portfolio,
            schedule=dates,
            findings=result.findings,
            now=now,
            lang=lang,
            zone_name=means.settings.workspace.timezone,
            day_minutes=means.calendars.project.day_minutes,
            work_minutes=lambda person, day: _worked(means.calendars.of(person), day),
            rules={rule.code: (rule.name, rule.french_name) for rule in means.rules},
            margin=means.options.margin,
            reserve=means.settings.schedule.reserve,
            review_minutes=means.options.review,
            profile=str(means.lint.profile),
        ),
        result.bugs,
        unbound,
    )


def judge(portfolio: Portfolio, dates: Schedule, means: Means, *, now: datetime) -> LintResult:
    """What the rules say of a portfolio under a schedule."""
    settings = means.settings
    context = Context(
        portfolio=portfolio,
        schedule=dates,
        calendar=means.calendars.project,
        now=now,
        zone=means.calendars.project.zone,
        capabilities=means.capabilities,
        calendars=means.calendars.people,
        meeting=settings.lint.meeting,
        own_touches=means.touches.own,
        touched_before=means.touches.before,
        channels=tuple(settings.lint.channels),
        clients=(*settings.lint.clients, *(project.client for project in portfolio.projects if project.client)),
    )
    return lint(context, means.rules, means.lint)


def _bound(portfolio: Portfolio, constraints: Mapping[str, Sequence[Constraint]]) -> Portfolio:
    """Tasks with what a human decided: a finish bounds the latest finish and never relaxes it, a start holds."""
    if not constraints:
        return portfolio
    return replace(
        portfolio,
        tasks=tuple(
            _with(task, constraints[task.key]) if task.key in constraints else task for task in portfolio.tasks
        ),
    )


def _with(task: Task, constraints: Sequence[Constraint]) -> Task:
    for each in constraints:
        if each.type is ConstraintType.SNET:
            task = replace(task, constraint=each)
        elif each.date is not None:
            # Two bounds at most (a field of retro's and the team's): the deadline keeps the earlier day.
            bounds = [bound for bound in (task.deadline, each.date) if bound is not None]
            task = replace(task, deadline=min(bounds, key=_day_of))
    return task


def _day_of(day: Day) -> tuple[int, int, int]:
    return (day.year, day.month, day.day)


def _worked(calendar: Calendar, day: date) -> int:
    """Minutes worked on one day."""
    midnight = datetime.combine(day, time(), calendar.zone)
    return calendar.minutes_between(midnight, datetime.combine(day + timedelta(days=1), time(), calendar.zone))
