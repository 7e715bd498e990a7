"""GRA101 micro-task."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_schedule, a_task, bad, case, on, planned
from retro.model import EstimateOrigin, Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.gestures import gestures
from retro_practices.planned_tasks import judged
from retro_practices.titles import is_informative

_STATED = (EstimateOrigin.NUMBER, EstimateOrigin.POINTS, EstimateOrigin.SIZE)
_SHORT = Template("only {minutes} minutes of work: a line of a checklist would do")


class MicroTask(BaseRule):
    """A gesture that stands in the plan as a task.

    What it says:
        An open task is estimated at less than `minutes`, or its title is a gesture: a call or a message to one person
        ("Appeler l’imprimeur", "Email Paul"), a small thing to send or upload ("Uploader le logo"). Sending a
        deliverable ("Envoyer le BAT", "Envoyer la newsletter aux abonnés") is a milestone and fine, and so is what
        concerns many ("Relancer les journalistes"). Milestones and tasks with parts are not judged.

    Why:
        A plan that holds every gesture hides the twenty tasks that matter, and nobody keeps it up to date. What takes
        minutes belongs in a checklist, or is done at once.

    How to fix it in Notion:
        Make it a to-do line in the page of the task that it belongs to, and delete the row.

    How to fix it in Trello:
        Make it a checklist item of the card that it belongs to, and archive the card.
    """

    code: ClassVar[str] = "GRA101"
    name: ClassVar[str] = "micro-task"
    french_name: ClassVar[str] = "micro-tâche"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("a gesture rather than a task: a line of a checklist would do")
    templates: ClassVar[tuple[Template, ...]] = (_SHORT,)
    many: ClassVar[Template | None] = Template("a gesture rather than a task on {count} of {base} tasks")
    field: ClassVar[str | None] = "title"

    minutes: int = Field(default=30, ge=1, description="Less work than this is a gesture.")

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "A deliverable is sent.",
            a_task("[Print] Envoyer le BAT à l’imprimeur"),
            a_task("[Email] Send the newsletter"),
        ),
        case("To many.", a_task("[RP] Relancer les journalistes"), a_task("[Event] Appeler les 30 exposants")),
        case("An email that is made.", a_task("[Email] Email de bienvenue"), a_task("[Email] Email template")),
        case(
            "Half an hour.",
            a_task("[Web] Corriger le prix"),
            schedule=a_schedule(planned("[Web] Corriger le prix", work=30)),
        ),
        case(
            "A duration that nobody gave.",
            a_task("[Web] Corriger le prix"),
            schedule=a_schedule(planned("[Web] Corriger le prix", work=15, origin=EstimateOrigin.DEFAULT)),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A call, a message.", a_task("[Print] Appeler l’imprimeur"), a_task("[Email] Envoyer le mail à Paul")),
            on("[Email] Envoyer le mail à Paul"),
            on("[Print] Appeler l’imprimeur"),
        ),
        bad(case("A file.", a_task("[Web] Uploader le logo")), on("[Web] Uploader le logo")),
        bad(
            case(
                "A quarter of an hour.",
                a_task("[Web] Corriger le prix"),
                schedule=a_schedule(planned("[Web] Corriger le prix", work=15)),
            ),
            on("[Web] Corriger le prix", minutes=15),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Read each estimate and each title."""
        found, least = context.derived(gestures), self.minutes
        short = {
            task.key: dates.estimate_minutes
            for task, dates, _due in judged(self, context)
            if 0 < dates.estimate_minutes < least and dates.estimate_origin in _STATED
        }
        for task in self.base(context):
            if (task.key in short or task.key in found) and not self._is_apart(task, context):
                if task.key in short:
                    yield self.on_task(task, {"minutes": short[task.key]}, template=_SHORT)
                else:
                    yield self.on_task(task)

    def _is_apart(self, task: Task, context: Context) -> bool:
        return task.milestone or task.key in context.parents or is_informative(task.title)
