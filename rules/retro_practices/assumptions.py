"""How much of what a finding says comes from durations that nobody gave, and from work that may be done already."""

from collections.abc import Callable, Iterable

from retro.model import EstimateOrigin, Task
from retro.ports import Context
from retro_practices.launch import unsure_ends


class DefaultWork:
    """Minutes of default durations on the way to a task and from it, along the links between scheduled tasks.

    So counts all the work of a task whose status no list knows: it is only assumed to be left. Where a milestone of
    such a status is what a task works to, all that its latest finish says is an assumption.
    """

    def __init__(self, context: Context) -> None:
        self._context, self._unsure_ends = context, context.derived(unsure_ends)
        # Links within circles are left aside, as the schedule does: they lead on for ever.
        circles = frozenset(key for cycle in context.schedule.cycles for key in cycle)
        before, after = context.predecessors, context.successors

        def earlier(key: str) -> list[str]:
            found = [link.predecessor for link in before.get(key, ())]
            return [each for each in found if each not in circles] if key in circles else found

        def later(key: str) -> list[str]:
            found = [link.successor for link in after.get(key, ())]
            return [each for each in found if each not in circles] if key in circles else found

        self._before, self._after = _Ways(self._of, earlier), _Ways(self._of, later)

    def cause(self, task: Task, short: int) -> bool:
        """Whether `short` minutes that a task misses would not be missed without default durations.

        Its own one counts, those after it (its latest finish rests on them) and, where it has no due date, those
        before it.
        """
        if self._of(task.key) or self._works_to_unsure_end(task):
            return True
        before = self._before.most(task.key) if task.due is None else 0
        return short <= self._after.most(task.key) + before

    def behind_latest_finish(self, task: Task, short: int) -> bool:
        """Whether a task that ends `short` minutes after its latest finish would not, without default durations.

        Its latest finish rests on the durations of what comes after it, never on its own.
        """
        return self._works_to_unsure_end(task) or short <= self._after.most(task.key)

    def behind_latest_start(self, task: Task) -> bool:
        """Whether its latest start rests on default durations at all, its own one or any after it."""
        return self._of(task.key) > 0 or self._after.most(task.key) > 0 or self._works_to_unsure_end(task)

    def _works_to_unsure_end(self, task: Task) -> bool:
        planned = self._context.schedule.tasks.get(task.key)
        return planned is not None and planned.anchor in self._unsure_ends

    def _of(self, key: str) -> int:
        planned, task = self._context.schedule.tasks.get(key), self._context.tasks.get(key)
        if planned is None:
            return 0
        unsure = planned.estimate_origin is EstimateOrigin.DEFAULT or (task is not None and "status" in task.assumed)
        return planned.work_minutes if unsure else 0


class _Ways:
    """The most default work on any way onwards from a task, its own apart; looked for where it is asked for."""

    def __init__(self, work: Callable[[str], int], onwards: Callable[[str], Iterable[str]]) -> None:
        self._work, self._onwards = work, onwards
        self._found: dict[str, int] = {}

    def most(self, first: str) -> int:
        """Minutes; a circle that the schedule did not name would end a way."""
        found = self._found
        waiting = [] if first in found else [(first, False)]
        entered: set[str] = set()
        while waiting:
            key, left = waiting.pop()
            if left:
                known = (found[each] + self._work(each) for each in self._onwards(key) if each in found)
                found[key] = max(known, default=0)
            elif key not in found and key not in entered:
                entered.add(key)
                waiting.append((key, True))
                waiting += [(each, False) for each in self._onwards(key) if each not in found]
        return found[first]
