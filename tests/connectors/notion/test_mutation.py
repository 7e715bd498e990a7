"""Spoilt answers of every endpoint become a board, or one of our errors; never a crash, and no read without an end."""

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.connectors.notion.documents import PARIS, SOURCE, document, runs, uuid
from tests.connectors.notion.test_tolerance import CELLS, source_document, spoilt

from retro.model import Snapshot
from retro.model.codec import dumps, loads
from retro.ports import RetroError
from retro.testing.clock import SteppingClock
from retro_notion.connector import NotionConnector
from retro_notion.settings import BoardSettings

DATABASE = uuid(99)
LONG = {"Bloqué par": ("relation", [{"id": uuid(number)} for number in range(25)])}
WHOLE: dict[str, dict[str, Any]] = {
    "database": {
        "object": "database",
        "id": DATABASE,
        "title": runs("Campagne"),
        "data_sources": [{"id": SOURCE, "name": "Campagne"}],
    },
    "data_source": source_document(),
    "rows": {
        "object": "list",
        "results": [document("[SEO] Brief", CELLS), document("Long", {**CELLS, **LONG}, id=uuid(7))],
        "has_more": False,
        "next_cursor": None,
        "request_status": {"type": "complete"},
    },
    "values": {
        "object": "list",
        "type": "property_item",
        "results": [{"object": "property_item", "type": "relation", "relation": {"id": uuid(3)}}],
        "has_more": False,
    },
    "users": {"object": "list", "results": [{"object": "user", "id": uuid(1), "name": "Léa"}], "has_more": False},
    "user": {"object": "user", "id": uuid(1), "name": "Léa", "type": "person", "person": {"email": "lea@x.fr"}},
    "views": {"object": "list", "results": [{"object": "view", "id": uuid(5)}], "has_more": False},
    "view": {
        "object": "view",
        "id": uuid(5),
        "name": "Chronologie",
        "configuration": {"type": "timeline", "arrows_by": {"property_id": "r-Bloqu%C3%A9%20par"}},
    },
}
_MOST = 60
"""Requests that a read of two pages may take at most, however spoilt what it is told."""


class _Answers:
    """A client that gives the same answer to each request of a kind, and counts."""

    def __init__(self, answers: dict[str, dict[str, Any]]) -> None:
        self._answers = answers
        self.calls = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        kind = {"page": "database"}.get(name, name)

        def answer(*_args: object) -> Any:
            self.calls += 1
            assert self.calls <= _MOST, "a read without an end"
            return copy.deepcopy(self._answers[kind])

        return answer


@st.composite
def answers(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Every endpoint's answer, one to three of them spoilt."""
    kinds = draw(st.lists(st.sampled_from(sorted(WHOLE)), min_size=1, max_size=3, unique=True))
    return {kind: draw(spoilt(whole)) if kind in kinds else whole for kind, whole in WHOLE.items()}


def _read(found: dict[str, dict[str, Any]], board: BoardSettings) -> Snapshot:
    connector = NotionConnector(
        _Answers(found),  # type: ignore[arg-type]  # a client as far as a read needs one
        clock=SteppingClock(),
        zone=PARIS,
        boards=[board],
    )
    return connector.pull(board.at).snapshot


@settings(max_examples=300, deadline=None)
@given(answers(), st.booleans())
def test_a_spoilt_answer_is_read_or_refused(
    found: dict[str, dict[str, Any]],
    again: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    """Whatever is dropped, null or of another type: tasks with unique keys that the store takes, or a RetroError."""
    known = _read(WHOLE, BoardSettings(at=DATABASE)).board.mapping if again else ()
    with suppress(RetroError):
        snapshot = _read(found, BoardSettings(at=DATABASE, alias="campagne", mapping=known))
        keys = [task.key for task in snapshot.tasks]
        assert len(keys) == len(set(keys))
        assert loads(Snapshot, dumps(snapshot)) == snapshot


def test_the_whole_answers_are_read() -> None:
    """The documents that are spoilt above are good ones: the test does not pass because everything is refused."""
    snapshot = _read(WHOLE, BoardSettings(at=DATABASE))
    assert [task.title for task in snapshot.tasks] == ["[SEO] Brief", "Long"]
    assert {use.role for use in snapshot.board.mapping} >= {"due", "owners", "status", "predecessors"}
    assert json.loads(dumps(snapshot))["board"]["key"] == f"notion:{SOURCE}"
