"""Plans of Microsoft Project made up in a test: elements, and how they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from retro.calendars import Calendars
from retro.config.load import Configuration, parse
from retro.model import Portfolio, Schedule, Snapshot, SourceState, SourceStatus, Task
from retro.run.projects import one_project
from retro.run.read import Reading, join
from retro.run.working_time import calendars
from retro.schedule import ScheduleOptions, schedule
from retro_msproject import plan as reader

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
NAMESPACE = "http://schemas.microsoft.com/project"

Content = Any
"""A text or number, a mapping of children, or a list of elements of one name."""


def element(name: str, content: Content) -> str:
    """An element: of a mapping its children, of a list one element for each."""
    if isinstance(content, Mapping):
        inner = "".join(element(child, below) for child, below in content.items())
    elif isinstance(content, str):
        inner = escape(content)
    elif isinstance(content, Sequence):
        return "".join(element(name, each) for each in content)
    else:
        inner = str(content)
    return f"<{name}>{inner}</{name}>"


def times(*hours: str) -> Content:
    """Working times: "08:00-12:00"."""
    pairs = [each.split("-") for each in hours]
    return {"WorkingTime": [{"FromTime": f"{first}:00", "ToTime": f"{last}:00"} for first, last in pairs]}


def weekday(number: int, *hours: str) -> Content:
    """A day of the week (1: Sunday): its hours, or off."""
    if not hours:
        return {"DayType": number, "DayWorking": 0}
    return {"DayType": number, "DayWorking": 1, "WorkingTimes": times(*hours)}


def calendar(uid: int, name: str = "Standard", base: int = -1, days: Content | None = None, **more: Content) -> Content:
    """A calendar: Monday to Friday, 8–12 and 13–17, unless told otherwise."""
    usual = [weekday(1), *(weekday(day, "08:00-12:00", "13:00-17:00") for day in range(2, 7)), weekday(7)]
    week = usual if days is None else days
    return {"UID": uid, "Name": name, "BaseCalendarUID": base, "WeekDays": {"WeekDay": week}, **more}


def period(first: str, last: str) -> Content:
    """The days of an exception or a work week, both included."""
    return {"FromDate": f"{first}T00:00:00", "ToDate": f"{last}T23:59:00"}


def off(first: str, last: str, **more: Content) -> Content:
    """An exception without work, from a day to another."""
    return {"TimePeriod": period(first, last), "Type": 1, "DayWorking": 0, **more}


def task(uid: int, hours: Content = 8, *before: Content, level: Content = 1, **more: Content) -> Content:
    """A task that lasts some hours, after others."""
    links = [each if isinstance(each, Mapping) else {"PredecessorUID": each, "Type": 1} for each in before]
    fields: dict[str, Content] = {
        "UID": uid,
        "ID": uid,
        "Name": f"Task {uid}",
        "OutlineLevel": level,
        "Duration": f"PT{int(hours)}H{round(hours % 1 * 60)}M0S",
        "DurationFormat": 7,
        "CalendarUID": -1,
    }
    return {**fields, **more, **({"PredecessorLink": links} if links else {})}


def plan(*tasks: Content, xmlns: Content = NAMESPACE, **more: Content) -> str:
    """A plan that begins on Monday, 4 January 2027 at 8:00, with days of eight hours."""
    fields: dict[str, Content] = {
        "Title": "Launch",
        "StartDate": "2027-01-04T08:00:00",
        "ScheduleFromStart": 1,
        "CalendarUID": 1,
        "MinutesPerDay": 480,
        "Calendars": {"Calendar": [calendar(1)]},
        "Tasks": {"Task": list(tasks)},
    }
    inner = "".join(element(name, content) for name, content in {**fields, **more}.items())
    space = f' xmlns="{xmlns}"' if xmlns else ""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Project{space}>{inner}</Project>'


def read(content: str | bytes) -> Snapshot:
    """A plan as it is read."""
    raw = content.encode() if isinstance(content, str) else content
    return reader.read_plan(
        raw, reader.Reading(where="plan.xml", prefix="plan.xml", source="s", zone=PARIS, read_at=NOW)
    )


def tasks_of(*tasks: Content, **more: Content) -> dict[str, Task]:
    """The tasks of a plan, by their UID."""
    return {each.key.rpartition(":")[2]: each for each in read(plan(*tasks, **more)).tasks}


def at(text: str) -> datetime:
    """A wall time in the workspace's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def portfolio_of(snapshot: Snapshot, text: str = "") -> tuple[Portfolio, Calendars]:
    """A plan joined alone, under a configuration, as a command that is given its path joins it."""
    configuration = Configuration(parse(text, "retro.toml"), Path("retro.toml"))
    state = SourceState(id="s", kind="file", state=SourceStatus.FRESH)
    reading = Reading(sources=(state,), snapshots=(snapshot,))
    portfolio = join(reading, configuration.settings, lambda _url: None)
    portfolio = replace(portfolio, projects=one_project(portfolio.boards, portfolio.tasks, None))
    return portfolio, calendars(configuration, portfolio)


def scheduled(snapshot: Snapshot, text: str = "") -> Schedule:
    """The schedule of a plan under a configuration."""
    portfolio, team = portfolio_of(snapshot, text)
    return schedule(portfolio, team, ScheduleOptions(), NOW)
