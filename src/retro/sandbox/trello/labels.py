"""Labels of a board: made, renamed, deleted."""

from collections.abc import Mapping
from typing import Any

from retro.sandbox.trello import refusals
from retro.sandbox.trello.cards import TEXT_MOST
from retro.sandbox.trello.history import Hand, place, record, touch
from retro.sandbox.trello.shapes import COLOURS, Document, label

MOST = 1000
"""Most labels on a board."""

_COLOURS = frozenset({*COLOURS, *(f"{colour}_{shade}" for colour in COLOURS for shade in ("light", "dark"))})


def create(on: Document, wanted: Mapping[str, Any], hand: Hand) -> Document:
    """Add a label to the board `on`; name and colour must both be given, the colour may be null.

    Raises:
        Refusal: a value is missing or wrong, or the board holds as many as it can.
    """
    if "color" not in wanted:
        raise refusals.invalid("color")
    name, colour = _name(wanted.get("name")), _colour(wanted["color"])
    if len(on["labels"]) >= MOST:
        raise refusals.too_many("BOARD", "LABELS")
    made = label(hand.mint, on["id"], name, hand.at, colour)
    on["labels"].append(made)
    record(on, "createLabel", {**place(on), "label": _shown(made)}, hand)
    touch(hand, on)
    return made


def update(on: Document, of: Document, wanted: Mapping[str, Any], hand: Hand) -> Document:
    """Rename or recolour a label: every card shows it at once, and none counts as changed.

    Raises:
        Refusal: a value is wrong. Nothing has changed then.
    """
    new: dict[str, str | None] = {}
    if "name" in wanted:
        new["name"] = _name(wanted["name"])
    if "color" in wanted:
        new["color"] = _colour(wanted["color"])
    old = {field: of[field] for field, value in new.items() if of[field] != value}
    if old:
        of |= new
        for card in on["cards"]:
            card["labels"] = [{**one, **new} if one["id"] == of["id"] else one for one in card["labels"]]
        record(on, "updateLabel", {**place(on), "label": _shown(of), "old": old}, hand)
        touch(hand, on)
    return of


def remove(on: Document, of: Document, hand: Hand) -> None:
    """Delete a label: cards lose it, none counts as changed."""
    on["labels"].remove(of)
    for card in on["cards"]:
        if of["id"] in card["idLabels"]:
            card["idLabels"] = [id_ for id_ in card["idLabels"] if id_ != of["id"]]
            card["labels"] = [one for one in card["labels"] if one["id"] != of["id"]]
    record(on, "deleteLabel", {**place(on), "label": {"id": of["id"]}}, hand)
    touch(hand, on)


def _name(value: Any) -> str:
    if not isinstance(value, str) or len(value) > TEXT_MOST:
        raise refusals.invalid("name")
    return value


def _colour(value: Any) -> str | None:
    if value in {None, "", "null"}:
        return None
    if value not in _COLOURS:
        raise refusals.invalid("color")
    return str(value)


def _shown(of: Document) -> Document:
    return {"id": of["id"], "name": of["name"], "color": of["color"]}
