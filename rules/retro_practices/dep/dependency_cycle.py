"""DEP103 dependency-cycle."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_link, a_task, bad, case, key_of
from retro.model import Finding, Schedule, Severity, Template
from retro.ports import Context

_ALONE = Template("this task waits for itself: {tasks}")
_DESIGN, _TEXT, _BUILD = a_task("Design"), a_task("Textes"), a_task("Intégration")


class DependencyCycle(BaseRule):
    """Tasks that wait for each other in a circle.

    What it says:
        Following "waits for" from a task leads back to it. One finding a circle, with every task named in order:
        each waits for the one before it, and the first for the last. A task that names itself is a circle of one. The
        rest of the plan is scheduled all the same.

    Why:
        Dependencies say what has to be finished first. In a circle nobody can ever start, so at least one of the
        links is wrong, or says something else ("works together with").

    How to fix it in Notion:
        Open the tasks in the order given and remove the relation ("Bloqué par", "Blocked by") that is no real need.

    How to fix it in Trello:
        Open the cards in the order given and remove the line that is no real need from the checklist, custom field
        or description where dependencies are written.
    """

    code: ClassVar[str] = "DEP103"
    name: ClassVar[str] = "dependency-cycle"
    french_name: ClassVar[str] = "dépendances en boucle"
    default: ClassVar[Severity] = Severity.ERROR
    soft: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = Template("these tasks wait for each other in a circle: {tasks}")
    templates: ClassVar[tuple[Template, ...]] = (_ALONE,)
    field: ClassVar[str | None] = "predecessors"
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case("One after the other.", _DESIGN, _TEXT, links=(a_link("Design", "Textes"),)),
        case(
            "Two ways to the same end are no circle.",
            _DESIGN,
            _TEXT,
            _BUILD,
            links=(a_link("Design", "Intégration"), a_link("Design", "Textes"), a_link("Textes", "Intégration")),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Two tasks wait for each other.",
                _DESIGN,
                _TEXT,
                links=(a_link("Design", "Textes"), a_link("Textes", "Design")),
                schedule=Schedule(cycles=((_TEXT.key, _DESIGN.key),)),
            ),
            Expected(
                f"{_DESIGN.key} > {_TEXT.key}",
                {"tasks": ("Design", "Textes"), "keys": (_DESIGN.key, _TEXT.key)},
            ),
        ),
        bad(
            case(
                "Three in a circle, named from the same task on every run.",
                _DESIGN,
                _TEXT,
                _BUILD,
                links=(a_link("Design", "Textes"), a_link("Textes", "Intégration"), a_link("Intégration", "Design")),
                schedule=Schedule(cycles=((_BUILD.key, _DESIGN.key, _TEXT.key),)),
            ),
            Expected(
                f"{key_of('Design')} > {key_of('Textes')} > {key_of('Intégration')}",
                {
                    "tasks": ("Design", "Textes", "Intégration"),
                    "keys": (key_of("Design"), key_of("Textes"), key_of("Intégration")),
                },
            ),
        ),
        bad(
            case(
                "A task that names itself.",
                _DESIGN,
                links=(a_link("Design", "Design"),),
                schedule=Schedule(cycles=((_DESIGN.key,),)),
            ),
            Expected(_DESIGN.key, {"tasks": ("Design",), "keys": (_DESIGN.key,)}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say each cycle that the schedule had to leave out, from its least key on."""
        for cycle in context.schedule.cycles:
            keys = _from_least(cycle)
            known = [context.tasks[key] for key in keys if key in context.tasks]
            boards = {task.board for task in known}
            yield self.on_subject(
                " > ".join(keys),
                {"tasks": tuple(task.title for task in known), "keys": keys},
                board=boards.pop() if len(boards) == 1 else None,
                template=self.template if len(keys) > 1 else _ALONE,
            )


def _from_least(cycle: tuple[str, ...]) -> tuple[str, ...]:
    """The same circle in the same direction, told from its least key, so that it is known again on the next run."""
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]
