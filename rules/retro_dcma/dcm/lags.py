"""DCM103 lags."""

from typing import ClassVar

from retro.lint.examples import Bad, Case, a_link, a_task, bad, case
from retro.lint.examples import Expected as Says
from retro.model import Lag, LinkType, Project, Template
from retro.ports import Context
from retro_dcma.metric import Measure, ShareCheck, own_links


class Lags(ShareCheck):
    """Links with a wait in them.

    What it says:
        Share of a project's links with a positive lag. Sound: at most 5 %. (Check 3 of 14, Lags.)

    Why:
        What happens during a wait (drying, printing, an answer) is work of somebody: as a task it has an owner and a
        date, as a lag nobody looks at it.

    How to fix it in Notion:
        Turn the wait into a row of its own, with who is waited for as its owner.

    How to fix it in Trello:
        Turn the wait into a card ("Impression chez Orage") between the two.
    """

    code: ClassVar[str] = "DCM103"
    name: ClassVar[str] = "lags"
    french_name: ClassVar[str] = "délais"
    template: ClassVar[Template] = Template(
        "{count} of {base} links ({percent}%) has a wait in it, {most}% are sound: {tasks}",
        "{count} of {base} links ({percent}%) have a wait in them, {most}% are sound: {tasks}",
    )

    good: ClassVar[tuple[Case, ...]] = (
        case("No wait.", a_task("Brief"), a_task("Flyer"), links=(a_link("Brief", "Flyer"),)),
        case(
            "One wait is allowed here.",
            a_task("Brief"),
            a_task("Flyer"),
            links=(a_link("Brief", "Flyer", lag=Lag(420)),),
            options={"most": 1},
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Two days of waiting.",
                a_task("Impression"),
                a_task("Livraison"),
                links=(a_link("Impression", "Livraison", lag=Lag(840)),),
            ),
            Says("p", {"count": 1, "base": 1, "percent": 100, "most": 5, "tasks": ("Livraison",)}),
        ),
        bad(
            case(
                "One link of two.",
                a_task("Brief"),
                a_task("Flyer"),
                a_task("Affiche"),
                links=(a_link("Brief", "Flyer"), a_link("Brief", "Affiche", LinkType.SS, Lag(60))),
            ),
            Says("p", {"count": 1, "base": 2, "percent": 50, "most": 5, "tasks": ("Affiche",)}),
        ),
    )

    def measure(self, context: Context, project: Project) -> Measure | None:
        """Count positive lags."""
        links = own_links(context, project)
        found = [link for link in links if link.lag.value > 0]
        return Measure(len(found), len(links), [context.tasks[link.successor] for link in found]) if links else None
