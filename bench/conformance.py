"""Earliest and latest dates and total slack, held against those that Microsoft Project itself stored.

    python bench/conformance.py FOLDER

Every `*.json.gz` under FOLDER is one project, and so is every plan in XML (`*.xml`).
Dates agree where no working minute lies between them: a milestone may be stored at 17:00 or at 8:00 of the next day.
`instants` tells how many are the same wall minute too, and the last line why others are not: a milestone at the start
of a plan that begins outside working hours, a finish that was saved as the first minute of what follows.
Exit 1 where a leaf differs on which another independent computation agrees with Microsoft Project (`mpxj_agrees`), in
a project whose tasks have one work calendar each.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msproject_xml
from msproject_json import Stored, StoredProject, at, read
from msproject_xml import PlanFile

from retro.calendars import Calendar, Calendars
from retro.model import Schedule, Task, TaskSchedule
from retro.schedule import ScheduleOptions, schedule

FIELDS = ("es", "ef", "ls", "lf", "total")
MOST_SHOWN = 5
INSTANTS = "instants"
BEGINS, FOLLOWS, OTHER = "before the plan's first shift", "saved as what follows", "otherwise"
"""Why an instant differs from the stored one though no working minute lies between them."""


def planned(project: StoredProject | PlanFile, team: Calendars) -> Schedule:
    """The same project, scheduled by retro."""
    return schedule(project.portfolio(), team, ScheduleOptions(), at(project.stored["start"]))


def calendar_of(task: Task, team: Calendars) -> Calendar:
    """What a leaf is worked by."""
    owner = task.owners[0].key if task.owners else None
    return team.at_work(owner, task.calendar, alone=task.calendar_alone)


def agreeing(task: Task, stored: Stored, said: TaskSchedule, team: Calendars) -> Iterator[tuple[str, bool]]:
    """Whether each stored field of a leaf agrees."""
    calendar = calendar_of(task, team)
    dates = (said.earliest_start, said.earliest_finish, said.latest_start, said.latest_finish)
    for name, mine in zip(FIELDS, dates, strict=False):
        if stored[name] is not None:
            yield name, mine is not None and calendar.ordinal(mine) == calendar.ordinal(at(stored[name]))
    if stored["total"] is not None:
        yield "total", said.total_slack_minutes == round(stored["total"])


def instants(
    project: StoredProject | PlanFile, stored: Stored, said: TaskSchedule, calendar: Calendar
) -> Iterator[str]:
    """Of each date that agrees, whether it is the very instant stored (`INSTANTS`), else why not."""
    dates = (said.earliest_start, said.earliest_finish, said.latest_start, said.latest_finish)
    for name, mine in zip(FIELDS, dates, strict=False):
        if stored[name] is None or mine is None:
            continue
        its = at(stored[name])
        ordinal = calendar.ordinal(mine)
        if ordinal != calendar.ordinal(its):
            continue
        if its == mine:
            yield INSTANTS
        elif its == at(project.stored["start"]):
            yield BEGINS
        else:
            yield FOLLOWS if name.endswith("f") and its == calendar.start_at(ordinal) else OTHER


def compare(project: StoredProject | PlanFile) -> tuple[Counter[str], Counter[str], list[str], list[str]]:
    """Agreeing and total fields, and the leaves that differ: of those that count, and of the rest."""
    agreed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    counted: list[str] = []
    others: list[str] = []
    team = project.team()
    tasks = {task.key: task for task in project.portfolio().tasks}
    result = planned(project, team)
    for stored in project.leaves:
        said = result.tasks[stored["uid"]]
        agreed.update(instants(project, stored, said, calendar_of(tasks[stored["uid"]], team)))
        wrong = []
        for name, same in agreeing(tasks[stored["uid"]], stored, said, team):
            total[name] += 1
            agreed[name] += same
            if not same:
                wrong.append(name)
        if wrong:
            line = f"{stored['uid']} {stored['name']}: {', '.join(wrong)}\n      retro {shown(said)}\n      MS    "
            line += " ".join(str(stored[name]) for name in FIELDS)
            (counted if stored["mpxj_agrees"] and project.one_calendar_each else others).append(line)
    return agreed, total, counted, others


def same_instants(agreed: Counter[str]) -> str:
    """How many of the dates that agree are the very instant stored."""
    return f"{agreed[INSTANTS]}/{sum(agreed[kind] for kind in (INSTANTS, BEGINS, FOLLOWS, OTHER))}"


def shown(said: TaskSchedule) -> str:
    """The five fields as they are stored."""
    dates = (said.earliest_start, said.earliest_finish, said.latest_start, said.latest_finish)
    return " ".join(
        [
            *("None" if one is None else one.replace(tzinfo=None).isoformat() for one in dates),
            str(said.total_slack_minutes),
        ]
    )


def main(folder: Path) -> int:
    """Print agreement by file and field; the exit code."""
    agreed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    failed = leaves = gated = 0
    paths = sorted(path for kind in ("*.json.gz", "*.xml") for path in folder.rglob(kind))
    for path in paths:
        project = msproject_xml.read(path) if path.suffix == ".xml" else read(path)
        its_agreed, its_total, counted, others = compare(project)
        agreed += its_agreed
        total += its_total
        failed += len(counted)
        leaves += len(project.leaves)
        if project.one_calendar_each:
            gated += sum(bool(task["mpxj_agrees"]) for task in project.leaves)
        figures = " ".join(f"{name} {its_agreed[name]}/{its_total[name]}" for name in FIELDS)
        print(f"{path.name}: {figures} {INSTANTS} {same_instants(its_agreed)}")
        for line in counted[:MOST_SHOWN]:
            print(f"   differs: {line}")
        if others:
            print(
                f"   {len(others)} leaves differ on which no other computation agrees either, or of several calendars"
            )
            if "-v" in sys.argv:
                for line in others[:MOST_SHOWN]:
                    print(f"   differs: {line}")
    print(f"{len(paths)} projects, {leaves} leaves, {gated} of them counted, {failed} of those differ")
    print("all: " + " ".join(f"{name} {agreed[name]}/{total[name]}" for name in FIELDS))
    why = ", ".join(f"{agreed[reason]} {reason}" for reason in (BEGINS, FOLLOWS, OTHER))
    print(f"{INSTANTS}: {same_instants(agreed)} of the dates that agree; the others: {why}")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python bench/conformance.py FOLDER [-v]")
    sys.exit(main(Path(sys.argv[1])))
