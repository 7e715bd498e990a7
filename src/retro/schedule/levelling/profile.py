"""What is taken of a pool over time: sorted breakpoints, no minute by minute arrays.

Times are a pool's own ordinals, in the sense in which tasks are laid: a task is put as late as it may be. Forwards,
time runs the other way and every figure has the other sign.
"""

from bisect import bisect_left

FAR = 1 << 60
"""After every ordinal; its opposite is before every one."""


class Single:
    """One unit: the stretches in which it is busy, disjoint, those that touch as one."""

    __slots__ = ("_fixed_begins", "_fixed_ends", "begins", "ends")

    def __init__(self) -> None:
        self._fixed_begins: list[int] = []
        self._fixed_ends: list[int] = []
        self.begins: list[int] = []
        self.ends: list[int] = []

    def reset(self) -> None:
        """Forget everything but what is fixed."""
        self.begins[:] = self._fixed_begins
        self.ends[:] = self._fixed_ends

    def fix(self, begin: int, end: int, need: int) -> None:  # noqa: ARG002 - the signature of every profile
        """Take a stretch for good, though some of it be taken already."""
        begins, ends = self._fixed_begins, self._fixed_ends
        first = bisect_left(ends, begin)
        last = first
        while last < len(begins) and begins[last] <= end:
            last += 1
        if first < last:
            begin, end = min(begin, begins[first]), max(end, ends[last - 1])
        begins[first:last] = [begin]
        ends[first:last] = [end]

    def free(self, begin: int, end: int, need: int) -> int:  # noqa: ARG002 - as above
        """`end` where the stretch is free, else where the last thing in its way begins."""
        last = bisect_left(self.begins, end) - 1
        return end if last < 0 or self.ends[last] <= begin else self.begins[last]

    def book(self, begin: int, end: int, need: int) -> None:  # noqa: ARG002 - as above
        """Take a stretch that is free."""
        if begin < end:
            self._insert(bisect_left(self.begins, end), begin, end)

    def take(self, bound: int, work: int, need: int) -> int:  # noqa: ARG002 - as above
        """Take the last stretch of `work` minutes that is free and ends by `bound`; its end."""
        begins, ends = self.begins, self.ends
        after = bisect_left(begins, bound)
        while after and ends[after - 1] > bound - work:
            after -= 1
            bound = begins[after]
        self._insert(after, bound - work, bound)
        return bound

    def _insert(self, after: int, begin: int, end: int) -> None:
        begins, ends = self.begins, self.ends
        follows = after < len(begins) and begins[after] == end
        if after and ends[after - 1] == begin:
            if follows:
                ends[after - 1] = ends.pop(after)
                del begins[after]
            else:
                ends[after - 1] = end
        elif follows:
            begins[after] = begin
        else:
            begins.insert(after, begin)
            ends.insert(after, end)


class Packed:
    """Several pools of one timeline, each of several units, in one integer a breakpoint.

    Each pool has a field of bits for what is free of it, with a guard bit above: a demand fits where no field borrows
    from its guard.
    """

    __slots__ = ("_fixed_free", "_fixed_times", "fields", "free_units", "guards", "times")

    def __init__(self, capacities: list[int]) -> None:
        self.fields: list[int] = []
        """The lowest bit of each pool's field."""
        self.guards = idle = bit = 0
        for capacity in capacities:
            width = max(capacity, 1).bit_length()
            self.fields.append(bit)
            idle |= capacity << bit
            self.guards |= 1 << bit + width
            bit += width + 1
        self._fixed_times = [-FAR]
        self._fixed_free = [idle | self.guards]
        self.times: list[int] = []
        self.free_units: list[int] = []
        self.reset()

    def packed(self, units: dict[int, int]) -> int:
        """A demand, from units by pool."""
        return sum(unit << self.fields[pool] for pool, unit in units.items())

    def reset(self) -> None:
        """Forget everything but what is fixed."""
        self.times[:] = self._fixed_times
        self.free_units[:] = self._fixed_free

    def fix(self, begin: int, end: int, need: int) -> None:
        """Take a stretch for good, though there be less: nothing is left where it does not fit."""
        if begin >= end:
            return
        times, free, guards = self._fixed_times, self._fixed_free, self.guards
        first, last = _split(times, free, begin), _split(times, free, end)
        for place in range(first, last):
            left = free[place] - need
            free[place] = left if left & guards == guards else guards

    def free(self, begin: int, end: int, need: int) -> int:
        """`end` where the demand fits in the whole stretch, else where the last thing in its way begins."""
        times, free, guards = self.times, self.free_units, self.guards
        place = bisect_left(times, end) - 1
        while True:
            if (free[place] - need) & guards != guards:
                return times[place]
            if times[place] <= begin:
                return end
            place -= 1

    def book(self, begin: int, end: int, need: int) -> None:
        """Take a stretch in which the demand fits."""
        if begin < end:
            times, free = self.times, self.free_units
            for place in range(_split(times, free, begin), _split(times, free, end)):
                free[place] -= need

    def take(self, bound: int, work: int, need: int) -> int:
        """Take the last stretch of `work` in which the demand fits and that ends by `bound`; its end."""
        times, free, guards = self.times, self.free_units, self.guards
        place = last = bisect_left(times, bound) - 1
        begin = bound - work
        while True:
            if (free[place] - need) & guards != guards:
                bound = times[place]
                begin = bound - work
                last = place = place - 1
            elif times[place] <= begin:
                break
            else:
                place -= 1
        left = free[last]
        # From the end, so that places before it stay.
        if last + 1 == len(times) or times[last + 1] != bound:
            times.insert(last + 1, bound)
            free.insert(last + 1, left)
        if times[place] < begin:
            place += 1
            last += 1
            times.insert(place, begin)
            free.insert(place, free[place - 1])
        for here in range(place, last + 1):
            free[here] -= need
        return bound


def _split(times: list[int], free: list[int], at: int) -> int:
    """The place of the breakpoint at a time, which is put in where there is none."""
    place = bisect_left(times, at)
    if place == len(times) or times[place] != at:
        times.insert(place, at)
        free.insert(place, free[place - 1])
    return place


Profile = Single | Packed
