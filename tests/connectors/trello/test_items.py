"""Lines of checklists that have a person and a date are tasks beside their card, counted and treated apart."""

from datetime import UTC, datetime

import pytest
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import read

from retro.model import Category, Owner, Portfolio, Role, Snapshot, StatusOrigin
from retro.model.codec import dumps, loads
from retro.run.links import resolve
from retro.schedule.scope import scope
from retro.sync.decide.tasks import parents, writable
from retro.sync.guards import lost_tasks
from retro_trello.mapping import snapshot

LINE = {"due": "2027-02-26T16:00:00.000Z", "idMember": made.KARIM}


def board(*lines: made.Document, **card: object) -> Snapshot:
    """A board of one card with one checklist of these lines."""
    listed = made.checklist(1, "À vérifier", *(str(line.get("name", "Liens")) for line in lines))
    for entry, line in zip(listed["checkItems"], lines, strict=True):
        entry.update(line)
    document = made.board(made.card(1, "[Web] Mise en ligne", **card), checklists=[listed])
    return snapshot(read(document), source="s", read_at=datetime(2027, 1, 4, tzinfo=UTC), archived_known=True)


def test_a_line_with_a_person_and_a_date_is_a_task_beside_its_card() -> None:
    """It has the card's key and its own id, the card as parent, its own person and date; the card keeps the rest."""
    card, line = board(LINE, {"name": "Images"}, {"name": "Textes", "due": LINE["due"]}).tasks
    assert line.key == f"{card.key}/5f0000000000000000050100"
    assert (line.title, line.parent, line.board, line.url) == ("Liens", card.key, card.board, card.url)
    assert line.owners == (Owner(f"trello:{made.KARIM}", "karimb"),)
    assert line.due == datetime(2027, 2, 26, 16, 0, tzinfo=UTC)
    assert (line.role, line.section, line.channel) == (Role.ITEM, "À produire", "Web")
    assert (line.comments, line.description) == (None, None)
    assert line.revision
    assert [entry.title for entry in card.checklist] == ["Images", "Textes"]


@pytest.mark.parametrize(
    ("line", "card", "category"),
    [
        ({}, {}, Category.TODO),
        ({"state": "complete"}, {}, Category.DONE),
        ({}, {"dueComplete": True}, Category.DONE),
        ({}, {"idList": made.DONE}, Category.DONE),
    ],
)
def test_a_line_is_done_by_its_tick_or_with_its_card(
    line: made.Document, card: made.Document, category: Category
) -> None:
    """A ticked line is done, and so is every line of a card that is done."""
    status = board({**LINE, **line}, **card).tasks[1].status
    assert status.category is category
    assert (status.origin is StatusOrigin.NATIVE) is (not card), "what only the card says is not the tool's own word"


def test_a_line_of_an_archived_card_is_archived() -> None:
    """Nobody awaits what stands on an archived card."""
    line = board(LINE, closed=True).tasks[1]
    assert line.archived
    assert not line.is_awaited


@pytest.mark.parametrize("card", [{"isTemplate": True}, {"cardRole": "mirror"}, {"idList": made.INFOS}])
def test_lines_of_what_is_no_work_are_no_tasks(card: made.Document) -> None:
    """A template's lines, or those of a card that informs, stay lines of it."""
    (only,) = board(LINE, **card).tasks
    assert [entry.title for entry in only.checklist] == ["Liens"]


def test_what_is_assumed_of_the_card_is_assumed_of_its_lines() -> None:
    """Where nobody knows whether a card is over, nobody knows it of its open lines; a tick is a fact."""
    card, line, ticked = board(LINE, {**LINE, "state": "complete"}, idList=made.CLIENT).tasks
    assert card.assumed == line.assumed == {"status"}
    assert ticked.assumed == frozenset()


def test_items_are_never_counted_scheduled_written_or_missed() -> None:
    """They count nowhere as tasks, make their card no span, are not written to, and their loss holds no board."""
    before = board(*[LINE] * 8)
    tasks = resolve(before.tasks).tasks
    portfolio = Portfolio(boards=(before.board,), tasks=tasks)
    assert [task.counts for task in tasks] == [True] + [False] * 8
    assert [task.is_open for task in tasks] == [True] + [False] * 8
    assert [task.parent for task in tasks] == [None] + [tasks[0].key] * 8
    assert scope(portfolio).leaves == (tasks[0].key,)
    assert scope(portfolio).spans == {}
    assert parents(portfolio) == frozenset()
    assert [writable(task, frozenset()) for task in tasks] == [True] + [False] * 8
    assert lost_tasks(before, tasks[:1], {tasks[0].key}) is None


def test_a_saved_board_keeps_its_items() -> None:
    """A snapshot with items reads back as it was."""
    found = board(LINE, {**LINE, "state": "complete"}, {"name": "Images"})
    assert loads(Snapshot, dumps(found)) == found
