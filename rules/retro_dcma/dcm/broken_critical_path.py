"""DCM112 broken-critical-path."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import Field

from retro.lint.examples import ZONE, Bad, Case, a_schedule, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Finding, Project, Schedule, Task, Template
from retro.ports import Context
from retro_dcma.metric import Check, dated, open_tasks

_BEFORE = datetime(2027, 2, 5, 17, tzinfo=ZONE)
_AFTER = _BEFORE + timedelta(days=2000)


def _plan(finish: datetime) -> Schedule:
    return a_schedule(dated("Flyer", critical=True, slack=0, finish=finish))


class BrokenCriticalPath(Check):
    """A delay of the critical path that the end does not feel.

    What it says:
        600 working days are added to a critical task of the project, and the plan is computed again: its end must move
        by as much. (Check 12 of 14, Critical path test.)

    Why:
        Where it does not, something cuts the path: a task that is nailed to a date, or a link that is missing. The
        critical path that is shown is then not the one that decides.

    How to fix it in Notion:
        Look for fixed dates and missing links between the task named and the end.

    How to fix it in Trello:
        Look for fixed dates and missing links between the card named and the end.
    """

    code: ClassVar[str] = "DCM112"
    name: ClassVar[str] = "broken-critical-path"
    french_name: ClassVar[str] = "chemin critique rompu"
    template: ClassVar[Template] = Template(
        "{days} working days more on {task} move the end by {moved} only: something cuts the critical path"
    )

    days: int = Field(default=600, ge=1, description="Working days that are added.")

    good: ClassVar[tuple[Case, ...]] = (
        case("The end moves with it.", a_task("Flyer"), schedule=_plan(_BEFORE), rescheduled=_plan(_AFTER)),
        case("Nothing is critical.", a_task("Flyer"), schedule=a_schedule(dated("Flyer"))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("The end stays where it is.", a_task("Flyer"), schedule=_plan(_BEFORE), rescheduled=_plan(_BEFORE)),
            Says("p", {"days": 600, "task": "Flyer", "moved": 0}),
        ),
        bad(
            case(
                "The end moves by a week.",
                a_task("Flyer"),
                schedule=_plan(_BEFORE),
                rescheduled=_plan(_BEFORE + timedelta(days=7)),
                options={"days": 100},
            ),
            Says("p", {"days": 100, "task": "Flyer", "moved": 5}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Add the days to one task of each project, all at once, and compare the ends."""
        if context.reschedule is None:
            return
        tried = [(project, task) for project in self.projects(context) if (task := _critical(project, context))]
        if not tried:
            return
        added = self.days * context.calendar.day_minutes
        after = context.reschedule({task.key: added for _project, task in tried})
        for project, task in tried:
            before, then = _end(project, context.schedule, context), _end(project, after, context)
            if before is None or then is None:
                continue
            moved = context.calendar.minutes_between(before, then) if then > before else 0
            if moved < added:
                day = context.calendar.day_minutes
                yield self.on_subject(
                    project.key,
                    {"days": self.days, "task": task.title, "moved": moved // day},
                    project=project.key,
                )


def _critical(project: Project, context: Context) -> Task | None:
    """The open task with the least slack among the critical ones; by key where several have it."""
    found = [
        (planned.total_slack_minutes, task.key, task)
        for task in open_tasks(context, project)
        if (planned := context.schedule.tasks.get(task.key)) is not None
        and planned.critical
        and planned.total_slack_minutes is not None
        and planned.work_minutes
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def _end(project: Project, schedule: Schedule, context: Context) -> datetime | None:
    """When the last of a project's open tasks ends at the earliest."""
    tasks: Sequence[Task] = open_tasks(context, project)
    finishes = [
        planned.earliest_finish
        for task in tasks
        if (planned := schedule.tasks.get(task.key)) is not None and planned.earliest_finish is not None
    ]
    return max(finishes, default=None)
