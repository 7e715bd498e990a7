"""The share of each ISO week that is kept free of planned work."""

from retro.schedule.levelling.clock import Clock


class Reserve:
    """Planned minutes of a pool by week, and how many may be: a task may exceed that where it works alone."""

    __slots__ = ("_fixed", "_share", "_week", "loads")

    def __init__(self, clock: Clock, capacity: int, reserve: float) -> None:
        self._week = clock.week
        self._share = (1 - reserve) * capacity
        self._fixed: dict[int, int] = {}
        self.loads: dict[int, int] = {}

    def reset(self) -> None:
        """Forget everything but what is fixed."""
        self.loads = dict(self._fixed)

    def fix(self, begin: int, end: int) -> None:
        """Count a stretch for good, though its weeks be full."""
        self._add(self._fixed, begin, end)

    def room(self, begin: int, end: int) -> int:
        """`end` where every week of the stretch has room for it or holds nothing else; else by when it has to end."""
        last = end
        while last > begin:
            opens, closes = self._week(last)
            opens = min(opens, last - 1)
            load = self.loads.get(opens)
            if load:
                # Rounded first: 0.8 × 2100 may come out as 1679.9999.
                room = int(round(self._share * (closes - opens), 3)) - load
                if last - max(opens, begin) > room:
                    return opens + max(room, 0)
            last = opens
        return end

    def book(self, begin: int, end: int) -> None:
        """Count a stretch."""
        self._add(self.loads, begin, end)

    def _add(self, loads: dict[int, int], begin: int, end: int) -> None:
        while end > begin:
            # A calendar that is worked for some years only has weeks that no minute lies in.
            opens = min(self._week(end)[0], end - 1)
            loads[opens] = loads.get(opens, 0) + end - max(opens, begin)
            end = opens
