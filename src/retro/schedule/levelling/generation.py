"""Serial schedule generation: nodes one by one, in an order, each as late as links and people allow.

After Kolisch (1996), turned round: a serial scheme in reversed time.
"""

from collections.abc import Iterable

from retro.schedule.levelling.problem import SPECIAL, Problem


def generate(problem: Problem, order: Iterable[int]) -> None:
    """Lay every node of `order`, each after those that follow it; where, is in `problem.start` and `finish`."""
    for desk in problem.desks:
        desk.reset()
    start, finish, works, margins, own = problem.start, problem.finish, problem.works, problem.margins, problem.own
    follows, demands, needs, kinds = problem.follows, problem.demands, problem.needs, problem.kinds
    bound_of, lay = problem.rules.bound, problem.rules.lay
    for node in order:
        kind = kinds[node]
        if kind & SPECIAL:
            bound = bound_of(node)
        else:
            bound = own[node]
            for target, lag in follows[node]:
                before = start[target] - lag
                if before < bound:  # noqa: PLR1730 - `min` costs a call a link
                    bound = before
        bound -= margins[node]
        demand = demands[node]
        if demand is not None:
            bound = demand.take(bound, works[node], needs[node])
        if kind:
            lay(node, bound)
        else:
            finish[node] = bound
            start[node] = bound - works[node]
