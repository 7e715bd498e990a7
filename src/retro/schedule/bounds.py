"""What holds a network in time, and the dates that passes find, as plain lists by node.

Ordinals count minutes worked on a node's own calendar, walls are wall minutes of the one zone.
"""

from dataclasses import dataclass, field

EARLIEST = -(1 << 60)
"""Before any date: nothing is known."""
LATEST = 1 << 60
UNKNOWN = EARLIEST >> 1
"""What is not after it is not known."""
UNBOUND = LATEST >> 1
"""What is not before it is not bounded."""


def known(ordinal: int) -> bool:
    """Whether an ordinal or wall minute stands for a date at all."""
    return UNKNOWN < ordinal < UNBOUND


@dataclass(slots=True)
class Bounds:
    """What holds a network in time, by node. Ordinals are in the node's calendar, walls are wall minutes."""

    floor: list[int]
    """Least start."""
    floor_wall: list[int]
    """Idem, of nodes without work."""
    cap: list[int]
    """Greatest start whatever the links say: what must start or finish, or may do so no later than, on a date."""
    cap_wall: list[int]
    """Idem, of nodes without work."""
    due: list[int]
    """The very finish of what must start or finish on a date: its latest, whatever follows."""
    limit: list[int]
    """Greatest finish by constraints and deadlines."""
    anchored: list[int]
    """Greatest finish by the node's own anchor."""
    anchored_wall: list[int]
    """Idem, as a wall minute."""
    anchor: list[int]
    """Number of that anchor, or -1."""
    release: list[int]
    """The wall minute before which nothing that follows the node begins: its anchor's instant."""
    fact_start: list[int]
    """When it began, as a wall minute: of done tasks, and of started ones on a board that computes dates."""
    fact_finish: list[int]
    """When it was over; idem, and of what is scheduled by hand."""
    stands: dict[int, int] = field(default_factory=dict[int, int])
    """The wall minute before which a node without work cannot stand, by constraints and facts."""


def unbounded(count: int) -> Bounds:
    """No bounds at all."""
    low, high = [EARLIEST] * count, [LATEST] * count
    return Bounds(
        floor=low,
        floor_wall=low[:],
        cap=high,
        cap_wall=high[:],
        due=high[:],
        limit=high[:],
        anchored=high[:],
        anchored_wall=high[:],
        anchor=[-1] * count,
        release=low[:],
        fact_start=low[:],
        fact_finish=low[:],
    )


@dataclass(slots=True)
class Early:
    """Earliest ordinals by node."""

    start: list[int]
    finish: list[int]
    out: list[int]
    """When what follows may begin: the finish, its margin, and its anchor's instant."""
    wall: list[int]
    """The finish as a wall minute, of nodes without work, of done ones and of those laid by hand."""
    left: list[int]
    """`out` as a wall minute: of nodes without work, and of those that a link leaves for another calendar."""
    begun: dict[int, int] = field(default_factory=dict[int, int])
    """The start as a wall minute, where a constraint puts it outside working hours."""
    over: dict[int, int] = field(default_factory=dict[int, int])
    """Idem, the finish."""
    late: "Late | None" = None
    """Latest dates, where what is as late as possible holds back what follows it."""


@dataclass(slots=True)
class Late:
    """Latest ordinals by node, and the anchor that they come from (-1: none)."""

    start: list[int]
    finish: list[int]
    anchor: list[int]
    wall: list[int]
    """Of nodes without work: the latest finish as a wall minute."""
    begins: list[int] = field(default_factory=list[int])
    """Of nodes that a link enters from another calendar: the latest start as a wall minute."""
    until: dict[int, int] = field(default_factory=dict[int, int])
    """Of tasks without work: the wall minute of `finish` at which they stand, where it is not its last one worked."""
