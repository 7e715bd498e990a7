"""DEP108 done-before-predecessor."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_link, a_task, bad, case, key_of, on
from retro.model import Category, Finding, LinkType, Severity, Task, Template
from retro.ports import Context
from retro_practices.standing import Standing, named, unfinished

_LINKED = (a_link("[Web] Maquette", "[Web] Intégration"),)
_DONE = a_task("[Web] Intégration", section="Terminé")
_ENDS = (LinkType.FS, LinkType.FF)


class DoneBeforePredecessor(BaseRule):
    """A task that is done while what it waits for is still open.

    What it says:
        A task is done although one that had to end before it is still to do, under way or in review. Ideas, cancelled
        work and what is ready are no contradiction, nor are links with an agreed lead. A parent is judged by its
        parts.

    Why:
        One of the two says something untrue. Mostly the earlier one was finished and nobody moved it: the plan then
        keeps time for work that is over, and the next meeting speaks of it again.

    How to fix it in Notion:
        Set the row that it waited for to done if it is; else put this one back, or remove the relation.

    How to fix it in Trello:
        Move the card that it waited for to its done list if it is; else move this one back, or remove the dependency.
    """

    code: ClassVar[str] = "DEP108"
    name: ClassVar[str] = "done-before-predecessor"
    french_name: ClassVar[str] = "terminée avant ce qu’elle attend"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("done, though what it waits for is still open: {predecessors}")
    many: ClassVar[Template | None] = Template("{count} of {base} done tasks wait for work that is still open")
    field: ClassVar[str | None] = "status"

    good: ClassVar[tuple[Case, ...]] = (
        case("Both are done.", a_task("[Web] Maquette", section="Terminé"), _DONE, links=_LINKED),
        case("What it waited for was cancelled.", a_task("[Web] Maquette", section="Annulé"), _DONE, links=_LINKED),
        case("It was never more than an idea.", a_task("[Web] Maquette", section="Idées"), _DONE, links=_LINKED),
        case(
            "It only had to begin after the other one began.",
            a_task("[Web] Maquette", section="À produire"),
            _DONE,
            links=(a_link("[Web] Maquette", "[Web] Intégration", LinkType.SS),),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Nobody moved the mock-up's card.",
                a_task("[Web] Maquette", section="En validation"),
                _DONE,
                links=_LINKED,
            ),
            on(
                "[Web] Intégration",
                predecessors=("[Web] Maquette",),
                predecessor_keys=(key_of("[Web] Maquette"),),
            ),
        ),
        bad(
            case(
                "A part of what it waited for is still to do.",
                a_task("[Web] Maquette", section="Terminé"),
                a_task("[Web] Maquette accueil", section="Terminé", parent=key_of("[Web] Maquette")),
                a_task("[Web] Maquette panier", parent=key_of("[Web] Maquette")),
                _DONE,
                links=_LINKED,
            ),
            on(
                "[Web] Intégration",
                predecessors=("[Web] Maquette",),
                predecessor_keys=(key_of("[Web] Maquette"),),
            ),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Tasks that are done, and parents that have links."""
        links = context.predecessors
        parents = context.parents
        return (
            task
            for task in context.counted
            if task.status.category is Category.DONE or (task.key in parents and task.key in links)
        )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look at what each finished task waited for."""
        if not context.predecessors:
            return
        standing = context.derived(Standing)
        for task in self.base(context):
            if task.key not in context.predecessors or not standing.done(task):
                continue
            if left := unfinished(task, _ENDS, context):
                yield self.on_task(task, named(left), assumed=all(map(standing.only_assumed, left)))
