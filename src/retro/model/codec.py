"""The model as JSON and back, without loss: what snapshots, saved plans and `retro export json` are made of.

Dates are `YYYY-MM-DD`, instants ISO 8601 with offset; which one a text is, its shape tells. Unknown is null,
never absent, save in the short form. Not imported by the package, so that what needs no JSON does not load cattrs.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from cattrs.preconf.json import JsonConverter, make_converter

from retro.model.task import Membership, Owner, Status

T = TypeVar("T")

StructureHook = Callable[[Any, Any], Any]

_SHARED_MOST = 10_000
"""Values of a kind that are kept in common; then sharing begins anew."""

_DATE_LENGTH = len("2027-03-01")


@lru_cache(maxsize=_SHARED_MOST)
def to_day(text: str) -> date | datetime:
    """The date or instant of a text."""
    return date.fromisoformat(text) if len(text) == _DATE_LENGTH else datetime.fromisoformat(text)


@lru_cache(maxsize=_SHARED_MOST)
def to_instant(text: str) -> datetime:
    """The instant of a text."""
    return datetime.fromisoformat(text)


def _to_cell(value: Any) -> Any:
    """A cell of an own field, told apart by shape: a date, an instant, a number, or text behind `text:`."""
    if isinstance(value, str):
        return value.removeprefix("text:") if value.startswith("text:") else to_day(value)
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


def _is_sequence(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)


def _sequence_of(converter: JsonConverter, kind: Any) -> StructureHook:
    """For tuples, of which most are empty: fifteen a task."""
    inner = get_args(kind)[0]
    structure = converter.get_structure_hook(inner)

    def each_of(values: Any, _: Any) -> tuple[Any, ...]:
        return tuple([structure(each, inner) for each in values]) if values else ()

    def texts(values: Any, _: Any) -> tuple[Any, ...]:
        for each in values:
            if each.__class__ is not str:
                return each_of(values, _)
        return tuple(values)

    return texts if inner is str else each_of


def _shared(converter: JsonConverter, kind: Any) -> StructureHook:
    """For small values that many tasks have in common: the same one is made once, and stands in memory once."""
    structure = converter.get_structure_hook(kind)
    known: dict[tuple[Any, ...], Any] = {}

    def look_up(data: Any, kind: Any) -> Any:
        try:
            # With their types: to a dictionary 1 and True are one key.
            key = tuple([(name, value, value.__class__) for name, value in data.items()])
            found = known.get(key)
        except (AttributeError, TypeError):
            return structure(data, kind)  # nothing that `encode` made: it says what is wrong
        if found is None:
            found = structure(data, kind)
            if len(known) >= _SHARED_MOST:
                known.clear()
            known[key] = found
        return found

    return look_up


@lru_cache
def _converter(*, short: bool = False) -> JsonConverter:
    converter = make_converter(omit_if_default=short)
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, lambda instant: instant.isoformat())
    converter.register_structure_hook(datetime, lambda text, _: to_instant(text))
    converter.register_structure_hook_func(
        lambda kind: kind == datetime | None, lambda text, _: None if text is None else to_instant(text)
    )
    converter.register_unstructure_hook_func(_is_cell, _from_cell)
    converter.register_structure_hook_func(_is_cell, lambda value, _: _to_cell(value))
    converter.register_unstructure_hook_func(_is_day, lambda day: None if day is None else day.isoformat())
    converter.register_structure_hook_func(_is_day, lambda text, _: None if text is None else to_day(text))
    converter.register_unstructure_hook_func(_is_set, sorted)
    converter.register_structure_hook_factory(_is_sequence, lambda kind: _sequence_of(converter, kind))
    for kind in (Owner, Status, Membership):
        converter.register_structure_hook(kind, _shared(converter, kind))
    return converter


def encode(value: object, kind: Any = None, *, short: bool = False) -> Any:
    """A value of the model as plain JSON data; with `short`, fields that hold their default are left out.

    Short is for what retro alone reads again, by the thousand: it takes a third of the time to read.
    """
    return _converter(short=short).unstructure(value, unstructure_as=kind)


def decode(kind: type[T], data: Any) -> T:
    """The value of type `kind` that `encode` made `data` from. Raises cattrs' errors on anything else."""
    return _converter().structure(data, kind)


def dumps(value: object) -> str:
    """A value of the model as JSON text."""
    return json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str) -> T:
    """The value that `dumps` made `text` from."""
    return decode(kind, json.loads(text))
