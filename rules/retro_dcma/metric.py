"""What the fourteen checks share: a share of a project's tasks or links, and the most of it that a sound plan has.

Formulas and thresholds are those of the DCMA 14-point assessment: incomplete tasks without summaries, and 44 working
days for two months. The figures are DCMA's; a small team sets its own by the options.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import key_of
from retro.model import BoardKind, EstimateOrigin, Finding, Link, Param, Project, Severity, Tally, Task, TaskSchedule
from retro.ports import Context

NAMED = 3
"""Tasks that a sentence names; a finding holds the keys of all."""
TWO_MONTHS = 44
"""Working days."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, out of how much, and of which tasks."""

    count: int
    base: int
    tasks: Sequence[Task] = ()

    @property
    def share(self) -> float:
        """The part; 0 of nothing."""
        return self.count / self.base if self.base else 0.0


class Check(BaseRule):
    """One of the fourteen: a measure of each project, held against a threshold.

    It speaks of projects, not of tasks, and at info in every profile but what the configuration says of it: these
    figures are there to look at a plan as a whole, and people who are marked by them plan for the mark.
    """

    default: ClassVar[Severity] = Severity.OFF
    strict: ClassVar[Severity] = Severity.INFO
    by_prefix: ClassVar[bool] = True
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset()

    def base(self, context: Context) -> Iterator[Task]:  # noqa: ARG002 - as the port has it
        """None: it judges projects."""
        return iter(())

    def told(self, project: Project, facts: dict[str, Param], tasks: Sequence[Task] = (), of: int = 0) -> Finding:
        """A finding on a project, with the tasks that it is about, out of how many."""
        keys = tuple(sorted({task.key for task in tasks}))
        titles = tuple(sorted({task.title for task in tasks})[:NAMED])
        found = self.on_subject(project.key, {**facts, "tasks": titles}, project=project.key)
        return replace(found, tally=Tally(count=len(keys), base=of, keys=keys)) if keys else found


class ShareCheck(Check):
    """A check of how large a part of a project something is."""

    most: float = Field(default=0.05, ge=0, le=1, description="The largest share that is still sound.")

    @abstractmethod
    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count; None where the project has nothing to count, or where nothing can be known of it."""

    def check(self, context: Context) -> Iterator[Finding]:
        """Hold the measure of each project against the threshold."""
        for project in self.projects(context):
            measured = self.measure(context, project)
            if measured is not None and measured.share > self.most:
                facts: dict[str, Param] = {
                    "count": measured.count,
                    "base": measured.base,
                    "percent": round(measured.share * 100),
                    "most": round(self.most * 100),
                }
                yield self.told(project, facts, measured.tasks, measured.base)


class IndexCheck(Check):
    """A check of an index that is 1 where all is well."""

    least: float = Field(default=0.95, ge=0, description="The least value that is still sound.")

    @abstractmethod
    def index(self, context: Context, project: Project) -> Measure | None:
        """The index as a share; None where nothing can be known of it."""

    def check(self, context: Context) -> Iterator[Finding]:
        """Hold the index of each project against the threshold."""
        for project in self.projects(context):
            measured = self.index(context, project)
            if measured is not None and measured.base and measured.share < self.least:
                facts: dict[str, Param] = {"percent": round(measured.share * 100), "least": round(self.least * 100)}
                yield self.told(project, facts, measured.tasks, measured.base)


def open_tasks(context: Context, project: Project) -> list[Task]:
    """A project's incomplete tasks, without parents: what most of the checks are a share of."""
    tasks = (context.tasks[key] for key in project.tasks if key in context.tasks)
    return [task for task in tasks if _wanted(task, context)]


def own_links(context: Context, project: Project) -> list[Link]:
    """Links that lead to an incomplete task of a project."""
    return [link for task in open_tasks(context, project) for link in context.predecessors.get(task.key, ())]


def scheduled(context: Context, tasks: Iterable[Task]) -> Iterator[tuple[Task, TaskSchedule]]:
    """Tasks with what the schedule says of them, where it does."""
    for task in tasks:
        planned = context.schedule.tasks.get(task.key)
        if planned is not None:
            yield task, planned


def day_minutes(context: Context) -> int:
    """Working minutes of a day, for thresholds in days."""
    return context.calendar.day_minutes


def dated(
    title: str,
    *,
    slack: int | None = None,
    work: int = 420,
    finish: datetime | None = None,
    critical: bool = False,
    anchor: str | None = None,
) -> TaskSchedule:
    """What a schedule says of an example's task: slack and work in minutes."""
    return TaskSchedule(
        key=key_of(title),
        estimate_minutes=work,
        estimate_origin=EstimateOrigin.NUMBER,
        work_minutes=work,
        total_slack_minutes=slack,
        earliest_finish=finish,
        critical=critical,
        anchor=anchor,
    )


def _wanted(task: Task, context: Context) -> bool:
    return task.is_open and task.key not in context.parents and task.status.category.value != "idea"
