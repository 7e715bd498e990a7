"""The cards of a board that is being built: values as a person would give them, documents as Trello keeps them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Protocol

from retro.sandbox.trello import shapes
from retro.sandbox.trello.history import Hand, place, record
from retro.sandbox.trello.ids import stamp
from retro.sandbox.trello.shapes import Document
from retro.sandbox.trello.state import State

Value = str | float | bool | date
"""What a custom field can be given; it becomes the string that Trello keeps."""

DEPENDENCIES = "Dépendances"
"""The checklist whose items link to what a card waits for."""

START, DUE = time(9), time(17)
"""The hours that plain dates get."""

_KEYS = {"text": "text", "number": "number", "checkbox": "checked"}


@dataclass(frozen=True, slots=True)
class CardMade:
    """A card that was built: enough to link to it, find it and edit it."""

    id: str
    short_link: str
    number: int
    url: str
    document: Document


class Builder(Protocol):
    """What a list needs of the builder of its board."""

    state: State
    document: Document
    zone: tzinfo
    at: datetime

    def member(self, full_name: str) -> Document:
        """A person of the board."""
        ...

    def label(self, name: str) -> Document:
        """A label of the board."""
        ...

    def field(self, name: str, kind: str) -> Document:
        """A custom field of the board."""
        ...

    def hand(self, at: datetime | None = None) -> Hand:
        """The hand of retro's own member."""
        ...


class ListBuilder:
    """Adds cards to one list of a board."""

    def __init__(self, board: Builder, document: Document) -> None:
        self.board = board
        self.document = document

    def card(
        self,
        name: str,
        *,
        due: date | None = None,
        start: date | None = None,
        members: Iterable[str] = (),
        labels: Iterable[str] = (),
        desc: str = "",
        done: bool = False,
        closed: bool = False,
        template: bool = False,
        role: str | None = None,
        values: Mapping[str, Value] | None = None,
        depends_on: Iterable[CardMade | str] = (),
        checklists: Mapping[str, Iterable[CardMade | str]] | None = None,
        attachments: Iterable[str] = (),
        created: datetime | None = None,
    ) -> CardMade:
        """Add a card at the bottom of the list.

        Args:
            name: its title.
            due: a date (17:00 in the builder's zone) or an aware instant.
            start: a date (09:00) or an aware instant.
            members: full names.
            labels: names.
            desc: its description.
            done: whether its due date is ticked off.
            closed: whether it is archived.
            template: whether it is a template.
            role: separator, board, mirror or link.
            values: custom fields by name; the type of a field not yet defined follows from its value.
            depends_on: cards, or texts as they stand, in a checklist «Dépendances».
            checklists: more checklists, name to items.
            attachments: addresses.
            created: when; the board's own creation by default.
        """
        builder, on, at = self.board, self.board.document, created or self.board.at
        number = builder.state.next_number(on)
        made = shapes.card(builder.state.mint, on, self.document, name, at, number=number)
        people = [builder.member(one)["id"] for one in members]
        made |= {
            "desc": desc,
            "due": _stamp(due, DUE, builder.zone),
            "start": _stamp(start, START, builder.zone),
            "dueComplete": done,
            "dateCompleted": made["dateLastActivity"] if done else None,
            "closed": closed,
            "dateClosed": made["dateLastActivity"] if closed else None,
            "isTemplate": template,
            "cardRole": role,
            "idMembers": people,
            "idMemberCreator": people[0] if people else builder.hand().member["id"],
            "labels": [builder.label(one) for one in labels],
        }
        made["idLabels"] = [one["id"] for one in made["labels"]]
        made["attachments"] = [
            shapes.attachment(builder.state.mint, url, url, made["idMemberCreator"], at) for url in attachments
        ]
        made["badges"] |= {field: made[field] for field in ("due", "start", "dueComplete")}
        made["badges"] |= {"description": bool(desc), "attachments": len(made["attachments"])}
        on["cards"].append(made)
        builder.state.add_card(on, made)
        links = tuple(depends_on)
        for title, items in {**({DEPENDENCIES: links} if links else {}), **(checklists or {})}.items():
            add_checklist(builder, made, title, items, at)
        for title, value in (values or {}).items():
            made["customFieldItems"].append(_item(builder, made, title, value, at))
        record(on, "createCard", place(on, self.document, made), builder.hand(at))
        return CardMade(made["id"], made["shortLink"], number, made["url"], made)


def add_checklist(
    builder: Builder, card: Document, name: str, items: Iterable[CardMade | str], at: datetime
) -> Document:
    """Add a checklist to a card; a card among the items becomes its address."""
    mint = builder.state.mint
    made = shapes.checklist(mint, card, name, at)
    for one in items:
        text = one.url if isinstance(one, CardMade) else one
        made["checkItems"].append(shapes.check_item(mint, made, text, at))
    card["idChecklists"].append(made["id"])
    card["badges"]["checkItems"] += len(made["checkItems"])
    builder.document["checklists"].append(made)
    return made


def _item(builder: Builder, card: Document, name: str, value: Value, at: datetime) -> Document:
    """The value of a custom field on a card."""
    field = builder.field(name, _type(value))
    item: Document = {
        "id": builder.state.mint.id(at),
        "idCustomField": field["id"],
        "idModel": card["id"],
        "modelType": "card",
        "value": None,
        "idValue": None,
    }
    if field["type"] == "list":
        item["idValue"] = next(one["id"] for one in field["options"] if one["value"]["text"] == value)
    elif isinstance(value, date):
        item["value"] = {"date": _stamp(value, DUE, builder.zone)}
    else:
        item["value"] = {_KEYS[field["type"]]: _text(value)}
    return item


def _stamp(day: date | None, at: time, zone: tzinfo) -> str | None:
    """A date or aware instant as Trello keeps it."""
    if day is None:
        return None
    return stamp(day if isinstance(day, datetime) else datetime.combine(day, at, zone))


def _type(value: Value) -> str:
    if isinstance(value, bool):
        return "checkbox"
    if isinstance(value, date):
        return "date"
    return "text" if isinstance(value, str) else "number"


def _text(value: str | float) -> str:
    """A value as the string that Trello keeps (a bool is a number to Python, a word to Trello)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
