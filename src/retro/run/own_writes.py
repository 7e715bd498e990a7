"""What retro itself wrote into the team's cells, told apart from what the team wrote.

A date that retro filled in is no statement of the team's: it must neither become a duration nor hold a start, or the
next schedule would rest on the last one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from retro.model import Category, Change, Portfolio, Task
from retro.ports import Acknowledged
from retro.sync.decide import WritePolicy
from retro.sync.decide.values import TEAM_FIELDS, untouched, value_of

Known = Mapping[tuple[str, str], Acknowledged]


def without_own_dates(portfolio: Portfolio, known: Known) -> Portfolio:
    """The portfolio as the team left it: dates that retro filled in, and nobody touched since, are taken out."""
    if not any(field in TEAM_FIELDS for _task, field in known):
        return portfolio
    return replace(portfolio, tasks=tuple(_as_left(task, known) for task in portfolio.tasks))


def _as_left(task: Task, known: Known) -> Task:
    filled = {
        field
        for field in TEAM_FIELDS
        if (written := known.get((task.key, field))) is not None and untouched(written.value, value_of(task, field))
    }
    if task.status.category is Category.DOING:
        filled.discard("start")  # what is under way keeps its start
    if not filled:
        return task
    return replace(task, start=None if "start" in filled else task.start, due=None if "due" in filled else task.due)


def changed_by_hand(
    portfolio: Portfolio, policies: Mapping[str, WritePolicy], known: Known
) -> Iterator[tuple[str, str]]:
    """The fields, by task, that hold something else than what retro last wrote there."""
    for task in portfolio.tasks:
        if task.board in policies:
            for field, _level in policies[task.board].fields():
                written = known.get((task.key, field))
                if written is not None and not untouched(written.value, value_of(task, field)):
                    yield task.key, field


def as_written(portfolio: Portfolio, changes: Iterable[Change]) -> Portfolio:
    """The portfolio as it will stand once the team's fields among `changes` are written."""
    coming: dict[str, dict[str, object]] = {}
    for change in changes:
        if change.field in TEAM_FIELDS:
            coming.setdefault(change.task, {})[change.field] = change.new
    if not coming:
        return portfolio
    return replace(
        portfolio,
        tasks=tuple(
            replace(task, **coming[task.key]) if task.key in coming else task  # type: ignore[arg-type]  # dates by field
            for task in portfolio.tasks
        ),
    )
