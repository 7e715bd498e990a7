"""Whole look-alike boards, to compare before and after, and the writes that both tools were sent."""

import copy
from typing import Any


def boards(workspace: Any) -> dict[str, Any]:
    """Everything on Trello's boards, ids and order included, but for the record of what happened and when."""
    held: dict[str, Any] = copy.deepcopy(workspace.server.state.boards)
    for board in held.values():
        for document in (board, *board["cards"]):
            document.pop("dateLastActivity", None)
        del board["actions"]
    return held


def base(workspace: Any) -> dict[str, Any]:
    """Everything in Notion's base but for who edited when."""
    state = workspace.base.state
    held = {name: copy.deepcopy(getattr(state, name)) for name in ("databases", "sources", "pages", "views")}
    for part in held.values():
        for document in part.values():
            for when in [name for name in document if "edited" in name]:
                del document[when]
            if "values" in document:  # a cell that was emptied reads like one that nobody ever filled
                document["values"] = {cell: value for cell, value in document["values"].items() if value is not None}
    return held


def everything(workspace: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both tools' boards."""
    return boards(workspace), base(workspace)


def writes(workspace: Any, since: tuple[int, int] = (0, 0)) -> int:
    """The writes that both tools were sent."""
    return int(workspace.server.writes(since[0])) + int(workspace.base.writes(since[1]))


def mark_of(workspace: Any) -> tuple[int, int]:
    """Now, in the logs of both tools."""
    return workspace.server.log.mark(), workspace.base.log.mark()
