"""DCM108 high-duration."""

from typing import ClassVar

from pydantic import Field

from retro.lint.examples import Bad, Case, a_schedule, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import EstimateOrigin, Project, Template
from retro.ports import Context
from retro_dcma.metric import TWO_MONTHS, Measure, ShareCheck, dated, open_tasks, scheduled

_DAY = 420


class HighDuration(ShareCheck):
    """Tasks of months.

    What it says:
        Share of a project's open tasks that take over 44 working days. Sound: at most 5 %. (Check 8 of 14, High
        duration.) Durations that are only assumed do not count. A small team looks at 10 days.

    Why:
        A task of months is half done for months: nobody can tell whether it will be ready.

    How to fix it in Notion:
        Cut it into sub-items of a few days, each with an owner and a date.

    How to fix it in Trello:
        Cut the card into several of a few days, or give its checklist people and dates.
    """

    code: ClassVar[str] = "DCM108"
    name: ClassVar[str] = "high-duration"
    french_name: ClassVar[str] = "durée élevée"
    template: ClassVar[Template] = Template(
        "{count} of {base} open tasks ({percent}%) takes months, {most}% are sound: {tasks}",
        "{count} of {base} open tasks ({percent}%) take months, {most}% are sound: {tasks}",
    )

    days: int = Field(default=TWO_MONTHS, ge=0, description="Working days that a task may take.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Ten days.", a_task("Site"), schedule=a_schedule(dated("Site", work=10 * _DAY))),
        case("Forty-four days.", a_task("Site"), schedule=a_schedule(dated("Site", work=44 * _DAY))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Sixty days.", a_task("Site"), schedule=a_schedule(dated("Site", work=60 * _DAY))),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 5, "tasks": ("Site",)}),
        ),
        bad(
            case(
                "More than ten, where that is the measure.",
                a_task("Site"),
                a_task("Brief"),
                schedule=a_schedule(dated("Site", work=11 * _DAY), dated("Brief")),
                options={"days": 10},
            ),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 5, "tasks": ("Site",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count durations above the limit."""
        limit = self.days * context.calendar.day_minutes
        tasks = list(scheduled(context, open_tasks(context, project)))
        found = [
            task
            for task, planned in tasks
            if planned.estimate_minutes > limit and planned.estimate_origin is not EstimateOrigin.DEFAULT
        ]
        return Measure(len(found), len(tasks), found)
