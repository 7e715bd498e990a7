"""Who may see and change what: applications' keys, tokens and their scope, members' places on boards."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from retro.sandbox.trello import refusals
from retro.sandbox.trello.shapes import Document

_PAIR = re.compile(r'(oauth_consumer_key|oauth_token)="([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A member's permission to an application: to read, or to read and write."""

    value: str
    id: str
    id_member: str
    created: datetime
    write: bool = True
    expires: datetime | None = None
    """From when on it is refused; None: never."""

    def kept(self) -> Document:
        """How a file keeps it: without the value, which follows from the state's seed."""
        return {
            "id_member": self.id_member,
            "write": self.write,
            "created": self.created.isoformat(),
            "expires": None if self.expires is None else self.expires.isoformat(),
        }

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
    return level == "org" and _in_organization(member, board)


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
    if allowed == "disabled":
        raise refusals.forbidden()
    may = place in {"admin", "normal"} or (place == "observer" and allowed != "members")
    if allowed in {"org", "public"} and not may:
        # Whoever sees the board as part of its organisation, or of the public.
        may = may_see(member, board) if allowed == "public" else _in_organization(member, board)
    if not may:
        raise refusals.forbidden()


def _in_organization(member: Document, board: Document) -> bool:
    return board["idOrganization"] in member.get("idOrganizations", [])


def _place(member: Document, board: Document) -> Any:
    return next((one["memberType"] for one in board["memberships"] if one["idMember"] == member["id"]), None)
