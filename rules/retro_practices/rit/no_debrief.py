"""RIT104 no-debrief."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_task, bad, case
from retro.model import BoardKind, Category, CheckItem, Finding, Param, Project, Severity, Task, Template
from retro.ports import Context
from retro_practices.launch import comes_after, last_anchors
from retro_practices.words import phrase

_OPEN = Template(
    "{count} task is still open although “{project}” was over on {date}",
    "{count} tasks are still open although “{project}” was over on {date}",
)
_LAUNCH = date(2026, 12, 14)
_DONE = a_task("[Web] Mise en ligne", section="Terminé", due=_LAUNCH)


class NoDebrief(BaseRule):
    """A project that is over, and of which nobody speaks again.

    What it says:
        The last date of a project passed more than `days` days ago (14), and either no task of it is its debrief
        (débrief, bilan, retour d’expérience, post-mortem, retrospective…), done or still to come, or tasks are still
        open that are not work of after the launch. These are two findings.

    Why:
        What was learned is lost within two weeks: what took longer than planned, what was asked for too late, what
        nobody needed. And what is left open on a finished board is either work that nobody follows any more or noise
        that hides it.

    How to fix it in Notion:
        Add a row "Débrief" with an owner and a date; close the rows that are over, move the others to the project
        that goes on with them.

    How to fix it in Trello:
        Add a card "Débrief" with a member and a date; archive the cards that are over, move the others to the board
        that goes on with them.
    """

    code: ClassVar[str] = "RIT104"
    name: ClassVar[str] = "no-debrief"
    french_name: ClassVar[str] = "sans débrief"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("“{project}” was over on {date}, and no task of it is its debrief")
    templates: ClassVar[tuple[Template, ...]] = (_OPEN,)
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    days: int = Field(default=14, ge=0, description="days after the last date of a project.")

    good: ClassVar[tuple[Case, ...]] = (
        case("The debrief is planned.", _DONE, a_task("Débrief salon", due=date(2027, 1, 14)), end=_LAUNCH),
        case("It was held.", _DONE, a_task("Bilan de campagne", section="Terminé"), end=_LAUNCH),
        case("The launch was last week.", a_task("[Web] FAQ"), end=date(2027, 1, 5)),
        case(
            "It is a line of a checklist; results are still to be measured.",
            replace(_DONE, checklist=(CheckItem("c1", "Retour d’expérience avec l’agence"),)),
            a_task("Reporting J+30", due=date(2027, 1, 15)),
            end=_LAUNCH,
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Launched a month ago, and on to the next one.", _DONE, end=_LAUNCH),
            Expected("p", {"project": "Campagne", "date": _LAUNCH}, "debrief"),
        ),
        bad(
            case(
                "A debrief, and two tasks that were left behind.",
                _DONE,
                a_task("Bilan", section="Terminé"),
                a_task("[Web] FAQ", due=date(2026, 12, 1)),
                a_task("[Print] Flyer", due=None),
                end=_LAUNCH,
            ),
            Expected("p", {"project": "Campagne", "date": _LAUNCH, "count": 2}, "open"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look at each project whose last date has passed."""
        last = context.derived(last_anchors)
        before = context.today - timedelta(days=self.days)
        for project in self.projects(context):
            day = last.get(project.key)
            if day is None or day >= before:
                continue
            facts: dict[str, Param] = {"project": project.name, "date": day}
            tasks = [task for key in project.tasks if (task := context.tasks.get(key)) is not None]
            if not any(map(_is_debrief, tasks)):
                yield self._said(project, facts, "debrief")
            left = [task for task in tasks if _is_left(task, context)]
            if left:
                yield self._said(project, {**facts, "count": len(left)}, "open", _OPEN)

    def _said(
        self, project: Project, facts: Mapping[str, Param], detail: str, template: Template | None = None
    ) -> Finding:
        alone = project.boards[0] if len(project.boards) == 1 else None
        return self.on_subject(project.key, facts, board=alone, project=project.key, template=template, detail=detail)


def _is_debrief(task: Task) -> bool:
    """Whether a task, or a line of its checklists, is a look back at the project."""
    if task.status.category is Category.CANCELLED:
        return False
    return any(_looks_back(title) for title in (task.title, *(item.title for item in task.checklist)))


def _looks_back(title: str) -> bool:
    folded = fold(title)
    found = phrase("ritual", "debrief").search(folded)
    return found is not None and phrase("ritual", "no_debrief").search(folded) is None


def _is_left(task: Task, context: Context) -> bool:
    """Whether a task is open that should be over: no idea, no work of after the launch, and no parent of others."""
    if not task.is_open or task.status.category is Category.IDEA or task.key in context.parents:
        return False
    return not comes_after(task) and not _is_debrief(task)
