"""CEN104 project-without-plan."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_board, a_link, a_task, bad, case
from retro.model import BoardKind, Finding, Severity, Task, Template
from retro.ports import Capabilities, Context
from retro_practices.ends import items, members
from retro_practices.launch import tied_tasks

_FLYER, _PAGE = a_task("[Print] Flyer", due=None), a_task("[Web] Landing page", due=None)


class ProjectWithoutPlan(BaseRule):
    """A project with work to do, and neither dates nor dependencies.

    What it says:
        Of the open tasks of a project none has a date, and none is linked to another. Boards that are always on
        (`flow`, `editorial`) need no plan.

    Why:
        No project without a plan: a list of things to do does not say when to begin, what comes first, or whether the
        date holds.

    How to fix it in Notion:
        Fill "Bloqué par" ("Blocked by") from the launch backwards; `retro schedule` then gives the dates, and the
        board's `write` puts them there. Or begin with one of the templates of `retro new`, as a CSV file to import.

    How to fix it in Trello:
        Write what each card waits for into a checklist "Dépendances", from the launch backwards; `retro schedule`
        then gives the dates, and the board's `write` puts them there. `retro new` has templates to begin with.
    """

    code: ClassVar[str] = "CEN104"
    name: ClassVar[str] = "project-without-plan"
    french_name: ClassVar[str] = "projet sans rétroplanning"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template(
        "{count} open task and no plan, neither dates nor dependencies",
        "{count} open tasks and no plan, neither dates nor dependencies",
    )
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case("One date is a beginning.", _FLYER, a_task("[Web] Landing page", due=date(2027, 2, 1))),
        case("They are linked.", _FLYER, _PAGE, links=(a_link("[Print] Flyer", "[Web] Landing page"),)),
        case("Always on.", _FLYER, _PAGE, boards=(a_board(kind=BoardKind.FLOW),)),
        case("Only ideas.", a_task("Podcast", section="Idées", due=None)),
        case(
            "A tool that holds no dates.",
            _FLYER,
            _PAGE,
            capabilities={"equipe": Capabilities(dates=frozenset())},
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(case("Neither dates nor links.", _FLYER, _PAGE), Expected("p", {"count": 2})),
        bad(
            case("An end date alone is no plan.", _FLYER, _PAGE, a_task("[SEO] Audit", due=None), end=date(2027, 3, 1)),
            Expected("p", {"count": 3}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for one date or one link among the open tasks of each project."""
        open_, lines = context.derived(members), context.derived(items)
        undated = [
            project
            for project in self.projects(context)
            if (tasks := open_.get(project.key))
            and not any(map(_dated, tasks))
            and not any(map(_dated, lines.get(project.key, ())))
        ]
        tied = tied_tasks(context) if undated else frozenset[str]()
        for project in undated:
            tasks = open_[project.key]
            if any(task.key in tied for task in tasks) or _above_dated(tasks, context):
                continue
            if not any(context.can(task).dates for task in tasks):
                continue
            boards = {task.board for task in tasks}
            yield self.on_subject(
                project.key,
                {"count": len(tasks)},
                board=boards.pop() if len(boards) == 1 else None,
                project=project.key,
                assumed=all("status" in task.assumed for task in tasks),
            )


def _dated(task: Task) -> bool:
    """Whether a task has any place in time; what is there and could not be read is one too."""
    if task.start is not None or task.due is not None or task.deadline is not None or task.constraint is not None:
        return True
    return any(value.field in ("start", "due") for value in task.unreadable)


def _above_dated(tasks: tuple[Task, ...], context: Context) -> bool:
    """Whether a parent of one of the tasks is dated."""
    above = {task.parent for task in tasks if task.parent is not None}
    return any(_dated(parent) for key in above if (parent := context.tasks.get(key)) is not None)
