"""How much of what a finding says comes from durations that nobody gave."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from retro.model import EstimateOrigin, Task
from retro.ports import Context


class DefaultWork:
    """Minutes of default durations on the way to a task and from it, along the links between scheduled tasks."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def cause(self, task: Task, short: int) -> bool:
        """Whether `short` minutes that a task misses would not be missed without default durations.

        Its own one counts, those after it (its latest finish rests on them) and, where it has no due date, those
        before it.
        """
        if self._of(task.key):
            return True
        before = self._before.get(task.key, 0) if task.due is None else 0
        return short <= max(self._after.get(task.key, 0), 0) + before

    @cached_property
    def _after(self) -> Mapping[str, int]:
        links = self._context.successors
        return self._longest(lambda key: (link.successor for link in links.get(key, ())))

    @cached_property
    def _before(self) -> Mapping[str, int]:
        links = self._context.predecessors
        return self._longest(lambda key: (link.predecessor for link in links.get(key, ())))

    def _of(self, key: str) -> int:
        planned = self._context.schedule.tasks.get(key)
        if planned is None or planned.estimate_origin is not EstimateOrigin.DEFAULT:
            return 0
        return planned.work_minutes

    def _longest(self, neighbours: Callable[[str], Iterable[str]]) -> dict[str, int]:
        """The most default work on any way onwards from each task, its own apart; circles end a way."""
        found: dict[str, int] = {}
        for first in self._context.schedule.tasks:
            waiting = [] if first in found else [(first, False)]
            entered: set[str] = set()
            while waiting:
                key, left = waiting.pop()
                if left:
                    found[key] = max(
                        (found[each] + self._of(each) for each in neighbours(key) if each in found), default=0
                    )
                elif key not in found and key not in entered:
                    entered.add(key)
                    waiting.append((key, True))
                    waiting += [(each, False) for each in neighbours(key) if each not in found]
        return found
