"""Early and late dates, held against those that Microsoft Project itself stored in its files.

`RETRO_DATA` names the folder of the data (it holds `schedules/msp/*.json.gz`). Taken are projects without started
work, hard constraints, or anybody with hours of their own; every one of their leaves has to agree.
"""

import gzip
import json
import os
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendar, Calendars, Hours
from retro.model import (
    Anchor,
    Board,
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
    Schedule,
    Task,
)
from retro.schedule import ScheduleOptions, schedule

pytestmark = pytest.mark.oracle

ZONE = ZoneInfo("Europe/Paris")
UNITS = {"working": LagUnit.WORKING, "elapsed": LagUnit.ELAPSED, "percent": LagUnit.PERCENT}


def at(text: str) -> datetime:
    """A stored wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def constraint_of(task: Mapping[str, Any]) -> Constraint:
    """A constraint as stored."""
    return Constraint(ConstraintType(task["constraint"]), at(task["constraint_date"]))


def calendar_of(stored: Mapping[str, Any]) -> Calendar | None:
    """The project's calendar, where it is a plain week with days off."""
    if stored["parent"] is not None or stored["workweeks"]:
        return None
    if any(exception["ranges"] for exception in stored["exceptions"]):
        return None
    off: set[date] = set()
    for exception in stored["exceptions"]:
        first, last = date.fromisoformat(exception["frm"]), date.fromisoformat(exception["to"])
        off.update(first + timedelta(days=offset) for offset in range((last - first).days + 1))
    week: tuple[Hours, ...] = tuple(
        tuple((first, last) for first, last in stored["week"].get(str(day), ())) for day in range(7)
    )
    return Calendar(week=week, days_off=frozenset(off), zone=ZONE) if any(week) else None


def is_plain(project: Mapping[str, Any]) -> bool:
    """Whether nothing but links and durations decides."""
    begins = min((task["es"] for task in project["tasks"] if task["es"]), default="")
    # A project whose tasks lie before its own start was moved without being calculated again.
    return (
        project["schedule_from"] == "start"
        and project["start"] <= begins
        and all(
            task["active"]
            and not task["manual"]
            and task["calendar"] is None
            and task["constraint"] in ("ASAP", "SNET", "FNET")
            and task["deadline"] is None
            and task["actual_start"] is None
            and not task["dur_elapsed"]
            and not task["split"]
            and not task["leveling_delay_min"]
            and (task["summary"] or task["mpxj_agrees"])
            and all(works_as_the_project(project, one["res"]) for one in task["assignments"])
            for task in project["tasks"]
            if task["uid"] != "0"
        )
    )


def works_as_the_project(project: Mapping[str, Any], resource: str | None) -> bool:
    """Whether a resource has the hours of the project's calendar."""
    stored = project["calendars"].get(project["resources"].get(resource or "", {}).get("calendar") or "")
    return stored is None or (
        stored["parent"] == project["default_calendar"] and not stored["week"] and not stored["exceptions"]
    )


def planned(project: Mapping[str, Any], calendar: Calendar) -> Schedule:
    """The same project, scheduled by us with its own early finish as the anchor."""
    known = {task["uid"] for task in project["tasks"] if task["uid"] != "0"}
    tasks = tuple(
        Task(
            key=task["uid"],
            board="b",
            title="task",
            milestone=not task["dur_min"] and not task["summary"],
            parent=task["parent"] if task["parent"] in known else None,
            estimates=(Estimate(EstimateOrigin.NUMBER, task["dur_min"], "minutes"),),
            constraint=None if task["constraint"] == "ASAP" else constraint_of(task),
        )
        for task in project["tasks"]
        if task["uid"] in known
    )
    links = tuple(
        Link(first, last, LinkType(kind), Lag(round(lag), UNITS[unit]))
        for first, last, kind, lag, unit in project["links"]
    )
    anchor = Anchor(key="end", name="end", date=at(project["finish"]), project="p")
    portfolio = Portfolio(
        boards=(Board(key="b", name="b", source="s"),),
        tasks=tasks,
        links=links,
        projects=(Project(key="p", name="p", boards=("b",), tasks=tuple(known), anchors=(anchor,)),),
    )
    options = ScheduleOptions(start=at(project["start"]))
    return schedule(portfolio, Calendars(project=calendar), options, at(project["start"]))


def test_dates_agree_with_microsoft_project() -> None:
    """Earliest and latest start and finish and total slack of every leaf, to the minute."""
    folder = os.environ.get("RETRO_DATA")
    if not folder:
        pytest.skip("RETRO_DATA names no folder of data")
    leaves = projects = 0
    wrong: list[str] = []
    for path in sorted(Path(folder, "schedules", "msp").glob("*.json.gz")):
        project = json.loads(gzip.decompress(path.read_bytes()))
        calendar = calendar_of(project["calendars"][project["default_calendar"]])
        if calendar is None or not is_plain(project):
            continue
        projects += 1
        result = planned(project, calendar)
        for stored in project["tasks"]:
            if stored["summary"] or stored["uid"] == "0":
                continue
            leaves += 1
            said = result.tasks[stored["uid"]]
            ours = (said.earliest_start, said.earliest_finish, said.latest_start, said.latest_finish)
            pairs = zip(ours, (stored["es"], stored["ef"], stored["ls"], stored["lf"]), strict=True)
            # In working time: a milestone may be stored at 19:00 or at 9:00 of the next day.
            same = all(mine is not None and calendar.ordinal(mine) == calendar.ordinal(at(its)) for mine, its in pairs)
            if not same or said.total_slack_minutes != stored["total"]:
                wrong.append(f"{path.name} {stored['uid']} {stored['name']}: {ours} {stored}")
    print(f"{projects} projects, {leaves} leaves, {len(wrong)} differ")  # noqa: T201 - the figure that is reported
    assert projects >= 20
    assert not wrong, "\n".join(wrong[:5])
