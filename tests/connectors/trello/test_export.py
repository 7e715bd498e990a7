"""Board exports: recognised by their content, read whole, refused in words."""

import json
from datetime import UTC, datetime

import pytest
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import PARIS

from retro.model import Role, Snapshot
from retro.ports import UnreadableError
from retro_trello.export import read_export, recognise

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def export(document: object, encoding: str = "utf-8") -> Snapshot:
    """A document, read as an export."""
    content = json.dumps(document, ensure_ascii=False).encode(encoding, "surrogatepass")
    return read_export(content, name="campagne.json", read_at=NOW, zone=PARIS)


@pytest.mark.parametrize("document", [made.board_of_2015(), made.board_of_2026()])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_exports_are_recognised_and_read_whole(document: made.Document, encoding: str) -> None:
    """Every card of an export is a task, in order, whatever the encoding; archived ones are known."""
    content = json.dumps(document, ensure_ascii=False).encode(encoding)
    found = recognise(content[:4096], "campagne.json")
    assert found is not None
    assert (found.kind, found.confidence) == ("trello", 1.0)
    read = export(document, encoding)
    cards = [task.title for task in read.tasks if task.role is not Role.ITEM]
    assert cards == [card["name"] for card in document["cards"]]
    assert read.board.archived_known
    assert read.board.source == "campagne.json"


def test_a_long_export_is_recognised_by_its_head() -> None:
    """The board's own fields are enough, where lists and cards lie beyond what is looked at."""
    head = b'{"id":"5f","name":"x","idOrganization":null,"labelNames":{"green":""},"actions":[' + b" " * 4000
    found = recognise(head, "x.json")
    assert found is not None
    assert found.confidence > 0.5


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"[]",
        b'{"version": 1, "tasks": [], "boards": []}',
        b"id;name\n1;x",
        b"<Project/>",
        b"\x89PNG",
        b"null",
    ],
)
def test_other_files_are_not_claimed(content: bytes) -> None:
    """Empty files, lists, retro's own JSON, tables and pictures are no exports."""
    assert recognise(content, "x.json") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b'{"id": "5f", "lists": [], "cards": [{"id": "5',
        b"[1, 2]",
        b"null",
        b'{"tasks": []}',
        b'{"id": "5f", "lists": [], "cards": {}}',
        b'{"lists": [], "cards": []}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_what_is_no_board_is_refused_in_words(content: bytes) -> None:
    """Empty, broken or other JSON: one sentence, the place, and what to do."""
    with pytest.raises(UnreadableError) as caught:
        read_export(content, name="campagne.json", read_at=NOW, zone=PARIS)
    assert caught.value.where.startswith("campagne.json")
    assert caught.value.what
    assert caught.value.remedy


def test_cards_that_cannot_be_read_are_counted() -> None:
    """A card without an id is left out, and the board says how many were."""
    document = made.board(made.card(1, "a"), {"name": "sans id"}, made.card(2, "b"))
    document["cards"].append(7)
    read = export(document)
    assert [task.title for task in read.tasks] == ["a", "b"]
    assert any("2" in warning for warning in read.board.warnings)


def test_half_an_emoji_is_no_text() -> None:
    """A title cut in the middle of an emoji can still be written out."""
    read = read_export(
        json.dumps(made.board(made.card(1, "caf\ud83c"))).encode(), name="x.json", read_at=NOW, zone=PARIS
    )
    assert read.tasks[0].title.encode()
