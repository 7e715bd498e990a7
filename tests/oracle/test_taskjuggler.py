"""Latest dates, held against those of TaskJuggler (`tj3`, as late as possible), where it is installed.

The networks are written here: finish to start and finish to finish, with lags, durations in hours, bank holidays.
`RETRO_PROJECTS` says how many are tried (5 unless it does: TaskJuggler takes a second for each).
"""

import csv
import os
import shutil
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendar, Calendars, exception, parse_hours
from retro.model import (
    Anchor,
    Board,
    Estimate,
    EstimateOrigin,
    Lag,
    Link,
    LinkType,
    Portfolio,
    Project,
    Task,
)
from retro.schedule import ScheduleOptions, schedule

pytestmark = pytest.mark.oracle

PARIS = ZoneInfo("Europe/Paris")
BEGIN = date(2026, 1, 5)
END = date(2026, 12, 18)
HOLIDAYS = [date(2026, *day) for day in ((4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (11, 11))]
WEEK = (parse_hours("9:00-12:00 13:00-17:00"),) * 5 + ((), ())
CALENDAR = Calendar(week=WEEK, zone=PARIS, spans=tuple(exception(day, day) for day in HOLIDAYS))
PROJECTS = int(os.environ.get("RETRO_PROJECTS", "5"))
TASKS = 60

Net = tuple[list[int], list[tuple[int, int, LinkType, int]]]


def network(seed: int) -> Net:
    """Hours of work of each task, and links to later ones with a lag in hours."""
    random = Random(seed)  # noqa: S311 - a reproducible network, not a secret
    hours = [random.choice([0, 1, 3, 7, 7, 14, 21, 35, 11]) for _ in range(TASKS)]
    links = []
    for last in range(1, TASKS):
        for first in random.sample(range(last), min(last, random.choice([0, 1, 1, 2]))):
            # TaskJuggler takes a milestone that ends with another task for a loop.
            kinds = [LinkType.FS, LinkType.FS, LinkType.FF] if hours[first] and hours[last] else [LinkType.FS]
            links.append((first, last, random.choice(kinds), random.choice([0, 0, 1, 7, 10])))
    return hours, links


def latest(net: Net) -> dict[str, tuple[int, int]]:
    """Latest start and finish by retro, as ordinals."""
    hours, links = net
    keys = [f"t{number}" for number in range(len(hours))]
    portfolio = Portfolio(
        boards=(Board(key="b", name="b", source="s"),),
        tasks=tuple(
            Task(
                key=key,
                board="b",
                title=key,
                milestone=not worked,
                estimates=(Estimate(EstimateOrigin.NUMBER, worked, "hours"),),
            )
            for key, worked in zip(keys, hours, strict=True)
        ),
        links=tuple(Link(keys[a], keys[b], kind, Lag(lag * 60)) for a, b, kind, lag in links),
        projects=(
            Project(
                key="p",
                name="p",
                boards=("b",),
                tasks=tuple(keys),
                anchors=(Anchor(key="p/end", name="end", date=END, project="p"),),
            ),
        ),
    )
    now = datetime.combine(BEGIN, datetime.min.time(), PARIS)
    said = schedule(portfolio, Calendars(project=CALENDAR), ScheduleOptions(), now).tasks
    found = {}
    for key, one in said.items():
        assert one.latest_start is not None
        assert one.latest_finish is not None
        found[key] = (CALENDAR.ordinal(one.latest_start), CALENDAR.ordinal(one.latest_finish))
    return found


def theirs(net: Net, folder: Path) -> dict[str, tuple[int, int]]:
    """Start and finish by TaskJuggler, as ordinals of the same calendar."""
    hours, links = net
    lines = [
        f'project net "Net" {BEGIN} - {END + timedelta(days=30)} {{ timezone "Europe/Paris" timingresolution 60 min',
        "  dailyworkinghours 7 workinghours mon - fri 9:00 - 12:00, 13:00 - 17:00 workinghours sat, sun off }",
        *(f'leaves holiday "H{number}" {day}' for number, day in enumerate(HOLIDAYS)),
        f'task launch "Launch" {{ milestone end {END}-17:00 scheduling alap }}',
    ]
    for number, worked in enumerate(hours):
        what = f"length {worked}h" if worked else "milestone"
        follows = [_follows(last, kind, lag) for first, last, kind, lag in links if first == number]
        lines.append(
            f'task t{number} "T{number}" {{ scheduling alap {what} precedes {", ".join([*follows, "!launch"])} }}'
        )
    lines.append('taskreport out "out" { formats csv columns id, start, end timeformat "%Y-%m-%dT%H:%M" }')
    (folder / "net.tjp").write_text("\n".join(lines))
    command = [str(shutil.which("tj3")), "--silent", "--no-color", "net.tjp"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - found by name
    assert done.returncode == 0, done.stderr
    with (folder / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {row["Id"]: (ordinal(row["Start"]), ordinal(row["End"])) for row in rows if row["Id"] != "launch"}


def _follows(last: int, kind: LinkType, lag: int) -> str:
    options = (["onend"] if kind is LinkType.FF else []) + ([f"gaplength {lag}h"] if lag else [])
    return f"!t{last}" + (f" {{ {' '.join(options)} }}" if options else "")


def ordinal(text: str) -> int:
    """A wall time of a report."""
    return CALENDAR.ordinal(datetime.fromisoformat(text).replace(tzinfo=PARIS))


@pytest.mark.skipif(shutil.which("tj3") is None, reason="TaskJuggler is not installed")
def test_latest_dates_agree_with_taskjuggler(tmp_path: Path) -> None:
    """Every latest start and finish is TaskJuggler's, in working minutes."""
    tasks, wrong = 0, []
    for seed in range(PROJECTS):
        net = network(seed)
        ours, other = latest(net), theirs(net, tmp_path)
        tasks += len(ours)
        wrong += [f"seed {seed} {key}: {ours[key]} {other[key]}" for key in ours if ours[key] != other[key]]
    print(f"{PROJECTS} networks, {tasks} tasks, {len(wrong)} differ")  # noqa: T201 - the figures that are reported
    assert not wrong, "\n".join(wrong[:10])
