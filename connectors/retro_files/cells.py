"""What a cell holds, as text or as a yes or no, whichever type its file gave it."""

from datetime import date, time

from retro.i18n.words import fold
from retro.tables.table import Cell

_YES = frozenset({"x", "oui", "yes", "y", "o", "true", "vrai", "1", "ok", "✓", "✔", "☑", "✅", "fait", "done"})
_NOTHING = frozenset({"n/a", "na", "none", "null", "aucun", "aucune", "nan", "#n/a", "#ref!", "#value!"})
_LONGEST = max(map(len, _NOTHING))


def text_of(cell: Cell) -> str:
    """A cell as text: dates in ISO form, whole numbers without decimals, "" for an empty one."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def says_yes(cell: Cell) -> bool:
    """Whether a cell is ticked: a true value, a cross, a yes."""
    return cell is True or fold(text_of(cell)) in _YES or text_of(cell) in _YES


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is as good as empty: blank, signs alone ("-", "?"), n/a."""
    if cell is None:
        return True
    text = text_of(cell)
    if len(text) > _LONGEST:
        return not any(map(str.isalnum, text))
    return fold(text) in _NOTHING or not any(map(str.isalnum, text))
