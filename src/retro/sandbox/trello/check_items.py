"""Items of checklists: ticked off, renamed, given a day and a person."""

from collections.abc import Mapping
from typing import Any

from retro.sandbox.trello import cards, refusals
from retro.sandbox.trello.history import Hand, place, record, touch
from retro.sandbox.trello.shapes import Document

_KINDS = {"state": "updateCheckItemStateOnCard", "due": "updateCheckItemDue"}


def update(on: Document, of: Document, id_item: str, wanted: Mapping[str, Any], hand: Hand) -> Document:
    """Change an item of the card `of`, one action a field; gives the item.

    Raises:
        Refusal: the card has no such item, or a value is wrong. Nothing has changed then.
    """
    into, item = _item(on, of, id_item)
    new = _read(on, wanted)
    target = into if "idChecklist" not in new else _checklist(on, of, new["idChecklist"])
    for field, value in new.items():
        old = item.get(field)
        if old == value:
            continue
        item[field] = value
        shown = {name: item[name] for name in ("id", "name", "state")}
        data = {**place(on, of_card=of), "checklist": {"id": target["id"], "name": target["name"]}, "checkItem": shown}
        record(on, _KINDS.get(field, "updateCheckItem"), {**data, "old": {field: old}}, hand)
        touch(hand, of, on)
    if target is not into:
        into["checkItems"].remove(item)
        target["checkItems"].append(item)
    _count(on, of)
    return item


def _item(on: Document, of: Document, id_: str) -> tuple[Document, Document]:
    for one in on["checklists"]:
        found = cards.find(one["checkItems"], id_) if one["idCard"] == of["id"] else None
        if found is not None:
            return one, found
    raise refusals.unknown()


def _checklist(on: Document, of: Document, id_: str) -> Document:
    found = cards.find(on["checklists"], id_)
    if found is None or found["idCard"] != of["id"]:
        raise refusals.invalid("idChecklist")
    return found


def _read(on: Document, wanted: Mapping[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {}
    if "name" in wanted:
        new["name"] = cards.text(wanted["name"], "name")
    if "state" in wanted:
        new["state"] = wanted["state"]
        if new["state"] not in {"complete", "incomplete"}:
            raise refusals.invalid("state")
    if "due" in wanted:
        new["due"] = cards.time(wanted["due"], "due")
    if "dueReminder" in wanted:
        new["dueReminder"] = _minutes(wanted["dueReminder"])
    if "idMember" in wanted:
        new["idMember"] = wanted["idMember"] or None
        if new["idMember"] is not None and cards.find(on["members"], new["idMember"]) is None:
            raise refusals.invalid("idMember")
    if "idChecklist" in wanted:
        new["idChecklist"] = str(wanted["idChecklist"])
    return new


def _minutes(value: Any) -> int | None:
    if value in (None, "", "null"):
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise refusals.invalid("dueReminder") from None


def _count(on: Document, of: Document) -> None:
    items = [item for one in on["checklists"] if one["idCard"] == of["id"] for item in one["checkItems"]]
    open_dues = [item["due"] for item in items if item.get("due") and item["state"] == "incomplete"]
    of["badges"] |= {
        "checkItems": len(items),
        "checkItemsChecked": sum(item["state"] == "complete" for item in items),
        "checkItemsEarliestDue": min(open_dues, default=None),
    }
