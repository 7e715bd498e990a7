"""From a write in the model's words to Trello's: bodies of requests, and what their answers say. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from retro.i18n.own_fields import KINDS
from retro.model import Day, is_instant
from retro_trello.fields import OwnValue
from retro_trello.lenient import read_each
from retro_trello.payload import BoardList, Card, CustomFieldItem

OWN_PREFIX = "retro_"
_NOON = time(12)
_HOURS = {"start": time(9), "due": time(17)}
"""The hour of a date that a card is given where it had none: the first and the last of an ordinary day."""


def stamp(at: datetime) -> str:
    """An aware instant as Trello writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def lists_by_name(lists: Iterable[BoardList]) -> dict[str, str]:
    """The ids of a board's open lists by name; a name that several of them have means none."""
    opened = [each for each in lists if not each.closed]
    times = Counter(each.name for each in opened)
    return {each.name: each.id for each in opened if times[each.name] == 1}


def card_body(
    fields: Mapping[str, OwnValue], card: Card, zone: tzinfo, lists: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The body that writes the team's fields of a card; a plain date keeps the hour that the card has.

    `lists` are the ids of those to which a card may go, by name.
    """
    body: dict[str, Any] = {}
    if "title" in fields:
        body["name"] = str(fields["title"])
    if "completed" in fields:
        body["dueComplete"] = bool(fields["completed"])
    if "archived" in fields:
        body["closed"] = bool(fields["archived"])
    if "section" in fields:
        body["idList"] = (lists or {})[str(fields["section"])]
    for name, present in (("start", card.start), ("due", card.due)):
        if name in fields:
            value = fields[name]
            body[name] = moment(name, value, zone, present) if isinstance(value, date) else None
    return body


def moment(name: str, value: Day, zone: tzinfo, present: datetime | None = None) -> str:
    """A start or due date as Trello takes it; a plain date keeps the hour of `present`, what the card holds now."""
    if isinstance(value, datetime) and is_instant(value):
        return stamp(value)
    kept = present.astimezone(zone).time() if present is not None else _HOURS[name]
    return stamp(datetime.combine(value, kept, zone))


def own_items(fields: Mapping[str, OwnValue], ids: Mapping[str, str], zone: tzinfo) -> list[dict[str, Any]]:
    """The items that write retro's own fields; `ids` are those of the board's fields, by own field."""
    return [
        {"idCustomField": ids[own], "value": _own(own, value, zone)}
        for name, value in fields.items()
        if (own := name.removeprefix(OWN_PREFIX)) != name
    ]


def _own(field: str, value: OwnValue, zone: tzinfo) -> dict[str, str] | str:
    """A value of a custom field: strings all of them, "" to empty it; a date is noon where the workspace is."""
    if value is None or value == "":
        return ""
    if KINDS[field] == "date" and isinstance(value, date):
        return {"date": stamp(value if isinstance(value, datetime) else datetime.combine(value, _NOON, zone))}
    if KINDS[field] == "number" and isinstance(value, int | float):
        return {"number": number(value)}
    return {"text": str(value)}


def number(value: float) -> str:
    """A number without an exponent, as Trello takes it."""
    if not math.isfinite(value):
        raise ValueError(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def items_after(
    before: Sequence[CustomFieldItem], sent: Iterable[Mapping[str, Any]], answer: Any
) -> list[CustomFieldItem] | None:
    """A card's custom field values after a write, by Trello's answer; None where that does not tell of each."""
    listed = answer.get("customFieldItems") if isinstance(answer, dict) else answer
    told = {item.id_custom_field: item for item in read_each(CustomFieldItem, listed)}
    if not isinstance(listed, list):
        return None
    after = {item.id_custom_field: item for item in before}
    for item in sent:
        field = item["idCustomField"]
        if field in told:
            after[field] = told[field]
        elif item["value"] == "":
            after.pop(field, None)
        else:
            return None
    return list(after.values())
