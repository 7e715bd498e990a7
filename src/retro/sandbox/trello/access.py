"""Who may see and change what: applications' keys, tokens and their scope, members' places on boards."""

import re
from dataclasses import dataclass
from typing import Any

from retro.sandbox.trello import refusals
from retro.sandbox.trello.shapes import Document

_PAIR = re.compile(r'(oauth_consumer_key|oauth_token)="([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A member's permission to an application: to read, or to read and write."""

    value: str
    id_member: str
    write: bool = True

    def __repr__(self) -> str:
        """Without the value: a token is never shown."""
        return f"Token(id_member={self.id_member!r}, write={self.write!r})"


def credentials(header: str, query: dict[str, str]) -> tuple[str, str]:
    """The key and the token of a request: from its Authorization header, else from its query; empty where absent."""
    pairs = dict(_PAIR.findall(header)) if header.startswith("OAuth ") else {}
    key = pairs.get("oauth_consumer_key") or query.get("key", "")
    return key, pairs.get("oauth_token") or query.get("token", "")


def may_see(member: Document, board: Document) -> bool:
    """Whether a member can open a board."""
    level = board["prefs"].get("permissionLevel")
    if level == "public" or _place(member, board) is not None:
        return True
    return level == "org" and board["idOrganization"] in member.get("idOrganizations", [])


def check_write(member: Document, board: Document) -> None:
    """Let members of a board change it, not its observers nor those who merely see it.

    Raises:
        Refusal: the member may not.
    """
    if _place(member, board) not in {"admin", "normal"}:
        raise refusals.forbidden()


def check_comment(member: Document, board: Document) -> None:
    """Let those comment whom the board's preferences name.

    Raises:
        Refusal: the member may not.
    """
    allowed = board["prefs"].get("comments", "members")
    place = _place(member, board)
    if allowed == "disabled" or (allowed == "members" and place not in {"admin", "normal"}) or not place:
        raise refusals.forbidden()


def _place(member: Document, board: Document) -> Any:
    return next((one["memberType"] for one in board["memberships"] if one["idMember"] == member["id"]), None)
