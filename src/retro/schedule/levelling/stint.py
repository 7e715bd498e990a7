"""Where the people of one task are free: one pool on its own hours, or several on those of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from retro.schedule.levelling.clock import Clock
from retro.schedule.levelling.profile import FAR, Profile
from retro.schedule.levelling.reserve import Reserve

_MOST_STEPS = 10_000
"""Places tried before a member of a team is taken to be away for good."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A pool at work: what is taken of it, in its own ordinals."""

    profile: Profile
    reserve: Reserve | None
    clock: Clock

    def reset(self) -> None:
        """Forget everything but what is fixed."""
        self.profile.reset()
        if self.reserve is not None:
            self.reserve.reset()

    def fix(self, begin: int, end: int, need: int) -> None:
        """Take a stretch for good."""
        self.profile.fix(begin, end, need)
        if self.reserve is not None:
            self.reserve.fix(begin, end)

    def free(self, begin: int, end: int, need: int) -> int:
        """`end` where the stretch may be taken, else an ordinal by which what takes it has to end."""
        free = self.profile.free(begin, end, need)
        return free if free < end or self.reserve is None else self.reserve.room(begin, end)

    def book(self, begin: int, end: int, need: int) -> None:
        """Take a stretch that is free."""
        self.profile.book(begin, end, need)
        if self.reserve is not None:
            self.reserve.book(begin, end)


class Reserved:
    """One pool with a reserve, for tasks on its own hours."""

    __slots__ = ("_desk",)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, bound: int, work: int, need: int) -> int:
        """Take the last stretch of `work` minutes that may be taken and ends by `bound`; its end."""
        desk = self._desk
        while (end := desk.free(bound - work, bound, need)) < bound:
            bound = end
        desk.book(bound - work, bound, need)
        return bound


@dataclass(frozen=True, slots=True)
class Stint:
    """One who may work on a task, with hours of their own; `stands_in` for a team, who has to be there."""

    desk: Desk
    own: Clock
    """The task's."""
    need: int
    aligned: bool
    stands_in: bool

    def stretch(self, begin: int, end: int) -> tuple[int, int]:
        """A stretch of the task, in the ordinals of the pool: all hours from the first minute to the last."""
        if self.aligned or begin >= end:
            return begin, end
        at = self.desk.clock.ordinal_at
        return at(self.own.start_wall(begin)), at(self.own.finish_wall(end))

    def finish(self, bound: int, work: int) -> int:
        """The last ordinal of the task, `bound` or before, by which it may end; `-FAR` where there is none."""
        for _ in range(_MOST_STEPS):
            begin, end = self.stretch(bound - work, bound)
            if self.stands_in and (end - begin) * 2 < work:
                # Who works less than half of a task's time is away then. Half of it may lie before that.
                back = self.own.ordinal_at(self.desk.clock.finish_wall(begin)) + work // 2
                bound = min(bound - max(work // 2 - (end - begin), 1), max(back, bound - work))
                continue
            free = self.desk.free(begin, end, self.need)
            if free >= end:
                return bound
            bound = free if self.aligned else self.own.ordinal_at(self.desk.clock.start_wall(free))
        return -FAR

    def book(self, begin: int, end: int) -> None:
        """Take a stretch of the task."""
        self.desk.book(*self.stretch(begin, end), self.need)

    def worked(self, begin: int, end: int) -> int:
        """Minutes that the pool works in a stretch of the task."""
        first, last = self.stretch(begin, end)
        return last - first


class Several:
    """Everyone who works on a task, busy for all of it: for each owner one of those who may stand in."""

    __slots__ = ("_owners",)

    def __init__(self, owners: Sequence[Sequence[Stint]]) -> None:
        # Whoever has no choice comes first.
        self._owners = sorted(owners, key=len)

    def take(self, bound: int, work: int, need: int) -> int:  # noqa: ARG002 - the signature of every demand
        """Take the last stretch of `work` minutes in which all are free and that ends by `bound`; its end."""
        while True:
            end, taken = self._together(bound, work)
            if end == bound:
                break
            bound = end
        for stint in taken:
            stint.book(bound - work, bound)
        return bound

    def _together(self, bound: int, work: int) -> tuple[int, list[Stint]]:
        end, taken = bound, list[Stint]()
        for choice in self._owners:
            best: tuple[int, int] | None = None
            chosen = None
            for stint in choice:
                if any(stint.desk is other.desk for other in taken):
                    continue
                finish = stint.finish(end, work)
                if finish == -FAR:
                    continue
                place = (finish, stint.worked(finish - work, finish) if stint.stands_in else 0)
                if best is None or place > best:
                    best, chosen = place, stint
            if best is not None and chosen is not None:
                end = best[0]
                taken.append(chosen)
        return end, taken


class Kept:
    """What is not moved: it takes its fixed place, and is laid like anything else only where links leave it none."""

    __slots__ = ("_otherwise", "_place")

    def __init__(self, place: int, otherwise: "Demand") -> None:
        self._place = place
        self._otherwise = otherwise

    def take(self, bound: int, work: int, need: int) -> int:
        """Its place, which was taken beforehand."""
        return self._place if bound >= self._place else self._otherwise.take(bound, work, need)


class Capped:
    """What is not to end later than it did."""

    __slots__ = ("_demand", "_most")

    def __init__(self, most: int, demand: "Demand") -> None:
        self._most = most
        self._demand = demand

    def take(self, bound: int, work: int, need: int) -> int:
        """As the demand itself, from that end at the latest."""
        return self._demand.take(min(bound, self._most), work, need)


Demand = Profile | Reserved | Several | Kept | Capped
