"""The shape of retro.toml. Keys and defaults are a contract; unknown keys are errors."""

import re
from datetime import date, datetime
from importlib.metadata import entry_points
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from retro.calendars import parse_hours, parse_range
from retro.config.durations import Duration, DurationField
from retro.config.secrets import SecretReference
from retro.i18n import text as _
from retro.ports.pack import CONNECTOR_GROUP

_SHIPPED = ("trello", "notion", "file")
"""Kinds of sources that retro itself connects to."""
_HOUR_RANGE = 'hours are written as "20:00-07:00"'
_MEETING = 'a meeting is written as "mon 10:00"'
_FILTER = 'a filter is "label:NAME", "list:NAME" or "column:NAME=VALUE"'
_ESTIMATE = (
    'an estimate is read from "field:NAME=days" (or hours, minutes, points), number, points, size, dates, default'
)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Own = Literal["latest", "review", "start", "due", "margin"]
Team = Literal["start", "due"]
Categories = Literal["idea", "todo", "doing", "review", "ready", "done", "cancelled"]
SeverityName = Literal["error", "warning", "info", "off"]
FailOn = Literal["error", "warning", "info", "never"]


def _hours(text: str) -> str:
    try:
        parse_hours(text)
    except ValueError as error:
        raise ValueError(_('hours are written as pairs, such as "9:00-12:00 13:00-17:00"')) from error
    return text


def _range(text: str) -> str:
    try:
        parse_range(text)
    except ValueError as error:
        raise ValueError(
            _('days off are written as "2026-12-24..2027-01-01" (ten years at most), or as one day')
        ) from error
    return text


def _leave(text: str) -> str:
    return text if text.lower().endswith(".ics") else _range(text)


def _shaped(pattern: str, sentence: str) -> AfterValidator:
    """A text of one shape, or empty; `sentence` says which, and stands in the catalogue."""
    shape = re.compile(pattern)

    def check(text: str) -> str:
        if text and not shape.fullmatch(text):
            raise ValueError(_(sentence))
        return text

    return AfterValidator(check)


_HOUR = r"(?:[01]?\d|2[0-3]):[0-5]\d"
HourRange = Annotated[str, _shaped(rf"{_HOUR}\s*-\s*{_HOUR}", _HOUR_RANGE)]
Meeting = Annotated[str, _shaped(rf"(?:mon|tue|wed|thu|fri|sat|sun) {_HOUR}", _MEETING)]
Filter = Annotated[str, _shaped(r"(?:label|list):.+|column:.+=.+", _FILTER)]
EstimateSource = Annotated[
    str, _shaped(r"field:[^=]+(?:=(?:days|hours|minutes|points))?|number|points|size|dates|default", _ESTIMATE)
]


def _of_hours(duration: Duration) -> Duration:
    if duration.in_days or duration.amount <= 0:
        raise ValueError(_('the length of a working day is given in hours: "7h"'))
    return duration


Hours = Annotated[str, AfterValidator(_hours)]
_WORKDAY = "9:00-12:00 13:00-17:00"
_WEEK: dict[Weekday, Hours] = {
    "mon": _WORKDAY,
    "tue": _WORKDAY,
    "wed": _WORKDAY,
    "thu": _WORKDAY,
    "fri": _WORKDAY,
    "sat": "",
    "sun": "",
}


class Section(BaseModel):
    """A table of the file: no unknown key passes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Workspace(Section):
    """Language, zone and state of the workspace."""

    lang: Literal["fr", "en"] = "fr"
    timezone: str = "Europe/Paris"
    state: str = ".retro"

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(_('"{name}" is no time zone (an example: Europe/Paris)', name=name)) from error
        return name


class CalendarSection(Section):
    """The project calendar."""

    week: dict[Weekday, Hours] = _WEEK
    day: Annotated[DurationField, AfterValidator(_of_hours)] = Duration(420, in_days=False)
    country: str = "FR"
    subdivision: str = ""
    bridges: Literal["work", "off"] = "work"
    solidarity_day: Literal["work", "off"] = "work"
    closures: list[Annotated[str, AfterValidator(_range)]] = []


class PersonSection(Section):
    """A person: the ids that mean them, their hours and leave."""

    name: str = ""
    ids: list[str] = []
    aliases: list[str] = []
    share: float = Field(default=1.0, gt=0, le=1)
    week: dict[Weekday, Hours] = {}
    leave: list[Annotated[str, AfterValidator(_leave)]] = []


class TeamSection(Section):
    """A team, a role or a supplier: the ids that mean it, and who does its tasks, or how many they are."""

    name: str = ""
    ids: list[str] = []
    aliases: list[str] = []
    members: list[str] = []
    size: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if bool(self.members) == bool(self.size):
            raise ValueError(_("a team has members, or a size where they are not named"))
        return self


def _source_kind(kind: str) -> str:
    """A tool that retro or another installed package connects to."""
    if kind not in _SHIPPED and kind not in (added := entry_points(group=CONNECTOR_GROUP).names):
        known = ", ".join(f"'{name}'" for name in (*_SHIPPED, *sorted(added)))
        raise PydanticCustomError("literal_error", "one of {expected}", {"expected": known})
    return kind


SourceKind = Annotated[str, AfterValidator(_source_kind), Field(examples=list(_SHIPPED))]


class SourceSection(Section):
    """One account in one tool, or a file."""

    kind: SourceKind
    key: SecretReference = SecretReference()
    token: SecretReference = SecretReference()
    path: str = ""
    url: str = ""
    """Another base URL: https or loopback only (the sandbox)."""


class WriteSection(Section):
    """What retro may write on a board, field by field."""

    own: list[Own] = []
    fill: list[Team] = []
    overwrite: list[Team] = []

    def __bool__(self) -> bool:
        return bool(self.own or self.fill or self.overwrite)


class BoardSection(Section):
    """One board of a source."""

    source: str
    at: str = ""
    kind: Literal["project", "flow", "editorial"] = "project"
    data_source: str = ""
    columns: dict[str, str] = {}
    status: dict[Categories, list[str]] = {}
    estimate: list[EstimateSource] = []
    write: WriteSection = WriteSection()
    write_where_guests_see: bool = False
    warnings: Literal["field", "comment", "label"] = "field"


class AnchorSection(Section):
    """A date that cannot move, and the task that stands for it."""

    name: str = ""
    date: date | datetime
    task: str = ""


class ProjectSection(Section):
    """Boards, or a filter on one, that work to the same anchors."""

    name: str = ""
    boards: list[str] = []
    filter: Filter = ""
    client: str = ""
    type: str = ""
    guardian: str = ""
    anchors: list[AnchorSection] = []


class ScheduleSection(Section):
    """How dates are computed."""

    anchor_at: Literal["end", "start"] = "end"
    milestones: Literal["anchor", "task"] = "anchor"
    due_dates: Literal["report", "deadline"] = "report"
    margin: float = Field(default=0.20, ge=0)
    margin_mode: Literal["task", "project"] = "task"
    buffers: Literal["half", "squares", "none"] = "half"
    critical_within: DurationField = Duration(0, in_days=True)
    estimates: list[Literal["number", "points", "size", "dates", "default"]] = [
        "number",
        "points",
        "size",
        "dates",
        "default",
    ]
    number_unit: Literal["days", "hours", "minutes"] = "days"
    point: DurationField = Duration(0.5, in_days=True)
    sizes: dict[str, DurationField] = {
        "XS": Duration(0.25, in_days=True),
        "S": Duration(0.5, in_days=True),
        "M": Duration(1, in_days=True),
        "L": Duration(3, in_days=True),
        "XL": Duration(5, in_days=True),
    }
    default: DurationField = Duration(1, in_days=True)
    review: DurationField = Duration(1, in_days=True)
    levelling: bool = True
    reserve: float = Field(default=0.2, ge=0, lt=1)


class OverrideSection(Section):
    """Other choices for some boards, sources, lists or labels."""

    boards: list[str] = []
    sources: list[str] = []
    lists: list[str] = []
    labels: list[str] = []
    select: list[str] = []
    ignore: list[str] = []


class LintSection(Section):
    """Which rules speak, and how loudly."""

    profile: Literal["douce", "standard", "stricte"] = "douce"
    select: list[str] = []
    ignore: list[str] = []
    extend_select: list[str] = []
    mandatory: list[str] = []
    fail_on: FailOn = "error"
    baseline: str = "retro-baseline.json"
    channels: list[str] = []
    clients: list[str] = []
    meeting: Meeting = "mon 10:00"
    rules: dict[str, dict[str, Any]] = {}
    overrides: list[OverrideSection] = []


class SyncSection(Section):
    """When to write, and when to hold back."""

    quiet: DurationField = Duration(10, in_days=False)
    quiet_hours: HourRange = ""
    opt_out: str = "retro:off"
    guard_share: float = Field(default=0.5, ge=0, le=1)
    guard_least: int = Field(default=10, ge=0)
    deadline: DurationField = Duration(120, in_days=False)
    fail_on: FailOn = "never"
    health_url: SecretReference = SecretReference()
    metrics: str = ""


class NotifySection(Section):
    """Incoming webhooks, as secrets."""

    slack: SecretReference = SecretReference()
    teams: SecretReference = SecretReference()
    others: SecretReference = SecretReference()


class MirrorSection(Section):
    """The central database, where one is kept."""

    source: str = ""
    at: str = ""

    @model_validator(mode="after")
    def _both(self) -> Self:
        if bool(self.source) != bool(self.at):
            raise ValueError(_("the central base needs both `source` and `at`"))
        return self


class Settings(Section):
    """The whole file."""

    version: Literal[1] = 1
    workspace: Workspace = Workspace()
    calendar: CalendarSection = CalendarSection()
    people: dict[str, PersonSection] = {}
    teams: dict[str, TeamSection] = {}
    sources: dict[str, SourceSection] = {}
    boards: dict[str, BoardSection] = {}
    projects: dict[str, ProjectSection] = {}
    schedule: ScheduleSection = ScheduleSection()
    lint: LintSection = LintSection()
    sync: SyncSection = SyncSection()
    notify: NotifySection = NotifySection()
    mirror: MirrorSection = MirrorSection()
