"""Values on their way to Trello: strings and UTC instants that read back as what was meant."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro_trello.fields import own_value
from retro_trello.payload import BoardList, Card, CustomFieldItem
from retro_trello.writing import card_body, items_after, lists_by_name, number, own_items, stamp

ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Paris", "America/Montreal", "Pacific/Auckland", "Asia/Kolkata", "UTC")]
)
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))
BARE = Card.model_validate({"id": "5f"})


@given(DATES, ZONES)
def test_an_own_date_comes_back_as_the_same_day(day: date, zone: ZoneInfo) -> None:
    """Whatever the zone and the season, a day that is written reads as that day."""
    (item,) = own_items({"retro_latest": day}, {"latest": "5f"}, zone)
    assert own_value("latest", CustomFieldItem.model_validate(item), zone) == day


@given(DATES, ZONES, st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30)))  # noqa: DTZ001 - given its zone below
def test_a_due_day_keeps_the_hour_of_the_card(day: date, zone: ZoneInfo, present: datetime) -> None:
    """A moved due date is the day meant at the hour that the card had, on the workspace's clock."""
    held = present.replace(tzinfo=UTC, microsecond=0)
    body = card_body({"due": day}, Card.model_validate({"id": "5f", "due": stamp(held)}), zone)
    written = datetime.fromisoformat(body["due"]).astimezone(zone)
    assert written.date() == day
    hour = held.astimezone(zone).time()
    skipped = datetime.combine(day, hour, zone).astimezone(UTC).astimezone(zone).time() != hour
    assert written.time() == hour or skipped


def test_hours_where_the_card_has_none() -> None:
    """A first due date is at 17:00, a first start at 09:00; an instant is written as it is; None empties."""
    paris = ZoneInfo("Europe/Paris")
    assert card_body({"due": date(2027, 7, 1), "start": date(2027, 1, 4)}, BARE, paris) == {
        "start": "2027-01-04T08:00:00.000Z",
        "due": "2027-07-01T15:00:00.000Z",
    }
    at = datetime(2027, 1, 4, 7, 45, tzinfo=paris)
    assert card_body({"due": at, "start": None}, BARE, paris) == {"start": None, "due": "2027-01-04T06:45:00.000Z"}
    assert card_body({"title": "x"}, BARE, paris) == {"name": "x"}


def test_the_tick_and_the_list() -> None:
    """A tick is a flag, taken away by None; a list goes by its id, with the title and the date in the same body."""
    paris = ZoneInfo("Europe/Paris")
    assert card_body({"completed": "complete"}, BARE, paris) == {"dueComplete": True}
    assert card_body({"completed": None}, BARE, paris) == {"dueComplete": False}
    body = card_body({"section": "Terminé", "title": "x", "due": None}, BARE, paris, {"Terminé": "5a"})
    assert body == {"idList": "5a", "name": "x", "due": None}


def test_lists_that_a_name_means() -> None:
    """A name means the one open list that has it: none where several have, or where it is archived."""
    lists = [
        BoardList.model_validate({"id": "1", "name": "Terminé"}),
        BoardList.model_validate({"id": "2", "name": "Terminé", "closed": True}),
        BoardList.model_validate({"id": "3", "name": "À faire"}),
        BoardList.model_validate({"id": "4", "name": "À faire"}),
        BoardList.model_validate({"id": "5", "name": "Archive", "closed": True}),
    ]
    assert lists_by_name(lists) == {"Terminé": "1"}


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.5, "2.5"), (3.0, "3"), (0, "0"), (-0.0, "0"), (1e-9, "0"), (1e15, "1000000000000000"), (-1.25, "-1.25")],
)
def test_numbers_have_no_exponent(value: float, text: str) -> None:
    """Trello takes plain decimal strings."""
    assert number(value) == text


def test_numbers_that_are_none() -> None:
    """What is not finite is a mistake of ours, not a value."""
    with pytest.raises(ValueError, match="nan"):
        number(float("nan"))


def held(field: str, text: str) -> CustomFieldItem:
    """A text on a card."""
    return CustomFieldItem.model_validate({"idCustomField": field, "value": {"text": text}})


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        ([{"idCustomField": "a", "value": {"text": "new"}}], {"a": "new", "b": "kept"}),
        ({"customFieldItems": [{"idCustomField": "a", "value": {"text": "new"}}]}, {"a": "new", "b": "kept"}),
        ([], None),
        ({}, None),
        (None, None),
        ("ok", None),
    ],
)
def test_an_answer_that_tells_is_believed(answer: Any, after: dict[str, str] | None) -> None:
    """The values of the answer stand; an answer that does not tell of a written value asks for a re-read."""
    found = items_after(
        [held("a", "old"), held("b", "kept")], [{"idCustomField": "a", "value": {"text": "new"}}], answer
    )
    assert (found and {item.id_custom_field: (item.value or {}).get("text") for item in found}) == after


def test_an_emptied_value_may_be_absent_from_the_answer() -> None:
    """Trello leaves emptied fields out: they are gone."""
    assert items_after([held("a", "old")], [{"idCustomField": "a", "value": ""}], []) == []
