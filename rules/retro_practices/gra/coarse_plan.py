"""GRA105 coarse-plan."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import BoardKind, Category, Finding, Project, Role, Severity, Template
from retro.ports import Context
from retro_practices.ends import ends

_END = date(2027, 3, 1)
_AWAY = (Category.IDEA, Category.CANCELLED)


class CoarsePlan(BaseRule):
    """A project of weeks in one or two tasks.

    What it says:
        A project that lasts more than `days` working days, from its first date to its end date, has fewer than
        `tasks` tasks. Done ones count, lines of checklists with a person and a date too; milestones do not.

    Why:
        "Make the website, for the 1st of March" is a wish. Only steps with an owner and a date tell today whether the
        date holds.

    How to fix it in Notion:
        Write the steps that lead to the date as rows of their own, backwards from the launch.

    How to fix it in Trello:
        Write the steps that lead to the date as cards of their own, backwards from the launch.
    """

    code: ClassVar[str] = "GRA105"
    name: ClassVar[str] = "coarse-plan"
    french_name: ClassVar[str] = "plan trop grossier"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template(
        "{count} task only for a project that lasts until {date}",
        "{count} tasks only for a project that lasts until {date}",
    )
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset()

    tasks: int = Field(default=3, ge=1, description="The fewest tasks of a project that lasts.")
    days: int = Field(default=15, ge=0, description="Working days up to which a project may be as coarse as it likes.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Three tasks.", *(a_task(f"[Web] {what}") for what in ("Brief", "Maquettes", "Recette")), end=_END),
        case("A short one.", a_task("[Print] Flyer", due=date(2027, 1, 22)), end=date(2027, 1, 29)),
        case("Two tasks left of many.", *(a_task(f"[Web] {n}", section="Terminé") for n in "ABC"), a_task("[Web] D")),
        case("Always on.", a_task("[Web] FAQ"), boards=(a_board(kind=BoardKind.FLOW),), end=_END),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("One task for seven weeks.", a_task("[Web] Site", due=_END), end=_END),
            Expected("p", {"count": 1, "date": _END}),
        ),
        bad(
            case(
                "Two, and a milestone.",
                a_task("[Web] Site", start=date(2027, 1, 4), due=date(2027, 2, 15)),
                a_task("[Print] Flyer"),
                a_task("Mise en ligne", due=_END, milestone=True),
                end=_END,
            ),
            Expected("p", {"count": 2, "date": _END}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count the tasks of each project that has an end, and how long it lasts."""
        known = context.derived(ends)
        for project in self.projects(context):
            if project.key not in known:
                continue
            end = known[project.key][-1].day
            count, begins, work = self._counted(project, context)
            if not work or not 0 < count < self.tasks or end < context.today:
                continue
            if context.calendar.working_days_between(min(begins, context.today), end) > self.days:
                alone = project.boards[0] if len(project.boards) == 1 else None
                yield self.on_subject(project.key, {"count": count, "date": end}, board=alone, project=project.key)

    def _counted(self, project: Project, context: Context) -> tuple[int, date, bool]:
        """How many tasks a project has (enough is as good as many), its first date, and whether any is open."""
        count, begins, work = 0, date.max, False
        for key in project.tasks:
            task = context.tasks.get(key)
            if task is None or task.archived or task.status.category in _AWAY or key in context.parents:
                continue
            if task.role not in (Role.TASK, Role.ITEM) or task.milestone:
                continue
            count, work = count + 1, work or task.is_open
            if count >= self.tasks:
                break
            for day in (task.created, task.actual_start, task.start, task.due):
                if day is not None:
                    begins = min(begins, context.day(day) if isinstance(day, datetime) else day)
        return count, begins, work
