"""Elements of Microsoft Project's XML and the texts in them: instants, durations, numbers, words.

Facts are those of the published schema (mspdi_pj12.xsd, Microsoft's "Project XML Data Interchange Schema Reference"):
the order of elements, times of the wall clock without a zone, durations as `PT8H0M0S`, lags in tenths of minutes.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, tzinfo

# Only written here: what is read goes through defusedxml, in the connector.
from xml.etree.ElementTree import Element, SubElement

from retro.model.dates import in_zone
from retro.report.untrusted import printable

Value = str | int | float | bool | None

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write, and the control characters that it only discourages."""
_FIRST, _LAST = datetime(1984, 1, 1), datetime(2149, 12, 31, 23, 59)  # noqa: DTZ001 - times of the wall clock
"""Dates that Microsoft Project knows."""
LONGEST_NAME = 255
"""Characters of a name in Microsoft Project's own windows; the schema allows 512."""
MOST_UID = 2_097_151
"""The greatest id that Microsoft Project opens."""
_SPREAD = 2_000_000
_IN_NO_RESOURCE = str.maketrans({"[": "(", "]": ")", ",": " ", ";": " "})
"""Brackets hold units after a resource's name, and lists of resources are divided by a comma or a semicolon."""


def put(parent: Element, **values: Value) -> Element:
    """Children in the order given, None left out; yes and no are 1 and 0."""
    for name, value in values.items():
        if value is not None:
            SubElement(parent, name).text = str(int(value)) if isinstance(value, bool) else str(value)
    return parent


def child(parent: Element, name: str, **values: Value) -> Element:
    """One more element under `parent`, with children."""
    return put(SubElement(parent, name), **values)


def moment(instant: datetime, zone: tzinfo) -> str:
    """An instant on the workspace's wall clock, held inside the years that Microsoft Project knows."""
    wall = in_zone(instant, zone).replace(tzinfo=None, second=0, microsecond=0)
    return min(max(wall, _FIRST), _LAST).isoformat(timespec="seconds")


def duration(minutes: int) -> str:
    """Working minutes: 510 is "PT8H30M0S"."""
    hours, rest = divmod(max(minutes, 0), 60)
    return f"PT{hours}H{rest}M0S"


def time_of_day(minute: int) -> str:
    """A minute of the day; midnight at its end is 00:00:00."""
    hour, rest = divmod(minute % 1440, 60)
    return f"{hour:02}:{rest:02}:00"


def name(words: str, otherwise: str = "–") -> str:
    """Words as a name: one line, no longer than Microsoft Project shows."""
    line = _FORBIDDEN.sub("", printable(words)) or otherwise
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def resource_name(words: str) -> str:
    """A name that Microsoft Project takes for one resource."""
    return name(words.translate(_IN_NO_RESOURCE))


def notes(words: str) -> str:
    """Words on several lines."""
    return _FORBIDDEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def uids(keys: Iterable[str]) -> dict[str, int]:
    """An id for every key, the same at every export: the number that the key ends in, else one made from the key.

    Two keys that ask for the same id are rare; the second in the order of keys then takes the next one.
    """
    found: dict[str, int] = {}
    taken: set[int] = set()
    for key in sorted(keys):
        uid = _wanted(key)
        while uid in taken:
            uid = uid % MOST_UID + 1
        taken.add(uid)
        found[key] = uid
    return found


def _wanted(key: str) -> int:
    tail = key.rpartition(":")[2]
    if tail.isascii() and tail.isdigit() and len(tail) <= len(str(MOST_UID)) and 0 < int(tail) <= MOST_UID:
        return int(tail)
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:8]) % _SPREAD + 1


def unlike(words: str, taken: set[str]) -> str:
    """A name that no other has: " (2)" after it where it is taken. It is then taken itself."""
    found, number = words, 1
    while found.casefold() in taken:
        number += 1
        found = f"{words[: LONGEST_NAME - 8]} ({number})"
    taken.add(found.casefold())
    return found
