"""DAT102 start-after-due."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_task, bad, case, on
from retro.model import Finding, Severity, Template, is_instant
from retro.ports import Context


class StartAfterDue(BaseRule):
    """A task that starts after it is due.

    What it says:
        The start date of an open task comes after its due date.

    Why:
        One of the two dates is wrong, mostly a year or a month mistyped, or a due date that was moved alone.

    How to fix it in Notion:
        Correct the start or the end of the row's date.

    How to fix it in Trello:
        Open the card, choose Dates, and correct its start or due date.
    """

    code: ClassVar[str] = "DAT102"
    name: ClassVar[str] = "start-after-due"
    french_name: ClassVar[str] = "commence après son échéance"
    default: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = Template("starts on {start}, after it is due on {due}")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks start after they are due")
    field: ClassVar[str | None] = "start"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "start", "due"})

    good: ClassVar[tuple[Case, ...]] = (
        case("Starts before it is due.", a_task("[Web] FAQ", start=date(2027, 1, 25), due=date(2027, 2, 1))),
        case("Starts on the day it is due.", a_task("[Web] FAQ", start=date(2027, 2, 1), due=date(2027, 2, 1))),
        case(
            "A start that is a date holds on the whole day.",
            a_task("[Web] FAQ", start=date(2027, 2, 1), due=datetime(2027, 2, 1, 9, tzinfo=ZONE)),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A month mistyped.", a_task("[Web] FAQ", start=date(2027, 2, 25), due=date(2027, 2, 1))),
            on("[Web] FAQ", start=date(2027, 2, 25), due=date(2027, 2, 1)),
        ),
        bad(
            case(
                "Two hours of one day, the wrong way round.",
                a_task(
                    "[Web] FAQ",
                    start=datetime(2027, 2, 1, 14, tzinfo=ZONE),
                    due=datetime(2027, 2, 1, 11, tzinfo=ZONE),
                ),
            ),
            on("[Web] FAQ", start=datetime(2027, 2, 1, 14, tzinfo=ZONE), due=datetime(2027, 2, 1, 11, tzinfo=ZONE)),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare instants as instants, and anything else by its day."""
        for task in self.base(context):
            if task.start is None or task.due is None:
                continue
            start, due = task.start, task.due
            if not (is_instant(start) and is_instant(due)):
                start, due = context.day(start), context.day(due)
            if start > due:
                yield self.on_task(task, {"start": start, "due": due})
