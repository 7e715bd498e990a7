"""Plans written for Microsoft Project, opened and computed by MPXJ (PyPI `mpxj`, Java), where it is installed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from tests.plan_of_everything import PARIS, TEAM, plan

from retro.calendars import Calendar
from retro.model import Category, Task
from retro.report import mspdi

pytestmark = pytest.mark.oracle
SPACE = "{http://schemas.microsoft.com/project}"


@pytest.fixture(scope="module")
def java() -> Any:
    """The virtual machine with MPXJ in it."""
    pytest.importorskip("mpxj")
    jpype = pytest.importorskip("jpype")
    if not jpype.isJVMStarted():
        try:
            jpype.startJVM("-Dlog4j2.StatusLogger.level=OFF")
        except Exception as error:  # noqa: BLE001 - jpype raises its own kinds where there is no Java
            pytest.skip(f"no Java: {error}")
    return jpype


def opened(java: Any, path: Path) -> Any:
    """A plan as MPXJ opens it."""
    reader = java.JClass("org.mpxj.reader.UniversalProjectReader")()
    return reader.read(str(path))


def leaves(text: str) -> Iterator[tuple[int, str, str]]:
    """The id, the start and the finish of each open task that was written."""
    for task in fromstring(text).iter(f"{SPACE}Task"):
        said = {each.tag.removeprefix(SPACE): each.text or "" for each in task}
        if said["Summary"] == "0" and said["PercentComplete"] != "100":
            yield int(said["UID"]), said["Start"], said["Finish"]


def test_mpxj_opens_the_plan_and_finds_the_same_early_dates(java: Any, tmp_path: Path) -> None:
    """MPXJ reads every task, link, resource and assignment, and computes the early dates that retro wrote."""
    scheduler = java.JClass("org.mpxj.cpm.MicrosoftScheduler")
    compared, wrong = 0, []
    for seed in range(60):
        written = plan(seed, every_link=False)
        if written.schedule.cycles:
            continue
        text = mspdi.document(written, TEAM).text
        path = tmp_path / f"{seed}.xml"
        path.write_text(text, encoding="utf-8")
        project = opened(java, path)
        hours = {task.title: _calendar_of(task) for task in written.portfolio.tasks} | {"Salon": TEAM.project}
        root = fromstring(text)
        assert project.getTasks().size() == len(list(root.iter(f"{SPACE}Task")))
        links = sum(task.getPredecessors().size() for task in project.getTasks())
        assert links == len(list(root.iter(f"{SPACE}PredecessorLink")))
        named = [each for each in project.getResources() if each.getName() is not None]
        assert len(named) == len(list(root.iter(f"{SPACE}Resource")))
        assert project.getResourceAssignments().size() >= len(list(root.iter(f"{SPACE}Assignment")))
        scheduler().schedule(project, project.getProjectProperties().getStartDate())
        for uid, start, finish in leaves(text):
            task = project.getTaskByUniqueID(java.JClass("java.lang.Integer")(uid))
            calendar = hours[str(task.getName())]
            compared += 1
            found = (task.getEarlyStart(), task.getEarlyFinish())
            if task.getActualStart() is not None:
                found = (task.getActualStart(), task.getEarlyFinish())
            if not all(_same(calendar, one, other) for one, other in zip(found, (start, finish), strict=True)):
                wrong.append(f"seed {seed}: task {uid} {start} {finish}, MPXJ {found[0]} {found[1]}")
    print(f"{compared} tasks, {len(wrong)} differ")  # noqa: T201 - the figures
    assert compared
    assert not wrong, "\n".join(wrong[:8])


def _calendar_of(task: Task) -> Calendar:
    people = (task.reviewer,) if task.status.category is Category.REVIEW and task.reviewer else task.owners
    return TEAM.of(people[0].key if people else None)


def _same(calendar: Calendar, one: Any, other: str) -> bool:
    """Whether there is no work between two instants: a day's end and the next morning are one."""
    if one is None:
        return False
    instants = [datetime.fromisoformat(str(each)).replace(tzinfo=PARIS) for each in (one, other)]
    return calendar.ordinal(instants[0]) == calendar.ordinal(instants[1])
