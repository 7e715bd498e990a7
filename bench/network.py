"""How fast a network is scheduled, beside TaskJuggler (`tj3`) and MPXJ (PyPI `mpxj`, Java) where they are installed.

    python bench/network.py [--tasks N] [--only]

A layered network of about 1.5 links a task, most of them finish to start, with lags and some dates; twenty people with
leave and French holidays. Figures are CPU seconds of this process (of the child, for the others), the best of three.
`--only` leaves the others out. They schedule the same tasks, durations and finish-to-start links, TaskJuggler on one
calendar; MPXJ's time includes the start of Java.
"""

import argparse
import gc
import importlib.util
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from retro.calendars import Calendars, build_calendar, person_calendar
from retro.model import (
    Anchor,
    Board,
    Constraint,
    ConstraintType,
    Day,
    Estimate,
    EstimateOrigin,
    Lag,
    Link,
    LinkType,
    Owner,
    Portfolio,
    Project,
    Task,
)
from retro.schedule import ScheduleOptions, schedule
from retro.schedule.anchors import bind
from retro.schedule.backward import backward
from retro.schedule.builder import build
from retro.schedule.constraints import own_bounds
from retro.schedule.forward import forward
from retro.schedule.moments import start_ordinal
from retro.schedule.scope import scope
from retro.schedule.slack import total_slack

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 1, 5, 9, tzinfo=PARIS)
PEOPLE = 20
RUNS = 3
DAY = 420
MOST_FOR_OTHERS = 10_000
"""TaskJuggler takes a minute for as many tasks."""
FS_SHARE = 0.9


class Layered(NamedTuple):
    """Days of work of each task, the tasks before it, and who does it."""

    days: list[int]
    before: list[list[int]]
    owner: list[int]


def layered(count: int, people: int = PEOPLE) -> Layered:
    """A network in layers: each task waits for one or two tasks of the three layers before its own."""
    random = Random(0)  # noqa: S311 - a reproducible network, not a secret
    width = max(3, int(count**0.5 / 1.5))
    days, before, owner = [], [], []
    for number in range(count):
        low, high = max(0, number - 3 * width), number // width * width
        links = random.choice([1, 1, 2, 2, 1, 2])
        days.append(random.choice([1, 1, 2, 2, 3, 3, 4, 5, 5, 8, 10, 0]))
        before.append(sorted({random.randrange(low, high) for _ in range(links)}) if high > low else [])
        owner.append(random.randrange(people))
    return Layered(days, before, owner)


def longest(net: Layered) -> int:
    """Days of work of the longest chain."""
    finish: list[int] = []
    for number, sources in enumerate(net.before):
        finish.append(max((finish[source] for source in sources), default=0) + net.days[number])
    return max(finish)


def team() -> Calendars:
    """Twenty people on French holidays, each with a fortnight of leave of their own every year."""
    base = build_calendar(zone=PARIS)
    people = {}
    for number in range(PEOPLE):
        leave = []
        for year in range(2026, 2046):
            first = date(year, 7, 1) + timedelta(days=3 * number)
            leave.append((first, first + timedelta(days=13)))
        people[f"p{number}"] = person_calendar(base, leave=leave)
    return Calendars(project=base, people=people)


def task_of(net: Layered, number: int) -> Task:
    """One task of the network as retro reads it: its minutes and its owner."""
    return Task(
        key=f"file:{number:06d}",
        board="b",
        title=f"Task {number}",
        milestone=not net.days[number],
        owners=(Owner(f"p{net.owner[number]}", "someone"),),
        estimates=(Estimate(EstimateOrigin.NUMBER, net.days[number] * DAY, "minutes"),),
    )


def one_project(tasks: Sequence[Task], links: Sequence[Link], end: Day) -> Portfolio:
    """A board of these tasks, which work to one date."""
    anchor = Anchor(key="p/end", name="Launch", date=end, project="p")
    keys = tuple(task.key for task in tasks)
    return Portfolio(
        boards=(Board(key="b", name="Project", source="file"),),
        tasks=tuple(tasks),
        projects=(Project(key="p", name="Project", boards=("b",), tasks=keys, anchors=(anchor,)),),
        links=tuple(links),
    )


def portfolio(net: Layered) -> Portfolio:
    """The network as retro reads it: minutes, every kind of link, lags, some earliest starts, one anchor."""
    random = Random(1)  # noqa: S311 - as above
    keys = [f"file:{number:06d}" for number in range(len(net.days))]
    tasks, links = [], []
    for number, key in enumerate(keys):
        snet = Constraint(ConstraintType.SNET, NOW.date() + timedelta(days=random.randrange(400)))
        tasks.append(replace(task_of(net, number), constraint=snet if random.random() < 0.02 else None))
        for source in net.before[number]:
            plain = random.random() < FS_SHARE
            kind = LinkType.FS if plain else random.choice([LinkType.SS, LinkType.FF, LinkType.SF])
            links.append(Link(keys[source], key, kind, Lag(random.choice([0, 0, 0, 60, DAY]))))
    end = NOW.date() + timedelta(days=int(longest(net) * 7 / 5 * 1.3) + 120)
    return one_project(tasks, links, end)


def best(run: Callable[[], object], runs: int = RUNS) -> float:
    """CPU seconds of the fastest of some runs."""
    figures = []
    for _ in range(runs):
        gc.collect()
        began = process_time()
        run()
        figures.append(process_time() - began)
    return min(figures)


def retro(net: Layered) -> None:
    """Print retro's figures."""
    read, calendars, options = portfolio(net), team(), ScheduleOptions(margin=0.2)
    built = build(read, scope(read), calendars, options)
    bounds = own_bounds(built, options)
    bind(
        read.projects,
        scope(read),
        built,
        bounds,
        calendar=calendars.project,
        options=options,
        finish=list,
    )
    none = [0] * len(built.work)
    base = [start_ordinal(NOW, calendar) for calendar in built.calendars]

    def passes() -> None:
        early = forward(built, bounds, base, none, facts=True)
        total_slack(built, bounds, early, backward(built, bounds, none))

    count = len(net.days)
    print(f"{count} tasks, {len(read.links)} links, {PEOPLE} people's calendars")
    print(f"retro: earliest and latest dates and slack   {best(passes):8.3f} s")
    compiled = best(lambda: build(read, scope(read), calendars, options))
    whole = best(lambda: schedule(read, calendars, options, NOW), 1)
    print(f"retro: the network compiled from its tasks   {compiled:8.3f} s")
    print(f"retro: a whole schedule, with its margins    {whole:8.3f} s")


def children(command: list[str], folder: str) -> float | None:
    """CPU seconds of a command; None where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603 - found by name
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(done.stderr.decode(errors="replace")[-500:], file=sys.stderr)
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def taskjuggler(net: Layered) -> float | None:
    """TaskJuggler, as late as possible before the same kind of deadline."""
    command = shutil.which("tj3")
    if command is None:
        return None
    after: list[list[int]] = [[] for _ in net.days]
    for number, sources in enumerate(net.before):
        for source in sources:
            after[source].append(number)
    end = NOW.date() + timedelta(days=int(longest(net) * 7 / 5 * 1.3) + 120)
    head = (
        f'project bench "Bench" {NOW.date()} - {end} {{ timezone "Europe/Paris" timingresolution 60 min '
        "dailyworkinghours 7 workinghours mon - fri 9:00 - 12:00, 13:00 - 17:00 workinghours sat, sun off }"
    )
    lines = [
        head,
        f'task launch "Launch" {{ milestone end {end - timedelta(days=10)} scheduling alap }}',
    ]
    for number, days in enumerate(net.days):
        what = f"length {days}d" if days else "milestone"
        follows = ", ".join(f"!t{target}" for target in after[number]) or "!launch"
        lines.append(f'task t{number} "T{number}" {{ scheduling alap {what} precedes {follows} }}')
    lines.append('taskreport out "out" { formats csv columns id, start, end }')
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bench.tjp").write_text("\n".join(lines))
        return children([command, "--silent", "--no-color", "bench.tjp"], folder)


MPXJ = """
import sys, json, jpype, mpxj
jpype.startJVM("-Dlog4j2.StatusLogger.level=OFF")
from org.mpxj import ProjectFile, Duration, TimeUnit, Relation, RelationType, ConstraintType
from org.mpxj.cpm import MicrosoftScheduler
from java.time import LocalDateTime
net = json.load(open("net.json"))
project = ProjectFile()
calendar = project.addDefaultBaseCalendar()
project.setDefaultCalendar(calendar)
start = LocalDateTime.parse("2026-01-05T08:00")
project.getProjectProperties().setStartDate(start)
minutes = lambda number: Duration.getInstance(float(number), TimeUnit.MINUTES)
tasks = []
for days in net["days"]:
    task = project.addTask()
    task.setDuration(minutes(days * 480))
    task.setActualDuration(minutes(0))
    task.setRemainingDuration(minutes(days * 480))
    task.setPercentageComplete(jpype.java.lang.Double(0)); task.setConstraintType(ConstraintType.AS_SOON_AS_POSSIBLE)
    task.setMilestone(days == 0)
    tasks.append(task)
for number, before in enumerate(net["before"]):
    for source in before:
        tasks[number].addPredecessor(Relation.Builder().predecessorTask(tasks[source]).type(RelationType.FINISH_START))
MicrosoftScheduler().schedule(project, start)
print(tasks[-1].getLateFinish())
"""


def mpxj(net: Layered) -> float | None:
    """MPXJ's scheduler on one calendar, the start of Java and the building of the project included."""
    if importlib.util.find_spec("mpxj") is None or importlib.util.find_spec("jpype") is None:
        return None
    import json  # noqa: PLC0415 - for this tool only

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "net.json").write_text(json.dumps({"days": net.days, "before": net.before}))
        Path(folder, "run.py").write_text(MPXJ)
        return children([sys.executable, "run.py"], folder)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=MOST_FOR_OTHERS)
    parser.add_argument("--only", action="store_true", help="leave TaskJuggler and MPXJ out")
    asked = parser.parse_args()
    net = layered(asked.tasks)
    retro(net)
    if asked.only:
        return
    for name, run in (("MPXJ", mpxj), ("TaskJuggler", taskjuggler)):
        if name == "TaskJuggler" and asked.tasks > MOST_FOR_OTHERS:
            print(f"{name}: not asked for more than {MOST_FOR_OTHERS} tasks")
            continue
        took = run(net)
        print(f"{name}: not installed, or it failed" if took is None else f"{name}: {took:.3f} s")


if __name__ == "__main__":
    main()
