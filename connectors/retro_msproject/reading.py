"""What the rows of one plan are read with: its keys, zone, calendars, people and rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from retro.calendars import Calendar, described
from retro.i18n import text as _
from retro.model import CalendarSpec
from retro_msproject.calendars import PlanCalendars
from retro_msproject.people import People
from retro_msproject.records import Record


@dataclass(slots=True)
class Oddities:
    """What was found wrong on the way: names of tasks, and of settings without a date that calendars reach."""

    settings: list[str] = field(default_factory=list[str])
    repeated: list[str] = field(default_factory=list[str])
    """With the UID of another."""
    deep: list[str] = field(default_factory=list[str])
    """Deeper in the outline than is followed."""
    undated: list[str] = field(default_factory=list[str])
    """With a constraint that has no date."""
    unknown: list[str] = field(default_factory=list[str])
    """With a constraint of no known kind."""
    spans: list[str] = field(default_factory=list[str])
    """Summaries with a constraint that summaries cannot have."""
    loose: list[str] = field(default_factory=list[str])
    """Waiting for another project's task in a way that cannot be followed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the tasks of one plan are read with."""

    prefix: str
    """Of keys."""
    board: str
    zone: tzinfo
    calendars: PlanCalendars
    usual: CalendarSpec | None
    """The plan's own calendar, where it brings one with working time."""
    people: People
    fields: Mapping[str, str]
    """Names of custom fields, by id."""
    records: Mapping[str, Record]
    """The plan's tasks by their UID."""
    summaries: frozenset[str]
    """UIDs of the tasks that have others under them."""
    odd: Oddities
    _built: dict[str, Calendar | None] = field(default_factory=dict[str, "Calendar | None"], compare=False)

    def key(self, uid: str) -> str:
        """The key of a task."""
        return f"{self.prefix}:{uid}"

    def name(self, record: Record) -> str:
        """What a row is called, however it may be nameless."""
        return record.get("Name") or _("task {number}, without a name", number=record.get("ID") or record.get("UID"))

    def hours_of(self, uid: str) -> Calendar | None:
        """Working time by a calendar's UID, else by the plan's own calendar; None: it brings none."""
        spec = self.calendars.of(uid) or self.usual
        if spec is None:
            return None
        if spec.key not in self._built:
            self._built[spec.key] = described(spec, self.zone)
        return self._built[spec.key]
