"""What the look-alike refuses as too much: Trello's published limits, to be made smaller in tests."""

from dataclasses import dataclass, field

from retro.sandbox.pace import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Rates, sizes of answers, and switches for what Trello documents nowhere; None: no such limit."""

    token: Rate = field(default_factory=lambda: Rate(100, 10))
    key: Rate = field(default_factory=lambda: Rate(300, 10))
    members: Rate = field(default_factory=lambda: Rate(100, 900))
    """Of `/1/members/{id}` alone; its boards are exempt."""
    retry_after: int | None = None
    """Seconds to name in a Retry-After header with each 429; Trello promises none."""
    nested_cards: int | None = None
    """More cards than that nested in a board's answer are refused: 429, API_TOO_MANY_CARDS_REQUESTED."""
    too_large: int = 429
    """The status of that refusal: documented as 429, met as 403 by some."""
    checklists: int | None = 5000
    """More checklists than that in one answer are refused: 403, «Too many checklists»."""
    nested_most: int | None = 1000
    """Where the cards nested in a board's answer are cut; None: not at all, which nobody has verified either."""
    nested_before: bool = True
    """Whether `cards_before` and `cards_since` of a board's answer have an effect."""
