"""A network compiled into the problem of laying it backwards from its anchors, as the backward pass would."""

from collections.abc import Mapping

from retro.schedule.backward import bound_of, resumes, settle
from retro.schedule.bounds import LATEST, UNBOUND, UNKNOWN, Bounds, Late
from retro.schedule.levelling.crew import Crew
from retro.schedule.levelling.pools import Asked
from retro.schedule.levelling.problem import NOTED, SPECIAL, Problem, Walls
from retro.schedule.levelling.seats import seated
from retro.schedule.margins import Advised
from retro.schedule.network import Network
from retro.schedule.standing import stands_until


class LatestRules:
    """The backward pass, node by node."""

    def __init__(self, network: Network, bounds: Bounds, anchors: list[int]) -> None:
        count = len(network.work)
        self.network = network
        self.bounds = bounds
        self.late = Late([LATEST] * count, [LATEST] * count, anchors[:], [LATEST] * count, [LATEST] * count)

    def bound(self, node: int) -> int:
        """By when a node has to end."""
        return bound_of(self.network, self.bounds, self.late, node)

    def lay(self, node: int, end: int) -> None:
        """Write down where a node ends, and as a wall minute where links ask for it."""
        network, late = self.network, self.late
        if not network.left[node] or network.tasks[node] is None:
            settle(network, late, node, end)
            if network.stands[node] and network.tasks[node] is not None:
                late.until[node] = stands_until(network, self.bounds, late, node)
            return
        late.finish[node] = end
        late.start[node] = end - network.left[node]
        if self.bounds.fact_start[node] > UNKNOWN and not network.held[node]:
            late.start[node] = min(late.start[node], resumes(network, self.bounds, node))
        if network.cross_in[node]:
            late.begins[node] = network.calendars[node].start_wall(late.start[node])


def backwards(advised: Advised, wanted: Mapping[int, Asked], crew: Crew) -> tuple[Problem, Late]:
    """The problem of laying a network backwards, and where it was laid last; `wanted` is what nodes ask of the crew."""
    network, bounds = advised.network, advised.bounds
    rules = LatestRules(network, bounds, advised.late.anchor)
    late = rules.late
    order = [node for node in reversed(network.order) if not network.done[node] and advised.late.finish[node] < UNBOUND]
    count = len(network.work)
    links = zip(network.near_out, network.cross_out, network.far_out, strict=True)
    problem = Problem(
        order=order,
        works=network.left,
        margins=advised.margins,
        own=[min(first, second) for first, second in zip(bounds.anchored, bounds.limit, strict=True)],
        follows=network.near_out,
        after=[[link[0] for link in (*near, *cross, *far)] for near, cross, far in links],
        demands=seated(advised, wanted, crew, order),
        needs=[1] * count,
        kinds=[_kind(network, bounds, node) for node in range(count)],
        start=late.start,
        finish=late.finish,
        desks=[],
        rules=rules,
        falling=_is_falling(network, bounds, order),
        walls=_walls(network, order),
    )
    problem.desks = crew.desks
    return problem, late


def _kind(network: Network, bounds: Bounds, node: int) -> int:
    stands = not network.left[node] or network.tasks[node] is None
    kind = 0
    if network.cross_out[node] or network.far_out[node] or bounds.due[node] < UNBOUND or network.tasks[node] is None:
        kind |= SPECIAL
    if stands or network.cross_in[node] or bounds.fact_start[node] > UNKNOWN:
        kind |= NOTED
    return kind


def _is_falling(network: Network, bounds: Bounds, order: list[int]) -> bool:
    """Whether all is on one calendar, finish to start, without leads, without facts."""
    return not any(
        network.cross_out[node]
        or network.far_out[node]
        or bounds.due[node] < UNBOUND
        or bounds.fact_start[node] > UNKNOWN
        or network.calendars[node] is not network.calendars[order[0]]
        or any(lag < 0 for _, lag in network.near_out[node])
        for node in order
    )


def _walls(network: Network, order: list[int]) -> Walls | None:
    calendars = network.calendars
    if all(calendars[node] is calendars[order[0]] for node in order):
        return None
    # One function a calendar: whoever groups nodes by them finds few groups.
    ends = {id(calendar): (calendar.start_wall, calendar.finish_wall) for calendar in network.distinct_calendars()}
    each = [ends[id(calendar)] for calendar in calendars]
    return Walls([start for start, _ in each], [finish for _, finish in each])
