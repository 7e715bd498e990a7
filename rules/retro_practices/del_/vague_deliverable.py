"""DEL101 vague-deliverable."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, key_of, on
from retro.model import Finding, Severity, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.titles import is_informative, is_step, is_vague, names_nothing


class VagueDeliverable(BaseRule):
    """A title that does not say what will be delivered.

    What it says:
        The title of an open task, its prefixes set aside, names no deliverable: "Divers", "À voir", "WIP",
        "Contenus à produire", "Voir avec Julie", a verb without an object ("Finaliser") or one bare noun that is no
        deliverable ("Site", "Com", "Photos"). "Newsletter", "Flyer" and "Landing page" are deliverables. Under a
        parent that names one, "Design" or "Rédiger" is a step of it and is fine; so is "Site" over parts of its own. A
        vague title is not judged by its prefix as well: rename first.

    Why:
        Only what can be pictured when it is finished can be estimated, given to one person and called done. "Contenus
        à produire" is none of it: nobody knows how much it is, or when it is over.

    How to fix it in Notion:
        Rename the row after what will exist when it is done, with a number where there are several: "[Social] 6 posts
        LinkedIn". Or make it the parent of rows that say so.

    How to fix it in Trello:
        Rename the card after what will exist when it is done, with a number where there are several: "[Social] 6 posts
        LinkedIn". Or split it into such cards.
    """

    code: ClassVar[str] = "DEL101"
    name: ClassVar[str] = "vague-deliverable"
    french_name: ClassVar[str] = "livrable vague"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("the title names no deliverable")
    many: ClassVar[Template | None] = Template("no deliverable named on {count} of {base} tasks")
    field: ClassVar[str | None] = "title"

    good: ClassVar[tuple[Case, ...]] = (
        case("One word may be a deliverable.", a_task("Newsletter"), a_task("[Print] Flyer"), a_task("PLV")),
        case("A verb and its object.", a_task("[Ads] Finaliser la landing page")),
        case("A milestone.", a_task("Mise en ligne"), a_task("Kick-off")),
        case(
            "The parent names the deliverable.",
            a_task("Newsletter de décembre"),
            a_task("Rédiger", parent=key_of("Newsletter de décembre")),
        ),
        case("A heading over its parts.", a_task("Site"), a_task("[Web] Page d’accueil", parent=key_of("Site"))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("What comes out of it?", a_task("Contenus à produire"), a_task("Divers")),
            on("Contenus à produire"),
            on("Divers"),
        ),
        bad(case("A bare noun, a channel before it.", a_task("[Web] Site")), on("[Web] Site")),
        bad(case("A verb without an object.", a_task("[Ads] Finaliser")), on("[Ads] Finaliser")),
        bad(
            case("A conversation is no deliverable.", a_task("Voir avec Julie pour le stand")),
            on("Voir avec Julie pour le stand"),
        ),
        bad(
            case("A vague parent makes nothing clearer.", a_task("Divers"), a_task("Rédiger", parent=key_of("Divers"))),
            on("Divers"),
            on("Rédiger"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Read each title without its prefixes."""
        for task, title in context.derived(titles).of(self.base(context)):
            if not names_nothing(title) or task.milestone or is_informative(task.title):
                continue
            if is_step(title.rest) and (task.key in context.parents or _has_deliverable(task.parent, context)):
                continue  # a heading over its parts, or a step of what the parent names
            yield self.on_task(task)


def _has_deliverable(key: str | None, context: Context) -> bool:
    """Whether a parent is known, and its title names a deliverable."""
    return key is not None and key in context.tasks and not is_vague(context.derived(titles)[key].rest)
