"""What a sheet is read with: names, zone, language, and what the configuration says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from retro.i18n.words import fold
from retro.model import Category
from retro.tables.table import Row
from retro_files.cells import text_of
from retro_files.headings import known_headings

DAY_MINUTES = 420
"""Working minutes of a day, unless the configuration says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSettings:
    """How one sheet is read.

    `source` is the prefix of people's keys, `board` the sheet's key and the prefix of its tasks' keys, `name` what
    people call it, `where` the file and sheet in messages. `zone` is the workspace's; `lang` settles dates that may
    be read two ways; `day_minutes` is what "1 day" means.
    """

    source: str
    board: str
    name: str
    where: str
    zone: tzinfo
    lang: str = "fr"
    day_minutes: int = DAY_MINUTES
    alias: str = ""
    status: Mapping[Category, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    """Headings by field, as the configuration names them."""
    opt_out: str = "retro:off"

    def known(self, row: Row) -> int:
        """How many of a row's cells head columns: those of the word lists, and those that the configuration names."""
        named = {fold(heading) for heading in self.columns.values()}
        return known_headings(row) + (sum(fold(text_of(cell)) in named for cell in row) if named else 0)

    def category(self, name: str) -> Category | None:
        """The category that the configuration gives a status of this name."""
        wanted = fold(name)
        return next((found for found, names in self.status.items() if any(fold(n) == wanted for n in names)), None)
