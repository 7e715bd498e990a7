"""END101 project-without-end-date."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import BoardKind, Category, Finding, Project, Severity, Task, Template
from retro.ports import Context


class ProjectWithoutEndDate(BaseRule):
    """A project that works towards no date.

    What it says:
        A project has open tasks and no date that cannot move: none in the configuration, on a project row, from
        `--end`, or as an open milestone with a due date. Boards that are always on (`flow`, `editorial`) need none.

    Why:
        Backward planning starts from a hard end date: the launch, the fair, the webinar. Without it no task has a
        latest date, and nobody can tell whether the project is late.

    How to fix it in Notion:
        Give the launch its own row, mark it as a milestone (a type or tag "Jalon" or "Milestone") and set its date.
        Or write the date in retro.toml: `anchors = [{ name = "Launch", date = 2027-03-01 }]`.

    How to fix it in Trello:
        Make a card for the launch with the label "Jalon" or "Milestone" and a due date. Or write the date in
        retro.toml: `anchors = [{ name = "Launch", date = 2027-03-01 }]`.
    """

    code: ClassVar[str] = "END101"
    name: ClassVar[str] = "project-without-end-date"
    french_name: ClassVar[str] = "projet sans date de lancement"
    default: ClassVar[Severity] = Severity.ERROR
    soft: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = Template("no launch date: to be put on a milestone, or in the configuration")
    field: ClassVar[str | None] = "anchor"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    good: ClassVar[tuple[Case, ...]] = (
        case("The launch date is given.", a_task("[Web] Landing page"), end=date(2027, 3, 1)),
        case(
            "A milestone with a due date stands for the launch.",
            a_task("[Web] Landing page"),
            a_task("Mise en ligne", due=date(2027, 3, 1), milestone=True),
        ),
        case("A board that is always on has no end.", a_task("[Web] FAQ"), boards=(a_board(kind=BoardKind.FLOW),)),
        case("Ideas alone make no project yet.", a_task("Podcast", section="Idées", due=None)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Tasks have dates, the project has none.", a_task("[Web] Landing page")),
            Expected("p", {"project": "Campagne"}),
        ),
        bad(
            case(
                "The milestone has no date.", a_task("[Web] Landing page"), a_task("Launch", due=None, milestone=True)
            ),
            Expected("p", {"project": "Campagne"}),
        ),
        bad(
            case("No list of words knows the only status: only information.", a_task("[Web] FAQ", section="Zone 51")),
            Expected("p", {"project": "Campagne"}, assumed=True),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for an anchor of each project that has work left."""
        judged = {verdict.project for verdict in context.schedule.anchors}
        for project in self.projects(context):
            wanted = [] if project.anchors or project.key in judged else _undated(project, context)
            if not wanted:
                continue
            yield self.on_subject(
                project.key,
                {"project": project.name},
                board=project.boards[0] if len(project.boards) == 1 else None,
                project=project.key,
                assumed=not any(self.rests_on.isdisjoint(task.assumed) for task in wanted),
            )


def _undated(project: Project, context: Context) -> list[Task]:
    """The tasks of a project that are wanted; none where one of them is a milestone with a date."""
    wanted = []
    for key in project.tasks:
        task = context.tasks.get(key)
        if task is None or not task.is_open or task.status.category is Category.IDEA:
            continue
        if task.milestone and task.due is not None:
            return []
        wanted.append(task)
    return wanted
