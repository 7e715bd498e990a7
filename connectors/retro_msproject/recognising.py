"""Whether a file is a plan of Microsoft Project in XML, told by its beginning."""

import re

from retro.i18n import text as _
from retro.ports import Recognised
from retro_msproject.records import NAMESPACE

KIND = "msproject"
_SURE, _LIKELY, _PERHAPS = 1.0, 0.8, 0.05
_BEFORE = r"(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>|\s)*"
_ROOT = re.compile(rf"{_BEFORE}<(?:[\w.-]+:)?Project(?=[\s/>])([^>]*)", re.DOTALL)
_PARTS = ("<Tasks", "<Calendars", "<SaveVersion", "<MinutesPerDay", "<ScheduleFromStart", "<StartDate")


def recognise(head: bytes, name: str = "") -> Recognised | None:
    """Whether a file that begins with `head` is such a plan; None: it is something else.

    The namespace settles it. Without one the first element and what follows it count: other tools' projects
    (MSBuild's among them) begin alike.
    """
    text = _decoded(head)
    root = _ROOT.match(text)
    if root is None:
        if name.casefold().endswith(".xml") and text.lstrip().startswith("<"):
            return Recognised(kind=KIND, confidence=_PERHAPS, reason=_("it is XML, but no plan of Microsoft Project"))
        return None
    if NAMESPACE in root[1]:
        return Recognised(kind=KIND, confidence=_SURE)
    if "xmlns=" not in root[1] and any(part in text for part in _PARTS):
        return Recognised(kind=KIND, confidence=_LIKELY)
    return Recognised(kind=KIND, confidence=_PERHAPS, reason=_("it is XML, but no plan of Microsoft Project"))


def _decoded(head: bytes) -> str:
    """The text, in UTF-16 where it begins so or alternates with zeros, else in UTF-8."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif head[:4] == b"<\x00?\x00":
        encoding = "utf-16-le"
    elif head[:4] == b"\x00<\x00?":
        encoding = "utf-16-be"
    else:
        encoding = "utf-8-sig"
    return head.decode(encoding, "replace")
