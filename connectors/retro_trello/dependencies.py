"""What a card says of other cards, in the places where teams write it, the surest first.

A checklist of prerequisites, a text field of that name, lines of the description; a checklist of parts. Cards that
are merely attached are related: their direction is not told, and half of them point both ways.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retro.i18n.words import dependency_heading, dependency_line, fold
from retro.model import Lag, Reference
from retro_trello.fields import text_value
from retro_trello.handles import handles_in, linked_card
from retro_trello.payload import Attachment, Checklist, CustomField, CustomFieldItem

_SEPARATORS = re.compile(r"[;\n]")
_WAIT = re.compile(
    r"(?<!\S)(?P<card>\S+)\s+\+\s?(?P<days>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:jours?|days?|j|d)(?!\w)", re.IGNORECASE
)
"""What stands after a card that is waited for: "+5 j", "+2.5 days"."""
_LINK_TITLE = re.compile(r'(?<=\S)\s+"[^"]*"(?=\))')
"""What Trello's editor adds to the links of a description that somebody saves: `[…](https://… "smartCard-inline")`."""


@dataclass(frozen=True, slots=True)
class Relations:
    """What was read: prerequisites, parts, related cards, and the ids of check items that are none of the work."""

    references: tuple[Reference, ...] = ()
    children: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    not_work: frozenset[str] = frozenset()


def relations(
    description: str,
    checklists: Sequence[Checklist],
    values: Iterable[tuple[CustomField, CustomFieldItem]],
    attachments: Iterable[Attachment],
    titles: frozenset[str],
    *,
    day_minutes: int = 420,
) -> Relations:
    """Read them all; `titles` are the folded titles of the board's cards, `day_minutes` a day of a wait."""
    not_work: set[str] = set()
    references: list[Reference] = []
    children: list[str] = []
    for checklist in checklists:
        kind = dependency_heading(checklist.name)
        for item in checklist.check_items if kind is not None else ():
            handles = handles_in(item.name)
            if kind == "predecessors":
                not_work.add(item.id)
                # A ticked line that names no card ("Logo reçu") is a prerequisite that is met: nothing to look for.
                if handles or item.state != "complete" or fold(item.name) in titles:
                    references += _named(item.name, handles, "checklist")
            elif handles:
                children += handles
                not_work.add(item.id)
    for field, item_ in values:
        if field.type == "text" and dependency_heading(field.name) == "predecessors":
            references += _from_text(text_value(field, item_), titles)
    references += _from_description(description, day_minutes)
    related = (linked_card(attachment.url) for attachment in attachments)
    return Relations(
        references=_once(references),
        children=tuple(dict.fromkeys(children)),
        related=tuple(dict.fromkeys(handle for handle in related if handle is not None)),
        not_work=frozenset(not_work),
    )


def _once(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """Each target once, as the surest place says it."""
    kept: dict[tuple[str, bool], Reference] = {}
    for reference in references:
        kept.setdefault((reference.target, reference.by_title), reference)
    return tuple(kept.values())


def _named(text: str, handles: Sequence[str], origin: str) -> list[Reference]:
    """References to the cards named in a text, or to the card of that very title."""
    if handles:
        return [Reference(handle, origin=origin, text=text.strip()) for handle in handles]
    title = text.strip()
    return [Reference(title, origin=origin, text=title, by_title=True)] if title else []


def _from_text(text: str, titles: frozenset[str]) -> list[Reference]:
    """A field's text: links and numbers, else titles between semicolons, or between commas where no title has one."""
    found: list[Reference] = []
    for part in _SEPARATORS.split(text):
        handles = handles_in(part)
        whole = bool(handles) or fold(part) in titles
        for piece in [part] if whole else part.split(","):
            found += _named(piece, handles, "field")
    return found


def _from_description(description: str, day_minutes: int) -> list[Reference]:
    """Lines like "Dépend de : https://trello.com/c/… +5 j" or "Blocked by: #12"; prose says nothing that is sure."""
    return [
        replace(reference, lag=waits[reference.target]) if reference.target in waits else reference
        for line in description.splitlines()
        if (handles := handles_in(line)) and dependency_line(line)
        for waits in [_waits(line, day_minutes)]
        for reference in _named(line, handles, "description")
    ]


def _waits(line: str, day_minutes: int) -> dict[str, Lag]:
    """The waits of a line, by handle: working days after a link or a number."""
    found: dict[str, Lag] = {}
    for match in _WAIT.finditer(_LINK_TITLE.sub("", line)):
        days = float(match["days"].replace(",", "."))
        for handle in handles_in(match["card"]):
            found[handle] = Lag(round(days * day_minutes))
    return found
