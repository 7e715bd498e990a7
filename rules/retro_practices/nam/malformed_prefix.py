"""NAM103 malformed-prefix."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import Finding, Fix, Severity, Template
from retro.ports import Context
from retro_practices.channels import vocabulary
from retro_practices.prefixes import mended
from retro_practices.titles import is_informative


class MalformedPrefix(BaseRule):
    """A channel before the title, but not in brackets.

    What it says:
        The title begins with a channel written otherwise than "[SEO] …": "SEO : …", "(seo) …", "[ SEO ] …", "SEO - …".
        It speaks only where the word is a channel and what follows stands alone: "Web-série", "Social selling",
        "Lyon : …" and "Newsletter : décembre" are left as they are.

    Why:
        One way to write it, and titles sort, filter and group by channel over all boards and tools.

    How to fix it in Notion:
        Write the channel in square brackets, then one space, then the title. `retro lint --fix` does it: brackets and
        spaces only, never another word.

    How to fix it in Trello:
        Write the channel in square brackets, then one space, then the title. `retro lint --fix` does it: brackets and
        spaces only, never another word.
    """

    code: ClassVar[str] = "NAM103"
    name: ClassVar[str] = "malformed-prefix"
    french_name: ClassVar[str] = "préfixe mal formé"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("channel not in brackets: {wanted}")
    many: ClassVar[Template | None] = Template("channel not in brackets on {count} of {base} tasks")
    field: ClassVar[str | None] = "title"
    fixes: ClassVar[str] = "safe"

    good: ClassVar[tuple[Case, ...]] = (
        case("Well formed.", a_task("[SEO] Audit technique"), channels=("SEO",)),
        case("After a client.", a_task("[Novalys][SEO] Audit"), channels=("SEO",), clients=("Novalys",)),
        case(
            "These words are no channels.",
            a_task("Web-série : écrire le pilote"),
            a_task("Social selling : former 4 commerciaux"),
            a_task("Lyon : réserver le stand"),
            a_task("J-30 : relancer la presse"),
            channels=("Web", "Social"),
        ),
        case("What follows does not stand alone.", a_task("Newsletter : décembre"), channels=("Newsletter",)),
        case("Rename first.", a_task("SEO : divers"), channels=("SEO",)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A colon.", a_task("SEO : audit technique"), channels=("SEO",)),
            on("SEO : audit technique", fix="[SEO] audit technique", wanted="[SEO] audit technique"),
        ),
        bad(
            case("Round brackets, an emoji before.", a_task("🔥 (seo) Audit technique"), channels=("SEO",)),
            on("🔥 (seo) Audit technique", fix="🔥 [SEO] Audit technique", wanted="🔥 [SEO] Audit technique"),
        ),
        bad(
            case("Spaces inside.", a_task("[ SEO ] Netlinking : 8 liens"), channels=("SEO",)),
            on("[ SEO ] Netlinking : 8 liens", fix="[SEO] Netlinking : 8 liens", wanted="[SEO] Netlinking : 8 liens"),
        ),
        bad(
            case("A dash, after a client.", a_task("[Novalys] SEO – Audit"), channels=("SEO",), clients=("Novalys",)),
            on("[Novalys] SEO – Audit", fix="[Novalys] [SEO] Audit", wanted="[Novalys] [SEO] Audit"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for a channel before each title, and write it as it should be."""
        words = context.derived(vocabulary)
        for task in self.base(context):
            title = mended(task.title, words)
            if title is not None and not is_informative(task.title):
                yield self.on_task(task, {"wanted": title}, fix=Fix(field="title", new=title, safe=True))
