"""The design's table, written out whole and compared over every kind of value; then what stands around it.

A human's value is `x`, what retro last wrote `w`, what it wants now `v`; "" is an empty cell, and no wish at all.
"""

from datetime import date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from retro.model import WriteLevel
from retro.sync.decide import Outcome, Written, settle
from retro.sync.decide.values import Value

PARIS = ZoneInfo("Europe/Paris")
LEVELS = (WriteLevel.OWN, WriteLevel.FILL, WriteLevel.OVERWRITE)
WRITE, OVERRULE, KEEP, EMPTY, NOTHING = (
    Outcome.WRITE,
    Outcome.OVERRULE,
    Outcome.KEEP,
    Outcome.EMPTY,
    Outcome.NOTHING,
)
SAME = (NOTHING, NOTHING, NOTHING)
HUMAN = (KEEP, KEEP, OVERRULE)
OURS = (WRITE, WRITE, WRITE)

TABLE: dict[tuple[str | None, str, str], tuple[Outcome, Outcome, Outcome]] = {
    # last written (None: never), current, wanted: own, fill, overwrite
    (None, "", "v"): OURS,
    (None, "x", "v"): (KEEP, KEEP, WRITE),
    (None, "v", "v"): SAME,
    (None, "", ""): SAME,
    (None, "x", ""): SAME,
    (None, "v", ""): SAME,
    ("w", "w", "v"): OURS,
    ("w", "x", "v"): HUMAN,
    ("w", "", "v"): HUMAN,
    ("w", "v", "v"): SAME,
    ("w", "w", "w"): SAME,
    ("w", "x", "w"): HUMAN,
    ("w", "", "w"): HUMAN,
    ("w", "v", "w"): HUMAN,
    ("w", "w", ""): (EMPTY, NOTHING, NOTHING),
    ("w", "x", ""): SAME,
    ("w", "v", ""): SAME,
    ("w", "", ""): SAME,
    # retro emptied its own cell before: the empty cell is what it left
    ("", "", "v"): OURS,
    ("", "x", "v"): HUMAN,
    ("", "v", "v"): SAME,
    ("", "", ""): SAME,
    ("", "x", ""): SAME,
    ("", "v", ""): SAME,
}

KINDS: dict[str, dict[str, Value]] = {
    "dates": {"w": date(2027, 1, 8), "x": date(2027, 1, 20), "v": date(2027, 2, 1)},
    "hours": {
        "w": datetime(2027, 1, 8, 17, tzinfo=PARIS),
        "x": datetime(2027, 1, 20, 12, tzinfo=PARIS),
        "v": datetime(2027, 2, 1, 17, tzinfo=PARIS),
    },
    "texts": {"w": "OWN101 à qui ?\n[retro 01234567]", "x": "vu avec Léa", "v": "DAT103 attendue le 8/01"},
    "numbers": {"w": 1.5, "x": 2.0, "v": 0.0},
}


@pytest.mark.parametrize("force", [False, True], ids=["", "force"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "row", TABLE, ids=lambda row: " | ".join(each or ("none" if each is None else "∅") for each in row)
)
def test_each_row_at_each_level(row: tuple[str | None, str, str], kind: str, force: bool) -> None:  # noqa: FBT001 - a parameter
    """Each row has the design's outcome for dates, hours, texts and numbers; force fills what was emptied, no more."""
    last, current, wanted = row
    values = {**KINDS[kind], "": None}
    known = None if last is None else Written(values[last], values[last])
    outcomes = tuple(settle(level, known, values[current], values[wanted], zone=PARIS, force=force) for level in LEVELS)
    emptied = last == "w" and not current and wanted
    assert outcomes == ((WRITE, WRITE, OVERRULE) if force and emptied else TABLE[row])


def test_the_table_is_whole() -> None:
    """No combination of last written, current and wanted is left out: `v` may be what stands or was written."""
    wide = set(product((None, "", "w"), ("", "w", "x", "v"), ("", "w", "v")))
    # Without a last write, or after retro emptied the cell, nothing stands that retro wrote.
    impossible = {row for row in wide if row[0] != "w" and "w" in row[1:]}
    assert TABLE.keys() == wide - impossible


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
@pytest.mark.parametrize("level", LEVELS)
def test_a_blank_text_is_an_empty_cell(level: WriteLevel, blank: str) -> None:
    """Blanks alone are nothing: in the cell, among what was written, and among what is wanted."""
    assert settle(level, None, blank, "v", zone=PARIS) is WRITE
    assert settle(level, Written("w", "w"), blank, "v", zone=PARIS) is TABLE["w", "", "v"][LEVELS.index(level)]
    assert settle(level, Written("w", "w"), "w", blank, zone=PARIS) is TABLE["w", "w", ""][LEVELS.index(level)]
    assert settle(level, Written(blank, None), None, "v", zone=PARIS) is WRITE
