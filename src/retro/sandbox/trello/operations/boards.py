"""Boards, read: whole with what is nested, or one kind of thing on them."""

from retro.sandbox.trello import nested
from retro.sandbox.trello.call import Call
from retro.sandbox.trello.shapes import Document


def one(call: Call, ref: str) -> Document:
    """A board with what the query nests in it."""
    return nested.board_answer(call.board(ref), call.query, call.limits)


def cards(call: Call, ref: str, which: str = "visible") -> list[Document]:
    """The cards of a board, a thousand at most, the last created."""
    on = call.board(ref)
    found = nested.filtered_cards(on, call.query.get("filter", which))
    found = nested.latest(found, call.query, nested.limit(call.query, "limit", nested.ANSWER_MOST))
    return nested.card_answers(on, found, call.query, "", call.limits)


def actions(call: Call, ref: str) -> list[Document]:
    """The actions of a board, newest first."""
    return nested.actions(call.board(ref)["actions"], call.query, "", call.query.get("filter", "all"))


def part(call: Call, ref: str, kind: str) -> list[Document]:
    """One kind of thing on a board: lists, labels, members, memberships, checklists or customFields."""
    on = call.board(ref)
    if kind == "lists":
        return nested.by_state(on["lists"], call.query.get("filter", "open"), call.fields)
    found: list[Document] = on[kind]
    if kind == "labels":
        found = found[: nested.limit(call.query, "limit", nested.DEFAULT_MOST)]
    elif kind == "checklists":
        nested.check_checklists(found, call.limits)
    return [nested.pick(one, call.fields) for one in found]


def lists(call: Call, ref: str, which: str) -> list[Document]:
    """The lists of a board: open, closed or all."""
    return nested.by_state(call.board(ref)["lists"], which, call.fields)
