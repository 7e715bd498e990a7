"""Pacing and the run's watch: limits to the letter, sleeping on the clock given, within the deadline."""

import re
import threading
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.http.pacer import Pacer, Pacers
from retro.http.watch import Watch
from retro.ports import SourceError
from retro.testing.clock import SteppingClock


class StillClock(SteppingClock):
    """A clock that waits without moving, as under `--now`."""

    def now(self) -> datetime:
        return datetime.fromisoformat("2027-01-04T09:00:00+01:00")


def times(clock: SteppingClock, pacer: Pacer, count: int) -> list[float]:
    """When each of so many requests is let through, in seconds."""
    watch, found = Watch(clock), []
    for _ in range(count):
        pacer.take(watch)
        found.append(watch.elapsed())
    return found


@given(st.integers(1, 12), st.integers(1, 20), st.integers(1, 60))
def test_no_window_holds_more_than_the_rate(most: int, seconds: int, count: int) -> None:
    """Wherever a window of the rate's length is laid, at most the rate's number of requests lie in it."""
    clock = SteppingClock()
    found = times(clock, Pacer(Watch(clock), (most, seconds * 1000)), count)
    for place in range(count - most):
        assert found[place + most] - found[place] >= seconds - 1e-6


@given(st.integers(1, 12), st.integers(5, 20), st.integers(20, 90))
def test_pacing_wastes_less_than_a_twentieth(most: int, seconds: int, count: int) -> None:
    """The last request goes out no later than 1.05 times the windows that the rate needs for those before it."""
    clock = SteppingClock()
    found = times(clock, Pacer(Watch(clock), (most, seconds * 1000)), count)
    assert found[-1] <= 1.05 * seconds * ((count - 1) // most) + 1e-6


def test_a_clock_that_stands_still_paces_all_the_same() -> None:
    """Under `--now` the sleeps are counted, so that a run neither hangs nor overruns the limit."""
    clock = StillClock()
    pacer = Pacer(Watch(clock), (2, 1000))
    for _ in range(5):
        pacer.take(Watch(clock))
    assert sum(clock.slept) == pytest.approx(2.0, abs=0.01)


def test_waiting_stops_at_the_deadline() -> None:
    """A wait that would pass the run's deadline is not begun: the source says that time is over."""
    clock = SteppingClock()
    pacer = Pacer(Watch(clock), (1, 60_000))
    run = Watch(clock, most=30)
    pacer.take(run)
    with pytest.raises(SourceError):
        pacer.take(run)
    assert clock.slept == []


def test_one_pacer_a_token_and_no_token_kept() -> None:
    """Sources that share a token share its pacer, and the token stands nowhere in what keeps them."""
    pacers = Pacers(SteppingClock())
    first, again = pacers.of("s3cret-token", (1, 10)), pacers.of("s3cret-token", (1, 10))
    assert first is again is not pacers.of("another", (1, 10))
    assert not re.search("s3cret|another", repr(vars(pacers)))


def test_threads_share_the_limit() -> None:
    """Sources that are read side by side keep the limit of their common token together."""
    clock = SteppingClock()
    pacer, found = Pacer(Watch(clock), (3, 1000)), []

    def source() -> None:
        for _ in range(6):
            pacer.take(Watch(clock))
            found.append(clock.at.timestamp())

    threads = [threading.Thread(target=source) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.at.timestamp() - SteppingClock().at.timestamp() >= 5 - 1e-6
