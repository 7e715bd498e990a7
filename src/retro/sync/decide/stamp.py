"""The stamp that ends `retro · à revoir`: a checksum of the own values last written beside it.

With the state lost, it tells what retro wrote from what a person wrote: where it agrees with the values that stand
there, they are as retro left them. It leaves the task's key out, so that a copied card is known again as well.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo

from retro.i18n.own_fields import FLAG
from retro.i18n.stamps import checksum, split
from retro.model import Task, field_empty
from retro.ports import Acknowledged
from retro.sync.decide.values import OWN_PREFIX, REVIEW, Value

STAMP_UNITS = len("\n[retro 01234567]")

_REMARK = re.compile(r"[A-Z]{3}\d{3}(?: |…|\Z)|\+ \d+\Z")
"""How every line of retro's begins: a rule's code; or the count of those left out."""

Ledgered = Mapping[tuple[str, str], Acknowledged]


def utf16_units(text: str) -> int:
    """The length of a text as Notion and JavaScript count it."""
    return len(text.encode("utf-16-le")) // 2


def stamped(body: str, values: Mapping[str, Value], zone: tzinfo) -> str:
    """The text of `review`: the body, and under it the stamp."""
    mark = f"[retro {checksum(values, body, zone)}]"
    return f"{body}\n{mark}" if body else mark


def has_stamp(task: Task) -> bool:
    """Whether retro has been on this task before, whatever happened to the values since."""
    return is_flagged(task) or split(task.own.get("review"))[1] is not None


def is_flagged(task: Task) -> bool:
    """Whether a task carries retro's label: no text, so no stamp, but nobody else's either."""
    return task.own.get("review") == FLAG and task.marks.get("review", "").startswith("label:")


def _is_signed(task: Task) -> bool:
    """Whether the remarks of a task are retro's whatever they say: its label, or a comment that its account made.

    A stamp in a comment disagrees with the fields where a run ended between the two. The account may be a person's,
    who wrote in it: a line that is none of retro's makes it theirs.
    """
    body, mark = split(task.own.get("review"))
    said = task.marks.get("review", "").startswith("comment:") and mark is not None
    return is_flagged(task) or (said and all(_REMARK.match(line) for line in body.splitlines()))


def holds(task: Task, zone: tzinfo) -> bool:
    """Whether the stamp agrees with the own values that stand there: they are as retro left them."""
    body, mark = split(task.own.get("review"))
    values = {own: value for own, value in task.own.items() if own != "review"}
    return mark is not None and mark == checksum(values, body, zone)


def recognised(tasks: Iterable[Task], acknowledged: Ledgered, zone: tzinfo) -> dict[tuple[str, str], Acknowledged]:
    """The own values that the ledger does not know but the stamp vouches for, by (task, field).

    One that the ledger only took up from a board counts as not known: that read may have been an old one. On a board
    of which the ledger knows none at all, remarks that nobody else can have put there vouch for themselves.
    """
    read = list(tasks)
    known = {task for task, field in acknowledged if field.startswith(OWN_PREFIX)}
    boards = {task.board for task in read if task.key in known}
    found: dict[tuple[str, str], Acknowledged] = {}
    for task in read:
        if all(_is_known(acknowledged.get((task.key, f"{OWN_PREFIX}{own}")), held) for own, held in task.own.items()):
            continue
        if holds(task, zone):
            vouched_for = vouched(task).items()
            found |= {cell: each for cell, each in vouched_for if not _is_known(acknowledged.get(cell), each.value)}
        elif task.key not in known and task.board not in boards and _is_signed(task):
            found |= vouched(task, only="review")
    return found


def _is_known(last: Acknowledged | None, held: Value) -> bool:
    """Whether the ledger knows of a value by a write of its own, or took up the very one that stands there."""
    return last is not None and (bool(last.run) or last.value == held)


def vouched(task: Task, *, only: str = "") -> dict[tuple[str, str], Acknowledged]:
    """The own values of a task (or `only` one) as last written ones, by (task, field)."""
    return {
        (task.key, f"{OWN_PREFIX}{own}"): Acknowledged(
            task=task.key, field=f"{OWN_PREFIX}{own}", value=value, run="", asked=value, mark=task.marks.get(own, "")
        )
        for own, value in task.own.items()
        if not field_empty(value) and only in ("", own)
    }


def fitted(lines: Sequence[str], most: int) -> str:
    """As many whole lines as `most` UTF-16 units hold, with "+ N" for those left out.

    A first line that is too long by itself is cut with an ellipsis, so that something is always said.
    """
    whole = "\n".join(lines)
    if utf16_units(whole) <= most:
        return whole
    for kept in range(len(lines) - 1, 0, -1):
        text = "\n".join([*lines[:kept], f"+ {len(lines) - kept}"])
        if utf16_units(text) <= most:
            return text
    rest = f"\n+ {len(lines) - 1}" if len(lines) > 1 else ""
    return _clipped(lines[0], most - utf16_units(rest)) + rest


def _clipped(line: str, most: int) -> str:
    units = 0
    for place, letter in enumerate(line):
        units += utf16_units(letter)
        if units > most - 1:
            return line[:place].rstrip() + "…"
    return line


__all__ = [
    "REVIEW",
    "STAMP_UNITS",
    "checksum",
    "fitted",
    "has_stamp",
    "holds",
    "is_flagged",
    "recognised",
    "split",
    "stamped",
    "utf16_units",
    "vouched",
]
