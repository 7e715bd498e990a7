"""From writes to the properties of a page."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.notion.documents import PARIS, board, document

from retro.model import Day
from retro_notion import payload
from retro_notion.writing import chunks, plain_title, properties

Cell = dict[str, Any] | None
ONE: dict[str, Any] = {"Échéance": "date"}
TWO: dict[str, Any] = {"Échéance": "date", "Début": "date"}
NOON = datetime(2027, 2, 1, 12, 0, tzinfo=PARIS)


def written(columns: dict[str, Any], cells: dict[str, Cell], **fields: Day | str | float | None) -> dict[str, Cell]:
    """The date cells that a write sends, by column."""
    page = payload.Page.model_validate(document("T", {name: ("date", value) for name, value in cells.items()}))
    body = properties(fields, page, board(columns).columns, PARIS)
    return {wire.removesuffix("%3E"): told["date"] for wire, told in body.items()}


@pytest.mark.parametrize(
    ("held", "fields", "sent"),
    [
        (None, {"due": date(2027, 2, 5)}, {"start": "2027-02-05"}),
        (None, {"start": date(2027, 2, 1)}, {"start": "2027-02-01"}),
        (None, {"start": date(2027, 2, 1), "due": date(2027, 2, 5)}, {"start": "2027-02-01", "end": "2027-02-05"}),
        ({"start": "2027-02-05"}, {"start": date(2027, 2, 1)}, {"start": "2027-02-01", "end": "2027-02-05"}),
        ({"start": "2027-02-05"}, {"due": date(2027, 2, 9)}, {"start": "2027-02-09"}),
        ({"start": "2027-02-01", "end": "2027-02-05"}, {"start": None}, {"start": "2027-02-05"}),
        ({"start": "2027-02-01", "end": "2027-02-05"}, {"start": None, "due": None}, None),
        ({"start": "2027-02-05"}, {"due": None}, None),
        (
            {"start": "2027-03-20T09:30:00.000+01:00", "end": "2027-03-25T16:00:00.000+01:00"},
            {"due": date(2027, 3, 29)},
            {"start": "2027-03-20T09:30+01:00", "end": "2027-03-29T16:00+02:00"},
        ),
        ({"start": "2027-02-01"}, {"due": NOON}, {"start": "2027-02-01T12:00+01:00"}),
        ({"start": "2027-02-05"}, {"start": NOON}, {"start": "2027-02-01", "end": "2027-02-05"}),
    ],
)
def test_a_range_keeps_what_is_not_written(held: Cell, fields: dict[str, Day | None], sent: Cell) -> None:
    """One column holds start and due: the other end stays as it is, in days or in hours as found."""
    assert written(ONE, {"Échéance": held}, **fields) == {"Échéance": sent}


@pytest.mark.parametrize(
    ("held", "fields", "sent"),
    [
        ({}, {"due": date(2027, 2, 5)}, {"Échéance": {"start": "2027-02-05"}}),
        (
            {},
            {"start": date(2027, 2, 1), "due": date(2027, 2, 5)},
            {"Début": {"start": "2027-02-01"}, "Échéance": {"start": "2027-02-05"}},
        ),
        (
            {"Début": {"start": "2027-02-01T10:00:00.000+01:00"}},
            {"start": date(2027, 2, 3)},
            {"Début": {"start": "2027-02-03T10:00+01:00"}},
        ),
        (
            {"Échéance": {"start": "2027-02-01", "end": "2027-02-05"}},
            {"due": date(2027, 2, 8)},
            {"Échéance": {"start": "2027-02-01", "end": "2027-02-08"}},
        ),
        ({"Début": {"start": "2027-02-01"}}, {"start": None}, {"Début": None}),
    ],
)
def test_two_columns_are_written_apart(
    held: dict[str, Cell], fields: dict[str, Day | None], sent: dict[str, Cell]
) -> None:
    """Each date goes into its own column, and only those that are written are sent."""
    assert written(TWO, held, **fields) == sent


def test_own_fields_are_sent_in_their_kind() -> None:
    """A day, a text in runs, a number; None empties each; nothing else is in the body."""
    columns: dict[str, Any] = {
        "retro · au plus tard": "date",
        "retro · à revoir": "rich_text",
        "retro · marge (jours)": "number",
        "Étiquettes": "multi_select",
    }
    page = payload.Page.model_validate(document("T", {}))
    on = board(columns).columns
    full: dict[str, Day | str | float | None] = {
        "retro_latest": date(2027, 2, 1),
        "retro_review": "OWN101",
        "retro_margin": 2.5,
    }
    assert list(properties(full, page, on, PARIS).values()) == [
        {"date": {"start": "2027-02-01"}},
        {"rich_text": [{"text": {"content": "OWN101"}}]},
        {"number": 2.5},
    ]
    empty = properties(dict.fromkeys(full), page, on, PARIS)
    assert list(empty.values()) == [{"date": None}, {"rich_text": []}, {"number": None}]


@given(st.text(max_size=60).map(lambda text: text * 150))
def test_pieces_join_to_the_text_and_fit(text: str) -> None:
    """No piece is beyond Notion's most, and none is lost or cut within a character."""
    pieces = list(chunks(text))
    assert "".join(pieces) == text
    assert all(0 < len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= 2000 for piece in pieces)


def titled(*title_runs: dict[str, Any]) -> payload.Page:
    """A page whose title is those runs."""
    found = document("T", {})
    found["properties"]["Nom"]["title"] = list(title_runs)
    return payload.Page.model_validate(found)


PLAIN: dict[str, Any] = {"type": "text", "text": {"content": "[seo]Brief", "link": None}, "plain_text": "[seo]Brief"}


def test_a_title_goes_out_as_one_text() -> None:
    """A title without formats is written whole, by the id of its column."""
    body = properties({"title": "[SEO] Brief"}, titled(PLAIN), board({}).columns, PARIS)
    assert body == {"title": {"title": [{"text": {"content": "[SEO] Brief"}}]}}


@pytest.mark.parametrize(
    ("held", "plain"),
    [
        ([], True),
        ([PLAIN], True),
        ([{**PLAIN, "annotations": {"bold": False, "color": "default"}}], True),
        ([PLAIN, PLAIN], False),
        ([{**PLAIN, "annotations": {"bold": True, "color": "default"}}], False),
        ([{**PLAIN, "annotations": {"bold": False, "color": "red"}}], False),
        ([{**PLAIN, "text": {"content": "x", "link": {"url": "https://x.fr"}}}], False),
        ([{**PLAIN, "href": "https://x.fr"}], False),
        ([{"type": "mention", "mention": {"type": "page"}, "plain_text": "@x"}], False),
    ],
)
def test_only_a_plain_title_can_be_written(held: list[dict[str, Any]], *, plain: bool) -> None:
    """What another title would lose is told from what it would not."""
    assert plain_title(titled(*held), board({}).columns) is plain
