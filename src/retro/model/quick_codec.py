"""What the codec wrote, read by the hundred thousand: in a third of the time that reading it by way of dicts takes.

msgspec parses and checks the JSON in one go, into records that have the fields of the dataclasses and hold what JSON
can say of them; from these the values are made. What it refuses, the codec reads, or says what is wrong with it.
"""

import json
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from retro.model.codec import decode, to_day, to_instant
from retro.model.dates import Day
from retro.model.quickly import open_twin
from retro.model.task import Membership, Owner, Status

T = TypeVar("T")

_COMMON = (Owner, Status, Membership)
"""What many tasks have in common: of one text it is made once, and stands in memory once."""
_SHARED_MOST = 10_000
"""Values of a kind that are kept in common."""
_SAID = (str, bool, int, float, NoneType)
"""What JSON says itself."""


class _Shared(dict[bytes, Any]):
    """Values of a kind by the JSON that they are made of: what was told before is found without a call."""

    def __init__(self, read: Callable[[bytes], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: bytes) -> Any:
        """Make the value."""
        if len(self) >= _SHARED_MOST:
            self.clear()
        made = self[text] = self._read(text)
        return made


@dataclass(frozen=True, slots=True)
class _Each:
    """Values in a row, each made of a record."""

    made: Callable[[Any], Any]


_Made = Callable[[Any], Any] | _Shared | _Each
"""Makes a field's value of what a record holds of it."""


def loads(kind: type[T], text: bytes) -> T:
    """The value of a frozen, slotted dataclass that `codec.encode` made this JSON of, short or not.

    Raises the codec's errors on anything else.
    """
    try:
        if kind not in _READERS:
            _READERS[kind] = _reader(kind)
        decoder, made = _READERS[kind]
        value: T = made(decoder.decode(text))
    except Exception:  # noqa: BLE001 - whatever it is, the codec knows how to read or to tell it
        return decode(kind, json.loads(text))
    return value


_TOLD = {_Shared: "{}[bytes(held)]", _Each: "tuple(map({}, held))"}
"""How a field's value is made, where that is no call of one function."""
_READERS: dict[type[Any], tuple[msgspec.json.Decoder[Any], Callable[[Any], Any]]] = {}


def _reader(kind: type[Any]) -> tuple[msgspec.json.Decoder[Any], Callable[[Any], Any]]:
    record, made = _record(kind)
    return msgspec.json.Decoder(record), made


def _record(kind: type[Any]) -> tuple[type[msgspec.Struct], Callable[[Any], Any]]:
    """A record for a dataclass, and what makes a value of it: written out, field by field, as `dataclasses` does it."""
    names: dict[str, Any] = {"new": object.__new__, "open": open_twin(kind), "kind": kind, "untold": msgspec.UNSET}
    asked: list[tuple[str, Any, Any]] = []
    lines = ["def made(record):", " value = new(open)"]
    for field in fields(kind):
        name, default = field.name, field.default
        held, make = _held(field.type)
        if make is None:
            told = f"record.{name}"
        else:
            names[f"make_{name}"] = make.made if isinstance(make, _Each) else make
            lines.append(f" held = record.{name}")
            told = _TOLD.get(type(make), "{}(held)").format(f"make_{name}")
            if default is not MISSING and default is not None:
                names[f"default_{name}"], default = default, msgspec.UNSET
                told = f"default_{name} if held is untold else {told}"
            elif field.default_factory is not MISSING:
                names[f"default_{name}"], default = field.default_factory, msgspec.UNSET
                # Written out, an empty dictionary costs no call: a task has three.
                empty = (
                    "{}"
                    if (get_origin(field.default_factory) or field.default_factory) is dict
                    else f"default_{name}()"
                )
                told = f"{empty} if held is untold else {told}"
            if NoneType in get_args(field.type):
                told = f"None if held is None else {told}"
        asked.append((name, held, msgspec.NODEFAULT if default is MISSING else default))
        lines.append(f" value.{name} = {told}")
    lines += [" value.__class__ = kind", " return value"]
    exec("\n".join(lines), names)  # noqa: S102 - made of the names of fields alone
    # Nothing in a record leads back to it, so that the collector of cycles need not know of it.
    return msgspec.defstruct(f"_{kind.__name__}", asked, kw_only=True, gc=False), names["made"]


def _held(kind: Any) -> tuple[Any, _Made | None]:
    """What a record is to hold of a field of this type, and what makes the field's value of that (None: it is it)."""
    told = [each for each in get_args(kind) if each is not NoneType] if isinstance(kind, UnionType) else [kind]
    text = str | None if NoneType in get_args(kind) else str
    if told == list(get_args(Day)):
        return text, to_day
    if told == [datetime]:
        return text, to_instant
    if len(told) == 1:
        first, *more = get_args(told[0]) if get_origin(told[0]) is tuple else (told[0],)
        in_a_row = more == [Ellipsis]
        if first in _COMMON:
            shared = _rows if in_a_row else _single if first is kind else _single_or_none
            return msgspec.Raw, shared(first)
        if isinstance(first, type) and is_dataclass(first):
            record, made = _record(first)
            one = record | None if NoneType in get_args(kind) else record
            return (tuple[record, ...], _Each(made)) if in_a_row else (one, made)  # type: ignore[valid-type]
        if first in _SAID or (isinstance(first, type) and issubclass(first, Enum)):
            return kind, None
    return Any, lambda data: decode(kind, data)


@cache
def _single(kind: Any) -> _Shared:
    """The shared values of a kind."""
    decoder, made = _reader(kind)
    return _Shared(lambda text: made(decoder.decode(text)))


def _single_or_none(kind: Any) -> _Shared:
    """The shared values of a kind, or none: in its long form JSON says that there is none."""
    single = _single(kind)
    return _Shared(lambda text: None if text == b"null" else single[text])


def _rows(kind: Any) -> _Shared:
    """The shared rows of values of a kind, which are shared among rows too."""
    decoder, single = msgspec.json.Decoder(tuple[msgspec.Raw, ...]), _single(kind)
    return _Shared(lambda text: tuple([single[bytes(each)] for each in decoder.decode(text)]))
