"""DCM105 hard-constraints."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from retro.lint.examples import Bad, Case, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Constraint, ConstraintType, Project, Task, Template
from retro.ports import Context
from retro_dcma.metric import Measure, ShareCheck, open_tasks

_HARD = frozenset({ConstraintType.MSO, ConstraintType.MFO, ConstraintType.SNLT, ConstraintType.FNLT})


def _bound(title: str, kind: ConstraintType) -> Task:
    return replace(a_task(title), constraint=Constraint(kind, date(2027, 2, 1)))


class HardConstraints(ShareCheck):
    """Tasks that are nailed to a date.

    What it says:
        Share of a project's open tasks that must start or finish on a date, or no later than one. Sound: at most 5 %.
        (Check 5 of 14, Hard constraints.)

    Why:
        The plan cannot move what is nailed down: slack then tells of the nails, not of the work. The launch is one
        nail, and enough.

    How to fix it in Notion:
        Empty the dates that nobody outside has asked for, and let the links say when.

    How to fix it in Trello:
        Take the dates off cards that stand between others, and keep the launch's.
    """

    code: ClassVar[str] = "DCM105"
    name: ClassVar[str] = "hard-constraints"
    french_name: ClassVar[str] = "contraintes dures"
    template: ClassVar[Template] = Template(
        "{count} of {base} open tasks ({percent}%) is nailed to a date, {most}% are sound: {tasks}",
        "{count} of {base} open tasks ({percent}%) are nailed to a date, {most}% are sound: {tasks}",
    )

    good: ClassVar[tuple[Case, ...]] = (
        case("Nothing is nailed down.", a_task("Brief"), a_task("Flyer")),
        case("Not before a date: that is soft.", _bound("Flyer", ConstraintType.SNET)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("One of two.", _bound("Salon", ConstraintType.MSO), a_task("Flyer")),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 5, "tasks": ("Salon",)}),
        ),
        bad(
            case("No later than a date.", _bound("Envoi", ConstraintType.FNLT)),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 5, "tasks": ("Envoi",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count hard constraints."""
        tasks = open_tasks(context, project)
        found = [task for task in tasks if task.constraint is not None and task.constraint.type in _HARD]
        return Measure(len(found), len(tasks), found)
