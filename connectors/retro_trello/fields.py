"""Custom fields: their values as text and numbers, and which of them are retro's own."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from retro.i18n.own_fields import KINDS, own_field_of
from retro.model import Day, as_date
from retro_trello.payload import CustomField, CustomFieldItem, instant

OwnValue = Day | str | float | None


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


def raw_value(item: CustomFieldItem) -> object:
    """The one value that an item holds, whatever its kind; None where it is empty."""
    return next((value for value in (item.value or {}).values() if value is not None), None)


def text_value(field: CustomField, item: CustomFieldItem) -> str:
    """A value as text: the choice's name, yes or no as Trello writes it, a date as it stands; "" where empty."""
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
        at = instant(value.get("date"))
        return as_date(at, zone) if at is not None else None
    if kind == "number":
        return number_value(item)
    text = value.get("text")
    return text if isinstance(text, str) and text else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else ""
