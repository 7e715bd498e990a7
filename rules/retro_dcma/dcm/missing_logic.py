"""DCM101 missing-logic."""

from collections.abc import Iterable
from typing import ClassVar

from retro.lint.examples import Bad, Case, a_link, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Project, Template
from retro.ports import Context
from retro_dcma.metric import Measure, ShareCheck, open_tasks

_ENDS = 2
"""The first task of a plan has no predecessor, its last one no successor."""


class MissingLogic(ShareCheck):
    """Tasks that the plan does not tie to others.

    What it says:
        Share of a project's open tasks that lack a predecessor or a successor; one first and one last task are
        allowed for. Sound: at most 5 %. (Check 1 of 14, Logic.)

    Why:
        A date that is computed from links means nothing for a task that has none: whatever slips before it, it stays
        where it is.

    How to fix it in Notion:
        Fill the relation of predecessors (or its counterpart) of the tasks named.

    How to fix it in Trello:
        Add a checklist "Prérequis" that names the cards each one waits for.
    """

    code: ClassVar[str] = "DCM101"
    name: ClassVar[str] = "missing-logic"
    french_name: ClassVar[str] = "logique manquante"
    template: ClassVar[Template] = Template(
        "{count} of {base} open tasks ({percent}%) lacks a predecessor or a successor, {most}% are sound: {tasks}",
        "{count} of {base} open tasks ({percent}%) lack a predecessor or a successor, {most}% are sound: {tasks}",
    )

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "A chain, from its first task to its last.",
            a_task("Brief"),
            a_task("Flyer"),
            links=(a_link("Brief", "Flyer"),),
        ),
        case(
            "Half of the plan is loose, and that is allowed here.",
            a_task("Brief"),
            a_task("Flyer"),
            a_task("Affiche"),
            a_task("Totem"),
            links=(a_link("Brief", "Flyer"),),
            options={"most": 0.5},
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Two tasks besides the chain.",
                a_task("Brief"),
                a_task("Flyer"),
                a_task("Affiche"),
                a_task("Totem"),
                links=(a_link("Brief", "Flyer"),),
            ),
            Says("p", {"count": 2, "base": 4, "percent": 50, "most": 5, "tasks": ("Affiche", "Brief", "Flyer")}),
        ),
        bad(
            case("No link at all.", a_task("Brief"), a_task("Flyer"), a_task("Affiche")),
            Says("p", {"count": 1, "base": 3, "percent": 33, "most": 5, "tasks": ("Affiche", "Brief", "Flyer")}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count loose ends."""
        tasks = open_tasks(context, project)
        loose = [task for task in tasks if not _tied(task.key, (context.predecessors, context.successors))]
        return Measure(max(0, len(loose) - _ENDS), len(tasks), loose) if tasks else None


def _tied(key: str, ways: Iterable[object]) -> bool:
    return all(key in way for way in ways)  # type: ignore[operator]  # mappings of links
