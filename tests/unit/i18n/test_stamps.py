"""Columns known again by the stamps that were made from their values."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from retro.i18n.stamps import Row, checksum, known_by_stamps
from retro.model.values import Value

PARIS = ZoneInfo("Europe/Paris")
DAYS = [date(2027, 2, day) for day in range(1, 6)]
MISSING = ("due", "latest", "margin", "start")


def said(values: Mapping[str, Value], body: str = "DAT103 attendue le 8/01") -> str:
    """A text of `review` stamped over these values."""
    return f"{body}\n[retro {checksum(values, body, PARIS)}]"


def rows(**others: list[Value]) -> list[Row]:
    """Rows stamped over a latest date that stands under no name of retro's; `others` are columns."""
    found = []
    for place, day in enumerate(DAYS):
        held = {column: values[place] for column, values in others.items() if values[place] is not None}
        found.append(Row({"review": said({"latest": day})}, held))
    return found


def test_the_column_that_the_stamps_were_made_from() -> None:
    """Among dates and numbers of the team's, the one that agrees is found, for its field alone."""
    other = [date(2027, 3, day) for day in range(1, 6)]
    read = rows(theirs=[*other], renamed=[*DAYS], number=[1.0, 2.0, 3.0, 4.0, 5.0])
    assert known_by_stamps(read, MISSING, PARIS) == {"latest": "renamed"}


def test_several_columns_at_once_and_the_text_itself() -> None:
    """Where all of retro's columns were renamed, each is found."""
    values: list[dict[str, Value]] = [{"latest": day, "due": day.replace(month=1), "margin": 1.5} for day in DAYS]
    read = [Row({}, {"a": each["latest"], "b": each["due"], "c": each["margin"], "d": said(each)}) for each in values]
    found = known_by_stamps(read, (*MISSING, "review"), PARIS)
    assert found == {"latest": "a", "due": "b", "margin": "c", "review": "d"}


def test_a_value_that_somebody_changed_leaves_the_column_retros() -> None:
    """More than half of its filled cells have to agree; where fewer do, it is taken for nobody's."""
    three = [*DAYS[:3], date(2028, 1, 1), date(2028, 1, 2)]
    two = [*DAYS[:2], date(2028, 1, 1), date(2028, 1, 2), None]
    assert known_by_stamps(rows(renamed=[*three]), MISSING, PARIS) == {"latest": "renamed"}
    assert known_by_stamps(rows(renamed=[*two]), MISSING, PARIS) == {}


def test_two_columns_that_say_the_same_are_not_told_apart() -> None:
    """A column and its copy both agree: neither is taken."""
    assert known_by_stamps(rows(renamed=[*DAYS], copied=[*DAYS]), MISSING, PARIS) == {}


def test_stamps_that_agree_as_it_is_need_no_column() -> None:
    """Rows whose columns are all known make nobody's column retro's, whatever it holds."""
    read = [Row({"latest": day, "review": said({"latest": day})}, {"theirs": day}) for day in DAYS]
    assert known_by_stamps(read, ("due", "margin", "start"), PARIS) == {}
    assert known_by_stamps([Row({"review": "Vu avec Léa"}, {"theirs": DAYS[0]})], MISSING, PARIS) == {}
