"""Lists of a board: made, renamed, archived, moved along."""

from collections.abc import Mapping
from typing import Any

from retro.sandbox.trello import cards, refusals
from retro.sandbox.trello.history import Hand, place, record, touch
from retro.sandbox.trello.shapes import STEP, Document, board_list

OPEN_MOST = 500
"""Most open lists on a board."""


def create(on: Document, wanted: Mapping[str, Any], hand: Hand) -> Document:
    """Add a list to the board `on`, at the left unless `pos` says otherwise.

    Raises:
        Refusal: a value is missing or wrong, or the board holds as many as it can.
    """
    name, pos = cards.text(wanted.get("name"), "name"), _position(on, wanted.get("pos", "top"))
    _check_room(on)
    made = board_list(hand.mint, on["id"], name, hand.at, pos)
    on["lists"].append(made)
    on["lists"].sort(key=lambda one: float(one["pos"]))
    record(on, "createList", place(on, made), hand)
    touch(hand, on)
    return made


def update(on: Document, of: Document, wanted: Mapping[str, Any], hand: Hand) -> None:
    """Change name, state or position of the list `of`, one action a field; its cards do not count as changed.

    Raises:
        Refusal: a value is wrong, or the board holds as many open lists as it can. Nothing has changed then.
    """
    new = read(on, wanted)
    if of["closed"] and new.get("closed") is False:
        _check_room(on)
    for field, value in new.items():
        old = of[field]
        if old == value:
            continue
        of[field] = value
        data = place(on, of)
        data["list"][field] = value
        record(on, "updateList", {**data, "old": {field: old}}, hand)
        touch(hand, on)
    on["lists"].sort(key=lambda one: float(one["pos"]))


def read(on: Document, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a list in `wanted`, checked and in stored form.

    Raises:
        Refusal: a value is wrong.
    """
    new: dict[str, Any] = {}
    if "name" in wanted:
        new["name"] = cards.text(wanted["name"], "name")
    if "closed" in wanted:
        new["closed"] = cards.flag(wanted["closed"], "closed")
    if "pos" in wanted:
        new["pos"] = _position(on, wanted["pos"])
    return new


def _check_room(on: Document) -> None:
    if sum(not one["closed"] for one in on["lists"]) >= OPEN_MOST:
        raise refusals.too_many("BOARD", "OPEN_LISTS")


def _position(on: Document, wanted: Any) -> float:
    taken = [float(one["pos"]) for one in on["lists"]]
    if wanted == "top":
        return min(taken, default=2.0 * STEP) / 2
    if wanted == "bottom":
        return max(taken, default=0.0) + STEP
    try:
        return float(wanted)
    except (TypeError, ValueError):
        raise refusals.invalid("pos") from None
