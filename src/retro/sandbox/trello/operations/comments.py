"""Comments, and actions by themselves."""

from retro.sandbox.trello import access, comments, nested, refusals
from retro.sandbox.trello.call import Call
from retro.sandbox.trello.shapes import Document


def add(call: Call, ref: str) -> Document:
    """Comment on a card."""
    on, of = call.card(ref)
    access.check_comment(call.member, on)
    return comments.add(on, of, call.params.get("text"), call.hand)


def action(call: Call, id_: str) -> Document:
    """An action."""
    return nested.pick(call.part("actions", id_)[1], call.fields)


def edit(call: Call, id_: str) -> Document:
    """Change a comment in place."""
    on, of, found = _place(call, id_)
    comments.edit(on, of, found, call.params.get("text"), call.hand)
    return found


def remove(call: Call, id_: str) -> Document:
    """Delete a comment."""
    comments.remove(*_place(call, id_), call.hand)
    return {"_value": None}


def _place(call: Call, id_: str) -> tuple[Document, Document, Document]:
    on, found = call.part("actions", id_)
    access.check_comment(call.member, on)
    if "card" not in found["data"]:
        raise refusals.unknown()
    return on, call.state.card(found["data"]["card"]["id"])[1], found
