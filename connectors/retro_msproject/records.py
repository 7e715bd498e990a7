"""The elements of a plan as plain records: only those that are read, so that memory stays within the file's size."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from retro_msproject.values import minutes

NAMESPACE = "http://schemas.microsoft.com/project"
ROOT = "Project"


@dataclass(slots=True)
class Record:
    """One element: the texts of its leaves and the records of its other children, by their names."""

    values: dict[str, str] = field(default_factory=dict[str, str])
    parts: "dict[str, list[Record]]" = field(default_factory=dict[str, "list[Record]"])

    def get(self, name: str) -> str:
        """The text of a leaf, without the blanks around it; "" where there is none."""
        return self.values.get(name, "").strip()

    def all(self, *path: str) -> "list[Record]":
        """The records at a path, over all of its branches."""
        found = [self]
        for name in path:
            found = [part for record in found for part in record.parts.get(name, ())]
        return found


def _leaves(*names: str) -> "dict[str, Shape | None]":
    return dict.fromkeys(names)


Shape = Mapping[str, "Shape | None"]
"""What is read of an element: its children by name, None for leaves; whatever else it holds is passed over."""

_HOURS: Shape = {"WorkingTime": _leaves("FromTime", "ToTime")}
_PERIOD: Shape = _leaves("FromDate", "ToDate")
_DAY: Shape = {**_leaves("DayType", "DayWorking"), "TimePeriod": _PERIOD, "WorkingTimes": _HOURS}
_EXCEPTION: Shape = {
    **_leaves("Type", "Period", "DaysOfWeek", "MonthItem", "MonthPosition", "Month", "MonthDay"),
    **_leaves("DayWorking"),
    "TimePeriod": _PERIOD,
    "WorkingTimes": _HOURS,
}
_CALENDAR: Shape = {
    **_leaves("UID", "Name", "BaseCalendarUID"),
    "WeekDays": {"WeekDay": _DAY},
    "Exceptions": {"Exception": _EXCEPTION},
    "WorkWeeks": {"WorkWeek": {"TimePeriod": _PERIOD, "WeekDays": {"WeekDay": _DAY}}},
}
_TASK: Shape = {
    **_leaves("UID", "ID", "Name", "Active", "Manual", "IsNull", "CreateDate", "WBS", "OutlineLevel", "Priority"),
    **_leaves("Start", "Finish", "Duration", "DurationFormat", "Work", "Stop", "Resume", "Summary", "Milestone"),
    **_leaves("IsSubproject", "SubprojectName", "ExternalTask", "ExternalTaskProject", "PercentComplete"),
    **_leaves("PercentWorkComplete", "ActualStart", "ActualFinish", "RemainingDuration", "ConstraintType"),
    **_leaves("ConstraintDate", "CalendarUID", "IgnoreResourceCalendar", "Deadline", "LevelingDelay", "Notes"),
    **_leaves("Contact", "Hyperlink", "HyperlinkAddress", "HyperlinkSubAddress", "ManualStart", "ManualFinish"),
    **_leaves("Type"),
    "PredecessorLink": _leaves("PredecessorUID", "Type", "CrossProject", "CrossProjectName", "LinkLag", "LagFormat"),
    "ExtendedAttribute": _leaves("FieldID", "Value", "DurationFormat"),
}
_RESOURCE: Shape = _leaves(
    "UID", "Name", "Type", "IsNull", "EmailAddress", "MaxUnits", "CalendarUID", "IsGeneric", "IsInactive",
    "IsCostResource", "IsBudget",
)  # fmt: skip
_ASSIGNMENT: Shape = {
    **_leaves("TaskUID", "ResourceUID", "Units", "WorkContour", "Start", "Finish"),
    "TimephasedData": _leaves("Type", "Start", "Finish", "Value"),
}
PLAN: Shape = {
    **_leaves("Name", "Title", "StartDate", "FinishDate", "ScheduleFromStart", "CalendarUID", "MinutesPerDay"),
    **_leaves("StatusDate"),
    "ExtendedAttributes": {"ExtendedAttribute": _leaves("FieldID", "FieldName", "Alias")},
    "Calendars": {"Calendar": _CALENDAR},
    "Tasks": {"Task": _TASK},
    "Resources": {"Resource": _RESOURCE},
    "Assignments": {"Assignment": _ASSIGNMENT},
}
"""The whole of a plan."""
_STILL_TO_DO = "1"
"""The type of time-phased data that tells work which is still to do."""


def _without_work(stretch: Record) -> bool:
    try:
        return stretch.get("Type") == _STILL_TO_DO and minutes(stretch.get("Value")) == 0
    except ValueError:
        return False


KEPT: Mapping[str, Callable[[Record], bool]] = {"TimephasedData": _without_work}
"""Elements of which a plan has so many that only those are kept that say something: a stretch without any work."""
