"""Custom fields: their definitions on a board, and their values on cards, which Trello keeps as strings."""

import re
from typing import Any

from retro.sandbox.trello import refusals
from retro.sandbox.trello.cards import TEXT_MOST, find
from retro.sandbox.trello.history import Hand, place, record, touch
from retro.sandbox.trello.ids import instant, stamp
from retro.sandbox.trello.shapes import STEP, Document, custom_field

FIELDS_MOST = 50
"""Most custom fields on a board, and most options in a list field."""

_KEYS = {"text": "text", "number": "number", "date": "date", "checkbox": "checked"}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def define(on: Document, wanted: dict[str, Any], hand: Hand) -> Document:
    """Add a custom field to the board `on`.

    Raises:
        Refusal: a parameter is missing or wrong, or the board holds as many as it can.
    """
    name, kind = wanted.get("name"), wanted.get("type")
    if not isinstance(name, str) or not name.strip():
        raise refusals.invalid("name")
    if kind not in (*_KEYS, "list"):
        raise refusals.invalid("type")
    if len(on["customFields"]) >= FIELDS_MOST:
        raise refusals.too_many("BOARD", "CUSTOM_FIELDS")
    display = wanted.get("display")
    front = display.get("cardFront", True) if isinstance(display, dict) else wanted.get("display_cardFront", True)
    texts = _options(wanted.get("options") or [])
    if len(texts) > FIELDS_MOST:
        raise refusals.too_many("CUSTOM_FIELD", "OPTIONS")
    pos = _position([field["pos"] for field in on["customFields"]], wanted.get("pos", "bottom"))
    field = custom_field(hand.mint, on["id"], name, hand.at, kind=kind, pos=pos, front=front in (True, "true"))
    if kind == "list":
        for text in texts:
            add_option(field, text, hand)
    on["customFields"].append(field)
    record(on, "createCustomField", {**place(on), "customField": {"id": field["id"], "name": name}}, hand)
    touch(hand, on)
    return field


def _position(taken: list[float], wanted: Any) -> float:
    if wanted == "bottom":
        return max(taken, default=0) + STEP
    if wanted == "top":
        return min(taken, default=2 * STEP) / 2
    if isinstance(wanted, int | float):
        return wanted
    raise refusals.invalid("pos")


def _options(wanted: Any) -> list[str]:
    try:
        return [str(option["value"]["text"]) for option in wanted]
    except (KeyError, TypeError):
        raise refusals.invalid("options") from None


def add_option(field: Document, text: str, hand: Hand) -> Document:
    """Add an option to a list field."""
    option = {
        "id": hand.mint.id(hand.at),
        "idCustomField": field["id"],
        "value": {"text": text},
        "color": "none",
        "pos": STEP * (len(field["options"]) + 1),
    }
    field["options"].append(option)
    return option


def drop(on: Document, field: Document, hand: Hand) -> None:
    """Take a custom field off the board, with its values on all cards (their last activity stays: no card changed)."""
    on["customFields"].remove(field)
    for card in on["cards"]:
        card["customFieldItems"] = [item for item in card["customFieldItems"] if item["idCustomField"] != field["id"]]
    data = {**place(on), "customField": {"id": field["id"], "name": field["name"]}}
    record(on, "deleteCustomField", data, hand)
    touch(hand, on)


def read_value(field: Document, wanted: dict[str, Any]) -> tuple[Document | None, str | None]:
    """The value and the option id that `wanted` sets, both None where it clears the field.

    Raises:
        Refusal: not of the field's type, or not a string.
    """
    wrong = refusals.Refusal(400, {"message": "Invalid custom field item value.", "error": "ERROR"})
    if field["type"] == "list":
        id_value = wanted.get("idValue") or ""
        if id_value and find(field["options"], id_value) is None:
            raise wrong
        return None, id_value or None
    value = wanted.get("value")
    if value in ("", None):
        return None, None
    key = _KEYS[field["type"]]
    text = value.get(key) if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(text, str):
        raise wrong
    if text == "":
        return None, None
    if (key == "number" and _NUMBER.fullmatch(text) is None) or (key == "checked" and text not in {"true", "false"}):
        raise wrong
    if key == "text" and len(text) > TEXT_MOST:
        raise wrong
    if key == "date":
        try:
            text = stamp(instant(text))
        except ValueError:
            raise wrong from None
    return {key: text}, None


def put(on: Document, of: Document, wanted: list[tuple[Document, dict[str, Any]]], hand: Hand) -> list[Document]:
    """Set the values of fields on the card `of`; gives the items as they now stand, cleared ones with a null value.

    Raises:
        Refusal: a value cannot be taken. Nothing has changed then.
    """
    read = [(field, *read_value(field, one)) for field, one in wanted]
    out: list[Document] = []
    for field, value, id_value in read:
        items = of["customFieldItems"]
        item = next((item for item in items if item["idCustomField"] == field["id"]), None)
        old = item and {"value": item.get("value"), "idValue": item.get("idValue")}
        new = {"value": value, "idValue": id_value}
        if item is None:
            item = {"id": hand.mint.id(hand.at), "idCustomField": field["id"], "idModel": of["id"], "modelType": "card"}
        item = {**item, **new}
        out.append(item)
        if (old or {"value": None, "idValue": None}) == new:
            continue
        # An unset field is absent from its card, not null.
        kept = [other for other in items if other["idCustomField"] != field["id"]]
        of["customFieldItems"] = kept if value is None and id_value is None else [*kept, item]
        data = {**place(on, of_card=of), "customField": {name: field[name] for name in ("id", "name", "type")}}
        data |= {"old": {"value": old and old["value"]}, "customFieldItem": item}
        record(on, "updateCustomFieldItem", data, hand)
        touch(hand, of, on)
    return out
