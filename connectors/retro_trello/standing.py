"""What Trello tells of the token in use: whom it acts for, whether it may write, until when it holds.

The one route that answers for a token by its value wants that value in the address, where it would be logged. The
list of the member's tokens tells the same of each, but not which of them is in use: where they differ, that is said.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from retro.ports import SourceError, Standing
from retro_trello.client import Client
from retro_trello.errors import FORBIDDEN, NOT_FOUND, UNAUTHORISED
from retro_trello.lenient import instant

_BOARDS = ("board", "boards")


def standing(client: Client) -> Standing:
    """Ask Trello in two requests that only read.

    Raises SourceError where the token is refused. One that is good but may not list tokens leaves the rest unknown.
    """
    member = client.whoami()
    name = str(member.get("fullName") or member.get("username") or "")
    try:
        tokens = client.my_tokens()
    except SourceError as error:
        if error.status not in (UNAUTHORISED, FORBIDDEN, NOT_FOUND):
            raise
        return Standing(name=name)
    return of_tokens(name, tokens)


def of_tokens(name: str, tokens: Iterable[Mapping[str, Any]]) -> Standing:
    """How a token stands that is one of these: what they all agree on, and the earliest end of any."""
    listed = list(tokens)
    if not listed:
        return Standing(name=name)
    rights = {_may_write(token) for token in listed}
    ends = [_expires(token) for token in listed]
    told = all("dateExpires" in token for token in listed)
    return Standing(
        name=name,
        may_write=next(iter(rights)) if len(rights) == 1 else None,
        expiry_told=told,
        expires=min((end for end in ends if end is not None), default=None) if told else None,
        candidates=1 if len(rights) == len(set(ends)) == 1 else len(listed),
    )


def _may_write(token: Mapping[str, Any]) -> bool | None:
    """Whether a token may write on boards; None where its permissions are not told."""
    permissions = token.get("permissions")
    if not isinstance(permissions, list):
        return None
    return any(
        isinstance(each, Mapping) and each.get("write") is True and str(each.get("modelType")).casefold() in _BOARDS
        for each in permissions
    )


def _expires(token: Mapping[str, Any]) -> datetime | None:
    return instant(token.get("dateExpires"))
