"""What a card says of its size: number fields, points in its title, T-shirt labels. Dates are the schedule's matter."""

import re
from collections.abc import Iterable, Iterator, Sequence

from retro.i18n.words import estimate_heading, size_of
from retro.model import Estimate, EstimateOrigin
from retro_trello.fields import number_value, text_value
from retro_trello.payload import CustomField, CustomFieldItem

_POINTS = re.compile(r"^\W*?\((\d{1,3}(?:[.,]\d+)?)\)\s*\S|\S\s*\((\d{1,3}(?:[.,]\d+)?)\)\W*$")
"""`(3) Title` or `Title (3)`; a year is not points."""


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
    if (match := _POINTS.search(title)) is not None:
        yield Estimate(EstimateOrigin.POINTS, value=float((match[1] or match[2]).replace(",", ".")))


def _sizes(labels: Sequence[str], values: Iterable[tuple[CustomField, CustomFieldItem]]) -> Iterator[Estimate]:
    for label in labels:
        if (size := size_of(label)) is not None:
            yield Estimate(EstimateOrigin.SIZE, text=size)
    for field, item in values:
        named = size_of(f"{field.name} {text_value(field, item)}") if field.type == "list" else None
        if named is not None:
            yield Estimate(EstimateOrigin.SIZE, text=named, field=field.name)
