"""The people of a levelling at their desks, for one direction of time, and what each task asks of them."""

from collections.abc import Callable, Iterator, Mapping

from retro.calendars import Calendar
from retro.schedule.levelling.clock import Clock
from retro.schedule.levelling.pools import Asked, Pool
from retro.schedule.levelling.profile import Packed, Single
from retro.schedule.levelling.reserve import Reserve
from retro.schedule.levelling.stint import Demand, Desk, Reserved, Several, Stint


class Crew:
    """Every pool's desk, on clocks made by `clock_of`."""

    def __init__(self, pools: Mapping[str, Pool], clock_of: Callable[[Calendar], Clock]) -> None:
        self._pools = pools
        self._clock_of = clock_of
        self._clocks: dict[int, Clock] = {}
        self._same: dict[Calendar, Calendar] = {}
        self._calendars: dict[str, Calendar] = {}
        self._desks: dict[str, Desk] = {}
        self._demands: dict[tuple[int, Asked], Demand] = {}

    @property
    def desks(self) -> list[Desk]:
        """Those that any task has asked for."""
        return list(self._desks.values())

    def clock(self, calendar: Calendar) -> Clock:
        """The clock of a calendar."""
        found = self._clocks.get(id(calendar))
        if found is None:
            shared = self._same.setdefault(calendar, calendar)
            found = self._clocks.get(id(shared)) or self._clock_of(shared)
            self._clocks[id(calendar)] = self._clocks[id(shared)] = found
        return found

    def desk(self, key: str) -> Desk:
        """The desk of a pool."""
        if key not in self._desks:
            pool = self._pools[key]
            clock = self.clock(pool.calendar)
            profile = Single() if pool.capacity == 1 else Packed([pool.capacity])
            reserve = Reserve(clock, pool.capacity, pool.reserve) if pool.reserve else None
            self._desks[key] = Desk(profile, reserve, clock)
        return self._desks[key]

    def stints(self, calendar: Calendar, wanted: Asked) -> list[list[Stint]]:
        """Who may work on a task of a calendar, for each of its owners."""
        own = self.clock(calendar)
        return [
            [
                Stint(desk=desk, own=own, need=1, aligned=desk.clock is own, stands_in=len(choice) > 1)
                for desk in map(self.desk, choice)
            ]
            for choice in wanted
        ]

    def demand(self, calendar: Calendar, wanted: Asked) -> Demand:
        """What a task of a calendar asks for."""
        place = (id(self.clock(calendar)), wanted)
        if place not in self._demands:
            self._demands[place] = self._demand(self.stints(calendar, wanted))
        return self._demands[place]

    def _demand(self, owners: list[list[Stint]]) -> Demand:
        if len(owners) > 1 or len(owners[0]) > 1 or not owners[0][0].aligned:
            return Several(owners)
        desk = owners[0][0].desk
        return desk.profile if desk.reserve is None else Reserved(desk)

    def fix(self, calendar: Calendar, wanted: Asked, begin: int, end: int) -> None:
        """Take a stretch of a task of a calendar for good, from those who are free if there is a choice."""
        for choice in self._chosen(calendar, wanted, begin, end):
            stint = next((stint for stint in choice if _is_free(stint, begin, end)), choice[0])
            stint.desk.fix(*stint.stretch(begin, end), stint.need)
            # What is fixed may overlap, so that it cannot be booked on top.
            stint.desk.reset()

    def keep(self, calendar: Calendar, wanted: Asked, begin: int, end: int) -> bool:
        """Idem, but only where all are free; whether they were."""
        chosen = [
            next((stint for stint in choice if _is_free(stint, begin, end)), None)
            for choice in self._chosen(calendar, wanted, begin, end)
        ]
        free = [stint for stint in chosen if stint is not None]
        if len(free) < len(chosen):
            return False
        for stint in free:
            stint.desk.fix(*stint.stretch(begin, end), stint.need)
            stint.book(begin, end)
        return True

    def _chosen(self, calendar: Calendar, wanted: Asked, begin: int, end: int) -> Iterator[list[Stint]]:
        """For each owner those of whom one may be taken, without those whom the owners before may take alone."""
        taken: list[Desk] = []
        for choice in sorted(self.stints(calendar, wanted), key=len):
            able = [stint for stint in choice if not any(stint.desk is desk for desk in taken)]
            if able:
                yield able
                first = next((stint for stint in able if _is_free(stint, begin, end)), able[0])
                taken.append(first.desk)


def _is_free(stint: Stint, begin: int, end: int) -> bool:
    return stint.finish(end, end - begin) == end
