"""How fast the passes are: a layered network with 1.5 links a task, minutes, twenty people's calendars.

    python bench/schedule_passes.py [tasks]

Prints milliseconds for the forward pass, the backward pass, and a whole schedule with its margins.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter
from zoneinfo import ZoneInfo

from retro.calendars import Calendars, build_calendar, person_calendar
from retro.model import (
    Anchor,
    Board,
    Category,
    Estimate,
    EstimateOrigin,
    Link,
    Owner,
    Portfolio,
    Project,
    Status,
    StatusOrigin,
    Task,
)
from retro.schedule import ScheduleOptions, schedule
from retro.schedule.anchors import bind
from retro.schedule.constraints import own_bounds
from retro.schedule.moments import start_ordinal
from retro.schedule.network import build
from retro.schedule.passes import backward, forward
from retro.schedule.scope import scope

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)
PEOPLE = 20
LINKS_A_TASK = 1.5
RUNS = 5


def team() -> Calendars:
    """Twenty people on French holidays, each with their own fortnight of leave every year."""
    base = build_calendar(zone=PARIS)
    people = {}
    for number in range(PEOPLE):
        leave = []
        for year in range(2026, 2046):
            first = date(year, 7, 1) + timedelta(days=3 * number)
            leave.append((first, first + timedelta(days=13)))
        people[f"p{number}"] = person_calendar(base, leave=leave)
    return Calendars(project=base, people=people)


def network(count: int) -> Portfolio:
    """`count` tasks in layers of about sixty-four, each linked to tasks of the layer before."""
    random = Random(1)  # noqa: S311 - a reproducible network, not a secret
    width = 64
    todo = Status("À produire", Category.TODO, StatusOrigin.MAPPED)
    tasks = tuple(
        Task(
            key=f"file:{number:06d}",
            board="file:b",
            title=f"Task {number}",
            owners=(Owner(f"p{random.randrange(PEOPLE)}", "someone"),),
            estimates=(Estimate(EstimateOrigin.NUMBER, random.randint(30, 2100), "minutes"),),
            status=todo,
        )
        for number in range(count)
    )
    links: set[Link] = set()
    while len(links) < int(count * LINKS_A_TASK) and count > width:
        target = random.randrange(width, count)
        source = random.randrange(target // width * width - width, target // width * width)
        links.add(Link(tasks[source].key, tasks[target].key))
    end = date(2026, 12, 1) + timedelta(days=count)
    project = Project(
        key="p",
        name="Projet",
        boards=("file:b",),
        tasks=tuple(task.key for task in tasks),
        anchors=(Anchor(key="p/0", name="Lancement", date=end, project="p"),),
    )
    return Portfolio(
        boards=(Board(key="file:b", name="Projet", source="file"),),
        tasks=tasks,
        projects=(project,),
        links=tuple(sorted(links, key=lambda link: (link.successor, link.predecessor))),
    )


def best(run: Callable[[], object]) -> float:
    """Milliseconds of the fastest of some runs."""
    figures = []
    for _ in range(RUNS):
        began = perf_counter()
        run()
        figures.append((perf_counter() - began) * 1000)
    return min(figures)


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    portfolio, calendars, options = network(count), team(), ScheduleOptions()
    scoped = scope(portfolio)
    built = build(portfolio, scoped, calendars, options)
    bounds = own_bounds(built, options)
    bind(portfolio.projects, scoped, built, bounds, calendar=calendars.project, options=options)
    none = [0] * len(built.work)
    base = [start_ordinal(NOW, calendar) for calendar in built.calendars]
    onward = best(lambda: forward(built, bounds, base, none, facts=True))
    backwards = best(lambda: backward(built, bounds, none))
    compiled = best(lambda: build(portfolio, scope(portfolio), calendars, options))
    whole = best(lambda: schedule(portfolio, calendars, options, NOW))
    print(f"{count} tasks, {len(portfolio.links)} links, {PEOPLE} calendars")
    print(f"forward {onward:.0f} ms, backward {backwards:.0f} ms, both {onward + backwards:.0f} ms")
    print(f"network {compiled:.0f} ms, whole schedule with margins {whole:.0f} ms")
    result = schedule(portfolio, calendars, options, NOW)
    margins = sum(1 for task in result.tasks.values() if task.margin_minutes)
    print(f"{margins} margins in {result.rounds} rounds, settled: {result.settled}")


if __name__ == "__main__":
    main()
