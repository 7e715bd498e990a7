"""What Notion tells of the token in use: the connection's name. Neither its capabilities nor an end are told."""

from collections.abc import Mapping
from typing import Any

from retro.ports import Standing


def of_connection(user: Mapping[str, Any]) -> Standing:
    """How a connection stands, by its own user; the workspace's name goes with its own where it is told."""
    bot = user.get("bot")
    workspace = bot.get("workspace_name") if isinstance(bot, Mapping) else None
    names = [each for each in (user.get("name"), workspace) if isinstance(each, str) and each.strip()]
    return Standing(name=" · ".join(dict.fromkeys(names)))
