"""Documents of any shape: what is missing, null or of another type never crashes a read."""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.connectors.notion.documents import PARIS, SOURCE, document, options, pair, runs, status_config, uuid

from retro_notion import payload
from retro_notion.columns import match
from retro_notion.mapping import snapshot
from retro_notion.own import own_columns
from retro_notion.page_size import PageSize
from retro_notion.reading import reading
from retro_notion.rows import Rows
from retro_notion.settings import BoardSettings

COLUMNS: dict[str, Any] = {
    "État": ("status", status_config(To_do=["À faire"], In_progress=["En cours"], Complete=["Fini"])),
    "Échéance": ("date", {}),
    "Responsable": ("people", {}),
    "Bloqué par": ("relation", pair("a", "Bloque")),
    "Bloque": ("relation", pair("b", "Bloqué par")),
    "Canal": ("select", {"options": options("SEO")}),
    "Étiquettes": ("multi_select", {"options": options("a", "b")}),
    "Charge (jours)": ("number", {"format": "number"}),
    "Dépend de": ("rich_text", {}),
    "Jours": ("formula", {"expression": "1"}),
    "Somme": ("rollup", {"function": "sum"}),
    "Pièces": ("files", {}),
    "ID": ("unique_id", {"prefix": "T"}),
    "Nouveauté": ("hologram", {"depth": 3}),
    "retro · au plus tard": ("date", {}),
    "retro · à revoir": ("rich_text", {}),
}
CELLS: dict[str, tuple[str, Any]] = {
    "État": ("status", {"id": "o-En cours", "name": "En cours"}),
    "Échéance": ("date", {"start": "2027-02-01T09:00:00.000+01:00", "end": "2027-02-03T09:00:00.000+01:00"}),
    "Responsable": ("people", [{"object": "user", "id": uuid(1), "name": "Léa", "person": {"email": "l@x.fr"}}]),
    "Bloqué par": ("relation", [{"id": uuid(2)}]),
    "Canal": ("select", {"id": "o-SEO", "name": "SEO"}),
    "Étiquettes": ("multi_select", options("a", "b")),
    "Charge (jours)": ("number", 2.5),
    "Dépend de": ("rich_text", runs("https://trello.com/c/AbCd1234; #3")),
    "Jours": ("formula", {"type": "date", "date": {"start": "2027-02-01"}}),
    "Somme": ("rollup", {"type": "array", "array": [{"type": "number", "number": 3}], "function": "sum"}),
    "Pièces": ("files", [{"name": "a.pdf", "external": {"url": "https://x.fr/a.pdf"}}]),
    "ID": ("unique_id", {"prefix": "T", "number": 4}),
    "Nouveauté": ("hologram", {"depth": 3, "layers": [1, "2"]}),
    "retro · au plus tard": ("date", {"start": "2027-01-29"}),
    "retro · à revoir": ("rich_text", runs("OWN101")),
}
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.just([]),
    st.just({}),
    st.just([None, 1, "x", [], {}]),
    st.just({"id": 3, "name": [], "type": {}, "start": 1}),
    st.sampled_from(["2027-02-31", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-12:00", "\ud800"]),
)


def source_document() -> dict[str, Any]:
    """A data source's JSON."""
    columns = {
        name: {"id": f"r-{name}" if kind == "relation" else f"{name}%3E", "name": name, "type": kind, kind: config}
        for name, (kind, config) in COLUMNS.items()
    }
    title = {"Nom": {"id": "title", "name": "Nom", "type": "title", "title": {}}}
    return {"object": "data_source", "id": SOURCE, "title": runs("Campagne"), "properties": {**title, **columns}}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document."""
    entries: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in entries:
        yield (*path, key)
        yield from places(held, (*path, key))


@st.composite
def spoilt(draw: st.DrawFn, whole: dict[str, Any]) -> dict[str, Any]:
    """The document with up to three of its parts dropped or replaced."""
    found = copy.deepcopy(whole)
    for _turn in range(draw(st.integers(1, 3))):
        where = list(places(found))
        if not where:
            break
        *way, last = draw(st.sampled_from(where))
        held: Any = found
        for step in way:
            held = held[step]
        if draw(st.booleans()):
            held[last] = copy.deepcopy(draw(JUNK))  # what is spoilt next may lie within it
        else:
            del held[last]
    return found


@settings(max_examples=250, deadline=None)
@given(spoilt(source_document()), spoilt(document("[SEO] Brief", CELLS)))
def test_any_spoilt_document_becomes_a_board(source: dict[str, Any], page: dict[str, Any]) -> None:
    """Whatever is dropped, null or of another type: a board, and its page unless that has no id."""
    read = payload.read_each(payload.DataSource, [source])
    pages = payload.read_each(payload.Page, [page])
    assert len(read) == (isinstance(source.get("id"), str) and source["id"] != "")
    assert len(pages) == (isinstance(page.get("id"), str) and page["id"] != "")
    for each in read:
        on = reading(each, BoardSettings(), PARIS).with_titles(pages)
        found = snapshot(on, pages, source="base", read_at=NOW)
        assert len(found.tasks) == len(pages)
        assert all(task.revision for task in found.tasks)


class _Answers:
    """A client that gives one answer of rows."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer

    def rows(self, _ref: str, _cursor: str | None, _size: int, _since: str | None) -> dict[str, Any]:
        answer, self.answer = self.answer, {"results": [], "has_more": False}
        return answer


@settings(max_examples=150, deadline=None)
@given(
    spoilt(
        {
            "object": "list",
            "results": [document("A", CELLS), {"object": "data_source", "id": SOURCE}],
            "has_more": True,
            "next_cursor": "s:1",
            "request_status": {"type": "incomplete", "incomplete_reason": "query_result_limit_reached"},
        }
    )
)
def test_any_spoilt_answer_of_rows_is_read_to_its_end(answer: dict[str, Any]) -> None:
    """A list of any shape ends, and gives pages only."""
    rows = Rows(_Answers(answer), SOURCE, PageSize())  # type: ignore[arg-type]  # a client as far as rows need one
    pages = [page for group in rows for page in group]
    assert all(isinstance(page, payload.Page) for page in pages)
    assert len(pages) <= 2
    assert all(isinstance(fact, str) for fact in rows.facts)


def test_nothing_at_all_is_a_mapping_without_roles() -> None:
    """A data source without columns maps to nothing, and own columns to none."""
    assert match([], {}, own_columns([], {"latest": "x"}), "") == match([], {}, {}, "")
