"""Board exports: recognised by their content, read whole, refused in words; and never fatal, however odd."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import PARIS

from retro.model import Snapshot
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
    assert [task.title for task in read.tasks] == [card["name"] for card in document["cards"]]
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


def paths(value: object, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every value inside a document stands."""
    inside: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    found = [(*place, key) for key, _ in inside]
    return found + [deeper for key, each in inside for deeper in paths(each, (*place, key))]


DOCUMENTS = [made.board_of_2015(), made.board_of_2026()]
PATHS = [paths(document) for document in DOCUMENTS]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.sampled_from(
        ["", "2027-13-40", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00-10:00", "NaN", "\ud83c", "\x1b[31m"]
    ),
    st.text(max_size=8),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)


@settings(max_examples=600, deadline=None)
@given(st.integers(0, 1), st.lists(st.tuples(st.integers(0, 10**6), st.booleans(), ODD), min_size=1, max_size=3))
def test_any_field_may_be_missing_or_of_another_type(which: int, changes: list[tuple[int, bool, object]]) -> None:
    """Whatever is dropped, emptied or retyped, an export reads as a board or is refused in words."""
    document = copy.deepcopy(DOCUMENTS[which])
    for number, drop, value in changes:
        *way, last = PATHS[which][number % len(PATHS[which])]
        holder: Any = document
        try:
            for step in way:
                holder = holder[step]
            if drop:
                del holder[last]
            else:
                holder[last] = value
        except (LookupError, TypeError):
            continue  # an earlier change took this place away
    try:
        read = export(document)
    except UnreadableError:
        return
    assert len({task.key for task in read.tasks}) <= len(document["cards"])
    assert all(task.revision for task in read.tasks)
