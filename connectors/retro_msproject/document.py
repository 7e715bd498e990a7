"""A plan's XML as records, through a parser that declines what XML can be abused for.

Document types, entities and external references are refused before they mean anything; elements that are not read
cost nothing, and nesting has a bound that no plan comes near.
"""

from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from retro.i18n import text as _
from retro.ports import UnreadableError
from retro_msproject.records import KEPT, NAMESPACE, PLAN, ROOT, Record, Shape

_CHUNK = 1 << 16
"""Bytes that are parsed at a time."""
_DEEPEST = 64
"""Levels of nesting; a plan has eight."""


def parse(content: bytes, where: str, shape: Shape = PLAN) -> Record:
    """The records of a plan that `shape` names; `where` is its path, for messages.

    Raises:
        UnreadableError: it is empty, broken, cut off, no plan of Microsoft Project, or holds what is not safe to read.
    """
    if not content.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n"):
        raise UnreadableError(_("the file is empty."), where=where, remedy=_remedy())
    handler = _Handler(shape)
    parser = DefusedExpatParser(namespaceHandling=0, forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        for place in range(0, len(content), _CHUNK):
            parser.feed(content[place : place + _CHUNK])
        parser.close()
    except SAXParseException as error:
        raise UnreadableError(
            _("the XML is broken: the file was probably cut off while it was saved ({reason}).", reason=_said(error)),
            where=f"{where}:{error.getLineNumber()}",
            remedy=_remedy(),
        ) from None
    except DefusedXmlException:
        raise UnreadableError(
            _("the XML declares a document type or entities, which no plan does: it was not read."),
            where=where,
            remedy=_remedy(),
        ) from None
    except (_NoPlanError, ValueError, LookupError):
        # Python's own errors are those of an encoding that does not exist.
        raise UnreadableError(_("this XML is no plan of Microsoft Project."), where=where, remedy=_remedy()) from None
    return handler.plan


def _said(error: SAXParseException) -> str:
    return str(error.getMessage())


def _remedy() -> str:
    return _("In Microsoft Project, save it again: File, Save as, XML format.")


class _NoPlanError(Exception):
    """Its first element is not that of a plan, or it is nested deeper than any."""


class _Handler(ContentHandler):
    """Collects what a shape names. `_skipped` counts the levels below an element that is passed over."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._shape = shape
        self.plan = Record()
        self._open: list[tuple[str, Record, Shape]] = []
        self._leaf = ""
        self._text: list[str] = []
        self._skipped = 0

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 - SAX's name
        """Go one level down."""
        name = name.rpartition(":")[2]
        if self._skipped or self._leaf:
            self._skipped += 1
            if self._skipped > _DEEPEST:
                raise _NoPlanError
            return
        if not self._open:
            if name != ROOT or not _is_plan(attrs):
                raise _NoPlanError
            self._open.append((name, self.plan, self._shape))
            return
        _name, record, shape = self._open[-1]
        if name not in shape:
            self._skipped = 1
            return
        below = shape[name]
        if below is None:
            self._leaf = name
            return
        part = Record()
        record.parts.setdefault(name, []).append(part)
        self._open.append((name, part, below))

    def characters(self, content: str) -> None:
        """Keep the text of a leaf that is read."""
        if self._leaf and not self._skipped:
            self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        """Go one level up."""
        if self._skipped:
            self._skipped -= 1
        elif self._leaf:
            # An element that stands twice keeps its first text.
            self._open[-1][1].values.setdefault(self._leaf, "".join(self._text))
            self._leaf = ""
            self._text.clear()
        else:
            name, record, _shape = self._open.pop()
            if name in KEPT and not KEPT[name](record):
                self._open[-1][1].parts[name].pop()


def _is_plan(attrs: object) -> bool:
    """Whether the first element is in Microsoft Project's namespace, or in none."""
    names = dict(attrs.items()) if hasattr(attrs, "items") else {}
    spaces = [str(value) for name, value in names.items() if str(name).partition(":")[0] == "xmlns"]
    return NAMESPACE in spaces or not any(str(name) == "xmlns" for name in names)
