"""A layered network levelled through the product's way in, beside TaskJuggler (`tj3`) where it is installed.

One person a task, as many people as there are 25 tasks, each with a week of leave; French holidays; one deadline, and
every task as late as possible before it. TaskJuggler lets other work interrupt a task, retro does not.
"""

import csv
import shutil
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import NamedTuple

from network import MOST_FOR_OTHERS, NOW, PARIS, Layered, children, layered, longest, one_project, task_of

from retro.calendars import Calendars, build_calendar, parse_range, person_calendar, public_holidays
from retro.model import Link, Portfolio
from retro.schedule import Levelling, Pool, ScheduleOptions, both
from retro.schedule.levelling.level import level
from retro.schedule.plan import passes

RUNS = 3
TASKS_A_PERSON = 25


class Team(NamedTuple):
    """The last day of the plan, and the Monday to Sunday on which each person is away."""

    end: date
    away: list[tuple[date, date]]


def team_of(net: Layered, people: int) -> Team:
    """A deadline that leaves room enough, and leave before it."""
    load = Counter[int]()
    for owner, days in zip(net.owner, net.days, strict=True):
        load[owner] += days
    days = int(max(longest(net) * 3, max(load.values()) * 2) * 7 / 5 * 1.3) + 120
    random = Random(1)  # noqa: S311 - reproducible leave, not a secret
    start = NOW.date()
    firsts = [start + timedelta(days=random.randrange(days - 20)) for _ in range(people)]
    # TaskJuggler's deadline is a midnight: ours is the last minute worked before it.
    return Team(start + timedelta(days=days - 11), [(first, first + timedelta(days=6)) for first in firsts])


def portfolio_of(net: Layered, team: Team) -> tuple[Portfolio, Calendars, Levelling]:
    """The network as retro reads it."""
    tasks = [task_of(net, number) for number in range(len(net.days))]
    keys = [task.key for task in tasks]
    links = [Link(keys[source], key) for key, before in zip(keys, net.before, strict=True) for source in before]
    base = build_calendar(zone=PARIS)
    people = {
        f"p{number}": person_calendar(base, leave=[parse_range(f"{first}..{last}")])
        for number, (first, last) in enumerate(team.away)
    }
    portfolio = one_project(tasks, links, team.end)
    levelling = Levelling(
        pools={key: Pool(key=key, calendar=calendar) for key, calendar in people.items()},
        demands={task.key: ((task.owners[0].key,),) for task in tasks},
    )
    return portfolio, Calendars(project=base, people=people), levelling


def taskjuggler(net: Layered, team: Team) -> tuple[datetime, float] | None:
    """TaskJuggler's first start and its CPU seconds; None where it is not installed or fails."""
    command = shutil.which("tj3")
    if command is None:
        return None
    after: list[list[int]] = [[] for _ in net.days]
    for number, sources in enumerate(net.before):
        for source in sources:
            after[source].append(number)
    midnight = team.end + timedelta(days=1)
    lines = [
        f'project retro "Retro" {NOW:%Y-%m-%d} - {midnight + timedelta(days=10)} {{',
        'timezone "Europe/Paris" timingresolution 60 min dailyworkinghours 7 yearlyworkingdays 252',
        "workinghours mon - fri 9:00 - 12:00, 13:00 - 17:00 workinghours sat, sun off }",
    ]
    holidays = public_holidays("FR", "", range(NOW.year, midnight.year + 1))
    lines += [f'leaves holiday "off" {day}' for day in sorted(holidays) if NOW.date() <= day < midnight]
    lines += [
        f'resource p{number} "P{number}" {{ leaves annual {first} - {last + timedelta(days=1)} }}'
        for number, (first, last) in enumerate(team.away)
    ]
    lines.append(f'task launch "Launch" {{ milestone end {midnight} scheduling alap }}')
    for number, days in enumerate(net.days):
        what = f"effort {days}d allocate p{net.owner[number]}" if days else "milestone"
        follows = ", ".join(f"!t{target}" for target in after[number]) or "!launch"
        lines.append(f'task t{number} "T{number}" {{ scheduling alap {what} precedes {follows} }}')
    lines.append('taskreport out "out" { formats csv columns id, start timeformat "%Y-%m-%dT%H:%M" }')
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bench.tjp").write_text("\n".join(lines))
        took = children([command, "--silent", "--no-color", "bench.tjp"], folder)
        report = Path(folder, "out.csv")
        if took is None or not report.exists():
            return None
        with report.open(encoding="utf-8") as opened:
            starts = [row["Start"] for row in csv.DictReader(opened, delimiter=";")]
    return min(datetime.fromisoformat(start) for start in starts).replace(tzinfo=PARIS), took


def levelled_network(count: int, *, alone: bool) -> bool:
    """Print the figures of a network of `count` tasks, `alone` or beside TaskJuggler; whether it begins no earlier."""
    people = max(3, count // TASKS_A_PERSON)
    net = layered(count, people)
    team = team_of(net, people)
    portfolio, calendars, levelling = portfolio_of(net, team)
    options = ScheduleOptions(margin=0.0)
    passed = passes(portfolio, calendars, options, NOW)
    seconds = []
    for _ in range(RUNS):
        began = process_time()
        level(passed.advised, levelling, calendars.project)
        seconds.append(process_time() - began)
    plain, levelled = both(portfolio, calendars, options, NOW, levelling)
    before, first = (
        min(said.advised_start for said in each.tasks.values() if said.advised_start) for each in (plain, levelled)
    )
    moved = sum(levelled.tasks[key].advised_finish != said.advised_finish for key, said in plain.tasks.items())
    print(f"{count} tasks, {people} people, deadline {team.end}: first start {before:%Y-%m-%d} before levelling")
    print(f"retro:       first start {first:%Y-%m-%d %H:%M}, {min(seconds):.3f} s for levelling; {moved} tasks moved")
    if alone or count > MOST_FOR_OTHERS:
        return True
    other = taskjuggler(net, team)
    if other is None:
        print("TaskJuggler: not installed, or it failed")
        return True
    start, took = other
    print(f"TaskJuggler: first start {start:%Y-%m-%d %H:%M}, {took:.1f} s for all of it")
    return first >= start
