"""DCM102 leads."""

from typing import ClassVar

from pydantic import Field

from retro.lint.examples import Bad, Case, a_link, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Lag, LinkType, Project, Template
from retro.ports import Context
from retro_dcma.metric import Measure, ShareCheck, own_links


class Leads(ShareCheck):
    """Links that let a task begin before the one it waits for is over.

    What it says:
        Share of a project's links with a negative lag. Sound: none. (Check 2 of 14, Leads.)

    Why:
        A lead hides how much of the work before has to be there already. Cut in two, the same work says it.

    How to fix it in Notion:
        Cut the predecessor into the part that is needed first and the rest, and depend on the first part.

    How to fix it in Trello:
        Split the card that comes before, and name its first half in the checklist of prerequisites.
    """

    code: ClassVar[str] = "DCM102"
    name: ClassVar[str] = "leads"
    french_name: ClassVar[str] = "avances"
    template: ClassVar[Template] = Template(
        "{count} of {base} links ({percent}%) begins before its predecessor ends, {most}% are sound: {tasks}",
        "{count} of {base} links ({percent}%) begin before their predecessor ends, {most}% are sound: {tasks}",
    )

    most: float = Field(default=0.0, ge=0, le=1, description="The largest share that is still sound.")

    good: ClassVar[tuple[Case, ...]] = (
        case("One after the other.", a_task("Brief"), a_task("Flyer"), links=(a_link("Brief", "Flyer"),)),
        case("No links.", a_task("Brief"), a_task("Flyer")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "A day of overlap.", a_task("Brief"), a_task("Flyer"), links=(a_link("Brief", "Flyer", lag=Lag(-420)),)
            ),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 0, "tasks": ("Flyer",)}),
        ),
        bad(
            case(
                "One link of two.",
                a_task("Brief"),
                a_task("Flyer"),
                a_task("Affiche"),
                links=(a_link("Brief", "Flyer"), a_link("Brief", "Affiche", LinkType.SS, Lag(-60))),
            ),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 0, "tasks": ("Affiche",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count negative lags."""
        links = own_links(context, project)
        found = [link for link in links if link.lag.value < 0]
        return Measure(len(found), len(links), [context.tasks[link.successor] for link in found]) if links else None
