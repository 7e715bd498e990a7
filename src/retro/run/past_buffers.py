"""How each project's buffer stood on earlier days: the boards as they were read then, scheduled as of then.

Calendars, people and options are those of today: the series tells what became of the work, not of the settings.
Baselines of the plan reach further back: of each the slack that it kept is held against the buffer of today.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, tzinfo
from zoneinfo import ZoneInfo

from retro.model import Assessment, FeverPoint, Portfolio, Snapshot
from retro.ports import ConfigurationError, Ledger
from retro.run.assess import Means
from retro.run.own_writes import Known, without_own_dates
from retro.schedule import schedule
from retro.schedule.fever import fever, point

MOST_DAYS = 10
"""Days that are looked back to: each costs a schedule of its own."""

AsRead = Callable[[Sequence[Snapshot]], Portfolio]
"""Joins snapshots into a portfolio with its projects."""


def with_past_buffers(
    assessment: Assessment, ledger: Ledger, as_read: AsRead, means: Means, known: Known
) -> Assessment:
    """The assessment, its anchors' buffers with what they were on the last days on which their boards were read."""
    dates = assessment.schedule
    if not any(buffer.fever is not None for buffer in dates.buffers):
        return assessment
    points = _of_baselines(ledger, assessment)
    boards_of = {project.key: project.boards for project in assessment.portfolio.projects}
    for snapshots in _days(ledger, assessment):
        try:
            portfolio = without_own_dates(as_read(snapshots), known)
        except ConfigurationError:
            break  # what the configuration names was not there yet
        at = max(snapshot.read_at for snapshot in snapshots)
        there = {snapshot.board.key for snapshot in snapshots}
        for buffer in schedule(portfolio, means.calendars, means.options, at).buffers:
            if buffer.fever is not None and there.issuperset(boards_of.get(buffer.project, ())):
                points.setdefault(buffer.anchor, []).append(buffer.fever)
    buffers = tuple(
        buffer if buffer.fever is None else replace(buffer, past=fever(points.get(buffer.anchor, ())))
        for buffer in dates.buffers
    )
    return replace(assessment, schedule=replace(dates, buffers=buffers))


def _days(ledger: Ledger, assessment: Assessment) -> Iterator[list[Snapshot]]:
    """The boards as last read before each of the last days on which one of them was, newest day first."""
    zone = ZoneInfo(assessment.zone_name)
    before = _midnight(assessment.now, zone)
    for _ in range(MOST_DAYS):
        found = [
            # As the configuration calls it today.
            replace(snapshot, board=replace(snapshot.board, alias=board.alias, kind=board.kind, source=board.source))
            for board in assessment.portfolio.boards
            if (snapshot := ledger.previous_snapshot(board.key, before)) is not None
        ]
        if not found:
            return
        yield found
        before = _midnight(max(snapshot.read_at for snapshot in found), zone)


def _of_baselines(ledger: Ledger, assessment: Assessment) -> dict[str, list[FeverPoint]]:
    """By anchor: a point of each baseline that was set on an earlier day, oldest first."""
    today = _midnight(assessment.now, ZoneInfo(assessment.zone_name))
    tasks = assessment.schedule.tasks
    own = [buffer for buffer in assessment.schedule.buffers if buffer.fever is not None]
    points: dict[str, list[FeverPoint]] = {}
    for named in sorted(ledger.plan_baselines(), key=lambda named: named.set_at):
        baseline = ledger.plan_baseline(named.name) if named.set_at < today else None
        if baseline is None:
            continue
        slack = {anchor.key: anchor.slack_minutes for anchor in baseline.anchors}
        done = {task.key for task in baseline.tasks if task.done}
        for buffer in own:
            if (room := slack.get(buffer.anchor)) is None:
                continue
            over = sum(tasks[key].estimate_minutes for key in (*buffer.done, *buffer.chain) if key in done)
            whole = buffer.chain_minutes
            found = point(baseline.set_at, whole=whole, left=max(whole - over, 0), buffer=buffer.minutes, slack=room)
            points.setdefault(buffer.anchor, []).append(found)
    return points


def _midnight(moment: datetime, zone: tzinfo) -> datetime:
    """When the day of an instant began."""
    return datetime.combine(moment.astimezone(zone).date(), time(), zone)
