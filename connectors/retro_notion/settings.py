"""What the configuration may say of a Notion source and of one of its boards."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from retro.i18n.words import fold
from retro.model import Category, ColumnUse

API = "https://api.notion.com"


class SourceSettings(BaseModel):
    """One connection: its name in the configuration and its token (already found, never written down again)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = "notion"
    token: str = Field(default="", repr=False)
    base_url: str = API
    """https, or loopback for the sandbox; without `/v1`."""


class BoardSettings(BaseModel):
    """One board: where it is, and what its columns and options mean where the word lists do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: str = ""
    """The address or id of its database or data source, as pasted."""
    alias: str = ""
    """Its name in the configuration."""
    status: dict[Category, list[str]] = {}
    """Names of options by category; they go before every word list."""
    columns: dict[str, str] = {}
    """Columns by what they hold: a name, or `id:` and the property's id; "" for none."""
    warnings: Literal["field", "comment"] = "field"
    """Where its remarks go: a column, or one comment a page."""
    mapping: tuple[ColumnUse, ...] = ()
    """How its columns were understood when it was last read."""
    data_source: str = ""
    """Which of a database's data sources: its id or its name; needed only where there are several."""
    day_minutes: int = 420
    """Working minutes of "1 day"."""
    opt_out: str = "retro:off"
    """The label or checkbox of pages that retro must not write."""

    def category(self, name: str) -> Category | None:
        """The category that the configuration gives an option of this name."""
        wanted = fold(name)
        return next((found for found, names in self.status.items() if any(fold(n) == wanted for n in names)), None)
