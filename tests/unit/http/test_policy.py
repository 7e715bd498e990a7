"""What is asked again, how long is waited before, and what never is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from requests.structures import CaseInsensitiveDict

from retro.http.headers import exhausted_window, retry_after
from retro.http.policy import Retries
from retro.http.watch import Watch
from retro.ports import SourceError
from retro.testing.clock import SteppingClock


@dataclass
class Reply:
    """An answer."""

    status_code: int
    headers: Mapping[str, str] = field(default_factory=CaseInsensitiveDict[str])


class DroppedError(Exception):
    """A dropped connection."""


def retries(clock: SteppingClock, most: float | None = None, **options: Any) -> Retries[Reply]:
    """The policy on a clock."""
    return Retries(Watch(clock, most), (DroppedError,), **options)


def sender(*answers: Reply | Exception) -> tuple[Callable[[], Reply], list[int]]:
    """Gives these answers one after the other, the last one for ever; and counts."""
    left, count = list(answers), [0]

    def send() -> Reply:
        count[0] += 1
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return send, count


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 529])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_reads_and_idempotent_writes_are_repeated(method: str, status: int) -> None:
    """What can be said twice is said again after a passing failure."""
    send, count = sender(Reply(status), Reply(200))
    assert retries(SteppingClock()).call(send, method).status_code == 200
    assert count == [2]


def test_dropped_reads_are_repeated() -> None:
    """A dropped connection is tried again, later each time."""
    clock = SteppingClock()
    send, count = sender(DroppedError(), DroppedError(), DroppedError(), Reply(200))
    assert retries(clock).call(send, "GET").status_code == 200
    assert count == [4]
    assert clock.slept == [1, 2, 4]


@pytest.mark.parametrize("answer", [Reply(500), Reply(503)])
def test_a_creation_is_never_repeated_blindly(answer: Reply) -> None:
    """A creation that failed is given back as it is: it may have happened."""
    send, count = sender(answer, Reply(200))
    assert retries(SteppingClock()).call(send, "POST") is answer
    assert count == [1]


def test_a_dropped_creation_is_not_repeated() -> None:
    """A creation without an answer is not sent again."""
    send, count = sender(DroppedError(), Reply(200))
    with pytest.raises(DroppedError):
        retries(SteppingClock()).call(send, "POST")
    assert count == [1]


def test_a_creation_refused_for_pace_is_repeated() -> None:
    """A 429 says that nothing was done: a creation may then be asked again."""
    send, count = sender(Reply(429), Reply(200))
    assert retries(SteppingClock()).call(send, "POST").status_code == 200
    assert count == [2]


def test_other_refusals_are_answers() -> None:
    """A 401 or 404 is an answer: asking again would not change it."""
    send, count = sender(Reply(401), Reply(200))
    assert retries(SteppingClock()).call(send, "GET").status_code == 401
    assert count == [1]


def test_the_last_answer_is_given_back() -> None:
    """A service that stays broken is asked a few times, then its answer stands."""
    send, count = sender(Reply(503))
    assert retries(SteppingClock(), attempts=3).call(send, "GET").status_code == 503
    assert count == [3]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "47"}, 47.0),
        ({"retry-after": "2.5"}, 2.5),
        ({"Retry-After": "Mon, 04 Jan 2027 09:02:00 GMT", "Date": "Mon, 04 Jan 2027 09:00:00 GMT"}, 120.0),
        ({}, 10.0),
        ({"x-rate-limit-api-token-remaining": "0", "x-rate-limit-api-token-interval-ms": "15000"}, 15.0),
        ({"x-rate-limit-api-token-remaining": "3", "x-rate-limit-api-token-interval-ms": "15000"}, 10.0),
        ({"Retry-After": "soon"}, 10.0),
    ],
)
def test_429_waits_as_told_else_a_full_window(headers: dict[str, str], wait: float) -> None:
    """Retry-After is honoured whole; without it the exhausted window that the headers tell, else a full one."""
    clock = SteppingClock()
    send, _count = sender(Reply(429, CaseInsensitiveDict(headers)), Reply(200))
    retries(clock).call(send, "GET")
    assert clock.slept == [wait]


def test_a_wait_beyond_the_deadline_ends_the_source() -> None:
    """A Retry-After that the run cannot wait for is a SourceError at once."""
    clock = SteppingClock()
    send, count = sender(Reply(429, CaseInsensitiveDict({"Retry-After": "3600"})))
    with pytest.raises(SourceError):
        retries(clock, most=60).call(send, "GET")
    assert (count, clock.slept) == ([1], [])


def test_headers_that_say_nothing() -> None:
    """Absent or odd headers give no wait."""
    assert retry_after(CaseInsensitiveDict()) is None
    assert retry_after(CaseInsensitiveDict({"Retry-After": "-5"})) == 0.0
    assert exhausted_window({"x-rate-limit-api-key-remaining": "0", "x-rate-limit-api-key-interval-ms": "x"}) is None


def test_what_waiting_never_mends_is_not_asked_again() -> None:
    """A 429 that stays the same however long one waits is an answer at once."""
    clock = SteppingClock()
    send, count = sender(Reply(429), Reply(200))
    policy = retries(clock, hopeless=lambda answer: answer.status_code == 429)
    assert policy.call(send, "GET").status_code == 429
    assert (count, clock.slept) == ([1], [])


def test_an_answer_that_breaks_off_counts_as_dropped() -> None:
    """A success that is not whole is asked for again where that changes nothing, else it stands."""
    for method, sent in (("GET", 2), ("POST", 1)):
        send, count = sender(Reply(206), Reply(200))
        retries(SteppingClock(), torn=lambda answer: answer.status_code == 206).call(send, method)
        assert count == [sent]


def test_449_is_an_answer() -> None:
    """A board that is too large to be given is as large the next time."""
    send, count = sender(Reply(449), Reply(200))
    assert retries(SteppingClock()).call(send, "GET").status_code == 449
    assert count == [1]


def test_repetitions_are_told_with_their_reason() -> None:
    """Each repetition names the status that asked for it, or none where no whole answer came."""
    told: list[tuple[int | None, float]] = []
    send, _count = sender(Reply(503), DroppedError(), Reply(200))
    retries(SteppingClock()).call(send, "GET", again=lambda status, seconds: told.append((status, seconds)))
    assert told == [(503, 1.0), (None, 2.0)]


def test_a_service_that_names_no_wait_is_asked_later_each_time() -> None:
    """`Retry-After: 0` again and again is answered with longer pauses, not with a storm."""
    clock = SteppingClock()
    send, _count = sender(Reply(429, CaseInsensitiveDict({"Retry-After": "0"})))
    retries(clock).call(send, "GET")
    assert clock.slept == [1, 2, 4, 8]
