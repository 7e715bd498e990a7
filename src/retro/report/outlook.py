"""The outlook of each project: does it make its date, and how much room is left. The worst comes first."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from retro.i18n.words import says
from retro.model import (
    AnchorVerdict,
    Assessment,
    Category,
    EstimateOrigin,
    Project,
    SourceState,
    SourceStatus,
    Task,
    TaskSchedule,
    Verdict,
    as_date,
)


class Prospect(IntEnum):
    """How a project stands, worst first."""

    MISSED = 0
    """Its date cannot be met, or has passed with work still open."""
    UNKNOWN = 1
    """No date to work back from."""
    TIGHT = 2
    """It holds, with less margin than asked for."""
    HOLDS = 3
    FINISHED = 4
    """Nothing is open any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """One project on one line."""

    project: Project
    prospect: Prospect
    anchor: AnchorVerdict | None
    """The anchor that decides: the first one missed, else the next to come, else the last."""
    others: tuple[AnchorVerdict, ...] = ()
    day: date | None = None
    days_left: int | None = None
    """Calendar days from today to the anchor, negative once it has passed."""
    margin_share: float | None = None
    """Least slack of the anchor's network over the work left on its critical tasks; None where either is unknown."""
    assumed: bool = False
    """Most durations of the anchor's network are only assumed, so that a share of them says little."""
    crowded: tuple[str, ...] = ()
    """Keys of the tasks that the team means to end later than their margin allows, where the plan itself has room."""
    done: int = 0
    total: int = 0
    late: int = 0
    stale: tuple[SourceState, ...] = ()
    """Its sources that were not read now."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much room is left before an anchor that can be met."""

    prospect: Prospect
    """HOLDS or TIGHT; MISSED where it cannot be met after all."""
    share: float | None = None
    """Least slack of the anchor's network over the work left on its critical tasks; None where either is unknown."""
    crowded: tuple[str, ...] = ()
    """Keys of the tasks that the team means to end later than their margin allows, where the plan itself has room."""
    assumed: bool = False
    """Most durations of the anchor's network are only assumed."""


_THIN = Verdict.THIN
_ASSUMED = EstimateOrigin.DEFAULT


def rooms(assessment: Assessment) -> dict[str, Room]:
    """The room before each anchor, by key: one judgement for every report."""
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    critical: dict[str, int] = defaultdict(int)
    thin: dict[str, list[str]] = defaultdict(list)
    zone = ZoneInfo(assessment.zone_name)
    days = {anchor.key: anchor.on(zone) for anchor in assessment.schedule.anchors}
    origins: dict[str | None, list[int]] = defaultdict(lambda: [0, 0])
    for key, planned in assessment.schedule.tasks.items():
        if planned.work_minutes:
            origins[planned.anchor][planned.estimate_origin is _ASSUMED] += 1
        is_thin = planned.verdict is _THIN
        if planned.anchor is None or not (planned.critical or is_thin):
            continue
        task = tasks.get(key)
        if task is None or not task.is_open:
            continue
        if planned.critical:
            critical[planned.anchor] += remaining_minutes(task, planned, assessment)
        if is_thin and not _ends_it(task, days.get(planned.anchor), zone):
            thin[planned.anchor].append(key)
    found = {}
    for anchor in assessment.schedule.anchors:
        room = _room(anchor, critical[anchor.key], tuple(sorted(thin[anchor.key])), assessment.margin)
        known, assumed = origins[anchor.key]
        found[anchor.key] = replace(room, assumed=assumed > known)
    return found


def _ends_it(task: Task, day: date | None, zone: ZoneInfo) -> bool:
    """Whether a task is what happens on the day itself, by its due date and its own words: "Mise en ligne"."""
    if task.due is None or as_date(task.due, zone) != day:
        return False
    return any(says("launch", words, task.title) for words in ("words", "releases", "endings"))


def _room(anchor: AnchorVerdict, critical: int, thin: tuple[str, ...], margin: float) -> Room:
    share = anchor.slack_minutes / critical if anchor.slack_minutes is not None and critical else None
    if not anchor.feasible:
        return Room(Prospect.MISSED, share)
    if share is not None and share < margin:
        return Room(Prospect.TIGHT, share)
    return Room(Prospect.TIGHT if thin else Prospect.HOLDS, share, thin)


def remaining_minutes(task: Task, planned: TaskSchedule, assessment: Assessment) -> int:
    """Work left on a task, in minutes, as the schedule counts it.

    Nothing once it is ready or done, a review's own work, the rest that the board tells of what is under way (its
    percentage goes from 0 to 100), else all of it.
    """
    match task.status.category:
        case Category.READY | Category.DONE | Category.CANCELLED:
            return 0
        case _ if task.milestone:
            return 0
        case Category.REVIEW:
            return assessment.day_minutes if assessment.review_minutes is None else assessment.review_minutes
        case Category.DOING if task.remaining is not None:
            return max(task.remaining, 0)
        case Category.DOING if task.percent is not None:
            return round(planned.estimate_minutes * (1 - min(max(task.percent, 0.0), 100.0) / 100))
        case _:
            return planned.estimate_minutes


def outlooks(assessment: Assessment, late: frozenset[str]) -> list[Outlook]:
    """Every project's outlook, worst first, then by date. `late` holds the keys of late tasks."""
    portfolio = assessment.portfolio
    zone = ZoneInfo(assessment.zone_name)
    tasks = {task.key: task for task in portfolio.tasks}
    boards = {board.key: board for board in portfolio.boards}
    sources = {state.id: state for state in portfolio.sources}
    room = rooms(assessment)
    anchors: dict[str, list[AnchorVerdict]] = defaultdict(list)
    for anchor in assessment.schedule.anchors:
        anchors[anchor.project].append(anchor)
    found = []
    for project in portfolio.projects:
        members = [tasks[key] for key in project.tasks if key in tasks and tasks[key].counts]
        used = {boards[name].source for name in project.boards if name in boards}
        used |= {boards[name].source for name in {task.board for task in members} if name in boards}
        by_category = Counter([task.status.category for task in members])
        stale = (sources[name] for name in sorted(used) if name in sources)
        found.append(
            _outlook(
                project,
                anchors[project.key],
                now=assessment.now.astimezone(zone),
                zone=zone,
                rooms=room,
                counts=(
                    by_category[Category.DONE],
                    len(members) - by_category[Category.IDEA] - by_category[Category.CANCELLED],
                    sum(task.key in late for task in members) if late else 0,
                ),
                stale=tuple(state for state in stale if state.state is not SourceStatus.FRESH),
            )
        )
    return sorted(found, key=lambda each: (each.prospect, each.day or date.max, each.project.name, each.project.key))


def _outlook(
    project: Project,
    anchors: list[AnchorVerdict],
    *,
    now: datetime,
    zone: ZoneInfo,
    rooms: Mapping[str, Room],
    counts: tuple[int, int, int],
    stale: tuple[SourceState, ...],
) -> Outlook:
    done, total, late = counts
    anchor = _deciding(anchors, now)
    day = anchor.on(zone) if anchor else None
    room = rooms[anchor.key] if anchor else Room(Prospect.UNKNOWN)
    left = (day - now.date()).days if day else None
    if total and done == total:
        prospect = Prospect.FINISHED
    elif anchor is None or left is None:
        prospect = Prospect.UNKNOWN
    else:
        prospect = Prospect.MISSED if left < 0 else room.prospect
    return Outlook(
        project=project,
        prospect=prospect,
        anchor=anchor,
        others=tuple(each for each in anchors if each is not anchor),
        day=day,
        days_left=left,
        margin_share=room.share,
        assumed=room.assumed,
        crowded=room.crowded if prospect is Prospect.TIGHT else (),
        done=done,
        total=total,
        late=late,
        stale=stale,
    )


def _deciding(anchors: list[AnchorVerdict], now: datetime) -> AnchorVerdict | None:
    ordered = sorted(anchors, key=lambda anchor: (anchor.date, anchor.key))
    missed = [anchor for anchor in ordered if not anchor.feasible]
    ahead = [anchor for anchor in ordered if anchor.date >= now]
    return next(iter(missed or ahead or ordered[-1:]), None)
