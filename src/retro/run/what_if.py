"""What if: the boards assessed as they are and as they would be. Nothing is stored, nothing is written anywhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from retro.calendars import Calendars, exception
from retro.model import Anchor, AnchorOrigin, Assessment, Day, Portfolio, Project, Task
from retro.model.what_if import Addition, Away, OtherEnd, Slip, Supposition, WhatIf
from retro.run.assess import Means, assess
from retro.run.comparison import compare
from retro.run.own_writes import Known
from retro.run.slipping import slipping
from retro.run.suppositions import Asked, ends, settle


def what_if(
    portfolio: Portfolio, means: Means, asked: Asked, *, now: datetime, lang: str, known: Known | None = None
) -> WhatIf:
    """Assess a portfolio twice, and compare.

    A project without an end of its own works to the one asked for before and after, where something else is asked
    too: `--end` names the date then, rather than another one. No rule judges either of the two.

    Raises:
        ConfigurationError: words that mean no task, person or project here, or several.
    """
    dates_only = replace(means, rules=())
    wanted = ends(asked, portfolio, means.options)
    given = () if asked.only_end else tuple(end for end in wanted if end.before is None)
    here = _ending(portfolio, given)
    before = assess(here, dates_only, now=now, lang=lang, known=known).assessment
    supposed = (*(end for end in wanted if end not in given), *settle(asked, before))
    there, changed = _supposing(here, dates_only, supposed, before)
    after = assess(there, changed, now=now, lang=lang, known=_near(before, known)).assessment
    return compare(supposed, before, after, means.calendars.project, since=_since(means, now))


def _near(before: Assessment, known: Known | None) -> Known:
    """What levelling stays near: the dates as they are advised now, so that only what must move does."""
    advised = {
        key: planned.advised_finish
        for key, planned in before.schedule.tasks.items()
        if planned.advised_finish is not None
    }
    return replace(known or Known(), advised=advised)


def _since(means: Means, now: datetime) -> datetime:
    """From where on people's weeks count: where the plan begins."""
    start = means.options.start
    if start is None:
        return now
    return start if isinstance(start, datetime) else means.calendars.project.first_minute(start)


def _supposing(
    portfolio: Portfolio, means: Means, supposed: Iterable[Supposition], before: Assessment
) -> tuple[Portfolio, Means]:
    """The portfolio and the means of an assessment in which all of it is so."""
    other: list[OtherEnd] = []
    slips: Counter[str] = Counter()
    away: list[Away] = []
    additions: list[Addition] = []
    for each in supposed:
        match each:
            case OtherEnd():
                other.append(each)
            case Slip():
                slips[each.task.key] += each.minutes
            case Away():
                away.append(each)
            case Addition():
                additions.append(each)
    longer, sizes = slipping(portfolio, slips, before.schedule, means.calendars)
    there = _adding(_ending(longer, other), additions)
    sizes |= {addition.task.key: addition.minutes for addition in additions}
    return there, replace(
        means,
        calendars=_without(means.calendars, away),
        options=replace(means.options, supposed={**means.options.supposed, **sizes}),
    )


def _ending(portfolio: Portfolio, other: Sequence[OtherEnd]) -> Portfolio:
    """The portfolio in which some projects work to another end.

    It takes the place of the anchors that a project names, or is the date of the milestone that stands for them.
    """
    days: dict[str, Day] = {end.project: end.day for end in other if end.milestone is None}
    milestones: dict[str, Day] = {end.milestone.key: end.day for end in other if end.milestone is not None}
    return replace(
        portfolio,
        projects=tuple(
            replace(project, anchors=(_end(project, days[project.key]),)) if project.key in days else project
            for project in portfolio.projects
        ),
        tasks=tuple(
            replace(task, due=milestones[task.key]) if task.key in milestones else task for task in portfolio.tasks
        ),
    )


def _end(project: Project, day: Day) -> Anchor:
    return Anchor(
        key=f"{project.key}/end", name=project.name, date=day, project=project.key, origin=AnchorOrigin.OPTION
    )


def _adding(portfolio: Portfolio, additions: Iterable[Addition]) -> Portfolio:
    tasks: dict[str, list[Task]] = {}
    for addition in additions:
        tasks.setdefault(addition.project, []).append(addition.task)
    return replace(
        portfolio,
        tasks=(*portfolio.tasks, *(task for added in tasks.values() for task in added)),
        projects=tuple(
            replace(project, tasks=(*project.tasks, *(task.key for task in tasks.get(project.key, ()))))
            for project in portfolio.projects
        ),
    )


def _without(calendars: Calendars, away: Iterable[Away]) -> Calendars:
    """The calendars in which those who are away do not work; who had no hours of their own gets the project's."""
    people = dict(calendars.people)
    for each in away:
        calendar = people.get(each.owner.key, calendars.project)
        # Before all other spans: an exception of a board's own calendar does not bring anybody back.
        people[each.owner.key] = replace(calendar, spans=(exception(each.first, each.last), *calendar.spans))
    return replace(calendars, people=people)
