"""How far a plan has slipped from a baseline: its ends, and what became of every task."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, tzinfo

from retro.calendars import Calendar
from retro.model import (
    BaselineBoard,
    BaselineTask,
    Happened,
    NotCompared,
    PlanBaseline,
    Slippage,
    TaskSlip,
    as_date,
)
from retro.schedule.baseline.ends import finished_day, moved, planned_day, planned_span
from retro.schedule.baseline.pairs import pairs
from retro.schedule.baseline.projects import project_slips

_ORDER = tuple(Happened)


def compare(
    was: PlanBaseline,
    now: PlanBaseline,
    *,
    read: AbstractSet[str],
    aside: AbstractSet[str],
    calendar: Calendar,
) -> Slippage:
    """What became of a baseline.

    Args:
        was: the baseline.
        now: the plan as it stands.
        read: keys of boards that were read now. Only of these a task can be gone; a board that stands as it was
            last read, or that is not there, makes nothing gone.
        aside: keys of tasks that stand on their boards still, but in no plan (archived, cancelled).
        calendar: the project's: its zone turns instants into days, and its days are the working days told.
    """
    boards = _Boards.of(was, now, read)
    same = pairs(was.tasks, now.tasks, boards.shared)
    boards.recognise(same)
    zone = calendar.zone
    told = [slip for slip in (_paired(one, other, calendar) for one, other in same) if slip is not None]
    ours, theirs = {one.key for one, _other in same}, {other.key for _one, other in same}
    lost = [task for task in was.tasks if task.key not in ours and not task.done]
    added = [task for task in now.tasks if task.key not in theirs]
    told += (
        _slip(Happened.ASIDE if task.key in aside else Happened.GONE, task, planned_day(task, zone), None, calendar)
        for task in lost
        if task.board in boards.told_gone
    )
    told += (
        _slip(Happened.NEW, task, None, finished_day(task, zone) or planned_day(task, zone), calendar)
        for task in added
        if task.board in boards.told_new and _is_news(task, was, zone)
    )
    paired_open = sum(not other.done for _one, other in same)
    changed = sum(slip.happened in (Happened.MOVED, Happened.DATED, Happened.UNDATED) for slip in told)
    return Slippage(
        name=was.name,
        set_at=was.set_at,
        then=sum(not task.done for task in was.tasks),
        open=sum(not task.done for task in now.tasks),
        kept=paired_open - changed,
        projects=project_slips(was, now, unread=boards.unread, unknown=boards.unknown, calendar=calendar),
        tasks=tuple(sorted(told, key=_first)),
        unread=tuple(_not_compared(was.boards, lost, boards.told_gone)),
        unknown=tuple(
            _not_compared(now.boards, (task for task in added if not task.done), boards.told_new),
        ),
        planned={other.key: span for one, other in same if (span := planned_span(one, zone)) is not None},
    )


@dataclass(slots=True)
class _Boards:
    """Boards of both plans, and those of which absence tells something."""

    shared: AbstractSet[str]
    was: AbstractSet[str]
    now: AbstractSet[str]
    told_gone: set[str]
    """Boards of the baseline of which a task that is not found is gone."""
    told_new: set[str]
    """Boards of now of which a task that is not found is new."""

    @classmethod
    def of(cls, was: PlanBaseline, now: PlanBaseline, read: AbstractSet[str]) -> "_Boards":
        ours, theirs = {board.key for board in was.boards}, {board.key for board in now.boards}
        shared = ours & theirs
        return cls(shared, ours, theirs, shared & read, set(shared))

    def recognise(self, same: Iterable[tuple[BaselineTask, BaselineTask]]) -> None:
        """Boards under another key that hold the same tasks: a file saved under another name, a copy."""
        for one, other in same:
            if one.board not in self.shared and other.board not in self.shared:
                self.told_gone.add(one.board)
                self.told_new.add(other.board)

    @property
    def unread(self) -> AbstractSet[str]:
        """Boards of the baseline that are not there now."""
        return self.was - self.shared - self.told_gone

    @property
    def unknown(self) -> AbstractSet[str]:
        """Boards of now that the baseline does not have."""
        return self.now - self.told_new


def _paired(was: BaselineTask, now: BaselineTask, calendar: Calendar) -> TaskSlip | None:
    """What became of a task that is in both; None where nothing did that is worth telling."""
    zone = calendar.zone
    before, after = planned_day(was, zone), planned_day(now, zone)
    if now.done:
        if was.done:
            return None
        return _slip(Happened.DONE, now, before, finished_day(now, zone), calendar, was=was)
    if (was.due is None) != (now.due is None):
        # An advised date is no promise of the team's: one that was given or taken away is no slip of the other.
        happened = Happened.DATED if was.due is None else Happened.UNDATED
        before, after = (None, after) if was.due is None else (before, None)
        return _slip(happened, now, before, after, calendar, was=was)
    if before == after or before is None or after is None:
        return None
    return _slip(Happened.MOVED, now, before, after, calendar, was=was)


def _is_news(task: BaselineTask, was: PlanBaseline, zone: tzinfo) -> bool:
    """Whether a task that the baseline does not have came since: it is open, or known to have been done since."""
    if not task.done:
        return True
    finished = finished_day(task, zone)
    return finished is not None and finished >= as_date(was.set_at, zone)


def _slip(
    happened: Happened,
    task: BaselineTask,
    before: date | None,
    after: date | None,
    calendar: Calendar,
    *,
    was: BaselineTask | None = None,
) -> TaskSlip:
    return TaskSlip(
        happened=happened,
        key=task.key,
        title=task.title,
        board=task.board,
        project=task.project,
        owners=task.owners,
        milestone=task.milestone,
        was=before,
        now=after,
        moved=moved(before, after, calendar) if before is not None and after is not None else None,
        retitled=was.title if was is not None and was.title != task.title else None,
    )


def _first(slip: TaskSlip) -> tuple[int, int, date, str, str]:
    days = slip.moved.days if slip.moved is not None else 0
    return (_ORDER.index(slip.happened), -days, slip.now or slip.was or date.max, slip.title, slip.key)


def _not_compared(
    boards: Sequence[BaselineBoard], tasks: Iterable[BaselineTask], told: AbstractSet[str]
) -> Iterator[NotCompared]:
    """Boards of which nothing is told, where they have open tasks that the other plan does not."""
    counts = Counter(task.board for task in tasks)
    for board in boards:
        if board.key not in told and counts[board.key]:
            yield NotCompared(board.key, board.name, counts[board.key])
