"""A new plan as cards: what is to be made of it, and what the board cannot hold."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.marketing_team import PARIS, owner, task

from retro.i18n import use
from retro.model import Task
from retro.report.new_cards_text import draw, lacking

Shown = Callable[..., list[str]]
PLAN = (
    task("t:1", "Brief\x1b[2J", start=date(2027, 1, 11), due=date(2027, 1, 11), owners=(owner("lea"),)),
    task("t:2", "Lancement", due=date(2027, 3, 1), owners=(owner("ines"),), milestone=True),
)
ALL = frozenset({"owners", "references", "description"})


@pytest.fixture
def shown(screen: Any) -> Shown:
    """The lines of the cards, on a terminal of 60 columns."""

    def lines(tasks: tuple[Task, ...] = PLAN, there: int = 0, unknown: tuple[str, ...] = ()) -> list[str]:
        use("en")
        terminal = screen(60)
        draw(tasks, terminal.console, board="Salon", there=there, unknown=unknown, zone=PARIS)
        return [line.rstrip() for line in terminal.lines]

    return lines


def test_each_card_has_its_days_and_its_owner(shown: Shown) -> None:
    """A day stands once, a milestone says so, whom the board does not know is in brackets, and no title is obeyed."""
    assert shown(unknown=("Inès Duval",), there=3) == [
        "2 cards to make on “Salon”, in “À produire”:",
        "  11 Jan  Brief  Léa Martin",
        "  1 Mar   Lancement  milestone  (Inès Duval)",
        "3 cards are there already.",
    ]


def test_nothing_to_make_is_a_whole_sentence(shown: Shown) -> None:
    """However narrow the terminal is."""
    assert " ".join(line.strip() for line in shown((), there=20)) == (
        "Nothing to make: the 20 cards of this plan are on “Salon” already."
    )
    assert shown(()) == ["Nothing to make."]


@pytest.mark.parametrize(
    ("unknown", "waits", "holds", "said"),
    [
        ((), 0, ALL, []),
        (("Zoé",), 0, ALL, ["Not known to Trello, so without an owner: Zoé."]),
        (("Zoé",), 0, ALL - {"owners"}, ["This board has no column for people"]),
        ((), 2, ALL, ["2 waits between two tasks have no place"]),
        ((), 2, ALL - {"references"}, ["This board has no relation"]),
        ((), 0, ALL - {"description"}, ["This board has no column of text"]),
    ],
)
def test_what_the_board_cannot_hold_is_told(
    unknown: tuple[str, ...], waits: int, holds: frozenset[str], said: list[str]
) -> None:
    """A sentence for each lack, and none of what follows from another one."""
    use("en")
    told = list(lacking(unknown, waits, holds, tool="Trello"))
    assert len(told) == len(said)
    assert all(line.startswith(words) for line, words in zip(told, said, strict=True))
