"""An authenticated request to the look-alike, and what its operations ask of it."""

from dataclasses import dataclass, field
from typing import Any

from retro.sandbox.notion import refusals
from retro.sandbox.notion.access import Document, Token
from retro.sandbox.notion.orders import Orders
from retro.sandbox.notion.state import NotionState
from retro.sandbox.pace import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Notion's limits, to be made smaller in tests."""

    connection: Rate = field(default_factory=lambda: Rate(180, 60))
    """Of each connection: three a second on average, counted over a minute."""
    workspace: Rate | None = None
    """Of all connections of the workspace together."""
    rows_most: int = 10_000
    """Most rows that a query reaches; it says when it stops there."""
    references_most: int = 25
    """Most people, relations or mentions in one property of a page."""
    timeouts_every: int = 0
    """Every how many-th query takes too long for the gateway; 0: none."""
    rows_in_time: int = 100
    """Most rows that a query can be asked for at once without taking too long for the gateway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. `query` holds the last of a repeated name, `pairs` all of them."""

    state: NotionState
    token: Token
    limits: Limits
    pairs: tuple[tuple[str, str], ...]
    body: Document
    orders: Orders

    @property
    def query(self) -> dict[str, str]:
        """The query by name."""
        return dict(self.pairs)

    def allow(self, *names: str) -> None:
        """Refuse a body that holds anything else. Raises Refusal."""
        if strange := sorted(self.body.keys() - set(names)):
            raise refusals.misshapen(strange[0], "not present")

    def need(self, *, capable: bool) -> None:
        """Refuse who may not. Raises Refusal."""
        if not capable:
            raise refusals.restricted()

    def part(self, name: str, kind: type[Any], what: str) -> Any:
        """A part of the body, None where it is not there. Raises Refusal: it is there in another shape."""
        found = self.body.get(name)
        if not isinstance(found, kind | None):
            raise refusals.misshapen(name, what)
        return found
