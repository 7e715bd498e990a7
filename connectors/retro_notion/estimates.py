"""What a page says of its size: numbers, sizes chosen from a list, points in its title. Dates are the schedule's."""

import re
from collections.abc import Iterable, Iterator

from retro.i18n.words import estimate_heading, size_of
from retro.model import Estimate, EstimateOrigin
from retro_notion import values
from retro_notion.payload import Column, Page
from retro_notion.ties import Use

_POINTS = re.compile(r"^\W*?\((\d{1,3}(?:[.,]\d+)?)\)\s*\S|\S\s*\((\d{1,3}(?:[.,]\d+)?)\)\W*$")
"""`(3) Title` or `Title (3)`; a year is not points."""
_NUMBER = re.compile(r"\s*(\d+(?:[.,]\d+)?)")


def estimates(page: Page, title: str, uses: Iterable[Use], choices: Iterable[Column]) -> tuple[Estimate, ...]:
    """Every statement of size, as it stands: numbers first, then points, then sizes.

    Args:
        page: the row.
        title: its title.
        uses: the columns that state work.
        choices: columns of options, which may be T-shirt sizes ("Taille": XL).
    """
    cells = [(use, page.properties.get(use.column.id)) for use in uses]
    chosen = [(column.name, values.text(page.properties.get(column.id))) for column in choices]
    numbers = [each for use, cell in cells if (each := _number(use, values.number(cell), values.text(cell)))]
    return (*numbers, *_points(title), *_sizes([(use.column.name, values.text(cell)) for use, cell in cells], chosen))


def _number(use: Use, value: float | None, text: str) -> Estimate | None:
    if value is None and (found := _NUMBER.fullmatch(text)) is not None:
        value = float(found[1].replace(",", "."))
    if value is None:
        return None
    # A column that was renamed since counts in the unit that its name said, unless the new one says another.
    unit = estimate_heading(use.column.name) or estimate_heading(use.told) or ""
    if unit == "points":
        return Estimate(EstimateOrigin.POINTS, value=value, field=use.column.name)
    return Estimate(EstimateOrigin.NUMBER, value=value, unit=unit, field=use.column.name)


def _points(title: str) -> Iterator[Estimate]:
    if (found := _POINTS.search(title)) is not None:
        yield Estimate(EstimateOrigin.POINTS, value=float((found[1] or found[2]).replace(",", ".")))


def _sizes(stated: Iterable[tuple[str, str]], chosen: Iterable[tuple[str, str]]) -> Iterator[Estimate]:
    """A column of estimates may hold a bare size; elsewhere a bare "M" is a size only under such a heading."""
    found = {name: size_of(text) for name, text in stated if text}
    found |= {name: found.get(name) or size_of(f"{name} {text}") for name, text in chosen if text}
    yield from (Estimate(EstimateOrigin.SIZE, text=size, field=name) for name, size in found.items() if size)
