"""The heading row is found under titles and banners, and tables are bounded by each other."""

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from retro_files.refusals import widest
from retro_files.regions import LOOKED_AT, regions

if TYPE_CHECKING:
    from retro.tables.table import Row


def test_banners_and_blanks_above_are_passed_over() -> None:
    """The row with most known headings heads the table."""
    rows: list[Row] = [("Planning 2027",), (), ("Titre",), ("Titre", "Qui", "Quand"), ("A", "Paul", None)]
    [region] = regions(rows)
    assert (region.top, region.first, region.end) == (3, 4, 5)


def test_the_first_of_equals_heads_the_table() -> None:
    """A repeated heading row further down heads no second table."""
    [region] = regions([("Titre", "Qui"), ("A",), (), ("Titre", "Qui"), ("B",)])
    assert (region.top, region.end) == (0, 5)


def test_no_known_heading_is_no_table() -> None:
    """Where no row has a known heading, there is none."""
    assert regions([("x",), ("a", "b", None), ("c", 1)]) == []
    assert regions([]) == []


def test_tables_end_where_others_begin() -> None:
    """Below: at the caption of the next; beside: at its first column."""
    below = regions([("Titre", "Qui"), ("A", "Léa"), (), ("Suite",), ("Action", "Quand"), ("B", "2027-01-05")])
    assert [(each.top, each.end, each.caption) for each in below] == [(0, 3, ""), (4, 6, "Suite")]
    beside = regions([("Titre", "Qui", None, "Action", "Quand"), ("A", "Léa", None, "B", "2027-01-05")])
    assert [(each.left, each.right) for each in beside] == [(0, 2), (2, 5)]


@given(st.integers(0, LOOKED_AT * 2))
def test_headings_of_a_first_table_are_looked_for_near_the_top(above: int) -> None:
    """A row that looks like headings far down is a row like others."""
    rows: list[Row] = [("x",)] * above + [("Titre", "Qui")]
    assert [region.top for region in regions(rows)] == ([above] if above < LOOKED_AT else [])


def test_the_row_of_most_texts_stands_for_headings() -> None:
    """The first of the fullest rows is shown in messages; nothing where there are no rows."""
    rows: list[Row] = [("x",), ("a", "b", None), ("c", 1)]
    assert widest(rows) == ("a", "b", None)
    assert widest([]) == ()
