"""Where the size of tasks is read from, and what is counted where it is not."""

from collections import Counter
from collections.abc import Sequence

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import EstimateOrigin, Task
from retro.model.proposal import Note
from retro.report.untrusted import printable

_UNITS = {EstimateOrigin.NUMBER: "days", EstimateOrigin.POINTS: "points"}


def estimates(tasks: Sequence[Task]) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """The `estimate` of a board, the field that most tasks have first; and what is said of it."""
    counted = [task for task in tasks if task.counts]
    fields: Counter[tuple[str, str, bool]] = Counter()
    elsewhere: Counter[EstimateOrigin] = Counter()
    for task in counted:
        for each in {(e.field, e.unit, e.origin) for e in task.estimates}:
            field, unit, origin = each
            if field and origin in _UNITS and "=" not in field:
                fields[field, unit or _UNITS[origin], bool(unit) or origin is EstimateOrigin.POINTS] += 1
            elif not field:
                elsewhere[origin] += 1
    found = sorted(fields, key=lambda each: (-fields[each], each))
    notes: list[Note] = []
    if found:
        notes += [
            Note(
                plural(
                    "Size: “{field}”, on {count} task of {all}.",
                    "Size: “{field}”, on {count} tasks of {all}.",
                    fields[each],
                    field=printable(each[0]),
                    all=len(counted),
                )
            )
            for each in found
        ]
        notes += [
            Note(_("“{field}” names no unit: are these days?", field=printable(field)), check=True)
            for field, _unit, sure in found
            if not sure
        ]
    if points := elsewhere[EstimateOrigin.POINTS]:
        notes.append(
            Note(
                plural(
                    "{count} title holds points, such as “(3)”: each is half a day, or `point` under [schedule].",
                    "{count} titles hold points, such as “(3)”: each is half a day, or `point` under [schedule].",
                    points,
                )
            )
        )
    if counted and not found and not elsewhere:
        notes.append(Note(_("No sizes were found: a task counts for its own dates, else for one day.")))
    return tuple(f"field:{field}={unit}" for field, unit, _sure in found), tuple(notes)
