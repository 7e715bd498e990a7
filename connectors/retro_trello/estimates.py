"""What a card says of its size: number fields, points in its title, T-shirt labels. Dates are the schedule's matter.

Number fields like RAF say what is left of it, which is no estimate.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from retro.i18n.words import estimate_heading, remaining_heading, size_of
from retro.model import Estimate, EstimateOrigin
from retro_trello.fields import number_value, text_value
from retro_trello.payload import CustomField, CustomFieldItem

_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)"
_POINTS = tuple(
    re.compile(rf"^\W*?{opened}{_NUMBER}{closed}\s*\S|\S\s*{opened}{_NUMBER}{closed}\W*$")
    for opened, closed in ((r"\(", r"\)"), (r"\[", r"\]"))
)
"""`(3) Title`, `Title (3)`, else the same in square brackets, which beside round ones tell what was spent; a year is no
points."""


_LONGEST_DAYS = 10_000
"""A remainder of more working days than these is a slip of the keyboard."""


def remaining(
    values: Iterable[tuple[CustomField, CustomFieldItem]], *, day_minutes: int, number_unit: str
) -> int | None:
    """Work that is left, in minutes, as the first number field of that name says; None where none does.

    A field whose name has no unit counts in `number_unit` ("days", "hours" or "minutes"); "1 day" is `day_minutes`.
    """
    sizes = {"days": day_minutes, "hours": 60, "minutes": 1}
    for field, item in values:
        unit, value = remaining_heading(field.name), number_value(item)
        if field.type != "number" or unit is None or value is None:
            continue
        size = sizes.get(unit or number_unit)
        if size is not None and 0 <= value * size <= _LONGEST_DAYS * day_minutes:
            return round(value * size)
    return None


def estimates(
    title: str, labels: Sequence[str], values: Iterable[tuple[CustomField, CustomFieldItem]]
) -> tuple[Estimate, ...]:
    """Every statement of size, as it stands: numbers first, then points, then sizes."""
    held = list(values)
    return (*_numbers(held), *_points(title), *_sizes(labels, held))


def _numbers(values: Iterable[tuple[CustomField, CustomFieldItem]]) -> Iterator[Estimate]:
    for field, item in values:
        unit, value = estimate_heading(field.name), number_value(item)
        if field.type != "number" or unit is None or value is None:
            continue
        if unit == "points":
            yield Estimate(EstimateOrigin.POINTS, value=value, field=field.name)
        else:
            yield Estimate(EstimateOrigin.NUMBER, value=value, unit=unit, field=field.name)


def _points(title: str) -> Iterator[Estimate]:
    match = next((found for form in _POINTS if (found := form.search(title)) is not None), None)
    if match is not None:
        yield Estimate(EstimateOrigin.POINTS, value=float((match[1] or match[2]).replace(",", ".")))


def _sizes(labels: Sequence[str], values: Iterable[tuple[CustomField, CustomFieldItem]]) -> Iterator[Estimate]:
    for label in labels:
        if (size := size_of(label)) is not None:
            yield Estimate(EstimateOrigin.SIZE, text=size)
    for field, item in values:
        named = size_of(f"{field.name} {text_value(field, item)}") if field.type == "list" else None
        if named is not None:
            yield Estimate(EstimateOrigin.SIZE, text=named, field=field.name)
