"""Taking a plan back: the cards at which nobody has been are set aside, every other one stays, and none is deleted."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from retro.model import MADE, NEW, Board, Category, Change, Portfolio, Status, StatusOrigin, Task, WriteLevel
from retro.ports import Acknowledged, Intent
from retro.sync.undo import Left, Undoing, plan_undo

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
CARD = Task(
    key="memory:1",
    board="b",
    title="Brief",
    url="https://trello.com/c/1",
    updated=NOW,
    revision="r1",
    status=Status("À faire", Category.TODO, StatusOrigin.MAPPED),
)
CHANGE = Change(
    id="1",
    task="new:gala/2027-06-08/brief",
    title="Brief",
    url=None,
    board="b",
    field=MADE,
    level=WriteLevel.FIX,
    old=None,
    new="Brief",
    why=NEW,
    revision="",
    creates=True,
)
MADE_IT = Intent(id=1, run="r", change=CHANGE, state="acknowledged", created=NOW, settled=NOW, returned="memory:1")


def undoing(
    *tasks: Task, intent: Intent = MADE_IT, archives: tuple[str, ...] = ("b",), known: tuple[str, ...] = ()
) -> Undoing:
    """What an undo would do on a board with these cards."""
    portfolio = Portfolio(boards=(Board(key="b", name="B", source="s"),), tasks=tasks)
    written = {
        (key, "retro_latest"): Acknowledged(task=key, field="retro_latest", value=None, run="x") for key in known
    }
    return plan_undo("r", [intent], portfolio, written, fresh={"b"}, names={}, archives=frozenset(archives))


def test_an_untouched_card_is_set_aside() -> None:
    """The change is to the card itself, by its revision, and says which run it takes back."""
    (change,) = undoing(CARD).plan.changes
    assert (change.task, change.field, change.old, change.new) == ("memory:1", "archived", None, "archived")
    assert (change.revision, change.undoes, change.creates, change.as_of) == ("r1", "r", False, NOW)


@pytest.mark.parametrize(
    ("card", "why"),
    [
        (replace(CARD, updated=NOW + timedelta(seconds=1)), Left.CHANGED),
        (replace(CARD, updated=None), Left.CHANGED),
        (replace(CARD, title="Brief (bis)"), Left.CHANGED),
        (replace(CARD, status=Status("Fait", Category.DONE, StatusOrigin.NATIVE)), Left.CHANGED),
        (replace(CARD, opted_out=True), Left.OPTED_OUT),
        (replace(CARD, archived=True), Left.GONE),
        (replace(CARD, key="memory:2"), Left.GONE),
    ],
)
def test_a_card_that_somebody_had_stays(card: Task, why: Left) -> None:
    """A comment, another title, a tick, the mark that keeps retro away: each is a reason."""
    found = undoing(card)
    assert found.plan.changes == ()
    assert [each.why for each in found.left] == [why]


def test_what_a_later_run_wrote_on_stays() -> None:
    """A card with values of retro's own is left until that run was taken back."""
    assert [each.why for each in undoing(CARD, known=("memory:1",)).left] == [Left.LATER]


def test_where_nothing_can_be_set_aside_all_stays_with_its_address() -> None:
    """A tool whose only way is its trash keeps the card; what was never settled is unknown."""
    (stays,) = undoing(CARD, archives=()).left
    assert (stays.why, stays.url) == (Left.MADE, "https://trello.com/c/1")
    (unknown,) = undoing(CARD, intent=replace(MADE_IT, state="pending", returned=None)).left
    assert unknown.why is Left.UNREAD
