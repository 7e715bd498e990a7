"""Sizes of pooled buffers: the worked examples that were published, and the floor under them."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.schedule import margin_of
from retro.schedule.buffer_sizes import AGGRESSIVE, buffer_of, half_the_chain, root_of_squares, spread_of

# PM Knowledge Center, "Sizing CC/BM buffers": eight activities, safe and aggressive.
SAFE = dict(zip("12345678", (2, 9, 5, 2, 3, 6, 2, 3), strict=True))
BOLD = dict(zip("12345678", (1, 6, 3, 1, 2, 4, 1, 2), strict=True))


def test_ten_tasks_of_twenty_days_are_planned_in_a_hundred_and_fifty() -> None:
    """Patrick 2004: 200 days of safe estimates become 100 of work and a buffer of 50."""
    safe = [20.0] * 10
    aggressive = [each * AGGRESSIVE for each in safe]
    assert sum(aggressive) == 100
    assert half_the_chain(aggressive) == 50
    assert sum(aggressive) + half_the_chain(aggressive) == 150


@pytest.mark.parametrize(("left_out", "buffer"), [((3, 3, 2), 4.7), ((3, 2), 3.6), ((2, 2), 2.8)])
def test_squares_of_what_was_left_out(left_out: tuple[int, ...], buffer: float) -> None:
    """Grist, "Using buffers": the project's buffer, then the two that feed it, from each task's contingency."""
    assert round(root_of_squares([10 + each for each in left_out], [10] * len(left_out)), 1) == buffer


@pytest.mark.parametrize(
    ("chain", "squares", "half"), [("268", 3.74, 6), ("14", 1.41, 1), ("357", 2.45, 3)], ids=["chain", "1-4", "3-5-7"]
)
def test_the_table_of_the_knowledge_center(chain: str, squares: float, half: float) -> None:
    """The critical chain and both feeding chains, by either rule."""
    safe, aggressive = [SAFE[each] for each in chain], [BOLD[each] for each in chain]
    assert round(root_of_squares(safe, aggressive), 2) == squares
    assert half_the_chain(aggressive) == half


@given(st.integers(1, 30), st.integers(15, 5000))
def test_squares_alone_thin_out_on_long_chains(count: int, work: int) -> None:
    """A share of 0.5/√n of n equal tasks: a quarter of four tasks, 16 % of ten; there the floor takes over."""
    squares = root_of_squares([work] * count, [work * AGGRESSIVE] * count)
    assert isclose(squares / (work * count), 0.5 / count**0.5)
    floor = margin_of(work * count, 0.2)
    assert buffer_of(work * count, spread_of([work] * count), "squares", 0.2) == max(
        floor, -(-int(round(squares, 3) * 1000) // 15000) * 15
    )


@given(
    st.lists(st.integers(0, 10_000), max_size=12),
    st.sampled_from(["squares", "half", "none"]),
    st.floats(0, 3, allow_nan=False),
)
def test_never_under_the_share_of_the_chain(works: list[int], rule: str, share: float) -> None:
    """Whatever the rule: `[schedule] margin` of the chain is the least, in whole quarters of an hour."""
    buffer = buffer_of(sum(works), spread_of(works), rule, share)
    assert buffer >= margin_of(sum(works), share)
    assert buffer % 15 == 0
    if rule == "none":
        assert buffer == margin_of(sum(works), share)


def test_half_of_halves_is_a_quarter_of_the_estimates() -> None:
    """Where one estimate a task is known its half is the aggressive one: four days keep one."""
    assert buffer_of(4 * 420, 0.0, "half", 0.2) == 420
    assert buffer_of(0, spread_of([]), "squares", 0.2) == 0
