"""What became of tasks and ends since the baseline that a page shows: their days then, and how far they moved."""

from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import Assessment, Moved, as_date
from retro.report.html.timeline import Days
from retro.report.slips import moved_end, signed
from retro.report.untrusted import printable

Said = tuple[str, str]
"""Words, and the colour that they are said in: late where it is worse, done where it is better, else ""."""


class Baselines:
    """The slippage of an assessment, by task and by project; empty where it is held against no baseline."""

    def __init__(self, assessment: Assessment) -> None:
        found = assessment.slippage
        self.name = printable(found.name) if found is not None else ""
        self._planned = found.planned if found is not None else {}
        self._moved = {slip.key: slip.moved for slip in found.tasks} if found is not None else {}
        self._ends = {slip.key: slip.ends for slip in found.projects} if found is not None else {}

    def days(self, task: str) -> Days | None:
        """When a task that has moved was planned, first and last day: of the others nothing is to be seen."""
        return self._planned.get(task) if _tone(self._moved.get(task)) else None

    def task(self, task: str) -> Said:
        """How far a task has moved: “+7 d”."""
        moved = self._moved.get(task)
        return signed(moved), _tone(moved)

    def end(self, project: str) -> Said:
        """What became of the end of a project, where it moved: “The end slips by 7 days (5 working days) since …”."""
        said, moved = moved_end(self._ends.get(project, ()))
        return (_("{what} since “{name}”", what=said, name=self.name), _tone(moved)) if said else ("", "")


def baseline_said(assessment: Assessment, *, moved: bool) -> str:
    """The baseline that a page shows, and the day on which it was set, or that nothing has `moved` since; "": none."""
    found = assessment.slippage
    if found is None:
        return ""
    if not moved:
        return _("nothing moved since “{name}”", name=printable(found.name))
    day = as_date(found.set_at, ZoneInfo(assessment.zone_name))
    return _("“{name}” of {date}", name=printable(found.name), date=format_date(day, Style.LONG))


def _tone(moved: Moved | None) -> str:
    return "" if moved is None or not moved.days else "late" if moved.days > 0 else "done"
