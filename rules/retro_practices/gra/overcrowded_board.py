"""GRA103 overcrowded-board."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import BOARD, Bad, Case, Expected, a_task, bad, case
from retro.model import Category, Finding, Severity, Task, Template
from retro.ports import Context


def _tasks(count: int, section: str = "À planifier") -> tuple[Task, ...]:
    return tuple(a_task(f"[Web] Page {number}", key=f"{section}-{number}", section=section) for number in range(count))


class OvercrowdedBoard(BaseRule):
    """A board with more open tasks than anybody reads.

    What it says:
        More than `tasks` tasks stand open on one board, ideas included. What is done, cancelled, archived, a template
        or a mere note does not count.

    Why:
        A board is to be read in the weekly meeting. Beyond a hundred and fifty cards nobody reads it any more, what
        matters is lost among what does not, and the team keeps its real list somewhere else.

    How to fix it in Notion:
        Archive what will not be done, move ideas to a base of their own, and give each project its own view or base.

    How to fix it in Trello:
        Archive what will not be done, move ideas to a board of their own, and give each project its own board.
    """

    code: ClassVar[str] = "GRA103"
    name: ClassVar[str] = "overcrowded-board"
    french_name: ClassVar[str] = "tableau surchargé"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("{count} open tasks on one board, more than {most}")
    rests_on: ClassVar[frozenset[str]] = frozenset()

    tasks: int = Field(default=150, ge=1, description="The most open tasks of a board.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Three of three.", *_tasks(3), options={"tasks": 3}),
        case("What is done does not count.", *_tasks(3), *_tasks(5, "Terminé"), options={"tasks": 3}),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Four where three may be.", *_tasks(4), options={"tasks": 3}),
            Expected(BOARD, {"count": 4, "most": 3}),
        ),
        bad(
            case("Ideas count too.", *_tasks(2), *_tasks(2, "Idées"), options={"tasks": 3}),
            Expected(BOARD, {"count": 4, "most": 3}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count open tasks board by board."""
        open_ = Counter(task.board for task in context.wanted)
        ideas = (task for task in context.portfolio.tasks if task.status.category is Category.IDEA)
        open_.update(task.board for task in ideas if task.is_open)
        for board, count in open_.items():
            if count > self.tasks:
                yield self.on_subject(board, {"count": count, "most": self.tasks}, board=board)
