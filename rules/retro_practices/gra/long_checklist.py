"""GRA104 long-checklist."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import CheckItem, Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.words import phrase


def _card(count: int, checklist: str, *, title: str = "[Web] Landing page", done: int = 0) -> Task:
    lines = (CheckItem(f"i{n}", f"Étape {n}", done=n < done, checklist=checklist) for n in range(count))
    return a_task(title, checklist=tuple(lines))


class LongChecklist(BaseRule):
    """A checklist that has become a plan of its own.

    What it says:
        A checklist of an open task has more than `items` lines, and some are not ticked yet. A list that is there to
        be checked (recette, QA, checklist, by the name of the list or of the card) may be as long as it needs.

    Why:
        Lines of a checklist have neither an owner nor a date: what matters among them is in no plan, and nobody sees
        it late. A card with thirty lines is a project in disguise.

    How to fix it in Notion:
        Turn the lines that matter into rows of their own, with an owner and a date, under this one as their parent.

    How to fix it in Trello:
        Convert the lines that matter into cards (the ••• beside a line), with a member and a due date each.
    """

    code: ClassVar[str] = "GRA104"
    name: ClassVar[str] = "long-checklist"
    french_name: ClassVar[str] = "checklist interminable"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("{count} lines in the checklist “{checklist}”, more than {most}")
    many: ClassVar[Template | None] = Template("a checklist without end on {count} of {base} tasks")
    field: ClassVar[str | None] = "checklist"

    items: int = Field(default=12, ge=1, description="The most lines of a checklist.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Twelve lines.", _card(12, "Étapes")),
        case("A list to be checked.", _card(30, "Recette mobile")),
        case("The card says so.", _card(30, "Points", title="[Web] QA de la landing page")),
        case("All of it is ticked.", _card(30, "Étapes", done=30)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Thirteen lines.", _card(13, "Étapes")),
            on("[Web] Landing page", detail="Étapes", count=13, checklist="Étapes", most=12),
        ),
        bad(
            case("Half of it is ticked.", _card(20, "Pages", done=10)),
            on("[Web] Landing page", detail="Pages", count=20, checklist="Pages", most=12),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count the lines of each checklist."""
        for task in self.base(context):
            if len(task.checklist) <= self.items:
                continue
            lists: dict[str, list[CheckItem]] = {}
            for item in task.checklist:
                lists.setdefault(item.checklist, []).append(item)
            for name, lines in lists.items():
                if len(lines) <= self.items or all(line.done for line in lines):
                    continue
                if not (_to_be_checked(name) or _to_be_checked(task.title)):
                    yield self.on_task(task, {"count": len(lines), "checklist": name, "most": self.items}, detail=name)


def _to_be_checked(name: str) -> bool:
    return phrase("checks", "words").search(fold(name)) is not None
