"""What a person supposes, as typed, and what it means on the boards at hand: tasks, people and projects found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from retro.config.durations import Duration
from retro.i18n import plural
from retro.i18n import text as _
from retro.model import (
    Assessment,
    BoardKind,
    Category,
    Day,
    Estimate,
    EstimateOrigin,
    Owner,
    Portfolio,
    Project,
    Status,
    StatusOrigin,
    Task,
)
from retro.model.what_if import Addition, Away, OtherEnd, Slip, Supposition
from retro.ports import ConfigurationError
from retro.report.untrusted import printable
from retro.run.named import find_owner, find_project, find_task
from retro.schedule import ScheduleOptions
from retro.schedule.anchors import anchors_of

_SHOWN = 6
"""Parts, projects that an error names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of one what-if: dates and durations are read, names are not looked for yet."""

    end: Day | None = None
    slips: tuple[tuple[str, Duration], ...] = ()
    """Words for a task, and how much longer it takes."""
    away: tuple[tuple[str, date, date], ...] = ()
    """Words for a person, the first and the last day."""
    additions: tuple[tuple[str, Duration, str | None], ...] = ()
    """Title, work, and words for the owner, where there is to be one."""
    project: str | None = None
    """Words for the project that works to `end` and takes the additions; None: every one, and the only one."""

    @property
    def only_end(self) -> bool:
        """Whether nothing else than another end is supposed."""
        return not (self.slips or self.away or self.additions)


def ends(asked: Asked, portfolio: Portfolio, options: ScheduleOptions) -> tuple[OtherEnd, ...]:
    """The projects that the end asked for is for, each with the last date that it works to now."""
    if asked.end is None:
        return ()
    tasks = {task.key: task for task in portfolio.tasks}
    projects = portfolio.projects
    meant = projects if asked.project is None else (find_project(asked.project, projects, "--project"),)
    return tuple(_other_end(project, asked.end, tasks, options) for project in meant)


def _other_end(project: Project, day: Day, tasks: Mapping[str, Task], options: ScheduleOptions) -> OtherEnd:
    anchors = project.anchors or anchors_of(project, [tasks[key] for key in project.tasks if key in tasks], options)
    last = max(anchors, key=lambda anchor: (_place(anchor.date), anchor.key), default=None)
    if last is None:
        return OtherEnd(project.key, project.name, day)
    if project.anchors:
        return OtherEnd(project.key, project.name, day, last.date)
    return OtherEnd(project.key, last.name, day, last.date, tasks.get(last.task or ""))


def settle(asked: Asked, before: Assessment) -> Iterator[Supposition]:
    """What else is supposed, found on the boards. Raises ConfigurationError for what cannot be, and says why."""
    for words, duration in asked.slips:
        task = find_task(words, before.portfolio, "--slip", lambda task: _is_planned(task, before))
        yield Slip(task, _slip(task, duration.minutes(before.day_minutes), before))
    for words, first, last in asked.away:
        yield Away(find_owner(words, before.portfolio, "--away"), first, last)
    for number, (title, duration, words_of_owner) in enumerate(asked.additions, 1):
        project = _receiving(asked, before.portfolio)
        minutes = duration.minutes(before.day_minutes)
        owner = None if words_of_owner is None else find_owner(words_of_owner, before.portfolio, "--owner")
        task = _added(f"what-if:{number}", title, minutes, owner, _board(project, before.portfolio))
        yield Addition(task, minutes, project.key)


def _place(day: Day) -> tuple[int, int, int]:
    return (day.year, day.month, day.day)


def _is_planned(task: Task, before: Assessment) -> bool:
    return task.key in before.schedule.tasks and task.status.category.is_open


def _slip(task: Task, minutes: int, before: Assessment) -> int:
    """The minutes that the task takes more, or less: no less than what is left of it."""
    title = printable(task.title)
    planned = before.schedule.tasks.get(task.key)
    if task.status.category is Category.DONE:
        raise ConfigurationError(
            _("“{task}” is done: it cannot take longer.", task=title),
            where="--slip",
            remedy=_("Name a task that is still open."),
        )
    if planned is None:
        raise _unplanned(task, title, before)
    if task.milestone and (task.key in {anchor.key for anchor in before.schedule.anchors} or _stands(task, before)):
        raise ConfigurationError(
            _("“{task}” is a date that cannot move, not work that takes longer.", task=title),
            where="--slip",
            remedy=_("Give another date with --end."),
        )
    if minutes < 0 and not planned.work_minutes:
        raise ConfigurationError(
            _("“{task}” has no work left that it could do without.", task=title),
            where="--slip",
            remedy=_("Name a task that has, or a positive number of days."),
        )
    return max(minutes, -planned.work_minutes)


def _stands(task: Task, before: Assessment) -> bool:
    return any(anchor.task == task.key for project in before.portfolio.projects for anchor in project.anchors)


def _unplanned(task: Task, title: str, before: Assessment) -> ConfigurationError:
    parts = [printable(each.title) for each in before.portfolio.tasks if each.parent == task.key and each.counts]
    if parts:
        left = len(parts) - _SHOWN
        more = [plural("and {count} more", "and {count} more", left)] if left > 0 else []
        return ConfigurationError(
            _("“{task}” is made of parts, and takes as long as they do.", task=title),
            where="--slip",
            remedy=_("Name one of them: {names}", names="; ".join([*parts[:_SHOWN], *more]) + "."),
        )
    return ConfigurationError(
        _("“{task}” is not planned: it is an idea, set aside, or on a board that works to no date.", task=title),
        where="--slip",
        remedy=_("Name a task that `retro schedule` shows."),
    )


def _receiving(asked: Asked, portfolio: Portfolio) -> Project:
    """The project that additions are for."""
    projects = [project for project in portfolio.projects if _boards(project, portfolio)]
    if asked.project is not None:
        return find_project(asked.project, projects, "--project")
    if len(projects) == 1:
        return projects[0]
    if not projects:
        raise ConfigurationError(
            _("no board here works to a date, so nothing can be added to a plan."),
            where="--add",
            remedy=_('A board that does is of kind "project" in retro.toml.'),
        )
    names = [printable(project.name) for project in projects]
    left = len(names) - _SHOWN
    more = [plural("and {count} more", "and {count} more", left)] if left > 0 else []
    raise ConfigurationError(
        _("there are {count} projects: to which one does it come?", count=len(projects)),
        where="--add",
        remedy=_("Name it with --project: {names}", names="; ".join([*names[:_SHOWN], *more]) + "."),
    )


def _boards(project: Project, portfolio: Portfolio) -> list[str]:
    """The boards on which a task of the project is scheduled."""
    kinds = {board.key: board.kind for board in portfolio.boards}
    return [key for key in project.boards if kinds.get(key) is BoardKind.PROJECT]


def _board(project: Project, portfolio: Portfolio) -> str:
    return _boards(project, portfolio)[0]


def _added(key: str, title: str, minutes: int, owner: Owner | None, board: str) -> Task:
    return Task(
        key=key,
        board=board,
        title=title,
        owners=() if owner is None else (owner,),
        estimates=(Estimate(EstimateOrigin.NUMBER, minutes, "minutes"),),
        status=Status(None, Category.TODO, StatusOrigin.NATIVE),
    )
