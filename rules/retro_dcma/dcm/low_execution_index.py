"""DCM114 low-execution-index."""

from datetime import date
from typing import ClassVar

from retro.lint.examples import Bad, Case, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Category, Project, Template
from retro.ports import Context
from retro_dcma.baseline import agreed, due_by_now, known
from retro_dcma.metric import IndexCheck, Measure

_THEN = date(2027, 1, 6)


class LowExecutionIndex(IndexCheck):
    """Fewer tasks done than the baseline wanted by now.

    What it says:
        The baseline execution index: tasks done, divided by tasks that the baseline wanted done by today. Sound: 0.95
        or more. (Check 14 of 14, BEI.) What is done ahead of its day counts, so that it may be above 1. Silent without
        a baseline: `retro baseline plan set`.

    Why:
        It tells in one figure whether the team gets as much done as it had planned, whatever the single dates say.

    How to fix it in Notion:
        Look at `retro baseline plan show`: take work out, or agree upon dates again.

    How to fix it in Trello:
        Look at `retro baseline plan show`: take work out, or agree upon dates again.
    """

    code: ClassVar[str] = "DCM114"
    name: ClassVar[str] = "low-execution-index"
    french_name: ClassVar[str] = "indice d’exécution bas"
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template("execution index {percent}%, {least}% is sound; still open: {tasks}")

    good: ClassVar[tuple[Case, ...]] = (
        case("No baseline.", a_task("Flyer")),
        case("As many done as were due.", a_task("Flyer", section="Terminé"), history=agreed(Flyer=_THEN)),
        case(
            "One is open, but another was done ahead of its day.",
            a_task("Flyer"),
            a_task("Affiche", section="Terminé"),
            history=agreed(Flyer=_THEN, Affiche=date(2027, 2, 1)),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Nothing done.", a_task("Flyer"), history=agreed(Flyer=_THEN)),
            Says("p", {"percent": 0, "least": 95, "tasks": ("Flyer",)}),
        ),
        bad(
            case(
                "One of two.",
                a_task("Flyer"),
                a_task("Affiche", section="Terminé"),
                history=agreed(Flyer=_THEN, Affiche=_THEN),
            ),
            Says("p", {"percent": 50, "least": 95, "tasks": ("Flyer",)}),
        ),
    )

    def index(self, context: Context, project: Project) -> Measure | None:
        """Tasks of the baseline that are done, over those that were due."""
        due = [task for task, _day in due_by_now(context, project)]
        done = sum(task.status.category is Category.DONE for task, _planned in known(context, project))
        return Measure(done, len(due), [task for task in due if task.status.category is not Category.DONE])
