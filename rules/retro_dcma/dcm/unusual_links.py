"""DCM104 unusual-links."""

from typing import ClassVar

from pydantic import Field

from retro.lint.examples import Bad, Case, a_link, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import LinkType, Project, Template
from retro.ports import Context
from retro_dcma.metric import Measure, ShareCheck, own_links


class UnusualLinks(ShareCheck):
    """Links other than "begins when the other one ends".

    What it says:
        Share of a project's links that are not finish-to-start. Sound: at most 10 %. (Check 4 of 14, Relationship
        types: at least 90 % finish-to-start.)

    Why:
        Finish-to-start is what everybody reads into an arrow. The other three are right at times, and easily wrong.

    How to fix it in Notion:
        Leave the type out of the relation, or cut the tasks where they really meet.

    How to fix it in Trello:
        Leave SS, FF or SF out of the checklist's line, or split the card where the two really meet.
    """

    code: ClassVar[str] = "DCM104"
    name: ClassVar[str] = "unusual-links"
    french_name: ClassVar[str] = "liens inhabituels"
    template: ClassVar[Template] = Template(
        "{count} of {base} links ({percent}%) is not finish-to-start, {most}% are sound: {tasks}",
        "{count} of {base} links ({percent}%) are not finish-to-start, {most}% are sound: {tasks}",
    )

    most: float = Field(default=0.1, ge=0, le=1, description="The largest share that is still sound.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Finish-to-start.", a_task("Brief"), a_task("Flyer"), links=(a_link("Brief", "Flyer"),)),
        case(
            "Allowed here.",
            a_task("Brief"),
            a_task("Flyer"),
            links=(a_link("Brief", "Flyer", LinkType.FF),),
            options={"most": 1},
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "They end together.",
                a_task("Textes"),
                a_task("Visuels"),
                links=(a_link("Textes", "Visuels", LinkType.FF),),
            ),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 10, "tasks": ("Visuels",)}),
        ),
        bad(
            case(
                "One link of two.",
                a_task("Brief"),
                a_task("Textes"),
                a_task("Visuels"),
                links=(a_link("Brief", "Textes"), a_link("Textes", "Visuels", LinkType.SS)),
            ),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 10, "tasks": ("Visuels",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count other types."""
        links = own_links(context, project)
        found = [link for link in links if link.type is not LinkType.FS]
        return Measure(len(found), len(links), [context.tasks[link.successor] for link in found]) if links else None
