"""STA105 done-with-open-checklist."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, key_of, on
from retro.model import Category, CheckItem, Finding, Role, Severity, Status, StatusOrigin, Task, Template
from retro.ports import Context

_TITLE = "[Print] Flyer"


def _lines(*done: bool) -> tuple[CheckItem, ...]:
    names = ("Photo", "Textes", "BAT", "Envoi à l’imprimeur")
    return tuple(
        CheckItem(key=f"{key_of(_TITLE)}/{number}", title=name, done=ticked, checklist="Étapes")
        for number, (name, ticked) in enumerate(zip(names, done, strict=False))
    )


_KARIMS = replace(
    a_task("Relire le BAT", owners=("Karim Benali",), role=Role.ITEM, parent=key_of(_TITLE)),
    status=Status(None, Category.DONE, StatusOrigin.MAPPED),
)
"""Nobody ticked it: that it is over is only what its card says."""


class DoneWithOpenChecklist(BaseRule):
    """A task that is done while lines of its checklist are open.

    What it says:
        A finished task still has unticked lines in a checklist of its own, or lines with a person and a date that are
        not done. Lines that only name other cards, which it waits for or which are its parts, are no work of it.

    Why:
        Either a part was forgotten, which somebody will find out on the day of the launch; or the lines are no longer
        true, and then nobody looks at checklists any more.

    How to fix it in Notion:
        Tick what is done; make a row of what is left, or put the task back.

    How to fix it in Trello:
        Tick what is done; convert what is left to cards of their own, or move the card back.
    """

    code: ClassVar[str] = "STA105"
    name: ClassVar[str] = "done-with-open-checklist"
    french_name: ClassVar[str] = "terminée avec une checklist ouverte"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template(
        "done, with {count} line of its checklists open: {lines}",
        "done, with {count} lines of its checklists open: {lines}",
    )
    many: ClassVar[Template | None] = Template("{count} of {base} done tasks have open lines in a checklist")
    field: ClassVar[str | None] = "checklist"

    good: ClassVar[tuple[Case, ...]] = (
        case("All is ticked.", a_task(_TITLE, section="Terminé", checklist=_lines(True, True))),
        case("Still under way.", a_task(_TITLE, section="À produire", checklist=_lines(True, False))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Was it sent?", a_task(_TITLE, section="Terminé", checklist=_lines(True, True, True, False))),
            on(_TITLE, count=1, lines=("Envoi à l’imprimeur",)),
        ),
        bad(
            case(
                "A line that is Karim's, with a date.",
                a_task(_TITLE, section="Terminé"),
                _KARIMS,
            ),
            on(_TITLE, count=1, lines=("Relire le BAT",)),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Tasks that are done."""
        return (task for task in context.counted if task.status.category is Category.DONE)

    def check(self, context: Context) -> Iterator[Finding]:
        """Gather the open lines of each finished task."""
        items: dict[str, list[str]] = {}
        for item in context.portfolio.tasks:
            if item.role is Role.ITEM and not item.archived and item.status.origin is not StatusOrigin.NATIVE:
                items.setdefault(item.parent or "", []).append(item.title)
        for task in self.base(context):
            if not task.checklist and task.key not in items:
                continue
            lines = [line.title for line in task.checklist if not line.done]
            lines += items.get(task.key, ())
            if lines:
                yield self.on_task(task, {"count": len(lines), "lines": tuple(lines)})
