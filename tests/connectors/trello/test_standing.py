"""What Trello's list of tokens tells of the one in use."""

from datetime import UTC, datetime
from typing import Any

from retro_trello.standing import of_tokens

END = datetime(2026, 12, 23, tzinfo=UTC)


def token(*, write: bool = True, expires: str | None = None) -> dict[str, Any]:
    """A token as Trello lists it."""
    permissions = [{"idModel": "*", "modelType": "Board", "read": True, "write": write}]
    return {"id": "1", "identifier": "retro", "dateExpires": expires, "permissions": permissions}


def test_one_token_is_the_one_in_use() -> None:
    """Its rights and end are told; no end is never."""
    found = of_tokens("Léa", [token(expires="2026-12-23T00:00:00.000Z")])
    assert (found.name, found.may_write, found.expires, found.candidates) == ("Léa", True, END, 1)
    found = of_tokens("Léa", [token(write=False)])
    assert (found.may_write, found.expiry_told, found.expires) == (False, True, None)


def test_tokens_that_differ_leave_it_open() -> None:
    """Of several the rights are unknown where they differ, and the earliest end is told with their number."""
    found = of_tokens("Léa", [token(), token(write=False, expires="2026-12-23T00:00:00.000Z")])
    assert (found.may_write, found.expires, found.candidates) == (None, END, 2)


def test_lean_answers() -> None:
    """What is not sent is not known; nothing listed tells nothing."""
    found = of_tokens("Léa", [{"id": "1"}])
    assert (found.may_write, found.expiry_told, found.expires) == (None, False, None)
    assert not of_tokens("Léa", []).expiry_told
    assert of_tokens("Léa", [{"dateExpires": "soon", "permissions": ["odd", {"write": True}]}]).may_write is False
