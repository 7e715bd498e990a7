"""DCM107 negative-float."""

from typing import ClassVar

from pydantic import Field

from retro.lint.examples import Bad, Case, a_schedule, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Project, Template
from retro.ports import Context
from retro_dcma.metric import Measure, ShareCheck, dated, open_tasks, scheduled


class NegativeFloat(ShareCheck):
    """Tasks that come too late for their end date.

    What it says:
        Share of a project's open tasks with negative total slack. Sound: none. (Check 7 of 14, Negative float.)

    Why:
        Negative slack is the plan saying that its date cannot be met. END104 names the chain and the ways out; this
        share tells how much of the plan hangs on it.

    How to fix it in Notion:
        Look at `retro schedule`: cut, overlap, or move the date.

    How to fix it in Trello:
        Look at `retro schedule`: cut, overlap, or move the date.
    """

    code: ClassVar[str] = "DCM107"
    name: ClassVar[str] = "negative-float"
    french_name: ClassVar[str] = "marge totale négative"
    template: ClassVar[Template] = Template(
        "{count} of {base} open tasks ({percent}%) comes too late for the end date, {most}% are sound: {tasks}",
        "{count} of {base} open tasks ({percent}%) come too late for the end date, {most}% are sound: {tasks}",
    )

    most: float = Field(default=0.0, ge=0, le=1, description="The largest share that is still sound.")

    good: ClassVar[tuple[Case, ...]] = (
        case("No slack, and none missing.", a_task("Flyer"), schedule=a_schedule(dated("Flyer", slack=0))),
        case("Without an end date nothing is late.", a_task("Flyer"), schedule=a_schedule(dated("Flyer"))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("An hour short.", a_task("Flyer"), schedule=a_schedule(dated("Flyer", slack=-60))),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 0, "tasks": ("Flyer",)}),
        ),
        bad(
            case(
                "One of two.",
                a_task("Flyer"),
                a_task("Brief"),
                schedule=a_schedule(dated("Flyer", slack=-420), dated("Brief", slack=420)),
            ),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 0, "tasks": ("Flyer",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count slack below nothing."""
        tasks = [
            (task, planned.total_slack_minutes)
            for task, planned in scheduled(context, open_tasks(context, project))
            if planned.total_slack_minutes is not None
        ]
        found = [task for task, slack in tasks if slack < 0]
        return Measure(len(found), len(tasks), found)
