"""DEP110 likely-link."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_link, a_task, bad, case, key_of, on
from retro.model import BoardKind, Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.launch import tied_tasks
from retro_practices.stages import Stage, stage_of

_Topic = tuple[str, str, frozenset[str], frozenset[str]]
"""Project, parent, prefixes and words: what a stage is a stage of."""


class LikelyLink(BaseRule):
    """A dependency that is usual between two stages, and that nobody has written down.

    What it says:
        In a project without a single link, two open tasks are stages of the same deliverable by their titles, in the
        usual order: brief, text, mock-up, approval, production, tests, going out. "[Web] Maquette landing page" comes
        before "[Web] Intégration landing page". Each is a proposal, to be accepted one by one; nothing is said where
        two tasks share a stage, or where their dates say otherwise.

    Why:
        A backward plan is a chain of dependencies, and the first ones are the longest to write down. Most of them are
        the same in every campaign.

    How to fix it in Notion:
        If it is so here, choose the row named in the relation of the later one ("Bloqué par", "Blocked by").

    How to fix it in Trello:
        If it is so here, add the link of the card named to a checklist "Dépendances" of the later card.
    """

    code: ClassVar[str] = "DEP110"
    name: ClassVar[str] = "likely-link"
    french_name: ClassVar[str] = "dépendance probable"
    default: ClassVar[Severity] = Severity.OFF
    template: ClassVar[Template] = Template("usually comes after “{predecessor}”: link the two if it does here")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks usually come after another one")
    field: ClassVar[str | None] = "predecessors"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    good: ClassVar[tuple[Case, ...]] = (
        case("Stages of two deliverables.", a_task("[Web] Maquette FAQ"), a_task("[Web] Intégration landing page")),
        case(
            "The project has links: who wrote those knows the others.",
            a_task("[Web] Maquette FAQ"),
            a_task("[Web] Intégration FAQ"),
            a_task("[Web] Recette FAQ"),
            links=(a_link("[Web] Intégration FAQ", "[Web] Recette FAQ"),),
        ),
        case(
            "Their dates say the contrary.",
            a_task("[Web] Maquette FAQ", due=date(2027, 2, 5)),
            a_task("[Web] Intégration FAQ", due=date(2027, 1, 15)),
        ),
        case(
            "Which of the two mock-ups?",
            a_task("[Web] Maquette FAQ"),
            a_task("[Web] Wireframe FAQ"),
            a_task("[Web] Intégration FAQ"),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Mock-up, approval, integration.",
                a_task("[Web] Maquette landing page"),
                a_task("[Web] Validation maquette landing page"),
                a_task("[Web] Intégration de la landing page"),
            ),
            on(
                "[Web] Intégration de la landing page",
                detail=key_of("[Web] Validation maquette landing page"),
                predecessor="[Web] Validation maquette landing page",
                predecessor_key=key_of("[Web] Validation maquette landing page"),
            ),
            on(
                "[Web] Validation maquette landing page",
                detail=key_of("[Web] Maquette landing page"),
                predecessor="[Web] Maquette landing page",
                predecessor_key=key_of("[Web] Maquette landing page"),
            ),
        ),
        bad(
            case(
                "Parts of one parent.",
                a_task("[Email] Newsletter"),
                a_task("Rédaction", parent=key_of("[Email] Newsletter")),
                a_task("Envoi", parent=key_of("[Email] Newsletter")),
            ),
            on(
                "Envoi",
                detail=key_of("Rédaction"),
                predecessor="Rédaction",
                predecessor_key=key_of("Rédaction"),
            ),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks of projects without links; no parents."""
        tied = context.derived(tied_tasks)
        judged = {
            key for project in context.portfolio.projects if tied.isdisjoint(project.tasks) for key in project.tasks
        }
        return (task for task in super().base(context) if task.key in judged and task.key not in context.parents)

    def check(self, context: Context) -> Iterator[Finding]:
        """Gather the stages of each deliverable, and propose a link from each to the next."""
        read = context.derived(titles)
        chains: dict[_Topic, dict[int, list[Task]]] = {}
        for task in self.base(context):
            title = read[task.key]
            if (stage := stage_of(title.rest)) is not None:
                prefixes = frozenset(prefix.word for prefix in title.prefixes)
                chains.setdefault(_topic(task, stage, prefixes, context), {}).setdefault(stage.place, []).append(task)
        for stages in chains.values():
            for before, after in _pairs(stages, context):
                facts = {"predecessor": before.title, "predecessor_key": before.key}
                yield self.on_task(after, facts, detail=before.key)


def _topic(task: Task, stage: Stage, prefixes: frozenset[str], context: Context) -> _Topic:
    return context.projects[task.key].key, task.parent or "", prefixes, stage.of


def _pairs(stages: dict[int, list[Task]], context: Context) -> Iterable[tuple[Task, Task]]:
    """Each stage that one task is, and the next one, where no date speaks against it."""
    if any(len(tasks) > 1 for tasks in stages.values()):
        return
    chain = [stages[place][0] for place in sorted(stages)]
    for before, after in pairwise(chain):
        if before.due is None or after.due is None or context.day(before.due) <= context.day(after.due):
            yield before, after
