"""Exceptions that a team writes on its own cards: which remarks they hold back, and what became of each.

What is told here is only what somebody should see to: an exception that does its work is no fact.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SuppressionState(StrEnum):
    """Why an exception deserves a word."""

    UNUSED = "unused"
    """The rule ran there and had nothing to say."""
    EXPIRED = "expired"
    """Its last day has passed."""
    UNKNOWN = "unknown"
    """It covers no rule."""
    MANDATORY = "mandatory"
    """The configuration lets nobody silence that rule."""
    UNREADABLE = "unreadable"
    """It begins as an exception does, and goes on otherwise."""
    UNEXPLAINED = "unexplained"
    """Nobody wrote why: a word only for teams that ask for reasons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionFact:
    """One code of an exception, and what became of it."""

    task: str
    """Key of the card that carries it."""
    field: str
    """Where it stands: `description` or `labels`."""
    state: SuppressionState
    code: str = ""
    """The code, or the beginning of codes, in capitals; "" where it could not be read."""
    until: date | None = None
    """The last day on which it holds."""
    near: str | None = None
    """The code that was perhaps meant, where it covers no rule."""
    text: str = ""
    """The words as they stand, where they could not be read."""
