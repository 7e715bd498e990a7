"""How a project stood on one day: what small charts of its way are drawn from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStanding:
    """One project on one day, in the figures of every report of that day. Days are the workspace's."""

    day: date
    project: str
    """Key of the project."""
    margin_share: float | None = None
    """Least slack before its deciding date over the critical work left (0.2 is 20 %); None where either is unknown."""
    missing_minutes: int = 0
    """Working minutes that it was short of; 0 where its date could be met."""
    end: date | None = None
    """The date that it works to, as it was that day; None: it had none."""
    forecast: date | None = None
    """The soonest that all of its open work before that date could be over; None where nothing tells."""
    open: int = 0
    done: int = 0
    """Tasks that were open, and tasks that were done."""
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    """Primary remarks on its tasks, boards and dates, by severity."""
