"""Values made from columns are the values that their class makes."""

from dataclasses import FrozenInstanceError, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.model import EstimateOrigin, TaskSchedule
from retro.model.in_columns import in_columns, in_rows

NAMES = [each.name for each in fields(TaskSchedule)]


@given(st.lists(st.tuples(*(st.integers() for _ in NAMES)), max_size=5))
def test_columns_make_the_same_values(rows: list[tuple[int, ...]]) -> None:
    """Whatever stands in the columns, each row is the value made of the same fields by name."""
    columns = {name: [row[place] for row in rows] for place, name in enumerate(NAMES)}
    made = list(in_columns(TaskSchedule, **columns))
    assert made == [TaskSchedule(**dict(zip(NAMES, row, strict=True))) for row in rows]  # type: ignore[arg-type]  # any value
    assert made == list(in_rows(TaskSchedule, rows))


def test_what_is_made_cannot_be_changed() -> None:
    """A value from columns is as frozen as any other of its class."""
    columns = {name: [1] for name in NAMES} | {"estimate_origin": [EstimateOrigin.NUMBER]}
    (made,) = in_columns(TaskSchedule, **columns)
    assert type(made) is TaskSchedule
    with pytest.raises(FrozenInstanceError):
        made.key = "other"  # type: ignore[misc]  # what is to be refused


def test_columns_have_to_be_those_of_the_class() -> None:
    """A field without a column, a column without a field and columns of two lengths are refused."""
    columns: dict[str, list[int]] = {name: [1, 2] for name in NAMES}
    with pytest.raises(TypeError):
        in_columns(TaskSchedule, **{name: values for name, values in columns.items() if name != "anchor"})
    with pytest.raises(TypeError):
        in_columns(TaskSchedule, **columns, other=[1, 2])
    with pytest.raises(ValueError, match="shorter"):
        list(in_columns(TaskSchedule, **columns | {"work_minutes": [1]}))
