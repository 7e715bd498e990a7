"""What a change leaves behind: the actions of a board, newest first, and the time of last activity."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from retro.sandbox.trello.ids import Mint, instant, stamp
from retro.sandbox.trello.shapes import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who makes a change, and when; `app` is the application's id where an API key was used."""

    member: Document
    at: datetime
    mint: Mint
    app: str | None = None


def person(member: Document) -> Document:
    """A member as actions show one."""
    names = ("id", "activityBlocked", "avatarHash", "avatarUrl", "fullName", "idMemberReferrer", "initials", "username")
    return {name: member.get(name) for name in names}


def place(on: Document, of_list: Document | None = None, of_card: Document | None = None) -> Document:
    """Where an action took place, as its `data` says it."""
    data: Document = {"board": {name: on[name] for name in ("id", "name", "shortLink")}}
    if of_list is not None:
        data["list"] = {"id": of_list["id"], "name": of_list["name"]}
    if of_card is not None:
        data["card"] = {name: of_card[name] for name in ("id", "name", "idShort", "shortLink")}
    return data


def record(on: Document, kind: str, data: Document, hand: Hand, **more: Any) -> Document:
    """Add an action to the board `on`; Trello keeps them newest first."""
    action = {
        "id": hand.mint.id(hand.at),
        "idMemberCreator": hand.member["id"],
        "data": data,
        "appCreator": None if hand.app is None else {"id": hand.app},
        "type": kind,
        "date": stamp(hand.at),
        "limits": None,
        "memberCreator": person(hand.member),
        **more,
    }
    later = takewhile(lambda other: other["id"] > action["id"], on["actions"])
    on["actions"].insert(sum(1 for _ in later), action)
    return action


def touch(hand: Hand, *documents: Document) -> None:
    """Move the last activity of cards and boards on: always later than it was, even on a clock that stands still."""
    for document in documents:
        before = document.get("dateLastActivity")
        later = hand.at if before is None else max(hand.at, instant(before) + timedelta(milliseconds=1))
        document["dateLastActivity"] = stamp(later)


def same_time(one: str | None, other: str | None) -> bool:
    """Whether two stamps (or their absence) mean one instant."""
    return one == other or (one is not None and other is not None and instant(one) == instant(other))
