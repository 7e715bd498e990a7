"""DCM109 invalid-dates."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from pydantic import Field

from retro.lint.examples import Bad, Case, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Category, Project, Task, Template
from retro.ports import Context
from retro_dcma.metric import Measure, ShareCheck

_PAST, _FUTURE = date(2027, 1, 4), date(2027, 2, 1)


class InvalidDates(ShareCheck):
    """What is planned in the past, or done in the future.

    What it says:
        Share of a project's tasks that were to begin or end before today and did not, or that are said to have begun
        or ended after today. Sound: none. (Check 9 of 14, Invalid dates.)

    Why:
        Today divides a plan into what was and what will be. What stands on the wrong side makes every figure wrong.

    How to fix it in Notion:
        Tick what is done, and move what is not to a day to come.

    How to fix it in Trello:
        Tick what is done, and move what is not to a day to come.
    """

    code: ClassVar[str] = "DCM109"
    name: ClassVar[str] = "invalid-dates"
    french_name: ClassVar[str] = "dates impossibles"
    template: ClassVar[Template] = Template(
        "{count} of {base} tasks ({percent}%) is planned in the past or done in the future, {most}% is sound: {tasks}",
        "{count} of {base} tasks ({percent}%) are planned in the past or done in the future, {most}% is sound: {tasks}",
    )

    most: float = Field(default=0.0, ge=0, le=1, description="The largest share that is still sound.")

    good: ClassVar[tuple[Case, ...]] = (
        case("To come.", a_task("Flyer", start=_FUTURE, due=_FUTURE)),
        case("Done last week.", replace(a_task("Flyer", section="Terminé", due=_PAST), actual_finish=_PAST)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Due last week, and open.", a_task("Flyer", due=_PAST), a_task("Affiche")),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 0, "tasks": ("Flyer",)}),
        ),
        bad(
            case("Done in three weeks.", replace(a_task("Flyer", section="Terminé"), actual_finish=_FUTURE)),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 0, "tasks": ("Flyer",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count what stands on the wrong side of today."""
        tasks = [
            task
            for key in project.tasks
            if (task := context.tasks.get(key)) is not None
            and task.counts
            and key not in context.parents
            and task.status.category not in (Category.IDEA, Category.CANCELLED)
        ]
        found = [task for task in tasks if _wrong(task, context)]
        return Measure(len(found), len(tasks), found)


def _wrong(task: Task, context: Context) -> bool:
    today = context.today
    actual = [context.day(day) for day in (task.actual_start, task.actual_finish, task.completed) if day is not None]
    if any(day > today for day in actual):
        return True
    if not task.is_open:
        return False
    waiting = task.start if task.status.category is Category.TODO and task.actual_start is None else None
    return any(context.day(day) < today for day in (waiting, task.due) if day is not None)
