"""JSON in pieces is the very text that the standard library writes."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from retro.report.indented import Each, indented

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    NUMBERS.filter(lambda number: not number or 1e-4 <= abs(number) < 1e16),
    st.text(st.characters()),
    st.text(st.characters(categories=["Cs", "Cc", "Lu"])),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner), max_leaves=30
)


@given(st.dictionaries(st.text(), VALUES))
def test_the_text_is_that_of_the_standard_library(document: dict[str, Any]) -> None:
    """Every value is written as `json.dumps` with an indentation of one writes it."""
    assert "".join(indented(document)) == json.dumps(document, ensure_ascii=False, indent=1)


@given(st.lists(VALUES), st.dictionaries(st.text(), VALUES))
def test_members_made_one_by_one_are_a_list(members: list[Any], more: dict[str, Any]) -> None:
    """A list whose members are made on the way is written as though it had stood there, on any level."""
    lazy = Each(lambda place: members[place], range(len(members)))
    written = "".join(indented({"outer": lazy, "inner": {"deep": lazy}, **more}))
    assert written == json.dumps({"outer": members, "inner": {"deep": members}, **more}, ensure_ascii=False, indent=1)


@given(st.lists(NUMBERS))
def test_any_number_is_read_back(numbers: list[float]) -> None:
    """However large or small it is."""
    assert json.loads("".join(indented({"numbers": numbers})))["numbers"] == numbers


def test_a_large_document_comes_in_pieces() -> None:
    """No piece holds the whole of it, and together they do."""
    document = {"findings": Each(lambda number: {"number": number}, range(10_000))}
    pieces = list(indented(document))
    assert max(map(len, pieces)) < sum(map(len, pieces)) / 5
    assert json.loads("".join(pieces))["findings"][-1] == {"number": 9_999}


def test_members_can_be_asked_for() -> None:
    """One member, some of them, and how many there are."""
    doubled = Each(lambda number: 2 * number, [1, 2, 3])
    assert (doubled[-1], list(doubled[1:]), len(doubled)) == (6, [4, 6], 3)
