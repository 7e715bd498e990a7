"""DCM110 work-without-owner."""

from typing import ClassVar

from pydantic import Field

from retro.i18n.words import says_no_owner
from retro.lint.examples import Bad, Case, a_schedule, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Project, Template
from retro.ports import Context
from retro_dcma.metric import Measure, ShareCheck, dated, open_tasks, scheduled


class WorkWithoutOwner(ShareCheck):
    """Days of work that nobody is to do.

    What it says:
        Share of a project's open tasks of a day or more that have no owner. Sound: none. (Check 10 of 14, Resources.)

    Why:
        A plan whose work is nobody's holds on paper only: who is overloaded cannot be seen.

    How to fix it in Notion:
        Fill the owner of the tasks named.

    How to fix it in Trello:
        Put a member on the cards named.
    """

    code: ClassVar[str] = "DCM110"
    name: ClassVar[str] = "work-without-owner"
    french_name: ClassVar[str] = "travail sans responsable"
    template: ClassVar[Template] = Template(
        "{count} of {base} open tasks of a day or more ({percent}%) has no owner, {most}% are sound: {tasks}",
        "{count} of {base} open tasks of a day or more ({percent}%) have no owner, {most}% are sound: {tasks}",
    )

    most: float = Field(default=0.0, ge=0, le=1, description="The largest share that is still sound.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Somebody's.", a_task("Flyer"), schedule=a_schedule(dated("Flyer"))),
        case(
            "An hour that nobody has yet.", a_task("Relire", owners=()), schedule=a_schedule(dated("Relire", work=60))
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A day of nobody's.", a_task("Flyer", owners=()), schedule=a_schedule(dated("Flyer"))),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 0, "tasks": ("Flyer",)}),
        ),
        bad(
            case(
                "To be decided is nobody.",
                a_task("Flyer", owners=("À définir",), text_owners=True),
                a_task("Affiche"),
                schedule=a_schedule(dated("Flyer"), dated("Affiche")),
            ),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 0, "tasks": ("Flyer",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count days of work without anybody."""
        day = context.calendar.day_minutes
        tasks = [
            task
            for task, planned in scheduled(context, open_tasks(context, project))
            if planned.estimate_minutes >= day and not task.milestone
        ]
        found = [task for task in tasks if all(says_no_owner(owner.name) for owner in task.owners)]
        return Measure(len(found), len(tasks), found)
