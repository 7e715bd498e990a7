"""Custom fields: their definitions on a board, and their values on a card."""

from typing import Any

from retro.sandbox.trello import cards, fields, refusals
from retro.sandbox.trello.call import Call
from retro.sandbox.trello.shapes import Document


def of_card(call: Call, ref: str) -> list[Document]:
    """The values on a card; what is not set is absent."""
    items: list[Document] = call.card(ref)[1]["customFieldItems"]
    return items


def put(call: Call, ref: str, id_field: str) -> Document:
    """Set one field of a card."""
    on, of = call.card(ref, write=True)
    return fields.put(on, of, [(_defined(on, id_field), call.params)], call.hand)[0]


def put_many(call: Call, ref: str) -> list[Document]:
    """Set several fields of a card."""
    on, of = call.card(ref, write=True)
    wanted = call.params.get("customFieldItems")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, dict) for one in wanted):
        raise refusals.invalid("customFieldItems")
    return fields.put(on, of, [(_defined(on, one.get("idCustomField")), one) for one in wanted], call.hand)


def create(call: Call) -> Document:
    """Define a field on a board."""
    if call.params.get("modelType") != "board":
        raise refusals.invalid("modelType")
    on = call.board(str(call.params.get("idModel")), write=True)
    if on["id"] in call.state.without_custom_fields:
        raise refusals.Refusal(403, {"message": "Custom Fields are not enabled on this board.", "error": "ERROR"})
    return fields.define(on, call.params, call.hand)


def drop(call: Call, id_: str) -> Document:
    """Take a field off its board."""
    on, field = call.part("customFields", id_, write=True)
    fields.drop(on, field, call.hand)
    return {"limits": {}}


def _defined(on: Document, id_: Any) -> Document:
    found = cards.find(on["customFields"], str(id_))
    if found is None:
        raise refusals.unknown()
    return found
