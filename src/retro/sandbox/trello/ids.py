"""Identities and times in Trello's forms: ids that begin with their creation second, short links, UTC stamps."""

import hashlib
import re
import unicodedata
from datetime import UTC, datetime

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ID = re.compile(r"[0-9a-f]{24}", re.IGNORECASE)
_SHORT = re.compile(r"[0-9A-Za-z]{8}")


def is_id(text: str) -> bool:
    """Whether `text` has the form of an id: 24 hexadecimal digits."""
    return _ID.fullmatch(text) is not None


def is_short_link(text: str) -> bool:
    """Whether `text` has the form of a short link: 8 letters or digits."""
    return _SHORT.fullmatch(text) is not None


def stamp(at: datetime) -> str:
    """An aware instant in Trello's form: UTC, milliseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """The instant of a date or time in ISO 8601; one without an offset is in UTC, as Trello takes it.

    Raises:
        ValueError: it is neither.
    """
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def short_link(seed: str) -> str:
    """Eight letters or digits that depend on `seed` alone, so that a rebuilt board keeps its addresses."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    out = ""
    for _ in range(8):
        number, digit = divmod(number, 62)
        out += _BASE62[digit]
    return out


def slug(name: str) -> str:
    """The readable tail of an address: lower case, without accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class Mint:
    """Makes ids that are unique within a state and sort by creation, also within one second."""

    def __init__(self, salt: str, made: int = 0) -> None:
        self._salt = hashlib.sha256(salt.encode()).hexdigest()[:10]
        self.made = made

    def id(self, at: datetime) -> str:
        """A new id, created at `at`."""
        self.made += 1
        return f"{int(at.timestamp()):08x}{self._salt}{self.made:06x}"
