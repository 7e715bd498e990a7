"""What the configuration may say of a Trello source and of one of its boards."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from retro.i18n.words import fold
from retro.model import Category

API = "https://api.trello.com"


class SourceSettings(BaseModel):
    """One account: its name in the configuration, its key and token (already found, never written down again)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = "trello"
    key: str = Field(default="", repr=False)
    token: str = Field(default="", repr=False)
    base_url: str = API
    """https, or loopback for the sandbox."""


class BoardSettings(BaseModel):
    """One board: where it is, and what its lists and labels mean where the word lists do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: str = ""
    """Its address, short link or id, as pasted."""
    alias: str = ""
    """Its name in the configuration."""
    status: dict[Category, list[str]] = {}
    """Names of lists and labels by category; they go before every word list."""
    day_minutes: int = 420
    """Working minutes of "1 day"."""
    number_unit: str = "days"
    """What number fields count in whose name has no unit: days, hours or minutes."""
    opt_out: str = "retro:off"
    """The label of cards that retro must not write."""
    warnings: Literal["field", "comment", "label"] = "field"
    """Where remarks go."""

    def category(self, name: str) -> Category | None:
        """The category that the configuration gives a list or label of this name."""
        wanted = fold(name)
        return next((found for found, names in self.status.items() if any(fold(n) == wanted for n in names)), None)
