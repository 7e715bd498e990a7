"""What retro would like to see on each task: dates of the schedule, and the remarks worth a line on the card.

Nothing here depends on the clock but through the findings, whose facts the calendar makes true once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from retro.model import Category, Finding, Portfolio, Schedule, Severity, Task, TaskSchedule, as_date
from retro.sync.decide.policy import WritePolicy
from retro.sync.decide.values import OWN_PREFIX, TEAM_FIELDS, Value, value_of

Say = Callable[[Finding], str]
"""A finding's sentence, in the language of what retro writes on boards."""

_REPORTED_ONLY = ("RIT", "STA104")
"""Codes that say since when nobody has touched a task: writing so on it would be a touch."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of `retro · à revoir`: a rule's code, and the fact."""

    code: str
    fact: str

    @property
    def line(self) -> str:
        """`DAT103 attendue le 8/01`, on one line whatever the fact holds."""
        return " ".join(f"{self.code} {self.fact}".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What retro wants on one task. A field that is absent is not judged; None: nothing there any more."""

    values: Mapping[str, Value] = field(default_factory=dict[str, Value])
    remarks: tuple[Remark, ...] = ()


def wanted(
    portfolio: Portfolio,
    schedule: Schedule,
    findings: Iterable[Finding],
    policies: Mapping[str, WritePolicy],
    *,
    say: Say,
    zone: tzinfo,
    day_minutes: int,
) -> dict[str, Wishes]:
    """Wishes by task key, for the tasks of boards that have a policy.

    `schedule` is the levelled one; `findings` are those that stand, neither suppressed nor in the baseline; `zone`
    is the workspace's; `day_minutes` are the working minutes of "1 day".
    """
    remarks = remarks_of(findings, say)
    tasks: dict[str, list[Task]] = {key: [] for key in policies}
    for task in portfolio.tasks:
        if task.board in tasks:
            tasks[task.board].append(task)
    hours = {
        board: {team: _in_hours(here, team, policies[board]) for team in TEAM_FIELDS} for board, here in tasks.items()
    }
    anchors = {anchor.task for project in portfolio.projects for anchor in project.anchors}
    return {
        task.key: Wishes(
            values=_values(
                task,
                schedule.tasks.get(task.key),
                hours[task.board],
                zone,
                day_minutes,
                anchor=task.milestone or task.key in anchors,
            ),
            remarks=remarks.get(task.key, ()),
        )
        for task in portfolio.tasks
        if task.board in hours
    }


def remarks_of(findings: Iterable[Finding], say: Say) -> dict[str, tuple[Remark, ...]]:
    """Task remarks by severity, then code: primary, warning or above, not aggregated, none on when it was touched."""
    chosen: dict[str, list[Finding]] = {}
    for finding in findings:
        if (
            finding.task is not None
            and finding.tally is None
            and finding.primary
            and finding.severity.rank <= Severity.WARNING.rank
            and not finding.code.startswith(_REPORTED_ONLY)
        ):
            chosen.setdefault(finding.task, []).append(finding)
    return {
        task: tuple(
            Remark(finding.code, say(finding))
            for finding in sorted(
                group, key=lambda each: (each.severity.rank, each.code, each.field or "", each.detail)
            )
        )
        for task, group in chosen.items()
    }


def _values(
    task: Task,
    times: TaskSchedule | None,
    in_hours: Mapping[str, bool],
    zone: tzinfo,
    day_minutes: int,
    *,
    anchor: bool,
) -> dict[str, Value]:
    if times is None and task.status.category is not Category.IDEA:
        # In a cycle, or otherwise not scheduled: what was written stands until the schedule can tell.
        return {}
    latest, start, finish, margin = (
        (times.latest_finish, times.advised_start, times.advised_finish, times.margin_minutes)
        if times is not None
        else (None, None, None, None)
    )
    values: dict[str, Value] = {
        f"{OWN_PREFIX}latest": _date(latest, zone),
        f"{OWN_PREFIX}start": _date(start, zone),
        f"{OWN_PREFIX}due": _date(finish, zone),
        f"{OWN_PREFIX}margin": None if margin is None else round(margin / day_minutes, 1),
    }
    if anchor:
        return values  # its date is what everything else is computed from
    if task.status.category in (Category.TODO, Category.IDEA):
        values["start"] = start if in_hours["start"] else _date(start, zone)  # what has begun, began when it did
    values["due"] = finish if in_hours["due"] else _date(finish, zone)
    return values


def _date(instant: datetime | None, zone: tzinfo) -> date | None:
    return None if instant is None else as_date(instant, zone)


def _in_hours(tasks: Iterable[Task], team: str, policy: WritePolicy) -> bool:
    """Whether a board's cells hold hours: what the tool holds, else what most of the board's cells hold."""
    if len(policy.capabilities.dates) == 1:
        return "instant" in policy.capabilities.dates
    days = [day for task in tasks if (day := value_of(task, team)) is not None]
    return 2 * sum(isinstance(day, datetime) for day in days) > len(days)
