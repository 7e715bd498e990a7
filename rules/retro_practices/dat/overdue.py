"""DAT103 overdue."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import NOW, Bad, Case, a_board, a_task, bad, case, key_of, on
from retro.model import Category, ColumnUse, Finding, How, Role, Severity, Status, StatusOrigin, Task, Template
from retro.ports import Capabilities, Context
from retro_practices.columns import told_by

_UNKNOWN = Status(None, Category.TODO, StatusOrigin.INFERRED)


class Overdue(BaseRule):
    """A task that was due before today and is still open.

    What it says:
        The due date has passed and the task is neither done nor cancelled. Due today is not overdue. The finding
        tells the date, never a number of days that would change every morning. A line of a checklist that has a
        person and a date of its own is judged like a task. A parent that is due with one of its late parts is not told
        a second time, and a plan without any place for a status is not judged: nobody can tell what is done.

    Why:
        A plan in which dates pass without a word is a plan that nobody believes. Either the work is done and the
        board does not say so, or what follows has to move: both are worth one minute in the weekly meeting.

    How to fix it in Notion:
        Set the status to done if it is, else give the row a due date that the owner believes in, and look at what
        waits for it.

    How to fix it in Trello:
        Tick the due date as complete if it is done, else move it to a date that the owner believes in, and look at
        what waits for it.
    """

    code: ClassVar[str] = "DAT103"
    name: ClassVar[str] = "overdue"
    french_name: ClassVar[str] = "en retard"
    default: ClassVar[Severity] = Severity.ERROR
    soft: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = Template("was due on {due}")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks are overdue")
    field: ClassVar[str | None] = "due"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due"})

    good: ClassVar[tuple[Case, ...]] = (
        case("Due today.", a_task("[Print] Flyer", due=NOW.date())),
        case("Due at eight this morning: the day is not over.", a_task("[Print] Flyer", due=NOW.replace(hour=8))),
        case("Done.", a_task("[Print] Flyer", due=date(2027, 1, 8), section="Terminé")),
        case(
            "A sheet that has no column for what is done.",
            replace(a_task("[Print] Flyer", due=date(2027, 1, 8)), status=_UNKNOWN),
            boards=(replace(a_board(), mapping=(ColumnUse(role="due", name="When", how=How.NAMED),)),),
            capabilities={"equipe": Capabilities(columns=True)},
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Due on Friday, still to do on Monday.", a_task("[Print] Flyer", due=date(2027, 1, 8))),
            on("[Print] Flyer", due=date(2027, 1, 8)),
        ),
        bad(
            case(
                "Programmed, and its day went by.",
                a_task("[Email] Newsletter", due=date(2027, 1, 7), section="Prêt pour lancement"),
            ),
            on("[Email] Newsletter", due=date(2027, 1, 7)),
        ),
        bad(
            case(
                "A line of a checklist whose day went by, though its card has time.",
                a_task("[Print] Flyer", due=date(2027, 2, 1)),
                a_task("Choisir la photo", due=date(2027, 1, 8), role=Role.ITEM, parent=key_of("[Print] Flyer")),
            ),
            on("Choisir la photo", due=date(2027, 1, 8)),
        ),
        bad(
            case(
                "A parent is due with its last part: the part is told.",
                a_task("[Print] Flyer", due=date(2027, 1, 8)),
                a_task("[Print] Maquette du flyer", due=date(2027, 1, 8), parent=key_of("[Print] Flyer")),
            ),
            on("[Print] Maquette du flyer", due=date(2027, 1, 8)),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks that are wanted and open lines of checklists that are tasks, where anything tells what is done."""
        return told_by("status", chain(super().base(context), context.items), context)

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare each due date with today in the workspace's zone."""
        today, due_days = context.today, context.due_days
        late = [
            (task, due) for task in self.base(context) if (due := due_days.get(task.key)) is not None and due < today
        ]
        told = {(task.parent, due) for task, due in late if task.parent is not None and task.role is not Role.ITEM}
        for task, due in late:
            if (task.key, due) not in told:
                yield self.on_task(task, {"due": due})
