"""What the ledger remembers of a portfolio's past, for the rules that ask for it; no old snapshot is read for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from retro.model import (
    Anchor,
    AnchorMoves,
    AnchorOrigin,
    AnchorSeen,
    BaselineAnchor,
    Day,
    DueMove,
    History,
    Portfolio,
    Project,
    Task,
    as_date,
)
from retro.ports import Intent, Ledger
from retro.run.own_writes import Known
from retro.schedule import ScheduleOptions
from retro.schedule.anchors import anchors_of

_CLOCKS_APART = timedelta(minutes=15)
"""A tool's clock may differ so much from this machine's."""


def anchored(portfolio: Portfolio, options: ScheduleOptions) -> list[Anchor]:
    """The anchors that projects work to, as the schedule finds them; none that an option of the command named."""
    computed = {board.key for board in portfolio.boards if board.begins is not None}
    milestones = {task.key: task for task in portfolio.tasks if task.milestone and task.board not in computed}
    return [
        anchor
        for project in portfolio.projects
        for anchor in anchors_of(project, _of(project, milestones), options)
        if anchor.origin is not AnchorOrigin.OPTION
    ]


def _of(project: Project, milestones: Mapping[str, Task]) -> Iterator[Task]:
    return (milestones[key] for key in project.tasks if key in milestones) if milestones else iter(())


def see_anchors(ledger: Ledger, anchors: Iterable[Anchor], *, now: datetime, zone: tzinfo) -> None:
    """Remember on which day each anchor stands now, where that is another than it was."""
    ledger.see_anchors(
        AnchorSeen(project=anchor.project, anchor=name, day=as_date(anchor.date, zone), at=now)
        for name, anchor in _named(anchors)
    )


def history(ledger: Ledger, portfolio: Portfolio, anchors: Sequence[Anchor], known: Known, *, zone: tzinfo) -> History:
    """What earlier reads tell of a portfolio's boards. `anchors` are those that its projects work to now."""
    boards = {board.key for board in portfolio.boards}
    told = ledger.due_moves()
    return History(
        boards={board: seen for board, seen in ledger.seen().items() if board in boards},
        anchors=tuple(_moved(ledger, anchors, zone)),
        agreed=ledger.last_agreed(),
        due_moves=told,
        own_moves=_own_moves(ledger, portfolio.tasks, told, known, zone),
    )


def _named(anchors: Iterable[Anchor]) -> Iterator[tuple[str, Anchor]]:
    """Each anchor with what stays the same when it moves, and tells it from the others of its project."""
    taken: set[tuple[str, str]] = set()
    for anchor in anchors:
        # Those of the configuration are numbered in its order, which changes when one is added.
        name = anchor.name if anchor.origin is AnchorOrigin.CONFIGURATION else anchor.key
        if (anchor.project, name) in taken:
            name = anchor.key
        taken.add((anchor.project, name))
        yield name, anchor


def _moved(ledger: Ledger, anchors: Sequence[Anchor], zone: tzinfo) -> Iterator[AnchorMoves]:
    """The anchors that are not where the last baseline has them or, where it has none, where they were first found."""
    if not anchors:
        return
    seen: dict[tuple[str, str], list[AnchorSeen]] = {}
    for each in ledger.anchors_seen():
        seen.setdefault((each.project, each.anchor), []).append(each)
    baseline = next(iter(ledger.plan_baselines()), None)
    agreed: dict[str, list[BaselineAnchor]] = {}
    for kept in ledger.baseline_anchors(baseline.name) if baseline is not None else ():
        agreed.setdefault(kept.project, []).append(kept)
    for name, anchor in _named(anchors):
        days = seen.get((anchor.project, name), [])
        now = as_date(anchor.date, zone)
        before = _agreed(anchor, agreed.get(anchor.project, ()))
        if before is not None and baseline is not None:
            was, since, called = before.day, baseline.set_at, baseline.name
        elif days:
            was, since, called = days[0].day, days[0].at, ""
        else:
            continue
        if was != now:
            yield AnchorMoves(
                project=anchor.project,
                key=anchor.key,
                name=anchor.name,
                was=was,
                now=now,
                times=_steps([was, *(each.day for each in days if each.at > since), now]),
                since=since,
                baseline=called,
            )


def _agreed(anchor: Anchor, baseline: Sequence[BaselineAnchor]) -> BaselineAnchor | None:
    """What a baseline of its project has of an anchor; `_named` says what stays the same."""
    same = [each for each in baseline if each.key == anchor.key]
    if anchor.origin is AnchorOrigin.CONFIGURATION:
        called = [each for each in baseline if each.name == anchor.name]
        return called[0] if len(called) == 1 else next((each for each in called if each in same), None)
    return next(iter(same), None)


def _steps(days: Sequence[date]) -> int:
    return sum(one != other for one, other in pairwise(days))


def _own_moves(
    ledger: Ledger, tasks: Iterable[Task], told: Mapping[str, Sequence[DueMove]], known: Known, zone: tzinfo
) -> dict[str, frozenset[datetime]]:
    """By task: the moves of its due date that were retro's own writes."""
    written = {task for task, field in known.written if field == "due"}
    moves = {
        task.key: (*((move, False) for move in task.due_history), *((move, True) for move in told.get(task.key, ())))
        for task in (tasks if written else ())
        if task.key in written and (task.due_history or task.key in told)
    }
    ours: dict[str, list[Intent]] = {}
    for intent in ledger.intents(tasks=moves) if moves else ():
        if intent.change.field == "due" and intent.state == "acknowledged" and intent.settled is not None:
            ours.setdefault(intent.change.task, []).append(intent)
    return {
        task: frozenset(
            move.when
            for move, read_later in moves[task]
            if any(_is(intent, move, zone, read_later=read_later) for intent in intents)
        )
        for task, intents in ours.items()
    }


def _is(intent: Intent, move: DueMove, zone: tzinfo, *, read_later: bool) -> bool:
    """Whether a move is what a write of retro's did: to the same day, and then, or where a later read found it."""
    if intent.settled is None or not _same_day(intent.returned, move.new, zone):
        return False
    begun = intent.created - _CLOCKS_APART <= move.when
    return begun and (read_later or move.when <= intent.settled + _CLOCKS_APART)


def _same_day(one: Day | str | float | None, other: Day | None, zone: tzinfo) -> bool:
    return isinstance(one, date) and other is not None and as_date(one, zone) == as_date(other, zone)
