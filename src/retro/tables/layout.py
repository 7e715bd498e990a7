"""What a sheet shows besides the values of its cells: merges, hidden rows, outlines, indents, bold and struck text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, both counted from 0 within the table's own rows."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A rectangle of cells that is one cell; its value stands in the first. All ends are inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Facts about a sheet that its values do not tell. Files without formats (CSV) have none of them."""

    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()
    """Rows that are not shown."""
    levels: Mapping[int, int] = field(default_factory=dict)
    """Outline level by row, for those that are folded under another."""
    summary_above: bool = False
    """Whether the sheet says that a folded group's heading stands above it. Most sheets do not say so, and mean it."""
    indents: Mapping[Place, int] = field(default_factory=dict)
    bold: frozenset[Place] = frozenset()
    struck: frozenset[Place] = frozenset()
    uncomputed: frozenset[Place] = frozenset()
    """Formulas whose value was never computed; their cells hold the formula's text."""
    since_1904: bool = False
    """Whether serial numbers of days count from 1904, as old Macintosh workbooks do."""


NO_LAYOUT = Layout()
