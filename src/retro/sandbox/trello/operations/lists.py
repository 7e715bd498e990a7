"""Lists."""

from collections.abc import Mapping
from typing import Any

from retro.sandbox.trello import lists, moves, nested, refusals
from retro.sandbox.trello.call import Call
from retro.sandbox.trello.shapes import Document


def one(call: Call, id_: str) -> Document:
    """A list."""
    return nested.pick(call.part("lists", id_)[1], call.fields)


def create(call: Call) -> Document:
    """Make a list on the board that the call names."""
    return lists.create(call.board(str(call.params.get("idBoard")), write=True), call.params, call.hand)


def create_on(call: Call, ref: str) -> Document:
    """Make a list on the board that the path names."""
    return lists.create(call.board(ref, write=True), call.params, call.hand)


def update(call: Call, id_: str) -> Document:
    """Rename, archive or move a list, also to another board."""
    return _changed(call, id_, call.params)


def update_field(call: Call, id_: str, field: str) -> Document:
    """Set one field of a list: name, closed, pos or idBoard."""
    if "value" not in call.params:
        raise refusals.invalid("value")
    return _changed(call, id_, {field: call.params["value"]})


def _changed(call: Call, id_: str, wanted: Mapping[str, Any]) -> Document:
    on, of = call.part("lists", id_, write=True)
    if wanted.get("idBoard", on["id"]) != on["id"]:
        to = call.board(str(wanted["idBoard"]), write=True)
        lists.read(to, wanted)
        moves.board_list(call.state, on, of, to, call.hand)
        on = to
    lists.update(on, of, wanted, call.hand)
    return of
