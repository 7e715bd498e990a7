"""One assessment: everything that a report draws from, frozen at one instant."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from retro.model.board import Portfolio
from retro.model.finding import Finding, Severity
from retro.model.lint_statistics import LintStatistics
from retro.model.plan_baseline import Slippage
from retro.model.schedule import Schedule
from retro.model.standing import ProjectStanding


def _no_holiday(day: date) -> str:  # noqa: ARG001 - the signature of what names them
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What was read, what the schedule makes of it, and what the rules say.

    Reports only read it: they reach no clock, no calendar and no configuration of their own.
    """

    portfolio: Portfolio
    schedule: Schedule
    """The one that is drawn and written: levelled, where levelling was asked for."""
    unlevelled: Schedule | None = None
    """The one without levelling, which rules judge; None: the same."""
    findings: tuple[Finding, ...]
    """Those that stand: neither suppressed nor in the baseline."""
    now: datetime
    """The clock reading of the run, aware, in the workspace's zone."""
    lang: str
    zone_name: str
    """The workspace's zone (IANA), in which an instant becomes a date."""
    day_minutes: int
    """Working minutes that make "1 day" in messages."""
    work_minutes: Callable[[str | None, date], int]
    """Minutes that a person (by key; None: the project's calendar) works on a day; 0 on a day off. Of an instant: on
    its day up to it. Of a team, by its key: what all of it works together."""
    rules: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """By code: the rule's name and its French name."""
    weights: Mapping[str, Severity] = field(default_factory=dict[str, Severity])
    """By code: the rule's own severity, whatever a profile made of it."""
    margin: float = 0.20
    """The share of its work that is to stay free after a critical task."""
    reserve: float = 0.20
    """The share of each person's hours kept free for the unforeseen."""
    review_minutes: int | None = None
    """Work of a review; None: one day."""
    suppressed: int = 0
    """How many others exceptions on cards hold back."""
    baselined: int = 0
    """How many others the baseline holds; an aggregated one is one."""
    statistics: LintStatistics | None = None
    """How much each rule found and how each board stands, where that was asked for."""
    profile: str = ""
    holiday: Callable[[date], str] = _no_holiday
    """The name of the public holiday that a day is, in the language of the assessment; "" where it is none."""
    slippage: Slippage | None = None
    """How far the plan has slipped from the baseline that is shown with it; None: it is held against none."""
    standings: tuple[ProjectStanding, ...] = ()
    """How its projects stood on earlier days and stand today, oldest first; empty where nothing is remembered."""
