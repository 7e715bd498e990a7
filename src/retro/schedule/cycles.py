"""Order of a network, and the cycles that stand in its way. Linear in nodes and links."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence

MOST_NAMED = 100
"""Cycles named of one knot of tasks: a knot with more is not read one by one."""
MOST_SEEN = 1_000_000
"""Tasks walked over to name the cycles of one knot: after as many, what was found is enough."""


def topological(successors: Sequence[Sequence[int]]) -> list[int]:
    """Nodes with every predecessor first (Kahn); those on a cycle, or after one, are left out."""
    waiting = [0] * len(successors)
    for targets in successors:
        for target in targets:
            waiting[target] += 1
    order = [node for node, count in enumerate(waiting) if count == 0]
    for node in order:  # grows while it is read
        for target in successors[node]:
            waiting[target] -= 1
            if waiting[target] == 0:
                order.append(target)
    return order


def knots(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Strongly connected components that hold a cycle, each sorted: every node that a cycle runs through.

    Found by two sweeps without recursion (Kosaraju and Sharir 1981).
    """
    count = len(successors)
    back: list[list[int]] = [[] for _ in range(count)]
    for node, targets in enumerate(successors):
        for target in targets:
            back[target].append(node)
    seen = bytearray(count)
    finished: list[int] = []
    for root in range(count):
        finished += _finished(successors, root, seen)
    seen = bytearray(count)
    components = (_finished(back, root, seen) for root in reversed(finished))
    return sorted(sorted(found) for found in components if len(found) > 1 or (found and found[0] in back[found[0]]))


def _finished(targets_of: Sequence[Sequence[int]], root: int, seen: bytearray) -> list[int]:
    """Nodes reached from `root` that were not seen before, each after what it leads to (depth first)."""
    if seen[root]:
        return []
    seen[root] = 1
    done: list[int] = []
    path = [(root, iter(targets_of[root]))]
    while path:
        node, targets = path[-1]
        for target in targets:
            if not seen[target]:
                seen[target] = 1
                path.append((target, iter(targets_of[target])))
                break
        else:
            path.pop()
            done.append(node)
    return done


def named(
    successors: Sequence[Sequence[int]], components: Iterable[Sequence[int]], name: Callable[[int], str | None]
) -> list[tuple[str, ...]]:
    """Cycles in link order, each beginning with its smallest name, so that every named node of a knot is in one.

    `name` gives None for a node that stands for no task of its own.
    """
    cycles: set[tuple[str, ...]] = set()
    for component in components:
        inside = set(component)
        seen: set[int] = set()
        members = sorted((name(node) or "", node) for node in component)
        said = walked = 0
        for called, node in members:
            if not called or node in seen or said == MOST_NAMED or walked > MOST_SEEN:
                continue
            path, steps = _round_trip(successors, node, inside)
            walked += steps
            seen.update(path)
            said += 1
            names = [known for step in path if (known := name(step)) is not None]
            least = names.index(min(names))
            cycles.add(tuple(names[least:] + names[:least]))
    return sorted(cycles)


def _round_trip(successors: Sequence[Sequence[int]], node: int, inside: set[int]) -> tuple[list[int], int]:
    """A shortest way from a node of a knot back to itself, and how many nodes were seen to find it."""
    came: dict[int, int] = {}
    queue = deque([node])
    while queue:
        here = queue.popleft()
        for target in successors[here]:
            if target == node:
                path = [here]
                while path[-1] != node:
                    path.append(came[path[-1]])
                return path[::-1], len(came)
            if target in inside and target not in came:
                came[target] = here
                queue.append(target)
    return [node], len(came)
