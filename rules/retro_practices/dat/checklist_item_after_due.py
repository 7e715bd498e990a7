"""DAT110 checklist-item-after-due."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, key_of, on
from retro.model import CheckItem, Day, Finding, Role, Severity, Task, Template
from retro.ports import Context

_TITLE = "[Print] Flyer"


def _line(title: str, due: date | None, *, done: bool = False) -> CheckItem:
    return CheckItem(key=f"{key_of(_TITLE)}/{title}", title=title, done=done, due=due)


class ChecklistItemAfterDue(BaseRule):
    """A line of a checklist that is due after its own card.

    What it says:
        An open line of a checklist has a date that comes after the due date of the open task it is part of.

    Why:
        The task is over when its lines are. Whoever plans by the card will ask for it before the line is ready.

    How to fix it in Notion:
        Bring the date of the line forward, or move the row's own date to the last of them.

    How to fix it in Trello:
        Bring the date of the line forward, or move the card's due date to the last of them. If the line comes later
        for good, convert it to a card of its own.
    """

    code: ClassVar[str] = "DAT110"
    name: ClassVar[str] = "checklist-item-after-due"
    french_name: ClassVar[str] = "ligne de checklist après l’échéance"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("the line “{line}” is due on {date}, after the task itself on {due}")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks have a checklist line that is due after them")
    field: ClassVar[str | None] = "checklist"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due"})

    good: ClassVar[tuple[Case, ...]] = (
        case("Due on the same day.", a_task(_TITLE, checklist=(_line("BAT", date(2027, 2, 1)),))),
        case("It was done.", a_task(_TITLE, checklist=(_line("BAT", date(2027, 2, 5), done=True),))),
        case("The card has no date.", a_task(_TITLE, due=None, checklist=(_line("BAT", date(2027, 2, 5)),))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "The proof comes after the flyer.",
                a_task(_TITLE, checklist=(_line("BAT", date(2027, 2, 5)), _line("Textes", date(2027, 1, 20)))),
            ),
            on(
                _TITLE,
                detail=f"{key_of(_TITLE)}/BAT",
                line="BAT",
                date=date(2027, 2, 5),
                due=date(2027, 2, 1),
            ),
        ),
        bad(
            case(
                "A line with a person of its own.",
                a_task(_TITLE),
                a_task("Relire le BAT", due=date(2027, 2, 3), role=Role.ITEM, parent=key_of(_TITLE)),
            ),
            on(
                _TITLE,
                detail=key_of("Relire le BAT"),
                line="Relire le BAT",
                date=date(2027, 2, 3),
                due=date(2027, 2, 1),
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare the date of each open line with that of its task."""
        items: dict[str, list[tuple[str, str, Day]]] = {}
        for item in context.items:
            if item.due is not None:
                items.setdefault(item.parent or "", []).append((item.key, item.title, item.due))
        for task in self.base(context):
            if task.due is None or not (task.checklist or task.key in items):
                continue
            due = context.day(task.due)
            for key, title, day in (*_lines(task), *items.get(task.key, ())):
                if (late := context.day(day)) > due:
                    yield self.on_task(task, {"line": title, "date": late, "due": due}, detail=key)


def _lines(task: Task) -> Iterable[tuple[str, str, Day]]:
    return ((line.key, line.title, line.due) for line in task.checklist if line.due is not None and not line.done)
