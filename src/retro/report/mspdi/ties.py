"""Links between rows, such as Microsoft Project takes them: one a pair, none in a circle, none into itself.

What a task that is not written (an idea, a cancelled one) hands on is tied past it. A summary's finish waits for
nothing in Microsoft Project: such a link goes to each of its tasks.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import product

from retro.model import Assessment, Category, Lag, LagUnit, Link, LinkType, Role, Task
from retro.report.mspdi.outline import Row

_TO_FINISH = (LinkType.FF, LinkType.SF)
_MOST_PAST = 10_000
"""Links drawn past one absent task; one with more before and after it hands nothing on."""
_BEFORE, _AFTER = "before ", "after "
_RANK = {LinkType.FS: 0, LinkType.FF: 1, LinkType.SS: 2, LinkType.SF: 3}


@dataclass(frozen=True, slots=True)
class Ties:
    """What each row waits for, and how many links could not be written."""

    before: Mapping[str, tuple[Link, ...]]
    left_out: int


def ties(assessment: Assessment, rows: Mapping[str, Row]) -> Ties:
    """The links between `rows`. Not dependent on the order of links."""
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    drawn = _between(assessment.portfolio.links, rows, tasks)
    straight = _without_circles(drawn, rows, tasks)
    past = _Past(rows)
    for link in straight:
        past.add(link)
    past.draw()
    wanted = {each for link in past.found if not _within(link, rows) for each in _into_summary(link, rows)}
    pairs: dict[tuple[str, str], Link] = {}
    for link in sorted(wanted, key=_place):
        pairs.setdefault((link.predecessor, link.successor), link)
    before: dict[str, list[Link]] = {}
    for link in pairs.values():
        before.setdefault(link.successor, []).append(_in_minutes(link, rows, assessment))
    found = {key: tuple(sorted(each, key=lambda link: rows[link.predecessor].number)) for key, each in before.items()}
    return Ties(found, len(drawn) - len(straight) + len(wanted) - len(pairs))


def _between(links: Iterable[Link], rows: Mapping[str, Row], tasks: Mapping[str, Task]) -> list[Link]:
    """Links between rows and absent tasks that hand them on, in one order; none between a summary and its parts."""

    def holds(key: str) -> bool:
        if key in rows:
            return True
        task = tasks.get(key)
        return task is not None and task.role is Role.TASK and task.status.category is not Category.DONE

    ends = {replace(link, origin="") for link in links if link.predecessor != link.successor}
    found = (link for link in ends if holds(link.predecessor) and holds(link.successor))
    return sorted((link for link in found if not _within(link, rows)), key=_place)


def _in_minutes(link: Link, rows: Mapping[str, Row], assessment: Assessment) -> Link:
    """A share of what the predecessor was estimated at, as minutes, where it is not written with that duration."""
    planned = assessment.schedule.tasks.get(link.predecessor)
    if link.lag.unit is not LagUnit.PERCENT or planned is None or rows[link.predecessor].is_summary:
        return link
    if planned.work_minutes == planned.estimate_minutes:
        return link
    return replace(link, lag=Lag(round(planned.estimate_minutes * link.lag.value / 100)))


def _place(link: Link) -> tuple[str, str, int, int, str]:
    """The one that says most comes first: finish to start, the longest wait."""
    return (link.predecessor, link.successor, _RANK[link.type], -link.lag.value, link.lag.unit.value)


class _Past:
    """Draws links past the tasks that are not written, one after the other."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self.found: set[Link] = set()
        self._rows = rows
        self._into: dict[str, set[Link]] = {}
        self._out_of: dict[str, set[Link]] = {}

    def add(self, link: Link) -> None:
        """Keep a link, or remember it at its end that is not written."""
        ends = [key for key in (link.predecessor, link.successor) if key not in self._rows]
        if link.predecessor == link.successor:
            return
        if not ends:
            self.found.add(link)
        if link.predecessor in ends:
            self._out_of.setdefault(link.predecessor, set()).add(link)
        if link.successor in ends:
            self._into.setdefault(link.successor, set()).add(link)

    def draw(self) -> None:
        """Tie what comes before each absent task to what comes after it."""
        for key in sorted(self._into.keys() & self._out_of.keys()):
            firsts, lasts = self._into.pop(key, set()), self._out_of.pop(key, set())
            for first in firsts:
                self._out_of.get(first.predecessor, set()).discard(first)
            for last in lasts:
                self._into.get(last.successor, set()).discard(last)
            if len(firsts) * len(lasts) <= _MOST_PAST:
                for first, last in product(firsts, lasts):
                    self.add(_joined(first, last))


def _joined(first: Link, last: Link) -> Link:
    """Two links through a task without work as one: from the first's end to the last's, and both waits."""
    from_finish = first.type in (LinkType.FS, LinkType.FF)
    to_finish = last.type in _TO_FINISH
    kind = (LinkType.FF if to_finish else LinkType.FS) if from_finish else (LinkType.SF if to_finish else LinkType.SS)
    lags = [lag for lag in (first.lag, last.lag) if lag.value]
    units = {lag.unit for lag in lags}
    # Waits of two kinds have no sum: the longer one stands.
    lag = max(lags, key=lambda each: each.value, default=Lag())
    if len(units) == 1 and lag.unit is not LagUnit.PERCENT:
        lag = Lag(sum(each.value for each in lags), lag.unit)
    return Link(first.predecessor, last.successor, kind, lag)


def _within(link: Link, rows: Mapping[str, Row]) -> bool:
    """Whether one end lies under the other."""
    if link.predecessor not in rows or link.successor not in rows:
        return False
    numbers = sorted((rows[link.predecessor].number, rows[link.successor].number), key=len)
    return numbers[1][: len(numbers[0])] == numbers[0]


def _into_summary(link: Link, rows: Mapping[str, Row]) -> Iterable[Link]:
    row = rows[link.successor]
    if not row.is_summary or link.type not in _TO_FINISH:
        return (link,)
    return (replace(link, successor=leaf) for leaf in row.leaves)


def _without_circles(links: list[Link], rows: Mapping[str, Row], tasks: Mapping[str, Task]) -> list[Link]:
    """Links but those between tasks that wait for each other, which are none in the schedule either.

    What is done waits for nothing: where that opens a circle, nothing else is left out of it.
    """
    for only_done in (True, False):
        into: dict[str, list[str]] = {}
        out_of: dict[str, list[str]] = {}
        for first, last in _steps(links, rows):
            out_of.setdefault(first, []).append(last)
            into.setdefault(last, []).append(first)
        left = _left(into, out_of) & _left(out_of, into)
        links = [
            link
            for link in links
            if not _closes(_out(link, rows), _in(link, rows), left)
            or (only_done and tasks[link.successor].status.category is not Category.DONE)
        ]
    return links


def _closes(first: str, last: str, left: AbstractSet[str]) -> bool:
    """Whether a link may be part of a circle; a summary in one hands nothing on, as its tasks do not reach its end."""
    return (first in left and (last in left or first.startswith(_AFTER))) or (last in left and last.startswith(_BEFORE))


def _steps(links: Iterable[Link], rows: Mapping[str, Row]) -> Iterator[tuple[str, str]]:
    """What comes before what: a summary has two places, before its tasks and after them."""
    for link in links:
        yield _out(link, rows), _in(link, rows)
    for key, row in rows.items():
        for leaf in row.leaves:
            yield f"{_BEFORE}{key}", leaf
            yield leaf, f"{_AFTER}{key}"


def _out(link: Link, rows: Mapping[str, Row]) -> str:
    return f"{_AFTER}{link.predecessor}" if _is_summary(link.predecessor, rows) else link.predecessor


def _in(link: Link, rows: Mapping[str, Row]) -> str:
    return f"{_BEFORE}{link.successor}" if _is_summary(link.successor, rows) else link.successor


def _is_summary(key: str, rows: Mapping[str, Row]) -> bool:
    return key in rows and rows[key].is_summary


def _left(into: Mapping[str, list[str]], out_of: Mapping[str, list[str]]) -> set[str]:
    """What is never free of something before it, when all that has nothing before it is taken away in turn."""
    waits = {key: len(into.get(key, ())) for key in {*into, *out_of}}
    free = deque(sorted(key for key, count in waits.items() if not count))
    while free:
        for after in out_of.get(free.popleft(), ()):
            waits[after] -= 1
            if not waits[after]:
                free.append(after)
    return {key for key, count in waits.items() if count}
