"""The forward pass over a network, in working minutes. Linear in nodes and links.

Each task lives in its own calendar's ordinals (minutes worked since a fixed origin); wall minutes are used only
where a link crosses from one calendar to another, and for nodes without work, which sit at an instant rather than
in a shift. Conventions, those of Microsoft Project: an actual start overrides links and constraints; what must start
or finish by a date does so whatever its links say, and its predecessors are short of time; a milestone may sit at the
last minute of a day.
"""

from collections.abc import Iterable, Sequence

from retro.calendars import Calendar
from retro.model import ConstraintType
from retro.schedule.bounds import EARLIEST, UNKNOWN, Bounds, Early, Late, known
from retro.schedule.network import FF, Network
from retro.schedule.pushes import pushed, pushed_wall

_STARTS = frozenset({ConstraintType.SNET, ConstraintType.SNLT, ConstraintType.MSO})


def forward(
    network: Network,
    bounds: Bounds,
    base: Sequence[int],
    margins: Sequence[int],
    *,
    facts: bool,
    late: Late | None = None,
) -> Early:
    """Earliest dates from `base` (an ordinal by node). Without `facts`, what is done is not known.

    With `late`, tasks that are to be as late as possible are taken to be so by what follows them.
    """
    count = len(network.work)
    start, finish, out, wall, lefts = ([EARLIEST] * count for _ in range(5))
    early = Early(start, finish, out, wall, lefts, late=late)
    lay(network, bounds, early, network.order, base, margins, facts=facts)
    return early


def lay(  # noqa: C901, PLR0912, PLR0917 - what a pass is made of, with what most nodes need laid out in place
    network: Network,
    bounds: Bounds,
    early: Early,
    order: Iterable[int],
    base: Sequence[int],
    margins: Sequence[int],
    *,
    facts: bool,
) -> None:
    """Lay out the nodes of `order`, each after those that it waits for; the rest of `early` stands as it is."""
    start, finish, out, lefts = early.start, early.finish, early.out, early.left
    stands, works, started, computed, cross_out = (
        network.stands,
        network.work,
        network.started,
        network.computed,
        network.cross_out,
    )
    done, held = network.done, network.held
    release, calendars = bounds.release, network.calendars
    plain, near_in, floor, cap = network.plain, network.near_in, bounds.floor, bounds.cap
    for node in order:
        if plain[node]:
            # As below and in `_begin`, without a call: most nodes are so, and each is laid out three times over.
            begin = base[node]
            for source, lag in near_in[node]:
                after = out[source] + lag
                if after > begin:  # noqa: PLR1730 - `max` costs a call a link
                    begin = after
            if floor[node] > begin:  # noqa: PLR1730 - as above
                begin = floor[node]
            if cap[node] < begin:  # noqa: PLR1730 - as above
                begin = cap[node]
            start[node] = begin
            finish[node] = over = begin + works[node]
            out[node] = over = over + margins[node]
            if release[node] > UNKNOWN and known(over):
                out[node] = max(over, calendars[node].ordinal_at(release[node]))
            continue
        if done[node] or held[node]:
            if facts or held[node]:
                _recall(network, bounds, early, node)
            continue
        if computed[node]:
            _compute(network, bounds, early, node, base[node], facts=facts)
        elif not stands[node]:
            start[node] = base[node] if started[node] else _begin(network, bounds, early, node, base[node])
            finish[node] = start[node] + works[node]
        else:
            _stand(network, bounds, early, node, base[node])
        if not stands[node]:
            out[node] = finish[node] + margins[node]
        if release[node] > UNKNOWN and known(out[node]):
            out[node] = max(out[node], calendars[node].ordinal_at(release[node]))
        if cross_out[node]:
            lefts[node] = max(calendars[node].finish_wall(out[node]), release[node])


def _recall(network: Network, bounds: Bounds, early: Early, node: int) -> None:
    """What is done stands where it was, what is scheduled by hand where it was put."""
    ordinal_at = network.calendars[node].ordinal_at
    begun, over = bounds.fact_start[node], bounds.fact_finish[node]
    early.wall[node] = early.left[node] = over
    if known(over):
        early.finish[node] = early.out[node] = ordinal_at(over)
    if known(begun):
        early.start[node] = ordinal_at(begun)


def _begin(network: Network, bounds: Bounds, early: Early, node: int, begin: int) -> int:
    """Where links and constraints let a task with work begin, `begin` or later."""
    out = early.out
    for source, lag in network.near_in[node]:
        after = out[source] + lag
        if after > begin:  # noqa: PLR1730 - `max` costs a call a link
            begin = after
    if network.cross_in[node]:
        after = _crossed(network, early, node)
        if after > begin:  # noqa: PLR1730 - as above
            begin = after
    for far in network.far_in[node]:
        begin = max(begin, pushed(network, bounds, early, node, far))
    if bounds.floor[node] > begin:  # noqa: PLR1730 - as above
        begin = bounds.floor[node]
    return min(begin, bounds.cap[node])


def _crossed(network: Network, early: Early, node: int) -> int:
    """The ordinal before which finish-to-start links from other calendars keep a task from starting."""
    ordinal_at, left = network.calendars[node].ordinal_at, early.left
    begin, at = EARLIEST, EARLIEST
    for source, lag in network.cross_in[node]:
        if lag:
            begin = max(begin, ordinal_at(left[source]) + lag)
        elif left[source] > at:
            at = left[source]
    return max(begin, ordinal_at(at)) if at > UNKNOWN else begin


def _compute(network: Network, bounds: Bounds, early: Early, node: int, begin: int, *, facts: bool) -> None:
    """Microsoft Project's forward pass: a task begins where its links and constraint put it, without them at `begin`.

    A lead, a start-to-finish link or a date may thus put it before the project's start; a finish-to-finish link not.
    """
    work = network.work[node]
    if facts and known(bounds.fact_start[node]):
        start = network.calendars[node].ordinal_at(bounds.fact_start[node])
        early.start[node] = start
        early.finish[node] = (bounds.floor[node] if _finishes_late(network, bounds, node, start) else start) + work
        early.out[node] = early.finish[node]
        early.wall[node] = early.left[node] = bounds.fact_start[node]
        return
    if network.stands[node]:
        _stand(network, bounds, early, node, begin)
        return
    after = _pushed_most(network, bounds, early, node, begin)
    if not known(after):
        after = bounds.floor[node] if known(bounds.floor[node]) else begin
    start = min(max(after, bounds.floor[node]), bounds.cap[node])
    early.start[node] = start
    early.finish[node] = start + work
    if node in network.off_hours:
        _note_off_hours(network, bounds, early, node)


def _finishes_late(network: Network, bounds: Bounds, node: int, start: int) -> bool:
    """Whether a started task lasts longer since it is to finish no earlier than a date: no other date moves it."""
    task = network.tasks[node]
    wanted = task is not None and task.constraint is not None and task.constraint.type is ConstraintType.FNET
    return wanted and bounds.floor[node] > start


def _note_off_hours(network: Network, bounds: Bounds, early: Early, node: int) -> None:
    """A constraint outside working hours that decides puts the task's end there, and what follows counts from it."""
    task = network.tasks[node]
    if task is None or task.constraint is None:
        return
    alone = not (network.near_in[node] or network.cross_in[node] or network.far_in[node])
    kind, start = task.constraint.type, early.start[node]
    if kind is ConstraintType.MFO or (kind is ConstraintType.FNET and alone):
        early.over[node] = network.off_hours[node]
    elif kind in _STARTS and start in (bounds.floor[node], bounds.cap[node]):
        early.begun[node] = network.off_hours[node]


def _pushed_most(network: Network, bounds: Bounds, early: Early, node: int, base: int) -> int:
    """The ordinal before which links keep a task with work from starting."""
    begin = EARLIEST
    for source, lag in network.near_in[node]:
        begin = max(begin, early.out[source] + lag)
    if network.cross_in[node]:
        begin = max(begin, _crossed(network, early, node))
    for far in network.far_in[node]:
        after = pushed(network, bounds, early, node, far)
        if far[1] == FF and known(after):
            after = max(after, base)
        begin = max(begin, after)
    return begin


def _stand(network: Network, bounds: Bounds, early: Early, node: int, begin: int) -> None:
    """A node without work stands at the instant that what comes before it allows.

    What follows one that must be there by a date begins then, though it be late itself: as in Microsoft Project, its
    own earliest date is the one that links allow.
    """
    calendar = network.calendars[node]
    at = calendar.start_wall(begin) if known(begin) else EARLIEST
    if not network.started[node]:
        after = EARLIEST
        for far in network.far_in[node]:
            reached = pushed_wall(network, bounds, early, node, far)
            if network.computed[node] and known(reached):
                reached = _in_shift(calendar, max(reached, at) if far[1] == FF else reached)
            after = max(after, reached)
        if network.computed[node] and (known(after) or known(bounds.floor_wall[node])):
            at = after
        at = max(at, after, bounds.floor_wall[node])
    early.wall[node] = at
    if known(at):
        early.start[node] = early.finish[node] = early.out[node] = calendar.ordinal_at(at)
        early.left[node] = at
        if bounds.cap_wall[node] < at:
            early.left[node] = bounds.cap_wall[node]
            early.out[node] = calendar.ordinal_at(bounds.cap_wall[node])


def _in_shift(calendar: Calendar, at: int) -> int:
    """The instant itself, at a shift's end too; out of hours the next shift's first minute."""
    ordinal = calendar.ordinal_at(at)
    return at if at == calendar.finish_wall(ordinal) else calendar.start_wall(ordinal)


def finish_wall(network: Network, early: Early, node: int) -> int:
    """The wall minute of a node's earliest finish."""
    if node in early.over:
        return early.over[node]
    if not network.stands[node] and not network.done[node] and not network.held[node]:
        return network.calendars[node].finish_wall(early.finish[node])
    return early.wall[node]
