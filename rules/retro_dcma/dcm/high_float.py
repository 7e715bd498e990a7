"""DCM106 high-float."""

from typing import ClassVar

from pydantic import Field

from retro.lint.examples import Bad, Case, a_schedule, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Project, Template
from retro.ports import Context
from retro_dcma.metric import TWO_MONTHS, Measure, ShareCheck, dated, open_tasks, scheduled

_DAY = 420


class HighFloat(ShareCheck):
    """Tasks with months of slack.

    What it says:
        Share of a project's open tasks whose total slack is over 44 working days. Sound: at most 5 %. (Check 6 of 14,
        High float.) A small team looks at 20 days.

    Why:
        So much slack seldom is there: more often a link is missing, and the task is needed long before.

    How to fix it in Notion:
        Ask for each of the tasks named what waits for it, and fill that relation.

    How to fix it in Trello:
        Ask for each of the cards named what waits for it, and name it in that card's checklist of prerequisites.
    """

    code: ClassVar[str] = "DCM106"
    name: ClassVar[str] = "high-float"
    french_name: ClassVar[str] = "marge totale élevée"
    template: ClassVar[Template] = Template(
        "{count} of {base} open tasks ({percent}%) has months of slack, {most}% are sound: {tasks}",
        "{count} of {base} open tasks ({percent}%) have months of slack, {most}% are sound: {tasks}",
    )

    days: int = Field(default=TWO_MONTHS, ge=0, description="Working days of slack that are still sound.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Ten days.", a_task("Flyer"), schedule=a_schedule(dated("Flyer", slack=10 * _DAY))),
        case("Forty-four days to the minute.", a_task("Flyer"), schedule=a_schedule(dated("Flyer", slack=44 * _DAY))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Sixty days.", a_task("Flyer"), schedule=a_schedule(dated("Flyer", slack=60 * _DAY))),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 5, "tasks": ("Flyer",)}),
        ),
        bad(
            case(
                "More than twenty, where that is the measure.",
                a_task("Flyer"),
                a_task("Brief"),
                schedule=a_schedule(dated("Flyer", slack=21 * _DAY), dated("Brief", slack=0)),
                options={"days": 20},
            ),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 5, "tasks": ("Flyer",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count slack above the limit."""
        limit = self.days * context.calendar.day_minutes
        tasks = [
            (task, planned.total_slack_minutes)
            for task, planned in scheduled(context, open_tasks(context, project))
            if planned.total_slack_minutes is not None
        ]
        found = [task for task, slack in tasks if slack > limit]
        return Measure(len(found), len(tasks), found)
