"""Shapes of older exports, and of answers that hold less, brought to today's before they are read. Pure.

In 2011 a label was a bare colour, and its name stood on the board; what a card's badges show, a full card says itself.
"""

from typing import Any

_ON_BADGES = ("due", "start", "dueComplete")


def card_of_today(value: Any) -> Any:
    """A card's document with its dates and people where they stand today; what is no document stays as it is."""
    if not isinstance(value, dict):
        return value
    found = dict(value)
    badges, members = value.get("badges"), value.get("members")
    if isinstance(badges, dict):
        found |= {name: badges[name] for name in _ON_BADGES if name in badges and name not in value}
    if "idMembers" not in value and isinstance(members, list):
        found["idMembers"] = [each.get("id") if isinstance(each, dict) else each for each in members]
    return found


def label_of_today(value: Any) -> Any:
    """A label's document; a bare text is its colour, or a name."""
    return {"color": value} if isinstance(value, str) else value
