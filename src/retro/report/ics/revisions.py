"""When an entry of a feed last changed, and how often: DTSTAMP, LAST-MODIFIED and SEQUENCE.

Calendars know an entry by its UID and take the version with the higher SEQUENCE, then the later DTSTAMP (RFC 5546,
2.1.5). The memory of both is the file that is written again: an entry that says what it said there keeps its stamps to
the letter, so that a feed in which nothing changed is the same file; one that says something else is stamped now, its
SEQUENCE higher than it was. Where there is no such file, an entry's own last edit on its board stands in: the minutes
from 2000 to that edit. They only grow, and stay below 2^31 for four thousand years.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from retro.model.dates import in_zone

_ENTRY = re.compile(
    r"BEGIN:(VEVENT|VTODO)\r\nDTSTAMP:(\d{8}T\d{6}Z)\r\nLAST-MODIFIED:\2\r\nSEQUENCE:(\d{1,10})\r\n(.*?\r\n)END:\1\r\n",
    re.DOTALL,
)
_UID = re.compile(r"^UID:(\S+)\r$", re.MULTILINE)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MOST = 2**31 - 1
"""RFC 5545, 3.3.8: the greatest integer."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of an entry: what it said, when it was stamped (as iCalendar writes it), and its number."""

    body: str
    stamp: str
    sequence: int


def remembered(text: str) -> dict[str, Revision]:
    """The entries of a feed that was written before, by UID; none where the text is something else."""
    found = {}
    for kind, stamp, sequence, body in _ENTRY.findall(re.sub(r"\r?\n", "\r\n", text)):
        uid = _UID.search(body)
        if uid is not None:
            found[uid[1]] = Revision(f"BEGIN:{kind}\r\n{body}END:{kind}\r\n", stamp, int(sequence))
    return found


def revised(uid: str, body: str, edited: datetime | None, now: datetime, known: Mapping[str, Revision]) -> Revision:
    """The version to be written of an entry.

    Args:
        uid: by which calendars know it.
        body: what it says, from BEGIN to END, without stamps.
        edited: when its task was last edited, as its board tells.
        now: the clock reading of the run.
        known: what `remembered` found in the file that is written again.
    """
    before = known.get(uid)
    told = 0 if edited is None else min(max(int((edited - _EPOCH).total_seconds() // 60), 0), _MOST)
    if before is None:
        return Revision(body, _stamp(edited or now), told)
    if before.body == body:
        return before
    return Revision(body, _stamp(now), min(max(before.sequence + 1, told), _MOST))


def stamped(revision: Revision) -> str:
    """The entry with its stamps."""
    begin, _end, rest = revision.body.partition("\r\n")
    return (
        f"{begin}\r\nDTSTAMP:{revision.stamp}\r\nLAST-MODIFIED:{revision.stamp}\r\n"
        f"SEQUENCE:{revision.sequence}\r\n{rest}"
    )


def _stamp(instant: datetime) -> str:
    utc = in_zone(instant, UTC)
    return f"{utc.year:04}{utc:%m%dT%H%M%SZ}"
