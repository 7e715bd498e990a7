"""The tokens of a look-alike's connections, and what each may do."""

from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
"""A JSON object, of the service or of the look-alike's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A connection's permission. `bot` is its user; the rest are its capabilities as Notion's settings list them."""

    value: str
    bot: str
    write: bool = True
    """To update and insert content."""
    users: bool = True
    """To read user information: without it people are ids alone, and cannot be listed."""
    emails: bool = True
    """To read e-mail addresses."""
    comments: bool = True
    """To read and insert comments."""

    def __repr__(self) -> str:
        """Without the value: a token is never shown."""
        return f"Token(bot={self.bot!r}, write={self.write!r}, users={self.users!r})"


def bearer(header: str) -> str:
    """The token of an Authorization header; empty where there is none."""
    scheme, _, value = header.partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""
