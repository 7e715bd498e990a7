"""A template learnt from a project that is over: how long its tasks took, who had them, and when before the launch."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from retro.calendars import Calendar, Calendars
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Category, Lag, LagUnit, Link, LinkType, Portfolio, Role, Task, as_date
from retro.model.plan_template import LAUNCH, After, PlanTemplate, TemplateTask
from retro.ports import ConfigurationError
from retro.schedule import ScheduleOptions
from retro.schedule.durations import estimate

_NO_WORK = Category.IDEA, Category.CANCELLED
_QUARTERS = 4
"""Parts of a day that durations are told in."""
_LONGEST_DAYS, _LONGEST_WAIT = 100.0, 250.0
_LONGEST_ID = 32
_ELAPSED_DAY = 24 * 60
_NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class _Past:
    """When a task was done, as far as its board tells."""

    task: Task
    days: float
    start: date | None
    finish: date | None


def learnt(
    portfolio: Portfolio,
    boards: Sequence[str],
    launch: date | None,
    calendars: Calendars,
    options: ScheduleOptions,
    *,
    key: str,
) -> PlanTemplate:
    """The template of what stands on some boards, in their own words.

    Durations are what tasks took where that is known, else what their board says. A task that nothing waited for keeps
    its working days before the launch, one after it its working days since. Owners become roles.

    Args:
        portfolio: what was read.
        boards: the keys of the boards.
        launch: the day of the launch; None: that of the boards' anchor, else of the last milestone of
            their projects.
        calendars: working time.
        options: how durations are read.
        key: what the template is called.

    Raises:
        ConfigurationError: no launch is known, or there is no task.
    """
    mine = [task for task in portfolio.tasks if task.board in boards and _was_work(task)]
    calendar = calendars.project
    near = {board for project in portfolio.projects if set(project.boards) & set(boards) for board in project.boards}
    dated = {
        as_date(task.due, calendar.zone): task
        for task in portfolio.tasks
        if task.milestone and task.due is not None and task.board in near | set(boards) and _was_work(task)
    }
    milestone = dated[max(dated)] if dated else None
    day = launch or _anchored(portfolio, boards, calendar) or max(dated, default=None)
    if day is None:
        raise ConfigurationError(
            _("nothing on this board says when the launch was."),
            where="--from-board",
            remedy=_("Add its date: --end 2027-03-01."),
        )
    parents = {task.parent for task in mine}
    past = {
        task.key: _past(task, calendars, options) for task in mine if not task.milestone and task.key not in parents
    }
    if not past:
        raise ConfigurationError(_("there is no task on this board."), where="--from-board")
    names = {board.key: board.name for board in portfolio.boards}
    name = next(names[board] for board in boards)
    roles = _Roles()
    tasks = _Tasks(past, portfolio.links, day, calendar).made(roles)
    owner = roles.of(milestone) if milestone is not None else tasks[0].role
    return PlanTemplate(
        key=key,
        name=name,
        about="",
        launch=milestone.title if milestone is not None else name,
        launch_role=owner,
        roles=roles.names,
        tasks=tasks,
    )


class _Roles:
    """Owners as roles: their names, by ids made of them."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._ids = _Ids()

    def of(self, task: Task) -> str:
        """The role of a task's first owner."""
        owner = task.owners[0] if task.owners else None
        if owner is None:
            self.names.setdefault(_NOBODY, _("To be assigned"))
            return _NOBODY
        found = self._ids.of(owner.key, owner.name)
        self.names[found] = owner.name
        return found


class _Ids:
    """Ids made of words, each for one thing only."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._taken = {LAUNCH, _NOBODY}

    def of(self, key: str, words: str) -> str:
        """The id of the thing of this key, made of its words."""
        if key not in self._of:
            plain = re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:_LONGEST_ID].strip("-") or "x"
            name = next(each for each in _numbered(plain) if each not in self._taken)
            self._taken.add(name)
            self._of[key] = name
        return self._of[key]


class _Tasks:
    """The tasks of a template, in the order in which they were done."""

    def __init__(self, past: Mapping[str, _Past], links: Sequence[Link], launch: date, calendar: Calendar) -> None:
        self._launch, self._calendar = launch, calendar
        self._past = dict(sorted(past.items(), key=lambda pair: (pair[1].start or pair[1].finish or launch, pair[0])))
        self._later = {key for key, each in past.items() if (each.start or each.finish or launch) > launch}
        self._before: dict[str, list[Link]] = {key: [] for key in self._past}
        self._awaited: set[str] = set()
        for link in links:
            if link.type is not LinkType.FS or link.predecessor not in past or link.successor not in past:
                continue
            if (link.predecessor in self._later) == (link.successor in self._later):
                self._before[link.successor].append(link)
                self._awaited.add(link.predecessor)
        self._ids = _Ids()

    def made(self, roles: _Roles) -> tuple[TemplateTask, ...]:
        """Every task."""
        return tuple(self._task(each, roles) for each in self._past.values())

    def _task(self, past: _Past, roles: _Roles) -> TemplateTask:
        key = past.task.key
        later = key in self._later
        after = [
            After(self._id(link.predecessor), _days(link.lag, self._calendar.day_minutes)) for link in self._before[key]
        ]
        if later and not after:
            began = past.start or past.finish or self._launch
            after = [After(LAUNCH, min(_LONGEST_WAIT, float(max(0, self._between(self._launch, began) - 1))))]
        return TemplateTask(
            id=self._id(key),
            phase=past.task.phase or ("after" if later else "production"),
            title=past.task.title,
            role=roles.of(past.task),
            days=past.days,
            after=tuple(after),
            wait=None if later or key in self._awaited else self._wait(past),
        )

    def _id(self, key: str) -> str:
        return self._ids.of(key, self._past[key].task.title.rpartition("]")[2])

    def _wait(self, past: _Past) -> float | None:
        """Working days from its end to the launch."""
        if past.finish is None:
            return None
        return min(_LONGEST_WAIT, float(max(1, self._between(past.finish, self._launch))))

    def _between(self, first: date, last: date) -> int:
        return self._calendar.working_days_between(first, last)


def _days(lag: Lag, day_minutes: int) -> float:
    """A wait in working days: of seven elapsed days five are; a lead, or a share of another task, is none."""
    days = {LagUnit.WORKING: lag.value / day_minutes, LagUnit.ELAPSED: lag.value / _ELAPSED_DAY * 5 / 7}
    return min(_LONGEST_WAIT, max(0.0, round(days.get(lag.unit, 0.0), 2)))


def _numbered(plain: str) -> Iterator[str]:
    yield plain
    yield from (f"{plain}-{number}" for number in count(2))


def _was_work(task: Task) -> bool:
    """Whether a task is one of the plan: archived ones are, once they are done."""
    category = task.status.category
    kept = task.title.strip() and (not task.archived or category is Category.DONE)
    return bool(kept) and task.role is Role.TASK and category not in _NO_WORK


def _anchored(portfolio: Portfolio, boards: Sequence[str], calendar: Calendar) -> date | None:
    """The last date that a project of these boards works to."""
    days = [
        as_date(anchor.date, calendar.zone)
        for project in portfolio.projects
        if set(project.boards) & set(boards)
        for anchor in project.anchors
    ]
    return max(days, default=None)


def _past(task: Task, calendars: Calendars, options: ScheduleOptions) -> _Past:
    calendar = calendars.of(task.owners[0].key if task.owners else None)
    minutes, _origin = estimate(task, options, calendar)
    days = round(_QUARTERS * minutes / calendar.day_minutes) / _QUARTERS
    start, finish = task.actual_start or task.start, task.actual_finish or task.completed or task.due
    return _Past(
        task,
        min(_LONGEST_DAYS, max(1 / _QUARTERS, days)),
        as_date(start, calendar.zone) if start is not None else None,
        as_date(finish, calendar.zone) if finish is not None else None,
    )
