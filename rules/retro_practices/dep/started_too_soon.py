"""DEP107 started-too-soon."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_link, a_task, bad, case, key_of, on
from retro.model import Category, Finding, Lag, LinkType, Severity, Task, Template
from retro.ports import Context
from retro_practices.standing import Standing, named, unfinished

_LINKED = (a_link("[Web] Maquette", "[Web] Intégration"),)
_UNDER_WAY = a_task("[Web] Intégration", section="À produire")


class StartedTooSoon(BaseRule):
    """A task that is under way before what it waits for is done.

    What it says:
        Somebody works on a task although one it waits for is still to do, under way or in review. Ideas, cancelled
        work and what is ready hold nobody back, nor do links that let the task begin earlier: "start together", or
        an agreed lead. A parent is judged by its parts; what is told to have begun on a day that is still to come is
        another rule's business.

    Why:
        Work that begins before its input is approved is work that is done twice: the mock-up changes, and so does
        the page already built on it. Or the two do not really wait for each other, and the plan is wrong.

    How to fix it in Notion:
        Set the row that it waits for to done if it is; else put this one back to "to do", or remove the relation if
        it does not really wait.

    How to fix it in Trello:
        Move the card that it waits for to its done list if it is; else move this one back, or remove the dependency
        if it does not really wait.
    """

    code: ClassVar[str] = "DEP107"
    name: ClassVar[str] = "started-too-soon"
    french_name: ClassVar[str] = "commencée trop tôt"
    default: ClassVar[Severity] = Severity.WARNING
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("under way before what it waits for is done: {predecessors}")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks were started before what they wait for is done")
    field: ClassVar[str | None] = "status"

    good: ClassVar[tuple[Case, ...]] = (
        case("The mock-up is done.", a_task("[Web] Maquette", section="Terminé"), _UNDER_WAY, links=_LINKED),
        case(
            "Still to do: it waits as it should.",
            a_task("[Web] Maquette"),
            a_task("[Web] Intégration"),
            links=_LINKED,
        ),
        case(
            "An agreed lead of two days.",
            a_task("[Web] Maquette", section="À produire"),
            _UNDER_WAY,
            links=(a_link("[Web] Maquette", "[Web] Intégration", lag=Lag(-840)),),
        ),
        case(
            "They start together.",
            a_task("[Web] Maquette", section="À produire"),
            _UNDER_WAY,
            links=(a_link("[Web] Maquette", "[Web] Intégration", LinkType.SS),),
        ),
        case(
            "All parts of what it waits for are done, whatever the parent's own list says.",
            a_task("[Web] Maquette"),
            a_task("[Web] Maquette accueil", section="Terminé", parent=key_of("[Web] Maquette")),
            _UNDER_WAY,
            links=_LINKED,
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "The mock-up is not approved yet.",
                a_task("[Web] Maquette", section="En validation"),
                _UNDER_WAY,
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
                "Two of three are missing: one finding.",
                a_task("[Web] Maquette", section="Terminé"),
                a_task("[Web] Textes"),
                a_task("[Web] Photos", section="À produire"),
                _UNDER_WAY,
                links=(
                    *_LINKED,
                    a_link("[Web] Textes", "[Web] Intégration"),
                    a_link("[Web] Photos", "[Web] Intégration"),
                ),
            ),
            on(
                "[Web] Intégration",
                predecessors=("[Web] Photos", "[Web] Textes"),
                predecessor_keys=(key_of("[Web] Photos"), key_of("[Web] Textes")),
            ),
        ),
        bad(
            case(
                "A list that no word list knows: only information.",
                a_task("[Web] Maquette", section="Zone 51"),
                _UNDER_WAY,
                links=_LINKED,
            ),
            on(
                "[Web] Intégration",
                assumed=True,
                predecessors=("[Web] Maquette",),
                predecessor_keys=(key_of("[Web] Maquette"),),
            ),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Tasks under way that wait for others."""
        waiting, parents = context.predecessors, context.parents
        if not waiting:
            return
        standing, today = context.derived(Standing), context.today
        for task in super().base(context):
            if task.key not in waiting or (task.status.category is not Category.DOING and task.key not in parents):
                continue
            begun = task.actual_start is None or context.day(task.actual_start) <= today
            if begun and standing.under_way(task):
                yield task

    def check(self, context: Context) -> Iterator[Finding]:
        """Look at what each task under way waits for."""
        standing = context.derived(Standing)
        for task in self.base(context):
            if left := unfinished(task, (LinkType.FS,), context):
                yield self.on_task(task, named(left), assumed=all(map(standing.only_assumed, left)))
