"""JSON with one blank of indentation a level, as `json.dumps(…, ensure_ascii=False, indent=1)` writes it.

That one indents in Python, a generator a level: for a hundred thousand remarks it takes longer than to find them. Here
msgspec writes them, and the text comes in pieces, so that it never stands in memory whole. Numbers with an exponent are
written shorter (1e16 for 1e+16); what is no number is null.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")

_PIECE = 1_024
"""Parts that are joined to one piece."""


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
    """A value, of which further lines begin with `line`: no text holds a line's end that is not escaped."""
    try:
        text = msgspec.json.format(_ENCODER.encode(value), indent=1).decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        text = json.dumps(value, ensure_ascii=False, indent=1, default=_listed)
    return text.replace("\n", line)


def _listed(value: object) -> list[Any]:
    if isinstance(value, Each):
        return list(value)
    raise TypeError(value)


_ENCODER = msgspec.json.Encoder(enc_hook=_listed)
