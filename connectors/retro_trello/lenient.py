"""How values of Trello's documents are read: never fatal, and what could not be read is kept as words.

An entry of a list that is no document, or has no id, is left out; whoever holds the raw document can count it.
"""

import json
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

_WORDS_MOST = 200
_MADE = re.compile(r"[0-9a-fA-F]{8}")


def instant(value: object) -> datetime | None:
    """An instant as Trello writes it, aware and in UTC; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def created(native_id: str) -> datetime | None:
    """When something was made: the first eight digits of its id are a second since 1970; None for another id."""
    found = _MADE.match(native_id)
    return datetime.fromtimestamp(int(found[0], 16), UTC) if found else None


def whole(text: str) -> str:
    """A text that can be written out: half an emoji, which JSON may hold, becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _if_text(value: object) -> object:
    return whole(value) if isinstance(value, str) else value


def _text(value: object) -> str:
    if isinstance(value, str):
        return whole(value)
    odd = isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value))
    if odd or not isinstance(value, int | float):
        raise ValueError("text")
    return str(value)


def words(value: object) -> str:
    """Any value as a short text for people: texts as they stand, the rest as JSON; "" for nothing at all."""
    if value is None or value in ("", [], {}):
        return ""
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):
        return "…"  # a number of thousands of digits, or lists within lists without end
    return whole(text) if len(text) <= _WORDS_MOST else f"{whole(text[:_WORDS_MOST])}…"


def unread(reads: Callable[[object], object]) -> BeforeValidator:
    """For a field that keeps, beside another field of the same name, the words that the other one cannot read.

    `reads` gives None, or raises ValueError, where it cannot.
    """

    def kept(value: object) -> str:
        try:
            return "" if reads(value) is not None else words(value)
        except ValueError:
            return words(value)

    return BeforeValidator(kept)


Text = Annotated[str, BeforeValidator(_text)]
Instant = Annotated[datetime | None, BeforeValidator(instant)]
NoInstant = Annotated[str, unread(instant)]
"""The words of what should be an instant and is none; "" where it is one, or nothing."""
NoText = Annotated[str, unread(_text)]
"""The same of what should be a text."""
Id = Annotated[str, Field(min_length=1), BeforeValidator(_if_text)]
OtherId = Annotated[str | None, BeforeValidator(_if_text)]
"""The id of something else, or none."""


KindT = TypeVar("KindT", bound=BaseModel)


def read_each(kind: type[KindT], value: object) -> list[KindT]:
    """The entries of a list that can be read as `kind`; what is no document, or has no id, is left out."""
    found: list[KindT] = []
    for entry in value if isinstance(value, list) else ():
        try:
            found.append(entry if isinstance(entry, kind) else kind.model_validate(entry))
        except ValidationError:
            continue
    return found


def each(kind: type[BaseModel]) -> BeforeValidator:
    """For a field that is a list of documents."""
    return BeforeValidator(lambda value: read_each(kind, value))


def _texts(value: object) -> list[str]:
    return [whole(entry) for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _no_texts(value: object) -> list[str] | None:
    """None where a list of texts holds anything else."""
    found = _texts(value)
    return found if isinstance(value, list) and len(found) == len(value) else None


Texts = Annotated[list[str], BeforeValidator(_texts)]
NoTexts = Annotated[str, unread(_no_texts)]
"""The words of what should be a list of texts and is none, or holds anything else."""
