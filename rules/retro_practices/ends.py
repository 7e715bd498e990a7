"""The dates that projects work to, what belongs to each project, and which cards are the launch or a validation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from retro.i18n.words import says
from retro.lint.ahead import NotYetError
from retro.model import AnchorOrigin, AnchorVerdict, Role, Task
from retro.ports import Context
from retro_practices.words import any_of, choice, folded

_SHORT = 6
"""Most words of a title that is read by its last ones."""
_HINTS = ("valid", "appro", "bat", "bon a tirer", "sign", "feu vert", "accord", "visa", "go", "final", "legal", "proof")
"""One of these stands in every title of a validation."""


@dataclass(frozen=True, slots=True)
class End:
    """A date that cannot move: its anchor's key and name, its own day, its project, the task that stands for it."""

    key: str
    name: str
    day: date
    project: str
    task: str | None
    origin: AnchorOrigin


def told_anchors(context: Context) -> Sequence[AnchorVerdict]:
    """What the schedule says of anchors; nothing yet where all of them are known without it.

    It adds milestones to those that projects give. Where none could be added, a rule that asks no more of the schedule
    than which anchors there are need not wait for it.

    Raises:
        NotYetError: the schedule is being laid out, and what it will say is not known before.
    """
    try:
        return context.schedule.anchors
    except NotYetError:
        if _may_add(context):
            raise
        return ()


def _may_add(context: Context) -> bool:
    """Whether the schedule may tell of a task that it is an anchor: an open milestone, or one by its very key."""
    given = [anchor for project in context.portfolio.projects for anchor in project.anchors]
    if any(anchor.task is None and anchor.key in context.tasks for anchor in given):
        return True
    return any(task.milestone and task.due is not None and task.is_open for task in context.portfolio.tasks)


def ends(context: Context) -> Mapping[str, tuple[End, ...]]:
    """By project, every date that it works to, the earliest first."""
    told = {verdict.key: verdict for verdict in context.derived(told_anchors)}
    found: dict[str, dict[str, End]] = {}
    for project in context.portfolio.projects:
        for anchor in project.anchors:
            day = context.day(anchor.date)
            end = End(anchor.key, anchor.name, day, project.key, anchor.task, anchor.origin)
            found.setdefault(project.key, {})[anchor.key] = end
    for key, verdict in told.items():
        of_project = found.setdefault(verdict.project, {})
        if key not in of_project:
            task = key if key in context.tasks else None
            day = verdict.on(context.zone)
            of_project[key] = End(key, verdict.name, day, verdict.project, task, AnchorOrigin.MILESTONE)
    return {
        project: tuple(sorted(each.values(), key=lambda end: (end.day, end.key))) for project, each in found.items()
    }


def members(context: Context) -> Mapping[str, tuple[Task, ...]]:
    """By project, its tasks that are wanted (open, more than an idea), those with children apart."""
    found: dict[str, list[Task]] = {}
    projects, parents = context.projects, context.parents
    for task in context.wanted:
        project = projects.get(task.key)
        if project is not None and task.key not in parents:
            found.setdefault(project.key, []).append(task)
    return {key: tuple(tasks) for key, tasks in found.items()}


def items(context: Context) -> Mapping[str, tuple[Task, ...]]:
    """By project, the open lines of checklists that are tasks of their own."""
    found: dict[str, list[Task]] = {}
    for task in context.items:
        card = context.projects.get(task.key) or context.projects.get(task.parent or "")
        if card is not None and task.role is Role.ITEM:
            found.setdefault(card.key, []).append(task)
    return {key: tuple(tasks) for key, tasks in found.items()}


def is_launch(rest: str) -> bool:
    """Whether a folded title, its prefixes set aside, is the launch itself, or what happens on its very day."""
    if _starts("launch").match(rest) or _anywhere("launch", "events").search(rest):
        return True
    return len(rest.split()) <= _SHORT and _ends("launch").search(rest) is not None


def is_the_end(rest: str) -> bool:
    """Whether a folded title, its prefixes set aside, is what a project ends with: its launch, or its closing."""
    return is_launch(rest) or says("launch", "endings", rest)


def is_validation(rest: str) -> bool:
    """Whether a folded title, its prefixes set aside, is somebody's approval: "Validation client", "BAT signé"."""
    if not any(hint in rest for hint in _HINTS) or _anywhere("validation", "false_friends").search(rest):
        return False
    if _starts("validation").match(rest) or _anywhere("validation", "anywhere").search(rest):
        return True
    return len(rest.split()) <= _SHORT and _ends("validation").search(rest) is not None


@cache
def _starts(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{choice(section, 'starts')})(?!\w)")


@cache
def _ends(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{choice(section, 'ends')})\W*$")


@cache
def _anywhere(section: str, name: str) -> re.Pattern[str]:
    return any_of(folded(section, name))
