"""SRC105 hidden-plugin-data."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import BOARD, Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import BoardKind, Finding, Severity, Template
from retro.ports import Context


class HiddenPluginData(BaseRule):
    """A board on which Power-Ups keep what nobody else can read.

    What it says:
        Power-Ups keep data of their own on the board or its cards. Trello gives it in a form that only its Power-Up
        understands: dependencies, dates or estimates that are kept there are unknown to retro.

    Why:
        A link that only a Power-Up knows holds nobody back in the plan: the task looks as if it could begin at once.

    How to fix it in Notion:
        It does not happen there: every column can be read.

    How to fix it in Trello:
        Put what the plan needs where all can read it: a checklist "Dépendances" with the links of the cards, the
        card's own dates, a custom field for the estimate. If the Power-Up keeps nothing of that kind, ignore this
        rule for the board.
    """

    code: ClassVar[str] = "SRC105"
    name: ClassVar[str] = "hidden-plugin-data"
    french_name: ClassVar[str] = "données cachées d’un Power-Up"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template(
        "Power-Ups keep data here that nobody else can read: links or dates kept there are unknown"
    )
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case("No Power-Up keeps anything here.", a_task("[Web] FAQ")),
        case("An empty board.", boards=(a_board(),)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A Power-Up for dependencies.", a_task("[Web] FAQ"), boards=(replace(a_board(), hidden_data=True),)),
            Expected(BOARD),
        ),
        bad(
            case(
                "On a board that is always on as well.",
                a_task("[Web] FAQ"),
                boards=(replace(a_board(kind=BoardKind.FLOW), hidden_data=True),),
            ),
            Expected(BOARD),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say each board of which the tool told so."""
        for board in context.portfolio.boards:
            if board.hidden_data:
                yield self.on_subject(board.key, board=board.key)
