"""How large a pooled buffer is, from the tasks of the chain that it protects.

Sources: E. Goldratt, *Critical Chain* (1997), and F. Patrick (2004): half of a chain's aggressive estimates.
R. Newbold, *Project Management in the Fast Lane* (1998): the root of the squared differences between safe and
aggressive ones. L. Leach, *Critical Chain Project Management*: whatever the squares say, never under a share of the
chain (a quarter, he says: `margin = 0.25`), for what people forget to estimate grows as the chain does and squares grow
slower: ten equal tasks would keep 16 % free.

Boards hold one estimate a task. Half of it is taken for the aggressive one, so that half the chain is a quarter of the
estimates, whatever their number; the squares give more to chains of fewer than four equal tasks (half of a single one)
and less to longer ones. Half the chain is the default: it is the rule that its authors made for a single estimate, and
boards with few links are all short chains.
"""

import math
from collections.abc import Sequence

from retro.schedule.margins import in_quarters, margin_of

AGGRESSIVE = 0.5
"""The share of an estimate that a task takes when nothing goes wrong: half of it, where only a safe estimate is known
(Goldratt). It sizes buffers alone: tasks are laid out with the whole of their estimates, for a plan on halved ones
would begin after its own latest start."""


def half_the_chain(aggressive: Sequence[float]) -> float:
    """Half the sum of a chain's aggressive durations (Goldratt's cut and paste), in their unit."""
    return 0.5 * math.fsum(aggressive)


def root_of_squares(safe: Sequence[float], aggressive: Sequence[float]) -> float:
    """The square root of the sum of the squared differences of two estimates a task (Newbold), in their unit."""
    return math.sqrt(math.fsum((most - least) ** 2 for most, least in zip(safe, aggressive, strict=True)))


def spread_of(works: Sequence[int]) -> float:
    """The root of squares of a chain of which one estimate a task is known, in its unit.

    Two chains that follow each other have the hypotenuse of theirs.
    """
    return root_of_squares(works, [work * AGGRESSIVE for work in works])


def buffer_of(whole: int, spread: float, rule: str, share: float) -> int:
    """The buffer after a chain, in minutes rounded up to a quarter of an hour.

    `whole` are its estimates together and `spread` their `spread_of`. By `rule` ("squares", "half" or "none"), and
    never under `share` of the chain.
    """
    by_rule = {"squares": spread, "half": half_the_chain([whole * AGGRESSIVE]), "none": 0.0}[rule]
    return max(margin_of(whole, share), in_quarters(by_rule))
