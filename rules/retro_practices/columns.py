"""Which columns a plan lacks altogether: what nothing on the board can say is said once, not of each task."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from retro.model import Board, StatusOrigin, Task
from retro.ports import Context
from retro_practices.title_reader import bracketed

_ALSO: Mapping[str, frozenset[str]] = {
    "owners": frozenset({"owners"}),
    "due": frozenset({"due"}),
    "status": frozenset({"status", "percent", "actual_finish"}),
    "channel": frozenset({"channel"}),
    "predecessors": frozenset({"predecessors", "successors"}),
}
"""By role, the roles of columns of which one is enough."""
ROLES = tuple(_ALSO)

_SAID: Mapping[str, Callable[[Task], bool]] = {
    "owners": lambda task: bool(task.owners),
    "due": lambda task: task.due is not None,
    "status": lambda task: task.status.raw is not None or task.status.origin is not StatusOrigin.INFERRED,
    "channel": lambda task: bool(task.channel) or bool(bracketed(task.title)),
    "predecessors": lambda task: bool(task.references) or bool(task.parent),
}
"""Whether a task says it all the same: a sheet's groups, say, tell statuses without a column."""


def lacking_columns(context: Context) -> Mapping[str, frozenset[str]]:
    """By board that is a table, the roles for which it has no column, and of which no task says anything."""
    lacking: dict[str, set[str]] = {}
    for board in context.portfolio.boards:
        tool = context.capabilities.get(board.source)
        if tool is not None and tool.columns and board.mapping and (roles := _without_column(board)):
            lacking[board.key] = roles
    if not lacking:
        return {}
    for task in context.portfolio.tasks:
        if task.board in lacking and task.counts:
            lacking[task.board] -= {role for role in lacking[task.board] if _SAID[role](task)}
    return {board: frozenset(roles) for board, roles in lacking.items() if roles}


def told_by(role: str, tasks: Iterable[Task], context: Context) -> Iterator[Task]:
    """Of some tasks, those whose board has any place for what a column of this role holds."""
    lacking = context.derived(lacking_columns)
    silent = {board for board, roles in lacking.items() if role in roles}
    return iter(tasks) if not silent else (task for task in tasks if task.board not in silent)


def _without_column(board: Board) -> set[str]:
    there = {use.role for use in board.mapping}
    there |= {"channel"} if board.channels else set()
    return {role for role, enough in _ALSO.items() if there.isdisjoint(enough)}
