"""STA101 no-status."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_board, a_task, bad, case, on
from retro.model import Category, ColumnUse, Finding, How, Severity, Status, StatusOrigin, Task, Template
from retro.ports import Context

_BARE = Status(None, Category.TODO, StatusOrigin.INFERRED)


def _without(title: str) -> Task:
    return replace(a_task(title), status=_BARE, memberships=())


class NoStatus(BaseRule):
    """A task without a status.

    What it says:
        The board has a place for the status and this task's is empty; until somebody fills it, the task is taken as
        to do. Parents are not judged, nor boards without any status: another rule says once that the column is
        missing. A card in a list has one.

    Why:
        Status tells at a glance where each task stands. A task without one appears in no column of the board, so
        that nobody misses it when it is late, and nobody knows when it is done.

    How to fix it in Notion:
        Choose the row's status. A default option in the column's settings gives new rows one by themselves.

    How to fix it in Trello:
        A card always stands in a list. If another place holds the status there, fill it.
    """

    code: ClassVar[str] = "STA101"
    name: ClassVar[str] = "no-status"
    french_name: ClassVar[str] = "sans statut"
    default: ClassVar[Severity] = Severity.WARNING
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("no status")
    many: ClassVar[Template | None] = Template("no status on {count} of {base} tasks")
    field: ClassVar[str | None] = "status"
    rests_on: ClassVar[frozenset[str]] = frozenset()
    """That the status is missing is a fact; only what it may mean is assumed."""

    good: ClassVar[tuple[Case, ...]] = (
        case("Every task has one.", a_task("[Web] FAQ"), a_task("[Print] Flyer", section="En validation")),
        case("Nobody has one: the column is missing, which another rule says.", _without("[Web] FAQ")),
        case(
            "A parent: its parts tell where it stands.",
            _without("[Web] Site"),
            a_task("[Web] FAQ", parent="trello:web-site"),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(case("The others have one.", a_task("[Web] FAQ"), _without("[Print] Flyer")), on("[Print] Flyer")),
        bad(
            case(
                "There is a column, and nobody fills it.",
                _without("[Web] FAQ"),
                _without("[Print] Flyer"),
                boards=(replace(a_board(), mapping=(ColumnUse(role="status", name="Statut", how=How.NAMED),)),),
            ),
            on("[Print] Flyer"),
            on("[Web] FAQ"),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks of boards that have a place for the status, without parents."""
        told = context.derived(_boards_with_status)
        return (task for task in super().base(context) if task.board in told and task.key not in context.parents)

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for a status that nobody and nothing gives."""
        for task in self.base(context):
            if not task.status.raw and task.status.origin is StatusOrigin.INFERRED:
                yield self.on_task(task)


def _boards_with_status(context: Context) -> frozenset[str]:
    """Boards with a column of statuses, or on which any task has one."""
    mapped = {board.key for board in context.portfolio.boards if any(use.role == "status" for use in board.mapping)}
    return frozenset(mapped | {task.board for task in context.portfolio.tasks if task.status.raw})
