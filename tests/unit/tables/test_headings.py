"""The heading row is found under titles and banners."""

from hypothesis import given
from hypothesis import strategies as st

from retro.tables.headings import LOOKED_AT, find_headings, widest
from retro.tables.table import Row

_KNOWN = frozenset({"Titre", "Qui", "Quand"})


def known(row: Row) -> int:
    """How many of three headings a row has."""
    return sum(cell in _KNOWN for cell in row)


def test_banners_and_blanks_above_are_passed_over() -> None:
    """The row with most known headings heads the table."""
    rows: list[Row] = [("Planning 2027",), (), ("Qui",), ("Titre", "Qui", "Quand"), ("A", "Paul", None)]
    assert find_headings(rows, known) == 3


def test_the_first_of_equals_heads_the_table() -> None:
    """A repeated heading row further down is none."""
    assert find_headings([("Titre", "Qui"), ("A",), ("Titre", "Qui")], known) == 0


def test_no_known_heading_is_none() -> None:
    """Where no row has a known heading, none is chosen, and the widest stands for messages."""
    rows: list[Row] = [("x",), ("a", "b", None), ("c", 1)]
    assert find_headings(rows, known) is None
    assert widest(rows) == ("a", "b", None)
    assert widest([]) == ()


@given(st.integers(0, LOOKED_AT * 2))
def test_headings_are_looked_for_near_the_top_only(above: int) -> None:
    """A row that looks like headings far down is a row like others."""
    rows: list[Row] = [("x",)] * above + [("Titre", "Qui")]
    assert find_headings(rows, known) == (above if above < LOOKED_AT else None)
