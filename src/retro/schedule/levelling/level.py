"""The levelling of a network: advised dates that overload nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from retro.calendars import Calendar
from retro.model import Overload
from retro.schedule.bounds import Late
from retro.schedule.levelling.aim import Aim
from retro.schedule.levelling.backwards import backwards
from retro.schedule.levelling.best import Effort, best_plan
from retro.schedule.levelling.busiest import latest_start
from retro.schedule.levelling.clock import clock, mirrored
from retro.schedule.levelling.crew import Crew
from retro.schedule.levelling.forwards import EarliestRules, forwards
from retro.schedule.levelling.generation import generate
from retro.schedule.levelling.optimal import improve
from retro.schedule.levelling.order import inherited
from retro.schedule.levelling.overload import overloads
from retro.schedule.levelling.pools import Asked, Levelling
from retro.schedule.levelling.problem import Problem
from retro.schedule.levelling.rules import last_end, most_before
from retro.schedule.levelling.seats import demands_of, seated
from retro.schedule.levelling.sides import Sides
from retro.schedule.levelling.steady import Known
from retro.schedule.margins import Advised
from retro.schedule.network import Network

_NO_DATE = date.max.toordinal()
_A_TASK = 600
"""Plans that are tried at most: a small network is laid as well as it can be after fewer than the budget allows."""
_NO_RANK = 1 << 60
"""Of what has no task of its own: as important as what leads to it."""


@dataclass(frozen=True, slots=True)
class Levelled:
    """Advised dates after levelling, and what it could not mend."""

    late: Late
    overloads: tuple[Overload, ...]


def level(advised: Advised, levelling: Levelling, calendar: Calendar) -> Levelled:
    """Move advised dates earlier until nobody works on two things at once. `calendar` is the project's.

    Links, margins, bounds and anchors hold as in the pass that found `advised`. What is under way, laid by hand or
    bound to a date stays; where such tasks overlap, that is told.
    """
    network, bounds = advised.network, advised.bounds
    wanted = demands_of(network, levelling)
    back, laid = backwards(advised, wanted, Crew(levelling.pools, clock))
    if not back.order:
        return Levelled(advised.late, ())
    effort = Effort(levelling.samples, min(levelling.placements, _A_TASK * len(back.order)), levelling.seed)
    sides = _sides(advised, levelling, wanted, back, climbs=effort.climbs(len(back.order)))
    order = _lay(sides, advised, levelling, wanted, calendar, effort)
    if levelling.optimize:
        improve(sides, order, laid, advised, wanted, levelling, calendar)
    late = Late(laid.start, laid.finish, advised.late.anchor, laid.wall, laid.begins, laid.until)
    return Levelled(late, overloads(network, bounds, late, wanted, levelling))


def _sides(
    advised: Advised, levelling: Levelling, wanted: Mapping[int, Asked], back: Problem, *, climbs: bool
) -> Sides:
    rules = EarliestRules(advised.network, advised.bounds, advised.margins)
    ranks = _ranks(advised.network, back, levelling.priorities)
    anchors = advised.late.anchor
    aim = Aim(back, ranks or [0] * len(back.works), anchors)
    network = advised.network

    def begin() -> None:
        first: dict[int, int] = {}
        for (_, anchor), at in aim.begins().items():
            first[anchor] = min(first.get(anchor, at), at)
        if back.walls is None:
            for node in back.order:
                rules.base[node] = first[anchors[node]]
        else:
            for node in back.order:
                rules.base[node] = network.calendars[node].ordinal_at(first[anchors[node]])

    if climbs:
        # Without anybody in the way no network begins later than it does before levelling.
        back.start[:], back.finish[:] = advised.late.start, advised.late.finish
        aim.best = aim.value()[:-1]
        if len(aim.best) == 1 and len(aim.begins()) == 1:
            aim.best = (min(aim.best[0], latest_start(advised, wanted, levelling.pools, back)),)
    return Sides(
        back,
        lambda: forwards(advised, wanted, Crew(levelling.pools, mirrored), back, rules),
        aim,
        ranks,
        _ties(network),
        begin,
    )


def _ties(network: Network) -> list[int]:
    """Of tasks that are equal otherwise the one that the team wants last is laid first, so that it ends last.

    By the team's own dates, what has none being last; then by key, so that equal tasks run in reading order.
    """
    count, found = len(network.tasks), []
    for node, task in enumerate(network.tasks):
        wanted = None if task is None else task.due or task.start
        found.append(-(_NO_DATE if wanted is None else wanted.toordinal()) * count - node)
    return found


def _ranks(network: Network, back: Problem, priorities: Mapping[str, int]) -> list[int] | None:
    """How important each node is, what follows it taken to be so at least; None where all are equal."""
    if not any(priorities.values()):
        return None
    return inherited(back, [_NO_RANK if task is None else priorities.get(task.key, 0) for task in network.tasks])


def _lay(  # noqa: PLR0917 - what a levelling is made of
    sides: Sides,
    advised: Advised,
    levelling: Levelling,
    wanted: Mapping[int, Asked],
    calendar: Calendar,
    effort: Effort,
) -> list[int]:
    """Lay the plan that is to be followed; its order. Whoever has a solver look for a better one wants it fresh."""
    back = sides.back
    best = best_plan(sides, [partial(rule, back, advised, calendar) for rule in (most_before, last_end)], effort)
    previous = _previous(advised.network, back, levelling.previous)
    if not previous or levelling.optimize:
        sides.stand(best)
        return best

    def seats_kept(stays: Mapping[int, int]) -> Problem:
        crew = Crew(levelling.pools, clock)
        demands = seated(advised, wanted, crew, back.order, stays=stays)
        return replace(back, demands=demands, desks=crew.desks)

    known = Known(
        sides=sides,
        networks=advised.late.anchor,
        pools={node: sorted({key for choice in owners for key in choice}) for node, owners in wanted.items()},
        previous=previous,
        order=_as_before(sides, advised.late.finish, previous),
        seated=seats_kept,
        finish_wall=lambda node, end: advised.network.calendars[node].finish_wall(end),
        scale=calendar.ordinal_at if back.walls is not None else int,
        steady=levelling.steady,
        placements=levelling.placements,
    )
    kept = known.steadied(best)
    generate(kept.problem, kept.plan.laid)
    return kept.plan.laid


def _previous(network: Network, back: Problem, dates: Mapping[str, datetime]) -> dict[int, int]:
    """Where tasks ended before, by node, in ordinals of their calendars."""
    if not dates:
        return {}
    found: dict[int, int] = {}
    for node in back.order:
        task = network.tasks[node]
        if task is not None and task.key in dates and network.left[node]:
            found[node] = network.calendars[node].ordinal(dates[task.key])
    return found


def _as_before(sides: Sides, free: Sequence[int], previous: Mapping[int, int]) -> list[int]:
    """The order of the plan before; what is new in it ends where it is `free` to if nobody is in the way."""
    back = sides.back
    found = [previous.get(node, end) for node, end in enumerate(free)]
    if back.walls is not None:
        walls = back.walls.finish
        for node in back.order:
            found[node] = walls[node](found[node])
    return sides.order_of(back, found)
