"""The table: what becomes of one field, from what retro last wrote, what stands there, and what it wants.

It never looks at time stamps or at who edited: values alone decide.
"""

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from retro.model import WriteLevel, field_empty
from retro.sync.decide.values import Value, agrees, untouched


@dataclass(frozen=True, slots=True)
class Written:
    """What retro last wrote: the value that the tool gave back, and what was asked of it."""

    value: Value
    asked: Value


class Outcome(StrEnum):
    """What to do with one field."""

    WRITE = "write"
    OVERRULE = "overrule"
    """Write over a human's change, and say so."""
    KEEP = "keep"
    """Leave the human's value, and report it."""
    EMPTY = "empty"
    NOTHING = "nothing"


def settle(
    level: WriteLevel, written: Written | None, current: Value, wanted: Value, *, zone: tzinfo, force: bool = False
) -> Outcome:
    """Settle one field. `written` is None where retro never wrote it; an empty `wanted` means "nothing any more".

    `zone` is the workspace's, in which an instant on the board is compared with a wanted date. With `force`, a cell
    that someone emptied is filled again.
    """
    if field_empty(wanted):
        return _settle_unwanted(level, written, current)
    if agrees(current, wanted, zone):
        # Written by an earlier run, or a person had the same thought: either way it is there.
        return Outcome.NOTHING
    if written is None:
        return _settle_first(level, current)
    if untouched(written.value, current):
        if agrees(written.asked, wanted, zone):
            # The tool holds what we sent in a form of its own (rounded, cut): sending it again would never end.
            return Outcome.NOTHING
        # The schedule or the remarks moved on, and nobody touched what we left.
        return Outcome.WRITE
    return _settle_changed(level, current, force=force)


def _settle_unwanted(level: WriteLevel, written: Written | None, current: Value) -> Outcome:
    if (
        level is WriteLevel.OWN
        and written is not None
        and not field_empty(current)
        and untouched(written.value, current)
    ):
        # The finding was mended, or the task lost its anchor: our own cell would say something false.
        return Outcome.EMPTY
    # In the team's cells a date that we once gave is theirs by now; a human's words in our own cell stay too.
    return Outcome.NOTHING


def _settle_first(level: WriteLevel, current: Value) -> Outcome:
    if field_empty(current):
        # A new task, a new column, or a cell that nobody filled yet.
        return Outcome.WRITE
    if level is WriteLevel.OVERWRITE:
        # The team asked for this field to follow the schedule whatever it holds.
        return Outcome.WRITE
    # The team set a date before retro came.
    return Outcome.KEEP


def _settle_changed(level: WriteLevel, current: Value, *, force: bool) -> Outcome:
    if level is WriteLevel.OVERWRITE:
        # A person moved or cleared a date that the team handed over: we write, but they are told.
        return Outcome.OVERRULE
    if force and field_empty(current):
        # Someone cleared our value, and someone else now insists.
        return Outcome.WRITE
    # A person moved our value, or cleared it to be left alone: the human wins.
    return Outcome.KEEP
