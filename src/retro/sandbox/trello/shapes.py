"""Trello's documents, new and empty: the shapes in which its API and its exports show a board and what is on it."""

import hashlib
from datetime import datetime
from typing import Any

from retro.sandbox.trello.ids import Mint, short_link, slug, stamp

Document = dict[str, Any]

COLOURS = ("green", "yellow", "orange", "red", "purple", "blue", "sky", "lime", "pink", "black")
STEP = 16384
"""Distance between neighbours, in positions."""


def member(id_: str, full_name: str, username: str) -> Document:
    """A person with an account."""
    return {
        "id": id_,
        "username": username,
        "fullName": full_name,
        "initials": "".join(word[0] for word in full_name.split())[:4].upper(),
        "memberType": "normal",
        "activityBlocked": False,
        "avatarHash": None,
        "avatarUrl": None,
        "confirmed": True,
        "idMemberReferrer": None,
        "idOrganizations": [],
        "nonPublic": {},
        "nonPublicAvailable": False,
        "url": f"https://trello.com/u/{username}",
    }


def token(id_: str, id_member: str, created: datetime, expires: datetime | None, *, write: bool, name: str) -> Document:
    """A member's permission to the application `name`, without its value."""
    models = ("board", "member", "organization")
    return {
        "id": id_,
        "identifier": name,
        "idMember": id_member,
        "dateCreated": stamp(created),
        "dateExpires": None if expires is None else stamp(expires),
        "permissions": [{"idModel": "*", "modelType": one, "read": True, "write": write} for one in models],
    }


def board(mint: Mint, name: str, at: datetime, *, link: str, organization: str | None, visibility: str) -> Document:
    """A board without lists; `visibility` is private, org or public."""
    return {
        "id": mint.id(at),
        "name": name,
        "desc": "",
        "descData": None,
        "closed": False,
        "dateClosed": None,
        "idOrganization": organization,
        "idEnterprise": None,
        "pinned": False,
        "starred": False,
        "subscribed": False,
        "shortLink": link,
        "url": f"https://trello.com/b/{link}/{slug(name)}",
        "shortUrl": f"https://trello.com/b/{link}",
        "prefs": {
            "permissionLevel": visibility,
            "hideVotes": False,
            "voting": "disabled",
            "comments": "members",
            "invitations": "members",
            "selfJoin": True,
            "cardCovers": True,
            "isTemplate": False,
            "cardAging": "regular",
            "calendarFeedEnabled": False,
            "background": "blue",
            "canBePublic": True,
            "canBeOrg": True,
            "canBePrivate": True,
            "canInvite": True,
        },
        "labelNames": dict.fromkeys(COLOURS, ""),
        "powerUps": [],
        "idTags": [],
        "limits": {},
        "premiumFeatures": [],
        "creationMethod": None,
        "templateGallery": None,
        "enterpriseOwned": False,
        "datePluginDisable": None,
        "ixUpdate": "1",
        "idMemberCreator": None,
        "dateLastActivity": stamp(at),
        "dateLastView": stamp(at),
        "lists": [],
        "labels": [],
        "members": [],
        "memberships": [],
        "customFields": [],
        "checklists": [],
        "cards": [],
        "actions": [],
        "pluginData": [],
    }


def membership(mint: Mint, id_member: str, at: datetime, kind: str) -> Document:
    """Someone's place on a board; `kind` is admin, normal or observer."""
    return {
        "id": mint.id(at),
        "idMember": id_member,
        "memberType": kind,
        "unconfirmed": False,
        "deactivated": False,
    }


def board_list(mint: Mint, id_board: str, name: str, at: datetime, pos: float) -> Document:
    """An open list."""
    return {
        "id": mint.id(at),
        "name": name,
        "closed": False,
        "color": None,
        "idBoard": id_board,
        "pos": pos,
        "subscribed": False,
        "softLimit": None,
        "type": None,
    }


def label(mint: Mint, id_board: str, name: str, at: datetime, colour: str | None) -> Document:
    """A label of a board."""
    return {"id": mint.id(at), "idBoard": id_board, "name": name, "color": colour, "uses": 0}


def card(mint: Mint, on: Document, in_list: Document, name: str, at: datetime, *, number: int) -> Document:
    """A card without dates, people or text; `number` is its number on the board."""
    link = short_link(f"{on['shortLink']}/{number}")
    return {
        "id": mint.id(at),
        "address": None,
        "badges": {
            "attachmentsByType": {"trello": {"board": 0, "card": 0}},
            "location": False,
            "votes": 0,
            "viewingMemberVoted": False,
            "subscribed": False,
            "fogbugz": "",
            "checkItems": 0,
            "checkItemsChecked": 0,
            "checkItemsEarliestDue": None,
            "comments": 0,
            "attachments": 0,
            "description": False,
            "due": None,
            "dueComplete": False,
            "start": None,
        },
        "checkItemStates": [],
        "closed": False,
        "coordinates": None,
        "creationMethod": None,
        "dueComplete": False,
        "dateClosed": None,
        "dateLastActivity": stamp(at),
        "dateCompleted": None,
        "desc": "",
        "descData": {"emoji": {}},
        "due": None,
        "dueReminder": None,
        "email": None,
        "idBoard": on["id"],
        "idChecklists": [],
        "idLabels": [],
        "idList": in_list["id"],
        "idMembers": [],
        "idMembersVoted": [],
        "idShort": number,
        "idAttachmentCover": None,
        "labels": [],
        "limits": {},
        "locationName": None,
        "manualCoverAttachment": False,
        "name": name,
        "pos": STEP * number,
        "shortLink": link,
        "shortUrl": f"https://trello.com/c/{link}",
        "start": None,
        "subscribed": False,
        "url": card_url(link, number, name),
        "cover": {
            "idAttachment": None,
            "color": None,
            "idUploadedBackground": None,
            "size": "normal",
            "brightness": "light",
            "idPlugin": None,
        },
        "isTemplate": False,
        "cardRole": None,
        "mirrorSourceId": None,
        "attachments": [],
        "pluginData": [],
        "customFieldItems": [],
    }


def card_url(link: str, number: int, name: str) -> str:
    """The full address of a card, which follows its name."""
    return f"https://trello.com/c/{link}/{number}-{slug(name)}"


def checklist(mint: Mint, on: Document, name: str, at: datetime) -> Document:
    """A checklist without items on the card `on`."""
    return {
        "id": mint.id(at),
        "name": name,
        "idBoard": on["idBoard"],
        "idCard": on["id"],
        "pos": STEP * (len(on["idChecklists"]) + 1),
        "limits": {},
        "checkItems": [],
    }


def check_item(mint: Mint, into: Document, name: str, at: datetime) -> Document:
    """An open item of the checklist `into`."""
    return {
        "id": mint.id(at),
        "idChecklist": into["id"],
        "name": name,
        "nameData": {"emoji": {}},
        "pos": STEP * (len(into["checkItems"]) + 1),
        "state": "incomplete",
        "due": None,
        "dueReminder": None,
        "idMember": None,
    }


def attachment(mint: Mint, url: str, name: str, id_member: str, at: datetime) -> Document:
    """A link attached to a card."""
    return {
        "id": mint.id(at),
        "bytes": None,
        "date": stamp(at),
        "edgeColor": None,
        "idMember": id_member,
        "isMalicious": False,
        "isUpload": False,
        "mimeType": "",
        "name": name,
        "previews": [],
        "url": url,
        "pos": STEP,
        "fileName": None,
    }


def custom_field(mint: Mint, id_board: str, name: str, at: datetime, *, kind: str, pos: float, front: bool) -> Document:
    """The definition of a custom field; a list field has no options yet."""
    id_ = mint.id(at)
    document: Document = {
        "id": id_,
        "idModel": id_board,
        "modelType": "board",
        "fieldGroup": hashlib.sha256(f"{id_board}/{name}/{kind}".encode()).hexdigest(),
        "display": {"cardFront": front},
        "name": name,
        "pos": pos,
        "type": kind,
        "isSuggestedField": False,
    }
    if kind == "list":
        document["options"] = []
    return document
