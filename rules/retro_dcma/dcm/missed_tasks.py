"""DCM111 missed-tasks."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from retro.lint.examples import Bad, Case, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Project, Template
from retro.ports import Context
from retro_dcma.baseline import agreed, done_on, due_by_now
from retro_dcma.metric import Measure, ShareCheck

_THEN = date(2027, 1, 6)


class MissedTasks(ShareCheck):
    """Tasks that were not done when the baseline wanted them.

    What it says:
        Of the tasks that the plan's baseline wanted done by today, the share that was done later or is still open.
        Sound: at most 5 %. (Check 11 of 14, Missed tasks.) Silent without a baseline: `retro baseline plan set`.

    Why:
        What was missed so far tells more of what is to come than any date that lies ahead.

    How to fix it in Notion:
        Look at `retro baseline plan show`, and agree upon dates again where the plan has changed for good.

    How to fix it in Trello:
        Look at `retro baseline plan show`, and agree upon dates again where the plan has changed for good.
    """

    code: ClassVar[str] = "DCM111"
    name: ClassVar[str] = "missed-tasks"
    french_name: ClassVar[str] = "échéances manquées"
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template(
        "{count} of {base} tasks ({percent}%) was not done when the baseline wanted it, {most}% are sound: {tasks}",
        "{count} of {base} tasks ({percent}%) were not done when the baseline wanted them, {most}% are sound: {tasks}",
    )

    good: ClassVar[tuple[Case, ...]] = (
        case("No baseline.", a_task("Flyer")),
        case(
            "Done on its day.",
            replace(a_task("Flyer", section="Terminé"), actual_finish=_THEN),
            history=agreed(Flyer=_THEN),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Still open.", a_task("Flyer"), history=agreed(Flyer=_THEN)),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 5, "tasks": ("Flyer",)}),
        ),
        bad(
            case(
                "One a day late, the other in time.",
                replace(a_task("Flyer", section="Terminé"), actual_finish=date(2027, 1, 7)),
                replace(a_task("Affiche", section="Terminé"), actual_finish=_THEN),
                history=agreed(Flyer=_THEN, Affiche=_THEN),
            ),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 5, "tasks": ("Flyer",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Compare the days."""
        tasks = list(due_by_now(context, project))
        found = [task for task, day in tasks if (done := done_on(task, context)) is None or done > day]
        return Measure(len(found), len(tasks), found)
