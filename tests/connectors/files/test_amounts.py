"""Amounts of work in cells."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.model import Estimate, EstimateOrigin
from retro_files.amounts import number, points_in, work

NUMBER = EstimateOrigin.NUMBER


def read(cell: str | float | time | timedelta, unit: str = "") -> Estimate | None:
    """What a cell of a column named Durée says, its heading naming `unit`."""
    return work(cell, unit=unit, field="Durée", day_minutes=420)


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        (3, 3.0, "hours"),
        ("3,5", 3.5, "hours"),
        ("1 234,5", 1234.5, "hours"),
        ("2 j", 2.0, "days"),
        ("1.5d", 1.5, "days"),
        ("3 jours ouvrés", 3.0, "days"),
        ("0,5 JH", 0.5, "days"),
        ("2 semaines", 10.0, "days"),
        ("4h", 240.0, "minutes"),
        ("4h30", 270.0, "minutes"),
        ("1j 4h", 660.0, "minutes"),
        (timedelta(hours=30), 1800.0, "minutes"),
        (time(3, 30), 210.0, "minutes"),
    ],
)
def test_the_cells_unit_goes_before_the_headings(cell: str | float, value: float, unit: str) -> None:
    """A unit in the cell counts, else the heading's."""
    assert read(cell, "hours") == Estimate(NUMBER, value, unit, field="Durée")


def test_points_and_sizes_are_what_they_are() -> None:
    """A column of points, a T-shirt size and points in a title are no numbers of days."""
    assert read(5, "points") == Estimate(EstimateOrigin.POINTS, 5.0, field="Durée")
    assert read("XL") == Estimate(EstimateOrigin.SIZE, text="XL", field="Durée")
    assert points_in("(3) Rédiger") == Estimate(EstimateOrigin.POINTS, 3.0)
    assert points_in("Salon (2027)") is None


@pytest.mark.parametrize("cell", ["environ 3", "3-5 j", "long", "3 j ?", "j"])
def test_what_is_no_amount_is_none(cell: str) -> None:
    """Nothing is guessed from words."""
    assert read(cell) is None


def test_a_tick_is_no_number() -> None:
    """A true or false value counts nothing."""
    assert number(True) is None
    assert number("50 %") == 50.0


@given(st.decimals(0, 99999, places=2))
def test_numbers_read_back_with_either_decimal_mark(value: float) -> None:
    """A comma and a point are the same decimal mark."""
    assert number(str(value)) == number(str(value).replace(".", ",")) == float(value)


@given(st.text(max_size=30))
def test_no_cell_crashes_the_reader(cell: str) -> None:
    """Any text is an estimate or none."""
    said = read(cell)
    assert said is None or said.field == "Durée"
