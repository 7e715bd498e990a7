"""Instances of PSPLIB (`.sm`) and multi-project instances (JSON), and the engine's problems made of them.

One calendar that is worked round the clock, one minute a period: a project that is to be as short as possible forwards
is one that begins as late as possible before its end backwards, with the same optimum.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from retro.calendars import Calendar
from retro.schedule.levelling.aim import Aim
from retro.schedule.levelling.best import Rule
from retro.schedule.levelling.ceiling import ceiling, loads_of
from retro.schedule.levelling.clock import clock
from retro.schedule.levelling.problem import Problem
from retro.schedule.levelling.profile import Packed
from retro.schedule.levelling.sides import Sides
from retro.schedule.levelling.stint import Demand, Desk

ALWAYS = clock(Calendar(week=(((0, 24 * 60),),) * 7))

Links = list[list[tuple[int, int]]]
"""For each task those at the other end, and the periods between."""


@dataclass
class Instance:
    """Tasks with a duration and needs by resource, and the finish-to-start links between them."""

    name: str
    durations: list[int]
    after: Links
    needs: list[dict[int, int]]
    capacities: list[int]
    best: int | None = None
    """The best-known makespan, or the published one."""
    before: Links = field(init=False)

    def __post_init__(self) -> None:
        self.before = [[] for _ in self.durations]
        for task, others in enumerate(self.after):
            for other, lag in others:
                self.before[other].append((task, lag))

    def faults(self, starts: list[int]) -> list[str]:
        """What is wrong with a schedule, period by period; nothing of the engine is asked."""
        found = []
        for task, others in enumerate(self.after):
            for other, lag in others:
                if starts[task] + self.durations[task] + lag > starts[other]:
                    found.append(f"{other} begins before {task} is over")
        used: dict[tuple[int, int], int] = {}
        for task, begin in enumerate(starts):
            for period in range(begin, begin + self.durations[task]):
                for resource, units in self.needs[task].items():
                    used[resource, period] = used.get((resource, period), 0) + units
        found += [
            f"resource {pool} at {period}" for (pool, period), units in used.items() if units > self.capacities[pool]
        ]
        return found


def read_sm(path: Path, best: int | None) -> Instance:
    """An instance in PSPLIB's own format, of one mode."""
    after: Links = []
    durations, needs, capacities = [], [], []
    part = ""
    for line in path.read_text(errors="replace").splitlines():
        if not line.strip()[:1].isdigit():
            part = next((name for name in ("PRECEDENCE", "REQUESTS", "RESOURCEAV") if line.startswith(name)), part)
            continue
        figures = [int(figure) for figure in line.split()]
        if part == "PRECEDENCE":
            after.append([(other - 1, 0) for other in figures[3:]])
        elif part == "REQUESTS":
            durations.append(figures[2])
            needs.append({resource: units for resource, units in enumerate(figures[3:]) if units})
        elif part == "RESOURCEAV":
            capacities = figures
    return Instance(path.stem, durations, after, needs, capacities, best)


def read_json(path: Path) -> Instance:
    """A multi-project instance, with the total makespan that was published for it."""
    data = json.loads(path.read_text())
    durations = [int(task[2]) for task in data["tasks"]]
    after: Links = [[] for _ in durations]
    for source, target, kind, lag in data["links"]:
        if kind != "FS":
            raise ValueError(f"{path.name}: a link {kind}")
        after[source].append((target, int(lag)))
    needs = [{int(pool): int(units) for pool, units in task[3].items() if units} for task in data["tasks"]]
    capacities = [int(units) for _, units in data["resources"]]
    return Instance(path.stem, durations, after, needs, capacities, data["psgs_minslk_tms"])


def records(folder: Path, name: str) -> dict[tuple[int, int], int]:
    """Best-known makespans of a set by parameter and instance, from `best_known/` in a folder or above it."""
    tables = [
        table
        for home in (folder, *folder.resolve().parents[:2])
        for table in sorted((home / "best_known").glob(f"{name}*.sm"))
    ]
    found: dict[tuple[int, int], int] = {}
    for line in (line for table in tables for line in table.read_text(errors="replace").splitlines()):
        figures = re.match(r"\s*(\d+)\s+(\d+)\s+(\d+)", line)
        if figures:
            place, makespan = (int(figures[1]), int(figures[2])), int(figures[3])
            found[place] = min(found.get(place, makespan), makespan)
    return found


def instances(folder: Path) -> Iterator[Instance]:
    """Every instance of a folder for which something is known to hold it against."""
    known: dict[str, dict[tuple[int, int], int]] = {}
    for path in sorted(folder.glob("*.sm")):
        # j1201_1 is the first instance of parameter 1 in j120, j301_1 that in j30.
        named = re.fullmatch(r"(j120|j\d\d)(\d+)_(\d+)", path.stem)
        if named is None:
            continue
        name = named[1]
        if name not in known:
            known[name] = records(folder, name)
        best = known[name].get((int(named[2]), int(named[3])))
        if best is not None:
            yield read_sm(path, best)
    for path in sorted(folder.glob("*.json")):
        instance = read_json(path)
        if instance.best is not None:
            yield instance


def _order(instance: Instance) -> list[int]:
    """Tasks, each after those before it."""
    waits = [len(others) for others in instance.before]
    order = [task for task, count in enumerate(waits) if not count]
    for task in order:  # grows while it is read
        for other, _ in instance.after[task]:
            waits[other] -= 1
            if not waits[other]:
                order.append(other)
    return order


def _chains(instance: Instance, order: list[int], links: Links) -> list[int]:
    """Periods of the longest chain on one side of each task; `order` ends with those that have most."""
    found = [0] * len(order)
    for task in order:
        for other, lag in links[task]:
            found[other] = max(found[other], found[task] + instance.durations[task] + lag)
    return found


def _together(instance: Instance) -> list[list[int]]:
    """Resources in groups: those that some task needs at once are in one."""
    group = list(range(len(instance.capacities)))

    def root(resource: int) -> int:
        while group[resource] != resource:
            resource = group[resource]
        return resource

    for needs in instance.needs:
        first, *others = [*needs] or [0]
        for other in others:
            group[root(other)] = root(first)
    found: dict[int, list[int]] = {}
    for resource in range(len(group)):
        found.setdefault(root(resource), []).append(resource)
    return list(found.values())


def _problem(instance: Instance, order: list[int], follows: Links) -> Problem:
    count = len(order)
    profiles: dict[int, Packed] = {}
    place: dict[int, int] = {}
    for group in _together(instance):
        profile = Packed([instance.capacities[resource] for resource in group])
        for number, resource in enumerate(group):
            profiles[resource], place[resource] = profile, number
    demands: list[Demand | None] = [None] * count
    packed = [0] * count
    for task, needs in enumerate(instance.needs):
        if needs and instance.durations[task]:
            profile = profiles[next(iter(needs))]
            demands[task] = profile
            packed[task] = profile.packed({place[resource]: units for resource, units in needs.items()})
    desks = [Desk(profile, None, ALWAYS) for profile in {id(each): each for each in profiles.values()}.values()]
    return Problem(
        order=order,
        works=instance.durations,
        margins=[0] * count,
        own=[0] * count,
        follows=follows,
        after=[[other for other, _ in others] for others in follows],
        demands=demands,
        needs=packed,
        kinds=[0] * count,
        start=[0] * count,
        finish=[0] * count,
        desks=desks,
        falling=True,
    )


def compiled(instance: Instance) -> tuple[Sides, list[Callable[[], Rule]]]:
    """The engine's problem, which ends at 0, and rules to lay it by."""
    order = _order(instance)
    back, count = _problem(instance, order[::-1], instance.after), len(order)
    heads = _chains(instance, order, instance.after)
    tails = _chains(instance, order[::-1], instance.before)
    longest = max(head + work + tail for head, work, tail in zip(heads, instance.durations, tails, strict=True))
    aim = Aim(back, [0] * count, [0] * count)
    needs = (
        (resource, units, instance.durations[task], -tails[task], heads[task])
        for task, wanted in enumerate(instance.needs)
        for resource, units in wanted.items()
    )
    aim.best = (ceiling(-longest, loads_of(instance.capacities, needs)),)
    sides = Sides(back, lambda: _problem(instance, order, instance.before), aim, None)
    return sides, [lambda: [-head for head in heads], lambda: tails]
