"""SRC103 truncated-read."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import BOARD, Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import Cut, CutPart, Finding, Param, Severity, Template
from retro.ports import Context

_TEMPLATES: Mapping[CutPart, Template] = {
    CutPart.TASKS: Template(
        "the tool gave {count} task of this board and no more: the others are unknown",
        "the tool gave {count} tasks of this board and no more: the others are unknown",
    ),
    CutPart.PARTS: Template(
        "the tool did not give all checklists and attachments of {count} task: what they say is unknown",
        "the tool did not give all checklists and attachments of {count} tasks: what they say is unknown",
    ),
    CutPart.VALUES: Template(
        "the tool did not give the column “{column}” whole on {count} task: what it lacks is unknown",
        "the tool did not give the column “{column}” whole on {count} tasks: what it lacks is unknown",
    ),
}


class TruncatedRead(BaseRule):
    """A board of which the tool gave only a part.

    What it says:
        The tool cut its answer, and asking otherwise did not complete it: how many tasks were read, or how many came
        without all of their checklists, or without all values of a column that the plan reads.

    Why:
        What was not read is not late, not overloaded and not in the way: a plan that misses a part of the work is
        kept on paper only.

    How to fix it in Notion:
        Archive finished rows, or split the database: one query gives 10 000 rows, one cell 25 references where the
        rows that they lead to are not shared with the connection.

    How to fix it in Trello:
        Archive finished cards, or split the board: beyond a thousand open cards Trello may not give the older ones.
    """

    code: ClassVar[str] = "SRC103"
    name: ClassVar[str] = "truncated-read"
    french_name: ClassVar[str] = "lecture tronquée"
    default: ClassVar[Severity] = Severity.ERROR
    soft: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = _TEMPLATES[CutPart.TASKS]
    templates: ClassVar[tuple[Template, ...]] = (_TEMPLATES[CutPart.PARTS], _TEMPLATES[CutPart.VALUES])
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case("All of it was read.", a_task("[Web] FAQ")),
        case("An empty board is whole.", boards=(a_board(),)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "A board with more cards than Trello gives.",
                a_task("[Web] FAQ"),
                boards=(replace(a_board(), whole=False, cut=(Cut(CutPart.TASKS, 1000),)),),
            ),
            Expected(BOARD, {"count": 1000}, "tasks"),
        ),
        bad(
            case(
                "Two columns of references, and a checklist.",
                a_task("[Web] FAQ"),
                boards=(
                    replace(
                        a_board(),
                        cut=(
                            Cut(CutPart.PARTS, 1),
                            Cut(CutPart.VALUES, 3, "Bloqué par"),
                            Cut(CutPart.VALUES, 2, "Équipe"),
                        ),
                    ),
                ),
            ),
            Expected(BOARD, {"count": 1}, "parts"),
            Expected(BOARD, {"count": 3, "column": "Bloqué par"}, "values: Bloqué par"),
            Expected(BOARD, {"count": 2, "column": "Équipe"}, "values: Équipe"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say what of each board was not given."""
        for board in context.portfolio.boards:
            for cut in board.cut:
                facts: dict[str, Param] = {"count": cut.count}
                yield self.on_subject(
                    board.key,
                    {**facts, "column": cut.column} if cut.column else facts,
                    board=board.key,
                    template=_TEMPLATES[cut.part],
                    detail=f"{cut.part}: {cut.column}" if cut.column else str(cut.part),
                )
