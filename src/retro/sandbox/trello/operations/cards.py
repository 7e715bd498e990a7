"""Cards."""

from retro.sandbox.trello import cards, check_items, nested, refusals
from retro.sandbox.trello.call import Call
from retro.sandbox.trello.shapes import Document


def one(call: Call, ref: str) -> Document:
    """A card with what the query nests in it."""
    return nested.one_card_answer(*call.card(ref), call.query)


def actions(call: Call, ref: str) -> list[Document]:
    """The actions of a card, newest first: comments and moves by default."""
    kinds = call.query.get("filter", "commentCard,updateCard:idList")
    return nested.actions(nested.card_actions(*call.card(ref)), call.query, "", kinds)


def create(call: Call) -> Document:
    """Make a card in a list."""
    id_list = str(call.params.get("idList"))
    try:
        on, _in_list = call.state.part("lists", id_list)
    except refusals.Refusal:
        raise refusals.invalid("idList") from None
    call.board(on["id"], write=True)
    made = cards.create(on, call.params, call.state.next_number(on), call.hand)
    call.state.add_card(on, made)
    return nested.card_answer(on, made, {})


def update(call: Call, ref: str) -> Document:
    """Change a card's fields; another board may be among them."""
    on, of = call.card(ref, write=True)
    if "idBoard" in call.params:
        call.board(str(call.params["idBoard"]), write=True)
    on = call.state.change_card(on, of, call.params, call.hand)
    return nested.card_answer(on, of, {})


def remove(call: Call, ref: str) -> Document:
    """Delete a card for good."""
    on, of = call.card(ref, write=True)
    cards.remove(on, of, call.hand)
    call.state.forget_card(of)
    return {"limits": {}}


def update_item(call: Call, ref: str, id_item: str) -> Document:
    """Change an item of one of a card's checklists."""
    on, of = call.card(ref, write=True)
    return check_items.update(on, of, id_item, call.params, call.hand)


def checklists(call: Call, ref: str) -> list[Document]:
    """The checklists of a card."""
    on, of = call.card(ref)
    return [nested.pick(one, call.fields) for one in on["checklists"] if one["idCard"] == of["id"]]
