"""Schedule, then lint: one frozen assessment that every report and every decision draws from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial

from retro.calendars import Calendars
from retro.calendars.loads import worked_on
from retro.config.shape import Settings
from retro.lint.ahead import Ahead, NotYet
from retro.lint.runner import LintResult, RuleBug, lint
from retro.lint.second_process import SecondProcess
from retro.lint.settings import LintSettings
from retro.model import (
    Assessment,
    Constraint,
    ConstraintType,
    Day,
    FindingsBaseline,
    History,
    Portfolio,
    Schedule,
    Task,
)
from retro.ports import Capabilities, Context, Rule
from retro.run.own_writes import Known, without_own_dates
from retro.run.policies import policies
from retro.run.pools import levelling
from retro.run.slipping import rescheduled
from retro.run.touches import Touches
from retro.schedule import ScheduleOptions, both, chances
from retro.sync.decide import human_dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What an assessment needs besides the portfolio: all of it built by the caller."""

    settings: Settings
    calendars: Calendars
    options: ScheduleOptions
    rules: Sequence[Rule] = ()
    lint: LintSettings = field(default_factory=LintSettings)
    baseline: FindingsBaseline | None = None
    """Findings that are accepted for now; None: none is."""
    statistics: bool = False
    """Whether it is to be counted what each rule judges, and how each board stands."""
    stopwatch: Callable[[], float] | None = None
    """What rules are measured by (seconds of computing so far), where that is wanted."""
    capabilities: Mapping[str, Capabilities]
    """By source."""
    touches: Touches = field(default_factory=Touches)
    history: History | None = None
    """What retro's earlier reads tell; None where nothing is remembered."""
    levelling: bool = True
    """Whether dates are levelled where the configuration says so; False: in no case."""
    optimize: float = 0.0
    """Seconds that a solver may spend on a better levelled plan; 0: none is asked."""
    draws: int = 0
    """How many times durations are drawn at random for the chance of each anchor; 0: it is not asked for."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """The assessment, and the rules that crashed while it was made."""

    assessment: Assessment
    bugs: tuple[RuleBug, ...] = ()
    ran: frozenset[str] = frozenset()
    """Codes of the rules that ran to their end."""
    unbound: Schedule = field(default_factory=Schedule)
    """The schedule as it would be without the dates that humans set over retro's; levelled as the other one is."""


def assess(
    portfolio: Portfolio,
    means: Means,
    *,
    now: datetime,
    lang: str,
    known: Known | None = None,
    process: SecondProcess | None = None,
) -> Assessed:
    """Judge a portfolio at one instant.

    `known` are the values that retro last wrote: what a human changed since then binds the schedule, what nobody
    touched is not taken for the team's word, and levelling stays near the advised finishes that people know. Rules
    judge the schedule without levelling; what is drawn and written is levelled. `process` is a second one that may
    have come here as well, and goes no further.
    """
    written = known or Known()
    with _ahead(portfolio, means, now, process) as ahead:
        allowed = policies(means.settings, portfolio.boards, means.capabilities)
        plain = without_own_dates(portfolio, written)
        bound = _bound(plain, human_dates(portfolio, allowed, written.written))
        judged, dates = _dates(bound, means, written.advised, now)
        unbound = dates if bound is plain else _dates(plain, means, written.advised, now)[1]
        result = judge(portfolio, judged, means, now=now, ahead=ahead)
    return Assessed(
        Assessment(
            portfolio=portfolio,
            schedule=_with_chances(dates, bound, means, now) if means.draws else dates,
            unlevelled=None if judged is dates else judged,
            findings=result.findings,
            now=now,
            lang=lang,
            zone_name=means.settings.workspace.timezone,
            day_minutes=means.calendars.project.day_minutes,
            work_minutes=worked_on(portfolio.teams, means.calendars),
            rules={rule.code: (rule.name, rule.french_name) for rule in means.rules},
            weights={rule.code: rule.default for rule in means.rules},
            margin=means.options.margin,
            reserve=means.settings.schedule.reserve,
            review_minutes=means.options.review,
            profile=str(means.lint.profile),
            suppressed=result.suppressed,
            baselined=result.baselined,
            statistics=result.statistics,
            holiday=cache(partial(means.calendars.project.holiday, lang=lang)),
        ),
        result.bugs,
        result.ran,
        unbound,
    )


def _dates(
    portfolio: Portfolio, means: Means, advised: Mapping[str, datetime], now: datetime
) -> tuple[Schedule, Schedule]:
    """The schedule without levelling, and the one to draw and write."""
    wanted = None
    if means.levelling and means.settings.schedule.levelling:
        wanted = replace(levelling(portfolio, means.calendars, means.settings, advised), optimize=means.optimize)
    return both(portfolio, means.calendars, means.options, now, wanted)


def _with_chances(dates: Schedule, portfolio: Portfolio, means: Means, now: datetime) -> Schedule:
    found = chances(portfolio, means.calendars, means.options, now, draws=means.draws)
    return replace(dates, anchors=tuple(replace(anchor, chance=found.get(anchor.key)) for anchor in dates.anchors))


def judge(
    portfolio: Portfolio, dates: Schedule, means: Means, *, now: datetime, ahead: Ahead | None = None
) -> LintResult:
    """What the rules say of a portfolio under a schedule; `ahead` has been asking them what needs none."""
    context = _context(portfolio, dates, means, now)
    if ahead is not None:
        context = ahead.context.scheduled(context.schedule, context.reschedule)
    return lint(
        context,
        means.rules,
        means.lint,
        baseline=means.baseline,
        counted=means.statistics,
        stopwatch=means.stopwatch,
        ahead=ahead,
    )


@contextmanager
def _ahead(portfolio: Portfolio, means: Means, now: datetime, process: SecondProcess | None) -> Iterator[Ahead | None]:
    """A second process that asks rules while the schedule is laid out; None where each of them is to be measured."""
    if means.stopwatch is not None:
        yield None
        return
    unscheduled = _context(portfolio, NotYet(), means, now)
    with Ahead(unscheduled, means.rules, means.lint, process=process) as ahead:
        yield ahead


def _context(portfolio: Portfolio, dates: Schedule | NotYet, means: Means, now: datetime) -> Context:
    settings = means.settings
    return Context(
        portfolio=portfolio,
        schedule=dates,  # type: ignore[arg-type]  # what is not yet there says so to whoever asks
        calendar=means.calendars.project,
        now=now,
        zone=means.calendars.project.zone,
        capabilities=means.capabilities,
        calendars=means.calendars.people,
        reserve=settings.schedule.reserve,
        meeting=settings.lint.meeting,
        own_touches=means.touches.own,
        touched_before=means.touches.before,
        history=means.history,
        channels=tuple(settings.lint.channels),
        clients=(*settings.lint.clients, *(project.client for project in portfolio.projects if project.client)),
        reschedule=_reschedule(portfolio, dates, means, now) if isinstance(dates, Schedule) else dates,
    )


def _reschedule(
    portfolio: Portfolio, dates: Schedule, means: Means, now: datetime
) -> Callable[[Mapping[str, int]], Schedule]:
    return partial(
        rescheduled, portfolio=portfolio, before=dates, calendars=means.calendars, options=means.options, now=now
    )


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
