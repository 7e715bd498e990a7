"""What is odd in a board's document is told, not dropped; older shapes say the same as today's."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import PARIS

from retro.model import Category, Cut, CutPart, Role, Snapshot, Task
from retro.ports import SourceError
from retro_trello.client import Client
from retro_trello.export import read_export

if TYPE_CHECKING:
    from retro.http.session import PacedSession

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def export(document: made.Document) -> Snapshot:
    """A document, read as an export."""
    return read_export(json.dumps(document).encode(), name="campagne.json", read_at=NOW, zone=PARIS)


def test_what_is_left_out_is_told() -> None:
    """A card that came twice and a list that is none are left out, and the board says how many."""
    document = made.board(made.card(1, "a"), made.card(1, "a, encore"), lists=[{"id": made.TODO}, "À faire"])
    read = export(document)
    assert [task.title for task in read.tasks] == ["a"]
    assert len(read.board.warnings) == 2


def test_parts_that_did_not_come_are_told() -> None:
    """Checklists that cards name and attachments that their badges count, but that are not there, are a warning."""
    document = made.board(
        made.card(1, "a", idChecklists=["5f0000000000000000004999"]),
        made.card(2, "b", badges={"attachments": 2}),
        made.card(3, "c"),
    )
    board = export(document).board
    (warning,) = board.warnings
    assert "2" in warning
    assert (board.whole, board.cut) == (True, (Cut(CutPart.PARTS, 2),))


@pytest.mark.parametrize("place", ["board", "card"])
def test_what_power_ups_keep_is_told(place: str) -> None:
    """Trello gives the data of Power-Ups on boards and cards without saying what it means."""
    data = {"pluginData": [{"idPlugin": "5f", "value": "{}"}]}
    document = made.board(made.card(1, "a", **data)) if place == "card" else made.board(made.card(1, "a"), **data)
    assert export(document).board.hidden_data
    assert not export(made.board(made.card(1, "a"))).board.hidden_data


def test_a_thousand_labels_are_a_cut() -> None:
    """Trello gives a thousand labels at most: a board of so many says that there may be more."""
    labels = [{"id": f"5f{number:022x}", "name": "x"} for number in range(1000)]
    assert len(export(made.board(labels=labels)).board.warnings) == 1
    assert export(made.board(labels=labels[1:])).board.warnings == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"due": "31/02/2027"}, ("due", "31/02/2027")),
        ({"due": 1614600000000}, ("due", "1614600000000")),
        ({"due": ["2027-02-01"]}, ("due", '["2027-02-01"]')),
        ({"start": "bientôt"}, ("start", "bientôt")),
        ({"dateCompleted": "hier"}, ("completed", "hier")),
        ({"name": {"fr": "Affiche"}}, ("title", '{"fr": "Affiche"}')),
        ({"idMembers": [made.LEA, 7]}, ("owners", f'["{made.LEA}", 7]')),
        ({"customFieldItems": [made.item(1, number="2,5 j")]}, ("estimate", "2,5 j")),
        ({"customFieldItems": [made.item(2, number="NaN")]}, ("Nombre de vues", "NaN")),
        ({"customFieldItems": [made.item(3, date="29/02/2027")]}, ("Parution", "29/02/2027")),
        ({"customFieldItems": [{**made.item(3), "value": "2027"}]}, ("Parution", "2027")),
        ({"customFieldItems": [made.item(4, date="demain")]}, ("retro · au plus tard", "demain")),
        ({"due": "x" * 5000}, ("due", "x" * 200 + "…")),
        ({"due": 10**5000}, ("due", "…")),
    ],
)
def test_values_that_cannot_be_read_are_kept_as_words(
    tasks: Callable[..., dict[str, Task]], change: made.Document, told: tuple[str, str]
) -> None:
    """A date, number, text or person of another kind than it should be stands on the task with its words."""
    fields = [
        made.field(1, "JH", "number"),
        made.field(2, "Nombre de vues", "number"),
        made.field(3, "Parution", "date"),
        made.field(4, "retro · au plus tard", "date"),
    ]
    (task,) = tasks(made.board({**made.card(1, "Affiche"), **change}, customFields=fields)).values()
    assert [(each.field, each.text) for each in task.unreadable] == [told]


def test_a_date_of_a_check_item_that_cannot_be_read() -> None:
    """The line keeps its place without a date, and the card says what stood there."""
    document = made.board(made.card(1, "a"), checklists=[made.checklist(1, "Étapes", "Relire", due="vendredi")])
    (task,) = export(document).tasks
    assert [(item.title, item.due) for item in task.checklist] == [("Relire", None)]
    assert [(each.field, each.text) for each in task.unreadable] == [("Relire", "vendredi")]


def test_empty_values_are_not_unreadable() -> None:
    """Null, an empty text and an item without a value are nothing, and nothing is told of them."""
    items = [{**made.item(1), "value": None}, made.item(2, number=""), {"idCustomField": "gone", "value": "x"}]
    fields = [made.field(1, "JH", "number"), made.field(2, "Vues", "number")]
    card = made.card(1, "a", due="", start=None, idMembers=[], customFieldItems=items)
    (task,) = export(made.board(card, customFields=fields)).tasks
    assert task.unreadable == ()


def test_older_shapes_say_the_same() -> None:
    """Colours named by the board, ids of labels, dates on badges, nested members, checklists known by their card."""
    tasks = {task.title: task for task in export(made.older_shapes()).tasks}
    assert tasks["Affiche"].labels == ("Print", "Urgent")
    assert tasks["Flyer"].labels == ("Salon",)
    assert [item.title for item in tasks["Flyer"].checklist] == ["Maquette", "Impression"]
    assert tasks["Salon"].due == datetime(2021, 2, 1, 16, tzinfo=UTC)
    assert tasks["Salon"].status.category is Category.DONE
    assert [owner.name for owner in tasks["Bâche"].owners] == ["Léa Martin"]
    assert tasks["Stand"].labels == ("Web",)


def test_a_label_without_a_name_takes_none_of_its_colour() -> None:
    """Today several labels share a colour: one without a name does not get the name of another."""
    card = made.card(1, "a", labels=[{"id": "5f0000000000000000000a02", "name": "", "color": "green"}])
    (task,) = export(made.board(card, labelNames={"green": "Urgent"})).tasks
    assert task.labels == ()


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ({"cardRole": "separator"}, Role.SEPARATOR),
        ({"cardRole": "mirror", "mirrorSourceId": made.card_id(9)}, Role.MIRROR),
        ({"mirrorSourceId": made.card_id(9)}, Role.MIRROR),
        ({"cardRole": "link"}, Role.LINK),
        ({"cardRole": "board"}, Role.LINK),
        ({"isTemplate": True}, Role.TEMPLATE),
        ({"isTemplate": True, "cardRole": "link"}, Role.TEMPLATE),
        ({"cardRole": None}, Role.TASK),
        ({"cardRole": "something new"}, Role.TASK),
        ({"cardRole": 7}, Role.TASK),
    ],
)
def test_cards_that_are_no_work_are_set_aside(told: made.Document, role: Role) -> None:
    """Each card role of Trello's is read and not counted; a role that is not known yet does not hide work."""
    (task,) = export(made.board(made.card(1, "Affiche", due="2027-02-01T16:00:00.000Z", **told))).tasks
    assert (task.role, task.counts) == (role, role is Role.TASK)


@pytest.mark.parametrize("broken", [RecursionError(), ValueError("Exceeds the limit for integer string conversion")])
def test_an_answer_that_python_cannot_hold_is_refused(broken: Exception) -> None:
    """Lists within lists without end, or a number of thousands of digits, is no answer of Trello's, in words."""

    def json_() -> Any:
        raise broken

    answer = SimpleNamespace(status_code=200, text="", json=json_)
    session = SimpleNamespace(request=lambda *_, **__: answer, calls=1)
    with pytest.raises(SourceError):
        Client("k" * 32, "t" * 64, cast("PacedSession", session)).board("BrdLink1")
