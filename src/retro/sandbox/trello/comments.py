"""Comments of cards, which Trello keeps as actions; only their author may change one."""

from typing import Any

from retro.sandbox.trello import refusals
from retro.sandbox.trello.cards import TEXT_MOST, find
from retro.sandbox.trello.history import Hand, place, record, touch
from retro.sandbox.trello.ids import stamp
from retro.sandbox.trello.shapes import Document


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > TEXT_MOST:
        raise refusals.invalid("text")
    return value


def add(on: Document, of: Document, text: Any, hand: Hand) -> Document:
    """Comment on the card `of`.

    Raises:
        Refusal: an empty or oversized text.
    """
    data = {**place(on, find(on["lists"], of["idList"]), of), "text": _text(text), "textData": {"emoji": {}}}
    action = record(on, "commentCard", data, hand)
    of["badges"]["comments"] += 1
    touch(hand, of, on)
    return action


def edit(on: Document, of: Document, action: Document, text: Any, hand: Hand) -> None:
    """Change a comment in place.

    Raises:
        Refusal: not a comment, someone else's, or an empty or oversized text.
    """
    _check(action, hand)
    action["data"]["text"] = _text(text)
    action["data"]["dateLastEdited"] = stamp(hand.at)
    touch(hand, of, on)


def remove(on: Document, of: Document, action: Document, hand: Hand) -> None:
    """Delete a comment.

    Raises:
        Refusal: not a comment, or someone else's.
    """
    _check(action, hand)
    on["actions"].remove(action)
    of["badges"]["comments"] -= 1
    touch(hand, of, on)


def _check(action: Document, hand: Hand) -> None:
    if action["type"] != "commentCard":
        raise refusals.Refusal(400, "Only comments can be edited")
    if action["idMemberCreator"] != hand.member["id"]:
        raise refusals.forbidden()
