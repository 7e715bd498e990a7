"""Plans of Microsoft Project in XML, read as retro reads them, with the dates and slack that the file holds.

Slack is in tenths of minutes there. Nothing tells whether another computation agrees, so differences are shown only.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from msproject_json import Stored

from retro.calendars import Calendars
from retro.config.load import Configuration, parse
from retro.model import Portfolio, Snapshot, SourceState, SourceStatus
from retro.run.projects import one_project
from retro.run.read import Reading as Joined
from retro.run.read import join
from retro.run.working_time import calendars
from retro_msproject import document
from retro_msproject.plan import Reading, read_plan
from retro_msproject.records import Record
from retro_msproject.values import flag, number

ZONE = ZoneInfo("UTC")
"""No clock changes in it: stored times are wall times."""
HELD = {"es": "EarlyStart", "ef": "EarlyFinish", "ls": "LateStart", "lf": "LateFinish"}
SHAPE = {"StartDate": None, "Tasks": {"Task": dict.fromkeys(("UID", "Name", "Summary", "TotalSlack", *HELD.values()))}}
TENTHS = 10


@dataclass(frozen=True)
class PlanFile:
    """One plan, with what `bench/conformance.py` asks of a project."""

    name: str
    content: bytes
    one_calendar_each: bool = True

    @cached_property
    def _raw(self) -> Record:
        return document.parse(self.content, self.name, SHAPE)

    @cached_property
    def _snapshot(self) -> Snapshot:
        on = Reading(where=self.name, prefix="b", source="s", zone=ZONE, read_at=datetime(2000, 1, 1, tzinfo=UTC))
        return read_plan(self.content, on)

    @property
    def stored(self) -> Stored:
        """Where the plan begins."""
        return {"start": self._raw.get("StartDate")}

    @cached_property
    def leaves(self) -> list[Stored]:
        """Tasks that are scheduled and no summaries, with the dates that the file holds."""
        scheduled = {
            task.key for task in self._snapshot.tasks if task.counts and task.status.category.value != "cancelled"
        }
        rows = self._raw.all("Tasks", "Task")
        return [_stored(row) for row in rows if f"b:{row.get('UID')}" in scheduled and not flag(row.get("Summary"))]

    def portfolio(self) -> Portfolio:
        """As the command line joins it."""
        state = SourceState(id="s", kind="file", state=SourceStatus.FRESH)
        found = join(Joined(sources=(state,), snapshots=(self._snapshot,)), _SETTINGS.settings, lambda _url: None)
        return Portfolio(
            boards=found.boards,
            tasks=found.tasks,
            people=found.people,
            links=found.links,
            projects=one_project(found.boards, found.tasks, None),
        )

    def team(self) -> Calendars:
        """The plan's own calendars."""
        return calendars(_SETTINGS, self.portfolio())


_SETTINGS = Configuration(parse('[workspace]\ntimezone = "UTC"\n', "retro.toml"), Path("retro.toml"))


def _stored(row: Record) -> Stored:
    slack = number(row.get("TotalSlack"))
    return {
        "uid": f"b:{row.get('UID')}",
        "name": row.get("Name"),
        "mpxj_agrees": False,
        "total": None if slack is None else slack / TENTHS,
        **{field: row.get(name) or None for field, name in HELD.items()},
    }


def read(path: Path) -> PlanFile:
    """One plan."""
    return PlanFile(path.name, path.read_bytes())
