"""SRC104 column-changed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import BOARD, Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import ColumnChange, ColumnUse, Finding, How, Severity, Template
from retro.model.mapping import repair
from retro.ports import Context

_GONE = Template(
    "the column “{column}”, read as “{role}”, is gone; the board stands as it was last read. To go on, write {repair} "
    "under its [boards] section"
)


class ColumnChanged(BaseRule):
    """A column that the plan rests on is gone, or of another type.

    What it says:
        Someone deleted a column that retro reads, or gave it another type. The board is not read otherwise by
        guessing: it stands as it was last read, nothing is written to it, and the other boards go on. The finding
        shows the column, what it was read as, and the line of retro.toml that mends it. A column that was only
        renamed is known by its id and is no finding.

    Why:
        Without its due dates or its owners a board looks as if nobody had planned anything: every date that depends
        on it would move, and every task would be told off. It is better to be a day behind than wrong.

    How to fix it in Notion:
        Put the column back from the history of the database (••• → Version history), or give it its type again; or
        name the column that took its place under `columns` of the board in retro.toml, the empty name for none.

    How to fix it in Trello:
        It does not happen there: fields of cards are found anew at each read.
    """

    code: ClassVar[str] = "SRC104"
    name: ClassVar[str] = "column-changed"
    french_name: ClassVar[str] = "colonne disparue ou changée"
    default: ClassVar[Severity] = Severity.ERROR
    soft: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = Template(
        "the column “{column}”, read as “{role}”, is of type {now}: it was {was}; the board stands as it was last "
        "read. To go on, write {repair} under its [boards] section"
    )
    templates: ClassVar[tuple[Template, ...]] = (_GONE,)
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case("Every column is what it was.", a_task("[Print] Flyer")),
        case(
            "A column was renamed: it is known by its id.",
            a_task("[Print] Flyer"),
            boards=(
                replace(
                    a_board(),
                    mapping=(ColumnUse(role="due", name="Rendu", how=How.NAMED, id="v_]<", told="Échéance"),),
                ),
            ),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "The due dates were deleted.",
                a_task("[Print] Flyer"),
                boards=(
                    replace(
                        a_board(),
                        changed=(ColumnChange(role="due", name="Échéance", was="date", instead=("Rendu", "Relance")),),
                    ),
                ),
            ),
            Expected(
                BOARD, {"column": "Échéance", "role": "due", "repair": 'columns = { due = "Rendu" }'}, "due: Échéance"
            ),
        ),
        bad(
            case(
                "The owners became a text, and no other column has people.",
                a_task("[Web] FAQ"),
                boards=(
                    replace(
                        a_board(),
                        changed=(ColumnChange(role="owners", name="Qui", was="people", now="checkbox"),),
                    ),
                ),
            ),
            Expected(
                BOARD,
                {
                    "column": "Qui",
                    "role": "owners",
                    "repair": 'columns = { owners = "" }',
                    "now": "checkbox",
                    "was": "people",
                },
                "owners: Qui",
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say each column of a board that could not be read for it."""
        for board in context.portfolio.boards:
            together = f"columns = {repair(board.changed)}"  # a section has `columns` once
            for change in board.changed:
                facts = {"column": change.name, "role": change.role, "repair": together}
                types = {"now": change.now, "was": change.was} if change.now else {}
                yield self.on_subject(
                    board.key,
                    {**facts, **types},
                    board=board.key,
                    template=None if change.now else _GONE,
                    detail=f"{change.role}: {change.name}",
                )
