"""Who works, how much at once, and what a levelling may be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from retro.calendars import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """People who stand in for each other: one person, or a team of `capacity` without names, and their calendar.

    `reserve` is the share of each ISO week's minutes that is kept free of planned work; a task may fill a week all
    the same, and then nothing joins it there.

    Raises:
        ValueError: a capacity under 1, or a reserve outside 0-1 (1 excluded).
    """

    key: str
    calendar: Calendar
    capacity: int = 1
    reserve: float = 0.0

    def __post_init__(self) -> None:
        if self.capacity < 1:
            raise ValueError("A pool holds at least one unit.")
        if not 0 <= self.reserve < 1:
            raise ValueError("A reserve lies between 0 and 1.")


Asked = tuple[tuple[str, ...], ...]
"""For each owner of a task, keys of the pools of which one is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Levelling:
    """Resources and options of one levelling."""

    pools: Mapping[str, Pool]
    """By key."""
    demands: Mapping[str, Asked]
    """By task key: for each owner the pools of which one is taken, for the whole of the task. The first owner's hours
    are those of the task's own calendar."""
    priorities: Mapping[str, int] = field(default_factory=dict[str, int])
    """By task key: 0, which is also the default, is placed first and so gets the latest dates."""
    previous: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """By task key: the advised finish of the last schedule that people saw."""
    steady: int = 2100
    """Working minutes of the project by which a fresh plan has to begin later before it replaces the previous one: five
    days, since people bear a few days of waiting better than new dates."""
    samples: int = 100
    """Random plans that are tried at most."""
    placements: int = 100_000
    """Placements of a task, over all plans tried, after which no other plan is begun."""
    seed: int = 0
    optimize: float = 0.0
    """Seconds that a solver may spend on a better plan; 0: none is asked."""


def asked(demand: Sequence[Sequence[str]], pools: Mapping[str, Pool]) -> Asked:
    """A demand without what nobody knows, and without saying twice that somebody is busy."""
    known = (tuple(dict.fromkeys(key for key in choice if key in pools)) for choice in demand)
    found: list[tuple[str, ...]] = []
    for choice in known:
        if choice and (len(choice) > 1 or choice not in found):
            found.append(choice)
    return tuple(found)
