"""Custom fields: their values as text and numbers, what they are understood as, and which are retro's own."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal, InvalidOperation

from retro.i18n.own_fields import KINDS, own_field_of
from retro.i18n.words import date_of, dependency_heading, estimate_heading, field_of, remaining_heading, size_of
from retro.model import ColumnUse, Day, How, as_date
from retro_trello.lenient import instant, whole, words
from retro_trello.payload import CustomField, CustomFieldItem

OwnValue = Day | str | float | None

_DIGITS_MOST = 40
"""Numbers that would take more digits to write out stay as Trello has them."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """The custom fields of a board: the team's by id, and retro's own as id → own field."""

    team: Mapping[str, CustomField]
    own: Mapping[str, str]

    @property
    def ids(self) -> dict[str, str]:
        """The ids of retro's own fields, by own field."""
        return {field: native for native, field in self.own.items()}


def definitions(fields: Iterable[CustomField], pins: Mapping[str, str]) -> Definitions:
    """Tell retro's own fields by their pinned id, else by name (the first of that name and kind)."""
    known = list(fields)
    ids = {field.id for field in known}
    own = {native: field for field, native in pins.items() if native in ids}
    taken = set(own.values())
    for each in known:
        field = own_field_of(each.name)
        if field is not None and field not in taken and each.type == KINDS[field]:
            own[each.id] = field
            taken.add(field)
    return Definitions({each.id: each for each in known if each.id not in own}, own)


def uses(fields: Iterable[CustomField]) -> Iterator[ColumnUse]:
    """What the team's fields are understood as, for people to check: a line a meaning, none for a field without."""
    for field in fields:
        for role in _roles(field):
            yield ColumnUse(role=role, name=field.name, how=How.NAMED, id=field.id, type=field.type)


def raw_value(item: CustomFieldItem) -> object:
    """The one value that an item holds, whatever its kind; None where it is empty."""
    return next((value for value in (item.value or {}).values() if value is not None), None)


def field_text(field: CustomField, item: CustomFieldItem, zone: tzinfo) -> str:
    """A value as a text that stays the same in every language; "" where empty.

    A date is the day in `zone`, `2027-03-01`, a number has no exponent, a checkbox is `true` or `false`, a choice its
    name, and what cannot be read as its field's kind stands as it is.
    """
    if field.type == "date" and (day := date_value(item, zone)) is not None:
        return day.isoformat()
    if field.type == "number":
        return _written_out(text_value(field, item))
    return text_value(field, item)


def date_value(item: CustomFieldItem, zone: tzinfo) -> date | None:
    """The day of a date field in `zone`; None where it holds none."""
    at = instant((item.value or {}).get("date"))
    return as_date(at, zone) if at is not None else None


def text_value(field: CustomField, item: CustomFieldItem) -> str:
    """A value as Trello writes it, or the name of a choice; "" where empty."""
    if item.id_value:
        chosen = next((option for option in field.options if option.id == item.id_value), None)
        return _plain(next(iter(chosen.value.values()), "")) if chosen is not None else item.id_value
    return _plain(raw_value(item))


def number_value(item: CustomFieldItem) -> float | None:
    """A number, which Trello keeps as a string."""
    return _number((item.value or {}).get("number"))


def own_value(field: str, item: CustomFieldItem, zone: tzinfo) -> OwnValue:
    """The value of one of retro's own fields: a date in the workspace's zone, a number or a text."""
    value = item.value or {}
    kind = KINDS.get(field)
    if kind == "date":
        return date_value(item, zone)
    if kind == "number":
        return number_value(item)
    text = value.get("text")
    return whole(text) if isinstance(text, str) and text else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _written_out(number: str) -> str:
    try:
        found = Decimal(number)
    except InvalidOperation:
        return number
    if not found.is_finite() or abs(found.adjusted()) > _DIGITS_MOST or len(number) > _DIGITS_MOST:
        return number
    text = f"{found:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _plain(value: object) -> str:
    if isinstance(value, str):
        return whole(value)
    return words(value) if isinstance(value, int | float) else ""


def _roles(field: CustomField) -> Iterator[str]:
    match field.type:
        case "number" if remaining_heading(field.name) is not None:
            yield "remaining"
        case "number" if estimate_heading(field.name) is not None:
            yield "estimate"
        case "list" if any(size_of(f"{field.name} {name}") for each in field.options for name in each.value.values()):
            yield "estimate"
        case "date" if (which := date_of(field.name)) is not None:
            yield which
        case "text" if dependency_heading(field.name) == "predecessors":
            yield "predecessors"
    if (meaning := field_of(field.name)) is not None:
        yield meaning
