"""What is left of a plan where a board turns out not to hold some of retro's own fields."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import tzinfo

from retro.model import Change, field_empty
from retro.ports import Acknowledged
from retro.sync.decide.stamp import split, stamped
from retro.sync.decide.values import OWN_PREFIX, REVIEW, Value, untouched


def without_fields(
    changes: Iterable[Change],
    refused: AbstractSet[str],
    known: Mapping[tuple[str, str], Acknowledged],
    zone: tzinfo,
) -> list[Change]:
    """The changes of one board less those of `refused` fields (`retro_latest`…), texts of `review` stamped anew.

    A stamp speaks of the other own values: one over a date that never came to be would vouch for nothing, and the
    next run would write every text again. `known` are the board's last acknowledged values.
    """
    kept = [change for change in changes if change.field not in refused]
    values: dict[str, dict[str, Value]] = {change.task: {} for change in kept if change.field == REVIEW}
    for (task, field), written in known.items():
        if task in values and field.startswith(OWN_PREFIX) and field != REVIEW and field not in refused:
            values[task][field.removeprefix(OWN_PREFIX)] = written.asked
    for change in kept:
        if change.task in values and change.field.startswith(OWN_PREFIX) and change.field != REVIEW:
            values[change.task][change.field.removeprefix(OWN_PREFIX)] = change.new
    return [left for change in kept if (left := _stamped_anew(change, values.get(change.task, {}), zone)) is not None]


def _stamped_anew(change: Change, values: Mapping[str, Value], zone: tzinfo) -> Change | None:
    """A change of `review` with the stamp of what is written.

    None where nothing is left to vouch for or to say, or that very text stands there already.
    """
    body, mark = split(change.new)
    if change.field != REVIEW or mark is None or change.undoes is not None:
        return change
    if not body and all(field_empty(value) for value in values.values()):
        return None if field_empty(change.old) else replace(change, new=None)
    new = stamped(body, values, zone)
    return None if untouched(change.old, new) else replace(change, new=new)
