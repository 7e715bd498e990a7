"""The table of one field, row by row as the design has it, and over every combination of values."""

from datetime import date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from retro.model import WriteLevel
from retro.sync.decide import Outcome, Written, settle
from retro.sync.decide.values import Value

PARIS = ZoneInfo("Europe/Paris")
OWN, FILL, OVERWRITE = WriteLevel.OWN, WriteLevel.FILL, WriteLevel.OVERWRITE
LEVELS = (OWN, FILL, OVERWRITE)
W, X, V = date(2027, 1, 8), date(2027, 1, 20), date(2027, 2, 1)
WRITE, OVERRULE, KEEP, EMPTY, NOTHING = (
    Outcome.WRITE,
    Outcome.OVERRULE,
    Outcome.KEEP,
    Outcome.EMPTY,
    Outcome.NOTHING,
)

ROWS = [
    # last written, current, wanted: own, fill, overwrite
    (None, None, V, (WRITE, WRITE, WRITE)),
    (None, X, V, (KEEP, KEEP, WRITE)),
    (W, W, V, (WRITE, WRITE, WRITE)),
    (W, X, V, (KEEP, KEEP, OVERRULE)),
    (W, None, V, (KEEP, KEEP, OVERRULE)),
    (None, V, V, (NOTHING, NOTHING, NOTHING)),
    (W, V, V, (NOTHING, NOTHING, NOTHING)),
    (V, V, V, (NOTHING, NOTHING, NOTHING)),
    (W, W, None, (EMPTY, NOTHING, NOTHING)),
]


def outcome(level: WriteLevel, written: Value, current: Value, wanted: Value, *, force: bool = False) -> Outcome:
    """The table, with None for "never written"."""
    known = None if written is None else Written(written, written)
    return settle(level, known, current, wanted, zone=PARIS, force=force)


@pytest.mark.parametrize(("written", "current", "wanted", "outcomes"), ROWS)
def test_rows_of_the_design(written: Value, current: Value, wanted: Value, outcomes: tuple[Outcome, ...]) -> None:
    """Each row of the design's table gives its outcome at each of the three levels."""
    assert tuple(outcome(level, written, current, wanted) for level in LEVELS) == outcomes


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("force", [False, True])
def test_every_combination_is_settled_by_what_it_means(level: WriteLevel, force: bool) -> None:  # noqa: FBT001 - a parameter
    """Over all values of the three columns, a human's value falls only to overwrite, and nothing is written twice."""
    for written, current, wanted in product((None, "", W, X, V), (None, "", W, X, V), (None, "", W, X, V)):
        known = None if written is None else Written(written or None, written or None)
        settled = settle(level, known, current or None, wanted or None, zone=PARIS, force=force)
        ours = written is not None and (written or None) == (current or None)
        if not wanted:
            assert settled is (EMPTY if ours and current and level is OWN else NOTHING)
        elif current == wanted:
            assert settled is NOTHING
        elif ours:
            # Sent before and held in another form cannot be here: what was asked is what stands.
            assert settled is WRITE
        elif not current:
            emptied = written is not None
            assert settled is (
                WRITE if not emptied or (force and level is not OVERWRITE) else OVERRULE if level is OVERWRITE else KEEP
            )
        elif level is OVERWRITE:
            assert settled is (WRITE if written is None else OVERRULE)
        else:
            assert settled is KEEP


@pytest.mark.parametrize("level", LEVELS)
def test_value_in_the_tools_own_form_is_not_sent_again(level: WriteLevel) -> None:
    """A value that the tool rounds or cuts was asked for once; the second run writes nothing."""
    assert settle(level, Written(1.0, 1.4), 1.0, 1.4, zone=PARIS) is NOTHING
    assert settle(level, Written(1.0, 1.4), 1.0, 2.4, zone=PARIS) is WRITE


@pytest.mark.parametrize("level", [OWN, FILL])
def test_emptied_cell_is_left_alone_until_forced(level: WriteLevel) -> None:
    """Someone who clears a cell opts it out, until `--force`; a value that they set instead is never forced away."""
    assert outcome(level, W, None, V) is KEEP
    assert outcome(level, W, None, V, force=True) is WRITE
    assert outcome(level, W, X, V, force=True) is KEEP


def test_hour_on_the_wanted_day_is_the_wanted_date() -> None:
    """An instant on the board says the same as a wanted date, on the clock of the workspace's zone."""
    late = datetime(2027, 1, 31, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert outcome(FILL, None, late, V) is NOTHING
    assert outcome(FILL, None, late, date(2027, 1, 31)) is KEEP


def test_hour_that_someone_moved_is_a_human_change() -> None:
    """Another hour on the day that retro wrote is a person's: the date is not moved afterwards."""
    noon, evening = (datetime(2027, 1, 8, hour, tzinfo=PARIS) for hour in (12, 18))
    assert outcome(FILL, evening, noon, V) is KEEP
    assert outcome(FILL, evening, evening.astimezone(ZoneInfo("UTC")), V) is WRITE
    assert outcome(FILL, W, evening, V) is KEEP


def test_blanks_that_a_tool_adds_are_no_change() -> None:
    """Line ends and blanks around a text are the tool's, not a person's."""
    assert outcome(OWN, "OWN101 à qui ?\n[retro 01234567]", "OWN101 à qui ? \r\n[retro 01234567]\n", "x") is WRITE
    assert outcome(OWN, None, "a\r\nb ", "a\nb") is NOTHING


def test_zero_is_a_value() -> None:
    """A margin of zero is written, kept and changed like any number."""
    assert outcome(OWN, None, None, 0.0) is WRITE
    assert outcome(OWN, 0.0, 0.0, 1.5) is WRITE
    assert outcome(OWN, 0.0, 0.5, 1.5) is KEEP
    assert outcome(OWN, 1.5, 1.5, 0.0) is WRITE
