"""A scheduled portfolio as one plan of Microsoft Project."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from xml.etree.ElementTree import Element, indent, tostring
from zoneinfo import ZoneInfo

from retro.calendars import Calendar, Calendars
from retro.model import Assessment, EstimateOrigin, Link, Task
from retro.report.mspdi.calendars import PROJECT, Numbers, calendar_of, write_calendars
from retro.report.mspdi.elements import child, moment, name, put, time_of_day
from retro.report.mspdi.outline import Row, anchor_tasks, rows
from retro.report.mspdi.people import at_work, resources, write_assignments, write_resources
from retro.report.mspdi.placed import Placed, placed, standing
from retro.report.mspdi.task_element import write_summary, write_task
from retro.report.mspdi.ties import ties

_NAMESPACE = "http://schemas.microsoft.com/project"
_SAVED_BY = 14
"""`SaveVersion` of Microsoft Project 2010, the first one with tasks that are scheduled by hand."""
_FIXED_UNITS = 0
_IN_DAYS, _WORK_IN_HOURS = 7, 2
_DAYS_A_WEEK, _DAYS_A_MONTH = 5, 20
_YEARS = (1984, 2149)
"""The first and the last that Microsoft Project knows."""
_MOST_YEARS = 20
"""Years of holidays and leave that are written."""


@dataclass(frozen=True, slots=True)
class Written:
    """The document, and what Microsoft Project has no place for."""

    text: str
    tasks: int
    links_left_out: int
    """Second links between two tasks, and those between tasks that wait for each other."""


def document(assessment: Assessment, calendars: Calendars) -> Written:
    """The plan as Microsoft Project reads it. `calendars` are those that it was scheduled with."""
    return _Plan(assessment, calendars).written()


class _Plan:
    def __init__(self, assessment: Assessment, calendars: Calendars) -> None:
        self.assessment = assessment
        self.calendars = calendars
        self.instants = partial(moment, zone=ZoneInfo(assessment.zone_name))
        self.rows = rows(assessment)
        self.places = self._places()
        self.ties = ties(assessment, self.rows)
        self.leaves: list[tuple[Row, Task, Placed]] = [
            (row, row.task, self.places[key])
            for key, row in self.rows.items()
            if row.task is not None and key in self.places
        ]
        self.tasks = [task for _row, task, _place in self.leaves]
        self.people = resources(self.tasks)

    def written(self) -> Written:
        """The whole document."""
        root = Element("Project", xmlns=_NAMESPACE)
        self._properties(root)
        numbers = write_calendars(
            child(root, "Calendars"),
            self.calendars,
            self.assessment.portfolio.boards,
            self.tasks,
            self.people,
            years=self._years(),
        )
        self._tasks(child(root, "Tasks"), numbers)
        teams = self.assessment.portfolio.teams
        write_resources(child(root, "Resources"), self.people.values(), numbers.people, teams)
        write_assignments(
            child(root, "Assignments"),
            ((row.uid, task, place) for row, task, place in self.leaves),
            self.people,
            self.instants,
        )
        indent(root, " ")
        text = tostring(root, encoding="unicode")
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return Written(f"{head}{text}\n", len(self.leaves), self.ties.left_out)

    # Dates

    def _places(self) -> dict[str, Placed]:
        schedule, now = self.assessment.schedule.tasks, self.assessment.now
        stand = anchor_tasks(self.assessment)
        boards = self.assessment.portfolio.boards
        computed = {board.key for board in boards if board.begins is not None}
        theirs = {anchor.key for board in boards for anchor in board.anchors}
        found: dict[str, Placed] = {}
        for key, row in self.rows.items():
            task = row.task
            if row.anchor is not None:
                found[key] = standing(row.anchor, self.calendars.project)
            elif task is not None and not row.is_summary:
                by_hand = task.manual and task.board in computed and task.start is not None and task.due is not None
                planned = schedule[key]
                if task.deadline is not None and planned.anchor in theirs:
                    planned = replace(planned, anchor=None)  # the board has the date and the deadlines for it, too
                found[key] = placed(task, planned, self._calendar_of(task), now, stand.get(key), manual=by_hand)
        return found

    def _calendar_of(self, task: Task) -> Calendar:
        people = at_work(task)
        first = people[0].key if people else None
        return self.calendars.at_work(first, task.calendar, alone=task.calendar_alone)

    def _span(self) -> tuple[datetime, datetime]:
        now, places = self.assessment.now, self.places.values()
        return min((each.start for each in places), default=now), max((each.finish for each in places), default=now)

    def _years(self) -> range:
        first, last = self._span()
        begin = min(max(first.year, _YEARS[0]), _YEARS[1])
        # A year more than is planned: whoever works on with it may be late.
        return range(begin, max(begin, min(last.year + 1, begin + _MOST_YEARS - 1, _YEARS[1])) + 1)

    # Elements, in the order of the schema

    def _properties(self, root: Element) -> None:
        project, now = self.calendars.project, self.instants(self.assessment.now)
        first, last = self._span()
        title = name(self._title())
        shifts = next((hours for hours in project.week if hours), ((0, 0),))
        week = sum(end - begin for hours in project.week for begin, end in hours)
        put(
            root,
            SaveVersion=_SAVED_BY,
            Name=title,
            Title=title,
            CreationDate=now,
            ScheduleFromStart=True,
            StartDate=self.instants(first),
            FinishDate=self.instants(last),
            CurrencyCode="EUR",  # the schema asks for one
            CalendarUID=PROJECT,
            DefaultStartTime=time_of_day(shifts[0][0]),
            DefaultFinishTime=time_of_day(shifts[-1][1]),
            MinutesPerDay=project.day_minutes,
            MinutesPerWeek=week or project.day_minutes * _DAYS_A_WEEK,
            DaysPerMonth=_DAYS_A_MONTH,
            DefaultTaskType=_FIXED_UNITS,
            DurationFormat=_IN_DAYS,
            WorkFormat=_WORK_IN_HOURS,
            HonorConstraints=True,
            NewTasksEffortDriven=False,
            CurrentDate=now,
            NewTasksAreManual=False,
        )

    def _title(self) -> str:
        portfolio = self.assessment.portfolio
        names = [project.name for project in portfolio.projects] or [board.name for board in portfolio.boards]
        return ", ".join(dict.fromkeys(names)) or "retro"

    def _tasks(self, parent: Element, numbers: Numbers) -> None:
        if self.places:
            whole = Row(key="", title=self._title())
            self._summary(parent, whole, 0, list(self.places))
        schedule = self.assessment.schedule.tasks
        for identifier, (key, row) in enumerate(self.rows.items(), 1):
            if row.is_summary:
                self._summary(parent, row, identifier, row.leaves)
                continue
            planned = schedule.get(key)
            own = None if row.task is None else calendar_of(row.task, self.calendars)
            write_task(
                parent,
                row,
                self.places[key],
                identifier=identifier,
                calendar=None if own is None else numbers.tasks[own],
                before=self._before(key),
                assumed=planned is not None and planned.estimate_origin is EstimateOrigin.DEFAULT,
                instants=self.instants,
            )

    def _summary(self, parent: Element, row: Row, identifier: int, leaves: list[str]) -> None:
        write_summary(
            parent,
            row,
            [self.places[key] for key in leaves],
            identifier=identifier,
            minutes=self.calendars.project.minutes_between,
            before=self._before(row.key),
            instants=self.instants,
        )

    def _before(self, key: str) -> list[tuple[int, Link]]:
        return [(self.rows[link.predecessor].uid, link) for link in self.ties.before.get(key, ())]
