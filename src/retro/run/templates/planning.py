"""Dates for a new plan: scheduled backwards from its launch by the rules of every other plan."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from retro.calendars import Calendar
from retro.config.load import Configuration
from retro.model import Assessment, SourceState, SourceStatus, as_date
from retro.model.plan_template import PlanTemplate
from retro.run.assess import Means, assess
from retro.run.links import HandleOf
from retro.run.options import schedule_options
from retro.run.projects import one_project
from retro.run.read import Reading, join
from retro.run.templates.launch_day import better_day
from retro.run.templates.laying_out import SOURCE, laid_out
from retro.run.templates.whole_days import on_whole_days
from retro.run.working_time import calendars

_TRIES = 8
"""How many later launches are tried before none is proposed."""


@dataclass(frozen=True)
class NewPlan:
    """A plan with dates: `assessment` holds it as any board's; `end` is the day of its launch."""

    template: PlanTemplate
    end: date
    assessment: Assessment
    calendar: Calendar
    """The project's."""

    @cached_property
    def begins(self) -> date:
        """The first day of its first task."""
        return min(
            as_date(task.start, self.calendar.zone)
            for task in self.assessment.portfolio.tasks
            if task.start is not None
        )

    @property
    def missing_days(self) -> int:
        """Working days by which it should have begun already; 0 where there is time enough."""
        today = as_date(self.assessment.now, self.calendar.zone)
        return max(0, self.calendar.working_days_between(self.begins, today))


def plan_backwards(
    template: PlanTemplate,
    end: date,
    configuration: Configuration,
    handle_of: HandleOf,
    *,
    people: Mapping[str, str],
    now: datetime,
    lang: str,
) -> NewPlan:
    """The plan of a template whose launch is on `end`.

    Working days, leave and margins are the configuration's. What comes before the launch begins and ends on its
    advised dates or a little earlier, what comes after as early as it may.

    `people` are names by the id of a role; `handle_of` reads addresses as handles; `lang` is the language of phases
    and statuses.
    """
    settings = configuration.settings
    day = settings.calendar.day.minutes(0)
    snapshot = laid_out(template, end, people=people, day_minutes=day, now=now, lang=lang)
    state = SourceState(id=SOURCE, kind="file", state=SourceStatus.FRESH, read_at=now)
    portfolio = join(Reading(sources=(state,), snapshots=(snapshot,)), settings, handle_of)
    portfolio = replace(portfolio, projects=one_project(portfolio.boards, portfolio.tasks, None))
    means = Means(
        settings=settings,
        calendars=calendars(configuration, portfolio),
        # A template's durations are its own, whatever a team's boards are read by.
        options=replace(schedule_options(settings, ()), estimates=("number",), milestones="anchor"),
        capabilities={},
    )
    undated = assess(portfolio, means, now=now, lang=lang).assessment
    placed = on_whole_days(
        portfolio,
        undated.schedule,
        means.calendars,
        margin=settings.schedule.margin,
        reserve=settings.schedule.reserve,
    )
    dated = assess(placed, means, now=now, lang=lang).assessment
    return NewPlan(template, end, dated, means.calendars.project)


def first_end_with_time(
    plan: NewPlan,
    configuration: Configuration,
    handle_of: HandleOf,
    *,
    people: Mapping[str, str],
) -> date | None:
    """A launch day, later than the plan's own, that suits and leaves time enough; None where none was found."""
    tried, found = plan, plan.assessment
    for _each in range(_TRIES):
        missing = tried.missing_days
        if not missing:
            return tried.end
        end = plan.calendar.shift(tried.end, missing)
        if plan.template.movable:
            end = better_day(end, plan.calendar)
        tried = plan_backwards(
            plan.template, end, configuration, handle_of, people=people, now=found.now, lang=found.lang
        )
    return tried.end if not tried.missing_days else None
