"""Boards of 2011, 2015 and 2026 with anything spoilt in them: each card a task or told of, and never a crash."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import PARIS

from retro import registry
from retro.config.load import Configuration, parse
from retro.model import Role, Snapshot, SourceState, SourceStatus
from retro.model.codec import dumps, loads
from retro.ports import SourceError, UnreadableError
from retro.run.assess import Means, assess
from retro.run.options import lint_settings, schedule_options
from retro.run.projects import one_project
from retro.run.read import Reading, join
from retro.run.working_time import calendars
from retro.testing.clock import SteppingClock
from retro_trello.connector import TrelloConnector
from retro_trello.export import EXPORTED, read_export

if TYPE_CHECKING:
    from retro_trello.client import Client

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
DOCUMENTS = (made.older_shapes(), made.board_of_2015(), made.board_of_2026())
SETTINGS = parse('version = 1\n[lint]\nprofile = "stricte"\n', "retro.toml")
CONFIGURATION = Configuration(SETTINGS)
RULES = registry.rules(CONFIGURATION)

Edit = Callable[[Any, Any], None]


def places(value: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every value inside a document stands."""
    inside: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [(*way, key) for key, _ in inside] + [deeper for key, each in inside for deeper in places(each, (*way, key))]


PLACES = [places(document) for document in DOCUMENTS]


def deep(levels: int) -> Any:
    """Lists within lists."""
    value: Any = "fond"
    for _ in range(levels):
        value = [value]
    return value


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.sampled_from(
        [
            "",
            "31/02/2027",
            "2027-13-40",
            "2027-02-01",
            "20270201T1000Z",
            "9999-12-31T23:59:59+00:00",
            "0001-01-01T00:00:00-10:00",
            "NaN",
            "1e999",
            "9" * 5000,
            "\ud83c",
            "\x1b[31m",
            "\x00",
            "\u202eoterces",
            "../../members/me",
            10**400,
            -(10**400),
            1614600000000,
        ]
    ),
    st.builds(deep, st.integers(1, 150)),
    st.text(st.characters(), max_size=8),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)


def _put(value: object) -> Edit:
    def edit(holder: Any, key: Any) -> None:
        holder[key] = value

    return edit


def _drop(holder: Any, key: Any) -> None:
    del holder[key]


def _rename(holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        holder[f"{key}s"] = holder.pop(key)


def _swap(holder: Any, key: Any) -> None:
    """Give a field the value of its neighbour."""
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    other = keys[keys.index(key) - 1]
    holder[key], holder[other] = holder[other], holder[key]


def _nest(holder: Any, key: Any) -> None:
    holder[key] = {"value": holder[key]}


def _listed(holder: Any, key: Any) -> None:
    holder[key] = [holder[key], holder[key]]


def _repeat(holder: Any, key: Any) -> None:
    if isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))


EDITS = st.one_of(st.sampled_from([_drop, _rename, _swap, _nest, _listed, _repeat]), st.builds(_put, ODD))
SPOILS = st.lists(st.tuples(st.integers(0, 10**6), EDITS), min_size=1, max_size=6)
BOARDS = st.sampled_from(range(len(DOCUMENTS)))


def spoilt(which: int, spoils: list[tuple[int, Edit]]) -> Any:
    """A document after some edits, as JSON gives it back."""
    document: Any = copy.deepcopy(DOCUMENTS[which])
    for number, edit in spoils:
        *way, last = PLACES[which][number % len(PLACES[which])]
        holder: Any = document
        try:
            for step in way:
                holder = holder[step]
            edit(holder, last)
        except (LookupError, TypeError, ValueError):
            continue  # an earlier edit took this place away
    return json.loads(json.dumps(document))


def nothing_lost(document: Any, snapshot: Snapshot) -> None:
    """Each entry of the cards is a task, or the board says how many are none; a due date is read or told."""
    cards: dict[str, Any] = {}
    for entry in document["cards"]:
        if isinstance(entry, dict) and isinstance(entry.get("id"), str) and entry["id"]:
            cards.setdefault(f"trello:{entry['id'].encode('utf-8', 'replace').decode()}", entry)
    tasks = {task.key: task for task in snapshot.tasks if task.role is not Role.ITEM}
    assert tasks.keys() == cards.keys()
    assert len(tasks) == len(document["cards"]) or snapshot.board.warnings
    for key, card in cards.items():
        unreadable = {each.field for each in tasks[key].unreadable}
        for field in ("due", "start"):
            if card.get(field) not in (None, "", [], {}):
                assert getattr(tasks[key], field) is not None or field in unreadable


def assessed(snapshot: Snapshot) -> None:
    """The board is stored and found again, scheduled and judged, and no rule stumbles."""
    assert loads(Snapshot, dumps(snapshot)) == snapshot
    state = SourceState(id=snapshot.board.source, kind="trello", state=SourceStatus.FRESH)
    parts = Reading(sources=(state,), snapshots=(snapshot,))
    portfolio = join(parts, SETTINGS, registry.handle_of)
    portfolio = replace(portfolio, projects=one_project(portfolio.boards, portfolio.tasks, date(2027, 3, 1)))
    means = Means(
        settings=SETTINGS,
        calendars=calendars(CONFIGURATION),
        options=schedule_options(SETTINGS, portfolio.boards),
        rules=RULES,
        lint=lint_settings(SETTINGS.lint),
        capabilities={state.id: EXPORTED},
    )
    found = assess(portfolio, means, now=NOW, lang="fr")
    assert found.bugs == ()
    said = {(finding.subject, finding.detail) for finding in found.assessment.findings if finding.code == "SRC101"}
    judged = {
        task.key for task in portfolio.tasks if task.counts and task.status.category.value not in ("idea", "cancelled")
    }
    assert said >= {
        (task.key, each.field) for task in portfolio.tasks if task.key in judged for each in task.unreadable
    }


@settings(max_examples=500, deadline=None)
@given(BOARDS, SPOILS)
def test_a_spoilt_export_loses_no_card(which: int, spoils: list[tuple[int, Edit]]) -> None:
    """Whatever is dropped, emptied, retyped, renamed, nested or repeated, each card is a task or is told of."""
    document = spoilt(which, spoils)
    try:
        snapshot = read_export(json.dumps(document).encode(), name="x.json", read_at=NOW, zone=PARIS)
    except UnreadableError:
        whole = isinstance(document.get("cards"), list) and isinstance(document.get("lists"), list)
        assert not whole or not isinstance(document.get("id"), str) or not document["id"]
        return
    nothing_lost(document, snapshot)


@settings(max_examples=150, deadline=None)
@given(BOARDS, SPOILS)
def test_a_spoilt_board_is_judged(which: int, spoils: list[tuple[int, Edit]]) -> None:
    """What was read of it is stored, scheduled and judged; each value that cannot be read is a finding."""
    document = json.dumps(spoilt(which, spoils)).encode()
    try:
        snapshot = read_export(document, name="x.json", read_at=NOW, zone=PARIS)
    except UnreadableError:
        return
    assessed(snapshot)


class Answering:
    """A client whose one answer is a given document."""

    calls = 1

    def __init__(self, document: Any) -> None:
        self.document = document

    def board(self, _ref: str) -> Any:
        return self.document


@settings(max_examples=200, deadline=None)
@given(BOARDS, SPOILS)
def test_a_spoilt_answer_is_a_board_or_refused(which: int, spoils: list[tuple[int, Edit]]) -> None:
    """A live answer without lists or cards is no board, and said to be none; every other is read like an export."""
    document = spoilt(which, spoils)
    connector = TrelloConnector(cast("Client", Answering(document)), clock=SteppingClock(), zone=PARIS)
    try:
        snapshot = connector.pull("BrdLink1").snapshot
    except SourceError:
        whole = isinstance(document.get("cards"), list) and isinstance(document.get("lists"), list)
        assert not whole or not isinstance(document.get("id"), str) or not document["id"]
        return
    nothing_lost(document, snapshot)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_whole_boards_are_read_without_a_word(document: Any) -> None:
    """Unspoilt, each of the three has all its cards, nothing unreadable, and no warning."""
    snapshot = read_export(json.dumps(document).encode(), name="x.json", read_at=NOW, zone=PARIS)
    nothing_lost(document, snapshot)
    assert snapshot.board.warnings == ()
    assert all(task.unreadable == () for task in snapshot.tasks)
    assessed(snapshot)
