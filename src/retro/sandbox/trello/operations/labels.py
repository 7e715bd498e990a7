"""Labels: of a board, and on a card."""

from typing import Any

from retro.sandbox.trello import cards, labels, nested, refusals
from retro.sandbox.trello.call import Call
from retro.sandbox.trello.shapes import Document


def one(call: Call, id_: str) -> Document:
    """A label."""
    return nested.pick(call.part("labels", id_)[1], call.fields)


def create(call: Call) -> Document:
    """Make a label on the board that the call names."""
    return labels.create(call.board(str(call.params.get("idBoard")), write=True), call.params, call.hand)


def create_on(call: Call, ref: str) -> Document:
    """Make a label on the board that the path names."""
    return labels.create(call.board(ref, write=True), call.params, call.hand)


def update(call: Call, id_: str) -> Document:
    """Rename or recolour a label."""
    return labels.update(*call.part("labels", id_, write=True), call.params, call.hand)


def remove(call: Call, id_: str) -> Document:
    """Delete a label; every card loses it."""
    labels.remove(*call.part("labels", id_, write=True), call.hand)
    return {"limits": {}}


def put_on_card(call: Call, ref: str) -> list[Any]:
    """Put a label on a card; gives the ids that it then has."""
    on, of = call.card(ref, write=True)
    id_ = str(call.params.get("value"))
    if id_ in of["idLabels"]:
        raise refusals.Refusal(400, "that label is already on the card")
    cards.update(on, of, {"idLabels": [*of["idLabels"], id_]}, call.hand)
    return list(of["idLabels"])


def take_off_card(call: Call, ref: str, id_: str) -> list[Any]:
    """Take a label off a card; gives the ids that it then has."""
    on, of = call.card(ref, write=True)
    if id_ not in of["idLabels"]:
        raise refusals.Refusal(400, "that label is not on the card")
    cards.update(on, of, {"idLabels": [one for one in of["idLabels"] if one != id_]}, call.hand)
    return list(of["idLabels"])
