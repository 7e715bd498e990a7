"""JSON with one blank of indentation a level, as `json.dumps(…, ensure_ascii=False, indent=1)` writes it.

That one indents in Python, a generator a level: for a hundred thousand remarks it takes longer than to find them. Here
the text comes in pieces, so that it never stands in memory whole.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any, TypeVar, overload

T = TypeVar("T")

_PIECE = 1_024
"""Parts that are joined to one piece."""
_SCALARS: Mapping[type, Callable[[Any], str]] = {
    str: quoted,
    int: int.__repr__,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _value: "null",
}


class Each(Sequence[Any]):
    """A list whose members are made when they are asked for, and not kept."""

    __slots__ = ("_make", "_of")

    def __init__(self, make: Callable[[T], Any], of: Sequence[T]) -> None:
        self._make = make
        self._of = of

    def __len__(self) -> int:
        return len(self._of)

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return Each(self._make, self._of[place])
        return self._make(self._of[place])


def indented(document: Mapping[str, Any]) -> Iterator[str]:
    """The text of a document of dictionaries with text keys, sequences and scalars, piece by piece."""
    parts: list[str] = []
    for part in _parts(document, "\n"):
        parts.append(part)
        if len(parts) == _PIECE:
            yield "".join(parts)
            parts.clear()
    yield "".join(parts)


def _parts(document: Mapping[str, Any], line: str) -> Iterator[str]:
    """The outer levels, down to the members of an `Each`: there are many of these, and little of anything else."""
    before = "{"
    for key, value in document.items():
        yield f"{before}{line} {quoted(key)}: "
        if isinstance(value, Each) and value:
            opens = "["
            for member in value:
                yield f"{opens}{line}  {_written(member, f'{line}  ')}"
                opens = ","
            yield f"{line} ]"
        else:
            yield _written(value, f"{line} ")
        before = ","
    yield f"{line}}}" if document else "{}"


def _written(value: Any, line: str) -> str:
    parts: list[str] = []
    _write(value, line, parts.append)
    return "".join(parts)


def _write(value: Any, line: str, put: Callable[[str], None]) -> None:
    """Put a value, of which further lines begin with `line`."""
    scalar = _SCALARS.get(value.__class__)
    if scalar is not None:
        put(scalar(value))
    elif isinstance(value, dict):
        _write_dict(value, line, put)
    elif isinstance(value, list | tuple | Each):
        before = "["
        for each in value:
            put(f"{before}{line} ")
            _write(each, f"{line} ", put)
            before = ","
        put(f"{line}]" if value else "[]")
    else:
        put(json.dumps(value, ensure_ascii=False))  # numbers with a point, texts that are members of an enumeration


def _write_dict(value: Mapping[str, Any], line: str, put: Callable[[str], None]) -> None:
    before, inner = "{", f"{line} "
    for key, each in value.items():
        scalar = _SCALARS.get(each.__class__)
        if scalar is not None:
            put(f"{before}{inner}{quoted(key)}: {scalar(each)}")
        else:
            put(f"{before}{inner}{quoted(key)}: ")
            _write(each, inner, put)
        before = ","
    put(f"{line}}}" if value else "{}")
