"""Identities and times in Notion's forms: UUIDs, ids of properties, stamps floored to the minute, addresses."""

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import UUID

_HEX = re.compile(r"[0-9a-f]{32}")
_SIGNS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ_~:;<=>@[]^`{|}"
"""What ids of properties are made of; a good part of it travels percent-encoded."""


def uuid_of(text: str) -> str | None:
    """The id that `text` writes, with or without dashes, in Notion's form (lower case, dashes); None: it is none."""
    plain = text.replace("-", "").lower()
    return str(UUID(plain)) if _HEX.fullmatch(plain) else None


def compact(id_: str) -> str:
    """An id as addresses carry it: without dashes."""
    return id_.replace("-", "")


def encoded(property_id: str) -> str:
    """The id of a property as answers carry it."""
    return quote(property_id, safe="")


def minute(at: datetime) -> str:
    """An aware instant as pages carry it: UTC, floored to the minute."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:00.000Z")


def millisecond(at: datetime) -> str:
    """An aware instant as databases and views carry it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def address(id_: str, title: str = "") -> str:
    """The address of a page or database as a person pastes it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    return f"https://www.notion.so/{words + '-' if words else ''}{compact(id_)}"


def secret(seed: str, what: str) -> str:
    """A made-up token that means nothing outside this machine, the same for the same seed."""
    return "ntn_" + hashlib.sha256(f"{seed}/{what}".encode()).hexdigest()[:46]


class Mint:
    """Makes ids that are unique within a state, the same ones for the same seed and order of making."""

    def __init__(self, seed: str, made: int = 0) -> None:
        self._seed = seed
        self.made = made

    def _next(self) -> bytes:
        self.made += 1
        return hashlib.sha256(f"{self._seed}/{self.made}".encode()).digest()

    def uuid(self) -> str:
        """A new id: of a page, a person, an option."""
        return str(UUID(bytes=self._next()[:16], version=4))

    def property_id(self) -> str:
        """A new id of a property: four signs, decoded."""
        return "".join(_SIGNS[byte % len(_SIGNS)] for byte in self._next()[:4])
