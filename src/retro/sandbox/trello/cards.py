"""Creating and changing cards: values are read as Trello reads them, and every change leaves its action."""

from collections.abc import Callable, Mapping
from typing import Any

from retro.sandbox.trello import refusals
from retro.sandbox.trello.history import Hand, place, record, same_time, touch
from retro.sandbox.trello.ids import instant, is_id, stamp
from retro.sandbox.trello.shapes import STEP, Document, card, card_url

TEXT_MOST = 16384
"""Most characters in a name, description or comment."""

OPEN_MOST = 5000
"""Most open cards on a board."""

_BADGES = frozenset({"due", "start", "dueComplete"})


def find(documents: list[Document], id_: str) -> Document | None:
    """The document of that id."""
    return next((document for document in documents if document["id"] == id_), None)


def text(value: Any, field: str) -> str:
    """A text as Trello takes one: no more than so many characters, and a name is not blank.

    Raises:
        Refusal: it is none.
    """
    if not isinstance(value, str) or len(value) > TEXT_MOST or (field == "name" and not value.strip()):
        raise refusals.invalid(field)
    return value


def flag(value: Any, field: str) -> bool:
    """Yes or no, as JSON or as a word.

    Raises:
        Refusal: it is neither.
    """
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise refusals.invalid(field)


def time(value: Any, field: str) -> str | None:
    """A date or time in stored form, None where it is cleared.

    Raises:
        Refusal: it is none.
    """
    if value in (None, "", "null"):
        return None
    try:
        return stamp(instant(value))
    except (TypeError, ValueError):
        raise refusals.invalid(field) from None


def _pos(value: Any, field: str) -> float | str:
    if value in ("top", "bottom"):
        return str(value)
    try:
        return float(value)
    except (TypeError, ValueError):
        raise refusals.invalid(field) from None


def _list(on: Document, value: Any, field: str) -> str:
    if not isinstance(value, str) or find(on["lists"], value) is None:
        raise refusals.invalid(field)
    return value


def _ids(on: Document, value: Any, field: str) -> list[str]:
    known = {document["id"] for document in on["members" if field == "idMembers" else "labels"]}
    ids = list(value) if isinstance(value, list) else str(value or "").split(",") if value else []
    if not all(isinstance(id_, str) and is_id(id_) and id_ in known for id_ in ids):
        raise refusals.invalid(field)
    return list(dict.fromkeys(ids))


_READ: dict[str, Callable[[Any, str], Any]] = {
    "name": text,
    "desc": text,
    "closed": flag,
    "dueComplete": flag,
    "isTemplate": flag,
    "due": time,
    "start": time,
    "pos": _pos,
}
_READ_ON: dict[str, Callable[[Document, Any, str], Any]] = {"idList": _list, "idMembers": _ids, "idLabels": _ids}
"""What can be read only where it is known which board the card is on."""


def read(on: Document, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a card in `wanted`, checked and in stored form; parameters that Trello lacks are passed over.

    Raises:
        Refusal: a value cannot be taken. Nothing has changed then.
    """
    out = {field: _READ[field](value, field) for field, value in wanted.items() if field in _READ}
    return out | {field: _READ_ON[field](on, value, field) for field, value in wanted.items() if field in _READ_ON}


def update(on: Document, of: Document, wanted: Mapping[str, Any], hand: Hand) -> bool:
    """Change the card `of` on the board `on`, one action a field; tells whether anything changed.

    Raises:
        Refusal: a value cannot be taken. Nothing has changed then.
    """
    changed, new = False, read(on, wanted)
    if of["closed"] and new.get("closed") is False:
        check_room(on)
    for field, value in new.items():
        changed |= _set(on, of, field, value, hand)
    if changed:
        touch(hand, of, on)
    return changed


def _set(on: Document, of: Document, field: str, value: Any, hand: Hand) -> bool:
    if field == "pos":
        value = position(on, of, value)
    old = of.get(field)
    if same_time(old, value) if field in {"due", "start"} else old == value:
        return False
    of[field] = value
    if field in _BADGES:
        of["badges"][field] = value
    if field == "idMembers":
        _record_members(on, of, old or [], value, hand)
    else:
        data = place(on, find(on["lists"], of["idList"]), of)
        data["card"][field] = value
        data["old"] = {field: old}
        if field == "idList":
            data["listBefore"], data["listAfter"] = (
                {"id": in_list["id"], "name": in_list["name"]}
                for in_list in (find(on["lists"], str(old)), find(on["lists"], value))
                if in_list is not None
            )
            del data["list"]
        record(on, "updateCard", data, hand)
    _follow(on, of, field, hand)
    return True


def _follow(on: Document, of: Document, field: str, hand: Hand) -> None:
    """Bring what depends on a field into line with it."""
    if field == "name":
        of["url"] = card_url(of["shortLink"], of["idShort"], of["name"])
    elif field == "desc":
        of["badges"]["description"] = bool(of["desc"])
    elif field == "idLabels":
        by_id = {label["id"]: label for label in on["labels"]}
        of["labels"] = [by_id[id_] for id_ in of["idLabels"]]
    elif field == "closed":
        of["dateClosed"] = stamp(hand.at) if of["closed"] else None
    elif field == "dueComplete":
        of["dateCompleted"] = stamp(hand.at) if of["dueComplete"] else None


def _record_members(on: Document, of: Document, old: list[str], new: list[str], hand: Hand) -> None:
    for kind, ids in (
        ("addMemberToCard", [id_ for id_ in new if id_ not in old]),
        ("removeMemberFromCard", [id_ for id_ in old if id_ not in new]),
    ):
        for id_ in ids:
            record(on, kind, {**place(on, of_card=of), "idMember": id_}, hand)


def position(on: Document, of: Document, value: float | str) -> float:
    """The position in its list that a number, `top` or `bottom` means for the card `of`."""
    others = [other["pos"] for other in on["cards"] if other["idList"] == of["idList"] and other is not of]
    if value == "top":
        return min(others, default=2 * STEP) / 2
    if value == "bottom":
        return float(max(others, default=0) + STEP)
    return float(value)


def check_room(on: Document, more: int = 1) -> None:
    """Let a board take so many more open cards.

    Raises:
        Refusal: it would hold too many.
    """
    if sum(not one["closed"] for one in on["cards"]) + more > OPEN_MOST:
        raise refusals.too_many("BOARD", "OPEN_CARDS")


def remove(on: Document, of: Document, hand: Hand) -> None:
    """Delete the card `of`: its checklists and its history go with it, and one action tells that it was there."""
    on["cards"].remove(of)
    on["checklists"] = [one for one in on["checklists"] if one["idCard"] != of["id"]]
    on["actions"] = [one for one in on["actions"] if one["data"].get("card", {}).get("id") != of["id"]]
    in_list = find(on["lists"], of["idList"])
    data = {**place(on, in_list), "card": {"id": of["id"], "idShort": of["idShort"]}}
    record(on, "deleteCard", data, hand)
    touch(hand, on)


def create(on: Document, wanted: Mapping[str, Any], number: int, hand: Hand) -> Document:
    """Add a card to the board `on`, in the list that `wanted` names, under the number `number`.

    Raises:
        Refusal: a value cannot be taken. Nothing has changed then.
    """
    fields = {"name": "", **wanted}
    in_list = find(on["lists"], _list(on, fields.pop("idList", None), "idList"))
    values = read(on, {field: value for field, value in fields.items() if field != "name" or value})
    if in_list is None:
        raise refusals.invalid("idList")
    check_room(on)
    made = card(hand.mint, on, in_list, values.pop("name", ""), hand.at, number=number)
    made["idMemberCreator"] = hand.member["id"]
    on["cards"].append(made)
    record(on, "createCard", place(on, in_list, made), hand)
    before = len(on["actions"])
    for field, value in {"pos": "bottom", **values}.items():
        _set(on, made, field, value, hand)
    # What a card is created with is part of its creation: Trello records no update for it.
    del on["actions"][: len(on["actions"]) - before]
    touch(hand, on)
    return made
