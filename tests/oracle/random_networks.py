"""Random networks of a dozen tasks, and the same network as retro and as MPXJ are told of it.

One set of features at a time, so that what differs can be named.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from retro.calendars import Calendar, Calendars, exception
from retro.model import (
    Board,
    Category,
    Constraint,
    ConstraintType,
    Estimate,
    EstimateOrigin,
    Lag,
    LagUnit,
    Link,
    LinkType,
    Portfolio,
    Project,
    Status,
    StatusOrigin,
    Task,
)

UTC = ZoneInfo("UTC")
START = datetime(2026, 1, 5, 9)  # noqa: DTZ001 - a wall time, as the oracle takes it
WEEK = (((540, 720), (780, 1020)),) * 5 + ((), ())
UNITS = {"": LagUnit.WORKING, "elapsed": LagUnit.ELAPSED, "percent": LagUnit.PERCENT}
FEATURES = (
    "finish to start",
    "every link",
    "lags and leads",
    "elapsed lags",
    "percent lags",
    "people",
    "constraints",
    "deadlines",
    "as late as possible",
    "done",
    "everything",
)
MOST_TASKS = 20


def network(seed: int, feature: str) -> dict[str, Any]:
    """A project as the oracle reads it: tasks with minutes, links, and what the feature adds to them."""
    random = Random(seed)  # noqa: S311 - a reproducible network, not a secret
    count = random.randint(8, MOST_TASKS)
    team = {
        f"p{number}": {
            "off": sorted(
                str((START + timedelta(days=random.randrange(3, 60) + extra)).date())
                for extra in range(random.randint(1, 6))
            )
        }
        for number in range(3)
    }
    tasks = [_task(random, number, feature, sorted(team)) for number in range(count)]
    links = [
        _link(random, f"t{first}", f"t{last}", feature)
        for last in range(1, count)
        for first in random.sample(range(last), min(last, random.choice([0, 1, 1, 2, 2])))
    ]
    if feature in ("done", "everything"):
        _began(random, tasks, links)
    holidays = ["2026-01-20", "2026-02-13", "2026-05-01"]
    return {
        "start": START.isoformat(timespec="minutes"),
        "holidays": holidays,
        "calendars": team,
        "tasks": tasks,
        "links": links,
    }


def _task(random: Random, number: int, feature: str, team: list[str]) -> dict[str, Any]:
    task: dict[str, Any] = {"id": f"t{number}", "min": random.choice([0, 60, 210, 420, 420, 840, 1260, 2100, 2345])}
    day = START + timedelta(days=random.randrange(0, 50))
    while day.weekday() > 4:
        day += timedelta(days=1)
    if feature in ("people", "constraints", "deadlines", "everything") and random.random() < 0.6:
        task["cal"] = random.choice(team)
    if feature in ("constraints", "everything") and task["min"] and random.random() < 0.3:
        kind = random.choice(["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO"])
        at = day.replace(hour=9) if kind.startswith("S") or kind == "MSO" else day.replace(hour=17)
        task["constraint"] = [kind, at.isoformat(timespec="minutes")]
    if feature in ("deadlines", "everything") and random.random() < 0.3:
        task["deadline"] = day.replace(hour=17).isoformat(timespec="minutes")
    if feature in ("as late as possible", "everything") and "constraint" not in task and random.random() < 0.3:
        task["constraint"] = ["ALAP"]
    return task


def _link(random: Random, first: str, last: str, feature: str) -> list[Any]:
    if feature == "finish to start":
        return [first, last, "FS", 0]
    if feature == "everything":
        feature = random.choice(["lags and leads", "elapsed lags", "percent lags", "people"])
    kind = random.choice(["FS", "FS", "SS", "FF", "SF"])
    if feature == "lags and leads":
        return [first, last, kind, random.choice([0, 60, 420, 777, -60, -210, 2100])]
    if feature == "elapsed lags":
        return [first, last, kind, random.choice([0, 1440, 2880, 600]), "elapsed"]
    if feature == "percent lags":
        return [first, last, kind, random.choice([0, 50, 100, -25]), "percent"]
    if feature in ("people", "constraints", "deadlines"):
        return [first, last, kind, random.choice([0, 0, 60, 420])]
    return [first, last, kind if feature != "done" else "FS", 0]


def _began(random: Random, tasks: list[dict[str, Any]], links: list[list[Any]]) -> None:
    """Tasks without a predecessor that were done at once, some of them on a day of their own."""
    waiting = {link[1] for link in links}
    for task in tasks:
        if task["id"] in waiting or not task["min"]:
            continue
        begun = START + timedelta(days=random.randrange(0, 4))
        task |= {
            "actual_start": begun.isoformat(timespec="minutes"),
            "actual_finish": (begun + timedelta(hours=random.choice([3, 30, 75]))).isoformat(timespec="minutes"),
            "pct": 100,
        }


def calendars(spec: Mapping[str, Any]) -> Calendars:
    """The calendars of a network."""
    holidays = tuple(exception(date.fromisoformat(one), date.fromisoformat(one)) for one in spec["holidays"])
    project = Calendar(week=WEEK, spans=holidays, zone=UTC)
    named = {
        key: Calendar(week=WEEK, spans=holidays, zone=UTC, days_off=frozenset(map(date.fromisoformat, one["off"])))
        for key, one in spec["calendars"].items()
    }
    return Calendars(project=project, named=named)


def portfolio(spec: Mapping[str, Any]) -> Portfolio:
    """A network as retro would read it from a file of Microsoft Project."""
    tasks = tuple(_as_task(one) for one in spec["tasks"])
    links = tuple(
        Link(first, last, LinkType(kind), Lag(lag, UNITS[rest[0] if rest else ""]))
        for first, last, kind, lag, *rest in spec["links"]
    )
    return Portfolio(
        boards=(Board(key="b", name="b", source="s", begins=at(spec["start"])),),
        tasks=tasks,
        links=links,
        projects=(Project(key="p", name="p", boards=("b",), tasks=tuple(task.key for task in tasks)),),
    )


def at(text: str) -> datetime:
    """A wall time of the network."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _as_task(one: Mapping[str, Any]) -> Task:
    constraint = None
    if "constraint" in one:
        kind, *when = one["constraint"]
        constraint = Constraint(ConstraintType(kind), at(when[0]) if when else None)
    category = Category.DONE if "actual_finish" in one else Category.DOING if "actual_start" in one else Category.TODO
    return Task(
        key=one["id"],
        board="b",
        title=one["id"],
        milestone=not one["min"],
        estimates=(Estimate(EstimateOrigin.NUMBER, one["min"], "minutes"),),
        calendar=one.get("cal"),
        constraint=constraint,
        deadline=at(one["deadline"]) if "deadline" in one else None,
        actual_start=at(one["actual_start"]) if "actual_start" in one else None,
        actual_finish=at(one["actual_finish"]) if "actual_finish" in one else None,
        remaining=round(one["min"] * (100 - one.get("pct", 0)) / 100),
        status=Status(None, category, StatusOrigin.NATIVE),
    )
