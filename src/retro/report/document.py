"""What every JSON document of retro begins with, and how its values are written."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from retro.model import Task
from retro.report.indented import indented
from retro.report.untrusted import NO_CHARACTERS

VERSION = 1

_UNSAFE = re.compile(
    r"[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    rf"\ud800-\udfff\U000e0000-\U000e007f{NO_CHARACTERS}]"
)
"""What no file holds (half of a surrogate pair), what a terminal obeys (control characters, marks that turn writing),
and what nobody sees."""
_ASCII = bytes(range(0x7F))
"""What no document is searched for: what is unsafe of it, JSON has escaped already."""


def head(now: datetime, zone_name: str, lang: str) -> dict[str, Any]:
    """`version`, `now` (with the workspace's offset, to the second) and `lang`."""
    return {"version": VERSION, "now": instant(now, zone_name), "lang": lang}


def instant(moment: datetime | None, zone_name: str) -> str | None:
    """An instant as ISO 8601 with the workspace's offset, to the second; None stays None."""
    return None if moment is None else moment.astimezone(ZoneInfo(zone_name)).isoformat(timespec="seconds")


def plain(value: object) -> Any:
    """A fact as JSON holds it: dates as text, tuples as lists, all else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


def task_reference(task: Task) -> dict[str, Any]:
    """A task as documents name it: key, title as written on the board, URL."""
    return {"key": task.key, "title": task.title, "url": task.url}


def dumps(document: Mapping[str, Any]) -> str:
    """A document as text: readable, accents kept, ended by a newline."""
    return "".join(written(document))


def written(document: Mapping[str, Any]) -> Iterator[str]:
    """The same text in pieces: that of a large workspace is long."""
    for piece in indented(document):
        yield storable(piece)
    yield "\n"


def storable(written: str) -> str:
    """JSON that any file can hold and any terminal can show: what is unsafe in it is written as its escape."""
    if written.isascii() and "\x7f" not in written:
        return written
    # Of a long text few characters are beyond ASCII, and hardly any two of them differ: these alone are looked at.
    beyond = written.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return _UNSAFE.sub(_escaped, written) if _UNSAFE.search("".join(set(beyond))) else written


def _escaped(found: re.Match[str]) -> str:
    """A character as JSON spells it: one beyond the first 65 536 takes two escapes."""
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
