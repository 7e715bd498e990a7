"""What Notion tells of a connection is its name, and no more."""

from typing import Any

import pytest

from retro_notion.standing import of_connection


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"name": "retro", "bot": {"workspace_name": "Agence"}}, "retro · Agence"),
        ({"name": "retro", "bot": {"workspace_name": None}}, "retro"),
        ({"bot": []}, ""),
        ({}, ""),
    ],
)
def test_a_connections_name(user: dict[str, Any], name: str) -> None:
    """Its name and the workspace's; rights and an end stay unknown."""
    found = of_connection(user)
    assert (found.name, found.may_write, found.expiry_told) == (name, None, False)
