"""Dates that a person set over retro's own: facts that the next schedule works around."""

from collections.abc import Iterator, Mapping
from datetime import date

from retro.model import Constraint, ConstraintType, Portfolio, Task, WriteLevel
from retro.ports import Acknowledged
from retro.sync.decide.policy import WritePolicy
from retro.sync.decide.values import untouched, value_of

_BINDS = {
    "retro_latest": ConstraintType.FNLT,
    "retro_due": ConstraintType.FNLT,
    "due": ConstraintType.FNLT,
    "retro_start": ConstraintType.SNET,
    "start": ConstraintType.SNET,
}
"""A human finish bounds the latest finish (and never relaxes it); a human start is start-no-earlier-than."""


def human_dates(
    portfolio: Portfolio, policies: Mapping[str, WritePolicy], acknowledged: Mapping[tuple[str, str], Acknowledged]
) -> dict[str, tuple[Constraint, ...]]:
    """Constraints by task key, from dates that differ from what retro last wrote there.

    A date that stood there before retro came is the team's own plan, judged and not obeyed; one that retro is to
    overwrite binds nothing.
    """
    written = {task for task, _field in acknowledged}
    found = {
        task.key: tuple(_of(task, policies[task.board], acknowledged))
        for task in (portfolio.tasks if written else ())
        if task.key in written and task.is_open and task.board in policies
    }
    return {task: constraints for task, constraints in found.items() if constraints}


def _of(task: Task, policy: WritePolicy, acknowledged: Mapping[tuple[str, str], Acknowledged]) -> Iterator[Constraint]:
    for field, level in policy.fields():
        if field not in _BINDS or level is WriteLevel.OVERWRITE:
            continue
        written = acknowledged.get((task.key, field))
        current = value_of(task, field)
        if written is not None and isinstance(current, date) and not untouched(written.value, current):
            yield Constraint(_BINDS[field], current)
