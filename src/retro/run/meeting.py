"""What lies between two meetings, from what the state remembers; and what is remembered of a meeting's notes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import (
    AnchorMoves,
    Assessment,
    Category,
    Day,
    PlanBaseline,
    Portfolio,
    Schedule,
    Slippage,
    Snapshot,
    Told,
)
from retro.model.due_moves import steps
from retro.ports import ConfigurationError, Ledger
from retro.report.meeting import Since
from retro.run.assess import Means
from retro.run.own_writes import Known, without_own_dates
from retro.run.plan_baseline import slippage
from retro.run.read import Reading
from retro.run.showing import Part, slippage_of
from retro.schedule.baseline import taken

A_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_JUST_AFTER = timedelta(microseconds=1)
"""A snapshot that was read in the very instant of a meeting was before it there."""

AsRead = Callable[[Sequence[Snapshot]], Portfolio]
"""Joins snapshots into a portfolio with its projects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Where earlier states of a workspace come from."""

    ledger: Ledger | None
    """None: files were given, or there is no state."""
    reading: Reading
    known: Known
    means: Means
    as_read: AsRead
    offline: bool = False


def since(past: Past, assessment: Assessment, kind: str, *, day: Day | None) -> Since:
    """What became of a plan since a day, else since the last meeting of that kind, else in a week.

    A day means the meeting that was held on it, else its beginning; an instant means itself. `assessment` is of
    everything. Raises ConfigurationError for a day that is not over, and for any day where nothing is remembered.
    """
    history, ledger = past.means.history, past.ledger
    if ledger is None:
        # Of files nothing is remembered but what was kept on purpose.
        if day is not None:
            raise ConfigurationError(
                _("nothing is remembered of files, nor without a retro.toml."),
                where="--since",
                remedy=_("Keep a plan with `retro baseline plan set kickoff`, then give --baseline kickoff."),
            )
        agreed = assessment.slippage
        return Since(at=agreed.set_at if agreed is not None else None, changes=agreed)
    told, at = _from(ledger, assessment, kind, day)
    then = _then(past, assessment, at)
    return Since(
        at=at if then is None else then.set_at,
        told=told,
        changes=None if then is None else _changes(past, assessment, then),
        anchors=tuple(_moved_since(ledger, history.anchors if history is not None else (), at)),
        moves=_moves(past, assessment),
        waiting=_waiting(past),
    )


def _from(ledger: Ledger, assessment: Assessment, kind: str, day: Day | None) -> tuple[Told | None, datetime]:
    """The meeting before, and the instant that the plan is compared with."""
    today, zone = _midnight(assessment.now, assessment), ZoneInfo(assessment.zone_name)
    if day is None:
        told = ledger.last_told(kind, before=today)
        return told, told.at if told is not None else assessment.now - A_WEEK
    begins = day if isinstance(day, datetime) else datetime.combine(day, time(), zone)
    if begins >= today:
        raise ConfigurationError(
            _("{date} is not over yet.", date=format_date(begins, Style.LONG)),
            where="--since",
            remedy=_("Give an earlier date: today is compared with it."),
        )
    over = begins if isinstance(day, datetime) else datetime.combine(day + _DAY, time(), zone)
    told = ledger.last_told(kind, before=over + _JUST_AFTER)
    return told, max(begins, told.at) if told is not None else begins


def remember(ledger: Ledger, told: Told, kind: str, assessment: Assessment) -> None:
    """Keep what was told for the next meeting, in the place of what was told earlier on the same day.

    Nothing is kept by somebody who looks back (`--now`) at a day after which the boards were read again.
    """
    latest = ledger.latest_read()
    if latest is None or latest <= assessment.now:
        ledger.keep_told(kind, told, since=_midnight(assessment.now, assessment))


def within(found: Since, part: Part, shown: Assessment) -> Since:
    """The same of one part of the workspace alone, of which `shown` is the assessment."""
    if part.everything:
        return found
    keys = {task.key for task in shown.portfolio.tasks}
    projects = {project.key for project in shown.portfolio.projects}
    return replace(
        found,
        changes=None if found.changes is None else slippage_of(found.changes, projects, keys),
        anchors=tuple(each for each in found.anchors if each.project in projects),
    )


def kind_of(part: Part, shown: Assessment) -> str:
    """What reports of the same part of a workspace are kept under, however it was named this time."""
    projects = [f"project={project.key}" for project in shown.portfolio.projects] if part.project is not None else []
    clients = [f"client={fold(part.client)}"] if part.client is not None else []
    return " ".join(["meeting", *projects, *clients])


def _midnight(moment: datetime, assessment: Assessment) -> datetime:
    """When the day of an instant began."""
    zone = ZoneInfo(assessment.zone_name)
    return datetime.combine(moment.astimezone(zone).date(), time(), zone)


def _changes(past: Past, assessment: Assessment, then: PlanBaseline) -> Slippage:
    return slippage(then, assessment, past.known, past.reading, past.means, ledger=past.ledger, offline=past.offline)


def _then(past: Past, assessment: Assessment, at: datetime) -> PlanBaseline | None:
    """The plan's own dates as the boards had them, each as read last by then, else as it was first read at all."""
    snapshots = [each for each in (_snapshot(past, board.key, at) for board in assessment.portfolio.boards) if each]
    if not snapshots:
        return None
    try:
        portfolio = past.as_read(snapshots)
    except ConfigurationError:
        return None  # what the configuration names was not there yet
    first = min(snapshot.read_at for snapshot in snapshots)
    return taken(
        without_own_dates(portfolio, past.known),
        Schedule(),
        name="",
        now=max(at, first),
        read_at={snapshot.board.key: snapshot.read_at for snapshot in snapshots},
        zone=ZoneInfo(assessment.zone_name),
    )


def _snapshot(past: Past, board: str, at: datetime) -> Snapshot | None:
    history = past.means.history
    if past.ledger is None or history is None:
        return None
    found = past.ledger.previous_snapshot(board, at + _JUST_AFTER)
    if found is None and (seen := history.boards.get(board)) is not None:
        found = next(iter(past.ledger.snapshots_at(board, seen.first)), None)
    return found


def _moved_since(ledger: Ledger, anchors: Iterable[AnchorMoves], at: datetime) -> Iterable[AnchorMoves]:
    """Of the anchors that are not where they were, those that were found on their new day after an instant."""
    found = {(each.project, each.day) for each in ledger.anchors_seen() if each.at > at}
    return (each for each in anchors if (each.project, each.now) in found)


def _moves(past: Past, assessment: Assessment) -> Mapping[str, int]:
    history, zone = past.means.history, ZoneInfo(assessment.zone_name)
    if history is None:
        return {}
    found = {}
    for task in assessment.portfolio.tasks:
        moves = task.due_history or history.due_moves.get(task.key, ())
        if moves:
            mine = history.own_moves.get(task.key, frozenset())
            found[task.key] = sum(1 for _step in steps((move for move in moves if move.when not in mine), zone))
    return found


def _waiting(past: Past) -> Mapping[str, datetime]:
    history = past.means.history
    return {
        key: standing.since
        for seen in (history.boards.values() if history is not None else ())
        for key, standing in seen.standing.items()
        # One that stood there at the first read of all may have done so for long.
        if standing.category is Category.REVIEW and standing.since > seen.first
    }
