"""Projects that Microsoft Project calculated, stored as JSON with the dates and slack that it found.

Wall times are local, calendars are minutes of the day, durations are minutes, lags are minutes or percent. Summary
tasks are there with their children; the one of uid 0 stands for the whole file.
"""

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from retro.calendars import Calendar, Calendars, Hours, Span, exception
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
    Owner,
    Portfolio,
    Project,
    Status,
    StatusOrigin,
    Task,
)

ZONE = ZoneInfo("UTC")
"""No clock changes in it: stored times are wall times."""
UNITS = {"working": LagUnit.WORKING, "elapsed": LagUnit.ELAPSED, "percent": LagUnit.PERCENT}
ROUND_THE_CLOCK: tuple[Hours, ...] = (((0, 1440),),) * 7
ELAPSED = "elapsed"
DAYS = 7
WHOLE = "0"

Stored = Mapping[str, Any]


def at(text: str) -> datetime:
    """A stored wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def day(text: str) -> date:
    """The day of a stored date or time."""
    return datetime.fromisoformat(text).date()


def hours(ranges: Iterable[tuple[int, int]]) -> Hours:
    """The shifts of a day; one that ends at or before its start ends on the next day."""
    return tuple((round(first), round(last if last > first else last + 1440)) for first, last in ranges)


def _week(stored: Mapping[str, Any]) -> tuple[Hours | None, ...]:
    return tuple(hours(stored[str(number)]) if str(number) in stored else None for number in range(DAYS))


@dataclass(frozen=True)
class StoredProject:
    """One stored project."""

    name: str
    stored: Stored

    # Calendars

    @cached_property
    def calendars(self) -> dict[str, Calendar]:
        """Every calendar by its key that has any working time."""
        found = {}
        for key in self.stored["calendars"]:
            calendar = self._calendar(key)
            if calendar is not None:
                found[key] = calendar
        return found

    def _calendar(self, key: str) -> Calendar | None:
        """A calendar with those that it derives from: all exceptions first, nearest first, then weeks."""
        line: list[Stored] = []
        while key in self.stored["calendars"] and len(line) < len(self.stored["calendars"]):
            line.append(self.stored["calendars"][key])
            key = line[-1]["parent"]
        exceptions = [
            exception(day(one["frm"]), day(one["to"]), hours(one["ranges"]))
            for its in line
            for one in its["exceptions"]
        ]
        weeks: list[Span] = []
        for its in line:
            weeks.extend(Span(day(one["frm"]), day(one["to"]), _week(one["week"])) for one in its["workweeks"])
            weeks.append(Span(date.min, date.max, _week(its["week"])))
        root = tuple(one or () for one in weeks.pop().week)
        try:
            return Calendar(week=root, spans=(*exceptions, *weeks), zone=ZONE)
        except ValueError:
            return None

    @cached_property
    def project_calendar(self) -> Calendar:
        """That of the project."""
        return self.calendars[self.stored["default_calendar"]]

    def calendars_of(self, task: Stored) -> list[Calendar]:
        """The different calendars of those who work on a task."""
        found: list[Calendar] = []
        if task["type"] == "fixed_duration":
            return found
        for one in self._work(task):
            calendar = self._of_resource(one["res"])
            if calendar is not None and calendar not in found:
                found.append(calendar)
        return found

    def _work(self, task: Stored) -> list[Stored]:
        resources = self.stored["resources"]
        return [
            one
            for one in task["assignments"]
            if one["res"] in resources and resources[one["res"]]["type"] == "work" and (one["units"] or 0) > 0
        ]

    def _of_resource(self, key: str) -> Calendar | None:
        return self.calendars.get(self.stored["resources"][key]["calendar"] or "")

    @property
    def one_calendar_each(self) -> bool:
        """Whether nobody else, with other hours, works on any task besides its first."""
        return all(len(self.calendars_of(task)) <= 1 for task in self.leaves)

    # Tasks

    @cached_property
    def tasks(self) -> list[Stored]:
        """Every task that is scheduled, and the summaries above them."""
        return [task for task in self.stored["tasks"] if task["uid"] != WHOLE and task["active"] is not False]

    @property
    def leaves(self) -> list[Stored]:
        """Tasks that are no summaries."""
        return [task for task in self.tasks if not task["summary"]]

    def _task(self, task: Stored, known: set[str]) -> Task:
        minutes = round(task["dur_min"] or 0)
        done, begun = task["actual_finish"] is not None, task["actual_start"] is not None
        category = Category.DONE if done else Category.DOING if begun else Category.TODO
        own = ELAPSED if task["dur_elapsed"] else task["calendar"]
        remaining = task["remaining_dur"]
        manual = (task["manual"] or task["external"]) and not done
        return Task(
            key=task["uid"],
            board="b",
            title=task["name"] or "",
            milestone=not minutes and not task["summary"],
            parent=task["parent"] if task["parent"] in known else None,
            owners=tuple(Owner(one["res"], one["res"]) for one in self._work(task)[:1]),
            estimates=(Estimate(EstimateOrigin.NUMBER, minutes, "minutes"),),
            constraint=self._constraint(task),
            deadline=at(task["deadline"]) if task["deadline"] else None,
            actual_start=at(task["actual_start"]) if begun else None,
            actual_finish=at(task["actual_finish"]) if done else None,
            remaining=minutes if remaining is None else round(remaining),
            manual=bool(manual),
            start=at(task["start"]) if manual and task["start"] else None,
            due=at(task["finish"]) if manual and task["finish"] else None,
            calendar=own,
            calendar_alone=bool(task["dur_elapsed"] or task["ignore_res_cal"] or task["type"] == "fixed_duration"),
            status=Status(None, category, StatusOrigin.NATIVE),
        )

    @staticmethod
    def _constraint(task: Stored) -> Constraint | None:
        if not task["constraint"] or task["constraint"] == "ASAP":
            return None
        kind = ConstraintType(task["constraint"])
        return Constraint(kind, at(task["constraint_date"]) if task["constraint_date"] else None)

    def portfolio(self) -> Portfolio:
        """As it would be read from a file of Microsoft Project."""
        known = {task["uid"] for task in self.tasks}
        links = tuple(
            Link(first, last, LinkType(kind), Lag(round(lag), UNITS[unit]))
            for first, last, kind, lag, unit in self.stored["links"]
            if first in known and last in known
        )
        return Portfolio(
            boards=(Board(key="b", name=self.name, source="s", begins=at(self.stored["start"])),),
            tasks=tuple(self._task(task, known) for task in self.tasks),
            links=links,
            projects=(Project(key="p", name=self.name, boards=("b",), tasks=tuple(sorted(known))),),
        )

    def team(self) -> Calendars:
        """The project's calendar, those of its resources, and those that its tasks name."""
        people = {key: calendar for key in self.stored["resources"] if (calendar := self._of_resource(key)) is not None}
        around = Calendar(week=ROUND_THE_CLOCK, zone=ZONE)
        return Calendars(project=self.project_calendar, people=people, named={**self.calendars, ELAPSED: around})


def read(path: Path) -> StoredProject:
    """One stored project."""
    return StoredProject(path.name, json.loads(gzip.decompress(path.read_bytes())))
