"""DCM113 low-path-index."""

from datetime import date, datetime
from typing import ClassVar

from retro.lint.examples import ZONE, Bad, Case, a_schedule, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import AnchorVerdict, Project, Template
from retro.ports import Context
from retro_dcma.metric import IndexCheck, Measure

_LAUNCH = date(2027, 2, 8)


def _verdict(slack: int) -> AnchorVerdict:
    ends = datetime(2027, 2, 5, 17, tzinfo=ZONE)
    return AnchorVerdict(
        key="a", name="Lancement", project="p", date=ends, day=_LAUNCH, feasible=slack >= 0, slack_minutes=slack
    )


class LowPathIndex(IndexCheck):
    """A critical path that is longer than the time left.

    What it says:
        The critical path length index of the end date that is worst off: the length of the critical path from today,
        plus its total slack, divided by that length. Sound: 0.95 or more; 1 means that the date is just met. (Check 13
        of 14, CPLI.)

    Why:
        Five days short of fifty can be caught up, five days short of ten cannot: the index puts what is missing in
        proportion to what is left.

    How to fix it in Notion:
        Look at `retro schedule`: cut, overlap, or move the date.

    How to fix it in Trello:
        Look at `retro schedule`: cut, overlap, or move the date.
    """

    code: ClassVar[str] = "DCM113"
    name: ClassVar[str] = "low-path-index"
    french_name: ClassVar[str] = "indice du chemin critique bas"
    template: ClassVar[Template] = Template("critical path length index {percent}%, {least}% is sound")

    good: ClassVar[tuple[Case, ...]] = (
        case("A day to spare.", a_task("Flyer"), schedule=a_schedule(anchors=(_verdict(420),))),
        case("To the minute.", a_task("Flyer"), schedule=a_schedule(anchors=(_verdict(0),))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Twenty days are left, and five are missing.",
                a_task("Flyer"),
                schedule=a_schedule(anchors=(_verdict(-2100),)),
            ),
            Says("p", {"percent": 80, "least": 95, "tasks": ()}),
        ),
        bad(
            case(
                "Twenty days for forty.", a_task("Flyer"), schedule=a_schedule(anchors=(_verdict(420), _verdict(-8400)))
            ),
            Says("p", {"percent": 50, "least": 95, "tasks": ()}),
        ),
    )

    def index(self, context: Context, project: Project) -> Measure | None:
        """The least index of the project's end dates."""
        found = [
            measured
            for anchor in context.schedule.anchors
            if anchor.project == project.key and (measured := _measure(anchor, context)) is not None
        ]
        return min(found, key=lambda each: each.share, default=None)


def _measure(anchor: AnchorVerdict, context: Context) -> Measure | None:
    """Time left over the length of the path: what is left is that length plus its slack."""
    if anchor.slack_minutes is None:
        return None
    left = max(0, context.calendar.minutes_between(context.now, anchor.date)) if anchor.date > context.now else 0
    length = left - anchor.slack_minutes
    return Measure(left, length) if length > 0 else None
