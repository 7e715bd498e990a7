"""How far each project's end has moved: over the boards that both plans know, so that a failed source moves nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import tzinfo

from retro.calendars import Calendar
from retro.i18n.words import fold
from retro.model import (
    BaselineAnchor,
    BaselineProject,
    BaselineTask,
    EndBasis,
    EndSlip,
    PlanBaseline,
    PlanEnd,
    ProjectSlip,
)
from retro.schedule.baseline.ends import moved, plan_ends


def project_slips(
    was: PlanBaseline,
    now: PlanBaseline,
    *,
    unread: AbstractSet[str],
    unknown: AbstractSet[str],
    calendar: Calendar,
) -> tuple[ProjectSlip, ...]:
    """Every project of both plans, the furthest slip first.

    `unread` are boards of the baseline that are not there now, `unknown` boards of now that it does not have: neither
    moves an end.
    """
    ours, theirs = _Ends(was, unread, calendar.zone), _Ends(now, unknown, calendar.zone)
    found = []
    for one, other in _same(was.projects, now.projects):
        before, after = ours.of(one.key), theirs.of(other.key)
        ends = tuple(
            _slip(basis, before[basis], after[basis], calendar)
            for basis in EndBasis
            if basis in before and basis in after
        )
        found.append(
            ProjectSlip(
                key=other.key,
                name=other.name,
                ends=ends,
                slack_was=ours.slack(one.key),
                slack_now=theirs.slack(other.key),
            )
        )
    return tuple(sorted(found, key=lambda slip: (-_days(slip), slip.name, slip.key)))


def project_ends(plan: PlanBaseline, zone: tzinfo) -> tuple[tuple[BaselineProject, EndBasis, PlanEnd], ...]:
    """Each project's end by the firmest reckoning that it allows; projects without any are left out."""
    ends = _Ends(plan, frozenset(), zone)
    found = ((project, ends.of(project.key)) for project in plan.projects)
    return tuple((project, *next(iter(of.items()))) for project, of in found if of)


class _Ends:
    """The ends of the projects of one plan, some of its boards aside."""

    def __init__(self, plan: PlanBaseline, aside: AbstractSet[str], zone: tzinfo) -> None:
        self._zone = zone
        self._tasks: dict[str, list[BaselineTask]] = defaultdict(list)
        self._anchors: dict[str, list[BaselineAnchor]] = defaultdict(list)
        left_out = {task.key for task in plan.tasks if task.board in aside}
        self._partial = {task.project for task in plan.tasks if task.key in left_out}
        for task in plan.tasks:
            if task.key not in left_out:
                self._tasks[task.project].append(task)
        for anchor in plan.anchors:
            if anchor.key not in left_out:
                self._anchors[anchor.project].append(anchor)

    def of(self, project: str) -> dict[EndBasis, PlanEnd]:
        return dict(plan_ends(self._tasks[project], self._anchors[project], self._zone))

    def slack(self, project: str) -> int | None:
        """The room before its last anchor; None where a board that has a part in it is left aside."""
        if project in self._partial:
            return None
        last = max(self._anchors[project], key=lambda anchor: (anchor.day, anchor.key), default=None)
        return last.slack_minutes if last is not None else None


def _slip(basis: EndBasis, was: PlanEnd, now: PlanEnd, calendar: Calendar) -> EndSlip:
    return EndSlip(basis=basis, was=was, now=now, moved=moved(was.day, now.day, calendar))


def _days(slip: ProjectSlip) -> int:
    return slip.ends[0].moved.days if slip.ends else 0


def _same(
    was: Iterable[BaselineProject], now: Iterable[BaselineProject]
) -> Iterator[tuple[BaselineProject, BaselineProject]]:
    """Projects of both: of one key, else of one name; where each has a single one left, that one."""
    left, waiting = {project.key: project for project in was}, {project.key: project for project in now}
    for key in [key for key in waiting if key in left]:
        yield left.pop(key), waiting.pop(key)
    named = {fold(project.name): project.key for project in left.values()}
    for key in list(waiting):
        other = named.pop(fold(waiting[key].name), None)
        if other is not None:
            yield left.pop(other), waiting.pop(key)
    if len(left) == len(waiting) == 1:
        yield left.popitem()[1], waiting.popitem()[1]
