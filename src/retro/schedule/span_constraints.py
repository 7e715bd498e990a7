"""What a constraint on a task over others asks of the tasks under it.

Microsoft Project allows two there: none of what is under it starts earlier than a date, or finishes later than one. A
deadline is an indicator only. Whatever else a board says cannot be followed: a span has no dates of its own to lay.
"""

from collections.abc import Mapping

from retro.model import Board, Category, Constraint, ConstraintType
from retro.schedule.moments import start_ordinal
from retro.schedule.network import Network
from retro.schedule.options import ScheduleOptions
from retro.schedule.scope import Scope

_FOLLOWED = frozenset({ConstraintType.SNET, ConstraintType.FNLT})


def note_spans(
    network: Network,
    scope: Scope,
    nodes: Mapping[str, int],
    boards: Mapping[str, Board],
    options: ScheduleOptions,
) -> None:
    """Write into the network which of its nodes the constraints of spans bind; `boards`: those that compute dates."""
    for key, leaves in scope.spans.items():
        task = scope.tasks[key]
        constraint = task.constraint
        if constraint is None or constraint.type not in _FOLLOWED or task.status.category is Category.CANCELLED:
            continue
        bound = [nodes[leaf] for leaf in leaves if _binds(constraint, network, nodes[leaf], boards, options)]
        network.spans.append((constraint, bound))


def _binds(
    constraint: Constraint, network: Network, node: int, boards: Mapping[str, Board], options: ScheduleOptions
) -> bool:
    task = network.tasks[node]
    if task is None or constraint.date is None or network.done[node]:
        return False
    if constraint.type is ConstraintType.FNLT:
        return True
    if network.held[node] or (network.computed[node] and task.actual_start is not None):
        return False
    if not network.computed[node]:
        return True
    begins = options.start or boards[task.board].begins
    # Before the plan itself begins it says nothing: only a date of its own puts a task there.
    calendar = network.calendars[node]
    return begins is None or start_ordinal(constraint.date, calendar) > start_ordinal(begins, calendar)
