"""Which dates in the team's cells are retro's, by the journal alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

from retro.model import Change, WriteLevel
from retro.ports import Intent
from retro.run.leaving import filled_cells
from retro.sync.decide.clean import Filled

NOW = datetime(2027, 1, 8, tzinfo=UTC)
FIRST, SECOND, THEIRS = date(2027, 2, 19), date(2027, 2, 26), date(2027, 2, 2)


def wrote(
    run: str,
    old: date | None,
    new: date | None,
    *,
    why: str = "schedule",
    state: str = "acknowledged",
    field: str = "due",
) -> Intent:
    """A write in the team's cell of one card."""
    change = Change(
        id=run,
        task="t1",
        title="t1",
        url=None,
        board="b1",
        field=field,
        level=WriteLevel.FILL,
        old=old,
        new=new,
        why=why,
        revision="",
    )
    return Intent(id=1, run=run, change=change, state=state, created=NOW, settled=NOW, returned=new)


def test_a_filled_date_is_retros_and_goes_back_to_what_was_there() -> None:
    """However often retro moved it, what stood there before retro came is what it goes back to."""
    journal = [wrote("r1", THEIRS, FIRST), wrote("r2", FIRST, SECOND)]
    assert filled_cells(journal) == {("t1", "due"): Filled(SECOND, THEIRS)}


def test_what_was_taken_back_is_the_teams() -> None:
    """After an undo, or a clean, of the only write nothing of retro's stands there; an undo of that brings it back."""
    undone = [wrote("r1", None, FIRST), wrote("r2", FIRST, None, why="undo r1")]
    assert filled_cells(undone) == {}
    cleaned = [wrote("r1", None, FIRST), wrote("r2", FIRST, None, why="clean")]
    assert filled_cells(cleaned) == {}
    again = filled_cells([*cleaned, wrote("r3", None, FIRST, why="undo r2")])
    assert again == {("t1", "due"): Filled(FIRST, None)}


def test_what_never_arrived_and_own_fields_are_left_out() -> None:
    """Only acknowledged writes of dates of the team's count."""
    refused = wrote("r1", None, FIRST, state="refused")
    own = replace(refused, state="acknowledged", change=replace(refused.change, field="retro_latest"))
    assert filled_cells([refused, own]) == {}
