"""What a cell holds, as text or as a yes or no, whichever type its file gave it."""

import re
from datetime import date, time

from retro.i18n.words import fold
from retro.tables.formulas import is_error, is_formula
from retro.tables.table import Cell

_TICKS = frozenset("✓✔☑✅🗹✗✘❌☒")
_DONE = frozenset("✓✔☑✅🗹")
_YES = frozenset(
    {"x", "oui", "yes", "y", "o", "true", "vrai", "1", "ok", "fait", "faite", "done", "termine", "terminee"}
)
_NOTHING = frozenset({"n/a", "na", "none", "null", "aucun", "aucune", "nan"})
_LONGEST = max(map(len, _NOTHING))
_SAYS = re.compile(r"[^\W_]")
_WHOLE = re.compile(r"100(?:[.,]0+)?\s*%")


def text_of(cell: Cell) -> str:
    """A cell as text: dates in ISO form, whole numbers without decimals, "" for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def says_yes(cell: Cell) -> bool:
    """Whether a cell is ticked: a true value, a cross, a yes, 100 %."""
    if cell is None or cell is True:
        return cell is True
    text = text_of(cell)
    return fold(text) in _YES or text[:1] in _DONE or _WHOLE.fullmatch(text) is not None


def is_tick(cell: Cell) -> bool:
    """Whether a cell holds a tick that can mean nothing else, whatever its column is called."""
    return isinstance(cell, str) and cell.strip()[:1] in _DONE and not _SAYS.search(cell)


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is as good as empty: blank, signs alone ("-", "?"), n/a."""
    if not isinstance(cell, str):
        return cell is None
    if not _SAYS.search(cell):
        return not any(char in _TICKS for char in cell)
    return len(cell) <= _LONGEST + 2 and fold(cell) in _NOTHING


def failed(cell: Cell) -> bool:
    """Whether a cell shows a formula that failed, or that nobody computed."""
    return isinstance(cell, str) and cell[:1] in "#=" and (is_error(cell) or is_formula(cell))
