"""Who of a crew works on each node, and what stands before anything is laid."""

from collections.abc import Mapping, Sequence

from retro.model import Category
from retro.schedule.bounds import UNBOUND, Bounds, Late, known
from retro.schedule.levelling.crew import Crew
from retro.schedule.levelling.pools import Asked, Levelling, asked
from retro.schedule.levelling.stint import Demand, Kept
from retro.schedule.margins import Advised
from retro.schedule.network import Network


def demands_of(network: Network, levelling: Levelling) -> dict[int, Asked]:
    """What each open task with work left asks for, by node."""
    known_demands: dict[Asked, Asked] = {}
    found: dict[int, Asked] = {}
    for node in network.open:
        demand = levelling.demands.get(network.names[node] or "")
        if demand is None or not network.left[node]:
            continue
        if demand not in known_demands:
            known_demands[demand] = asked(demand, levelling.pools)
        if known_demands[demand]:
            found[node] = known_demands[demand]
    return found


def is_fixed(network: Network, bounds: Bounds, node: int) -> bool:
    """Whether a task stays where the pass puts it: under way, laid by hand, or bound to a date."""
    task = network.tasks[node]
    return task is not None and (
        task.status.category is Category.DOING or network.held[node] or bounds.due[node] < UNBOUND
    )


def place_of(network: Network, bounds: Bounds, late: Late, node: int) -> tuple[int, int]:
    """Where such a task stands, in ordinals of its calendar."""
    if network.held[node] and known(bounds.fact_start[node]):
        at = network.calendars[node].ordinal_at
        return at(bounds.fact_start[node]), at(bounds.fact_finish[node])
    return late.finish[node] - network.left[node], late.finish[node]


def seated(
    advised: Advised,
    wanted: Mapping[int, Asked],
    crew: Crew,
    order: Sequence[int],
    *,
    forwards: bool = False,
    stays: Mapping[int, int] | None = None,
) -> list[Demand | None]:
    """What each node of `order` asks of a crew, by node, after what is fixed took its place.

    `stays` holds where tasks ended in a plan that is known: each stays there, the last one first, if its people are
    free then. `forwards` turns time round.
    """
    network, bounds = advised.network, advised.bounds
    calendars = network.calendars
    sign = -1 if forwards else 1
    kept: dict[int, int] = {}
    for node in order:
        if node in wanted and is_fixed(network, bounds, node):
            begin, end = sorted(sign * at for at in place_of(network, bounds, advised.late, node))
            crew.fix(calendars[node], wanted[node], begin, end)
            kept[node] = end
    staying = (
        sorted(stays.items(), key=lambda item: (-calendars[item[0]].finish_wall(item[1]), item[0])) if stays else ()
    )
    for node, end in staying:
        begin = end - network.left[node]
        if node in wanted and node not in kept and crew.keep(calendars[node], wanted[node], begin, end):
            kept[node] = end
    found: list[Demand | None] = [None] * len(network.work)
    for node in order:
        if node in wanted and not network.held[node]:
            demand = crew.demand(calendars[node], wanted[node])
            found[node] = Kept(kept[node], demand) if node in kept else demand
    return found
