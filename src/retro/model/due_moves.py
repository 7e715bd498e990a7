"""How often a due date was moved by people: one count for every rule and report."""

from collections.abc import Iterable, Iterator
from datetime import timedelta, tzinfo

from retro.model.dates import Day, as_date
from retro.model.task import DueMove

_AT_ONCE = timedelta(hours=1)
"""Moves that follow each other so closely are one: somebody looks for the right day."""


def steps(moves: Iterable[DueMove], zone: tzinfo) -> Iterator[tuple[list[DueMove], Day]]:
    """The moves, those that belong together in one list, and the day that each left; none that leads back to it.

    A date that was taken away, and later another one given, has moved. The zone is the workspace's.
    """
    found: list[list[DueMove]] = []
    for move in moves:
        if found and move.when - found[-1][-1].when <= _AT_ONCE:
            found[-1].append(move)
        else:
            found.append([move])
    held: Day | None = None
    for step in found:
        held = step[0].old or held
        new = step[-1].new
        if held is not None and new is not None and as_date(held, zone) != as_date(new, zone):
            yield step, held
        held = new or held
