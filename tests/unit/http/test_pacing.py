"""Figures on virtual time: how long the limits are waited for, and that the service refuses nothing."""

import runpy
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "pacing.py"


@pytest.fixture(scope="module")
def bench() -> dict[str, Any]:
    """The runnable measure, whose scenarios are these."""
    return runpy.run_path(str(BENCH), run_name="bench")


@pytest.mark.parametrize("place", range(4))
def test_limits_are_kept_and_hardly_exceeded_in_time(bench: dict[str, Any], place: int) -> None:
    """Boards of one or several tokens, shared or not, take at most 1.05 times the least; nothing is refused."""
    tokens, requests = list(bench["SCENARIOS"].values())[place]
    outcome = bench["paced"](tokens, requests)
    assert outcome.refused == 0
    assert 1.0 <= outcome.ratio <= 1.05


@pytest.mark.parametrize("seed", range(5))
def test_an_uneven_line_provokes_no_refusal(bench: dict[str, Any], seed: int) -> None:
    """Requests that take now 400 ms and now 2 to arrive never stand more than the limit in the service's window."""
    assert bench["paced"](["a", "a"], 600, bench["uneven"](seed)).refused == 0
    assert bench["paced"](["a", "b", "c", "d"], 600, bench["uneven"](seed)).refused == 0


def test_the_measure_is_a_command(bench: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """It prints every scenario and tells by its exit code that none is too slow."""
    assert bench["main"]() == 0
    assert capsys.readouterr().out.count("refused 0") == len(bench["SCENARIOS"])
