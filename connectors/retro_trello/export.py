"""A board's JSON export: recognised by its content, read into the same model as the live board."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from pydantic import ValidationError

from retro.i18n import text as _
from retro.model import LinkType, Snapshot
from retro.ports import Capabilities, Recognised, UnreadableError
from retro_trello import mapping, payload
from retro_trello.settings import BoardSettings
from retro_trello.warnings import gaps_of

EXPORTED = Capabilities(
    link_types=frozenset({LinkType.FS}), dates=frozenset({"instant"}), completes=True, retract=False
)
"""What an exported board holds; nothing of it can be written."""

_SURE, _NEARLY, _LIKELY = 1.0, 0.9, 0.6
_BOARD_KEYS = ("idOrganization", "shortLink", "labelNames", "shortUrl", "dateLastActivity", "dateLastView", "powerUps")
_PARTS = ("cards", "lists")


def recognise(head: bytes, _name: str = "") -> Recognised | None:
    """Whether a file that begins with `head` is a Trello board's export; None: it is something else.

    An export may be long: its lists and cards often lie beyond what is looked at, so the board's own fields count.
    """
    text = _decoded(head).lstrip()
    if not text.startswith("{"):
        return None
    found = [key for key in (*_BOARD_KEYS, *_PARTS) if re.search(rf'"{key}"\s*:', text)]
    if "trello.com/" in text and len(found) > 1:
        return Recognised(kind=mapping.KIND, confidence=_SURE)
    if all(part in found for part in _PARTS):
        return Recognised(kind=mapping.KIND, confidence=_NEARLY)
    if len(found) > 1:
        return Recognised(kind=mapping.KIND, confidence=_LIKELY, reason=_("it has some of the fields of a board"))
    return None


def read_export(
    content: bytes,
    *,
    name: str,
    read_at: datetime,
    zone: tzinfo,
    settings: BoardSettings | None = None,
    source: str = "",
    pins: Mapping[str, str] | None = None,
) -> Snapshot:
    """Read a board's export.

    Args:
        content: the whole file.
        name: the file's, for messages.
        read_at: now, or when the file was written.
        zone: the workspace's.
        settings: what the configuration says of the board.
        source: the source's name in the configuration; the file's name by default.
        pins: ids of retro's own fields, by own field.

    Raises:
        UnreadableError: it is empty, broken, or no board.
    """
    document = _document(content, name)
    try:
        board = payload.Board.model_validate(document)
    except ValidationError:
        raise _no_board(name) from None
    on = mapping.reading(board, settings or BoardSettings(), zone, pins, gaps_of(document, board))
    return mapping.snapshot(on, source=source or name, read_at=read_at, archived_known=True)


def _document(content: bytes, name: str) -> dict[str, Any]:
    remedy = _("Export the board again: Menu, Print, export and share, Export as JSON.")
    if not content.strip():
        raise UnreadableError(_("the file is empty."), where=name, remedy=remedy)
    try:
        document = json.loads(_decoded(content))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        place = f"{name}:{line}" if line else name
        raise UnreadableError(
            _("the JSON is broken: the file was probably cut off while it was saved."), where=place, remedy=remedy
        ) from None
    if not isinstance(document, dict) or not all(isinstance(document.get(part), list) for part in _PARTS):
        raise _no_board(name)
    return document


def _no_board(name: str) -> UnreadableError:
    return UnreadableError(
        _("this JSON is no Trello board: it has no lists and cards."),
        where=name,
        remedy=_("Export the board itself: Menu, Print, export and share, Export as JSON."),
    )


def _decoded(content: bytes) -> str:
    """The text, in UTF-8 (or UTF-16 where it begins so); bytes that are no text show as such."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding, "replace")
