"""Cards and lists that move to another board, where they keep what that board knows and lose the rest in silence."""

from collections.abc import Callable
from typing import Any, Protocol

from retro.sandbox.trello import cards, refusals
from retro.sandbox.trello.history import Hand, place, record, touch
from retro.sandbox.trello.shapes import Document, card_url


class Register(Protocol):
    """What knows each card by its id and gives it a number on its board."""

    def next_number(self, board: Document) -> int:
        """The number that the next card of `board` gets."""
        ...

    def add_card(self, board: Document, card: Document) -> None:
        """Make a card of `board` known, in place of what was known about it."""
        ...


def card(register: Register, on: Document, of: Document, to: Document, hand: Hand, *, id_list: Any) -> None:
    """Move a card from the board `on` to the board `to`: into the list `id_list`, or the first open one where None.

    The card keeps its id and short link and gets a new number. Members who are not on the new board are dropped, and so
    are the labels and the values of custom fields, which belong to the old board; checklists and history go along.

    Raises:
        Refusal: no such list there, or the board is full. Nothing has changed then.
    """
    into = _list(to, id_list)
    if not of["closed"]:
        cards.check_room(to)
    _carry(register, on, [of], to)
    of["idList"] = into["id"]
    of["pos"] = cards.position(to, of, "bottom")
    target, source = {"boardTarget": {"id": to["id"]}}, {"boardSource": {"id": on["id"]}}
    record(on, "moveCardFromBoard", {**place(on, None, of), **target}, hand)
    record(to, "moveCardToBoard", {**place(to, into, of), **source}, hand)
    touch(hand, of, on, to)


def board_list(register: Register, on: Document, of: Document, to: Document, hand: Hand) -> None:
    """Move a list with all its cards, archived ones too, to the board `to`; what holds for a card holds for each.

    Raises:
        Refusal: the board is full. Nothing has changed then.
    """
    moved = [one for one in on["cards"] if one["idList"] == of["id"]]
    cards.check_room(to, sum(not one["closed"] for one in moved))
    on["lists"].remove(of)
    of["idBoard"] = to["id"]
    to["lists"].append(of)
    _carry(register, on, moved, to)
    named = {"id": of["id"], "name": of["name"]}
    record(on, "moveListFromBoard", {**place(on), "list": named, "boardTarget": {"id": to["id"]}}, hand)
    record(to, "moveListToBoard", {**place(to), "list": named, "boardSource": {"id": on["id"]}}, hand)
    touch(hand, on, to, *moved)


def _list(to: Document, id_list: Any) -> Document:
    open_lists = (one for one in to["lists"] if not one["closed"])
    found = next(open_lists, None) if id_list is None else cards.find(to["lists"], str(id_list))
    if found is None:
        raise refusals.invalid("idList")
    return found


def _carry(register: Register, on: Document, moved: list[Document], to: Document) -> None:
    """Take cards with their checklists and actions over to a board."""
    ids = {one["id"] for one in moved}
    for checklist in _hand_over(on["checklists"], to["checklists"], lambda one: one["idCard"] in ids):
        checklist["idBoard"] = to["id"]
    _hand_over(on["actions"], to["actions"], lambda one: one["data"].get("card", {}).get("id") in ids)
    to["actions"].sort(key=lambda one: str(one["id"]), reverse=True)
    known = {one["id"] for one in to["members"]}
    for of in _hand_over(on["cards"], to["cards"], lambda one: one["id"] in ids):
        of |= {
            "idBoard": to["id"],
            "idShort": register.next_number(to),
            "idMembers": [id_ for id_ in of["idMembers"] if id_ in known],
            "idLabels": [],
            "labels": [],
            "customFieldItems": [],
        }
        of["url"] = card_url(of["shortLink"], of["idShort"], of["name"])
        register.add_card(to, of)


def _hand_over(source: list[Document], target: list[Document], goes: Callable[[Document], bool]) -> list[Document]:
    """Take what `goes` out of one list into another; gives it."""
    moved = [one for one in source if goes(one)]
    source[:] = [one for one in source if not goes(one)]
    target.extend(moved)
    return moved
