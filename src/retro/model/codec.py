"""The model as JSON and back, without loss: what snapshots, saved plans and `retro export json` are made of.

Dates are `YYYY-MM-DD`, instants ISO 8601 with offset; which one a text is, its shape tells. Unknown is null,
never absent. Not imported by the package, so that what needs no JSON does not load cattrs.
"""

import json
from datetime import date, datetime
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from cattrs.preconf.json import JsonConverter, make_converter

T = TypeVar("T")

_DATE_LENGTH = len("2027-03-01")


def _to_day(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == _DATE_LENGTH else datetime.fromisoformat(text)


def _to_cell(value: Any) -> Any:
    """A cell of an own field, told apart by shape: a date, an instant, a number, or text behind `text:`."""
    if isinstance(value, str):
        return value.removeprefix("text:") if value.startswith("text:") else _to_day(value)
    return value


def _from_cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"text:{value}"
    return value.isoformat() if isinstance(value, date) else value


def _is_cell(kind: Any) -> bool:
    return isinstance(kind, UnionType) and {date, str, float} <= set(get_args(kind))


def _is_set(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is frozenset


def _is_day(kind: Any) -> bool:
    return isinstance(kind, UnionType) and {date, datetime} <= set(get_args(kind)) and str not in get_args(kind)


@lru_cache
def _converter() -> JsonConverter:
    converter = make_converter()
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, lambda instant: instant.isoformat())
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook_func(_is_cell, _from_cell)
    converter.register_structure_hook_func(_is_cell, lambda value, _: _to_cell(value))
    converter.register_unstructure_hook_func(_is_day, lambda day: None if day is None else day.isoformat())
    converter.register_structure_hook_func(_is_day, lambda text, _: None if text is None else _to_day(text))
    converter.register_unstructure_hook_func(_is_set, sorted)
    return converter


def encode(value: object, kind: Any = None) -> Any:
    """A value of the model as plain JSON data."""
    return _converter().unstructure(value, unstructure_as=kind)


def decode(kind: type[T], data: Any) -> T:
    """The value of type `kind` that `encode` made `data` from. Raises cattrs' errors on anything else."""
    return _converter().structure(data, kind)


def dumps(value: object) -> str:
    """A value of the model as JSON text."""
    return json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str) -> T:
    """The value that `dumps` made `text` from."""
    return decode(kind, json.loads(text))
