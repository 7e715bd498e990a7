"""A source's line: what its service says of its limits is heeded by all who share them, and everything is told."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from requests.structures import CaseInsensitiveDict

from retro.http.line import Line
from retro.http.meter import Meter
from retro.http.pacer import Pacer
from retro.http.watch import Watch
from retro.ports import SourceError, StaleRevisionError
from retro.sandbox.pace import Rate, Window
from retro.testing.clock import SteppingClock

PATH = "/1/boards/AbCd1234"


@dataclass
class Reply:
    """An answer."""

    status_code: int = 200
    headers: Mapping[str, str] = field(default_factory=CaseInsensitiveDict[str])


def told(left: int, limit: str = "api-token") -> Mapping[str, str]:
    """Headers that say how much of a limit of ten seconds is left."""
    lead = f"X-Rate-Limit-{limit}"
    return CaseInsensitiveDict({f"{lead}-Remaining": str(left), f"{lead}-Interval-Ms": "10000"})


def line(
    clock: SteppingClock, *pacers: Pacer, meter: Meter | None = None, deadline: float | None = None
) -> Line[Reply]:
    """A line of one source."""
    return Line(Watch(clock, deadline), (OSError,), pacers=pacers, traffic=(meter or Meter()).of("equipe"))


def answers(*replies: Reply) -> Callable[[], Reply]:
    """These answers, the last one for ever."""
    left = list(replies)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_a_token_that_others_use_is_waited_for_before_it_is_refused() -> None:
    """An answer that leaves no room although few requests were ours makes the next one wait for a whole window."""
    clock = SteppingClock()
    ours = line(clock, Pacer(Watch(clock), (100, 10_000), "api-token"))
    ours.ask(answers(Reply(headers=told(0))), "GET", PATH)
    ours.ask(answers(Reply()), "GET", PATH)
    assert clock.slept == [10.0]


def test_a_token_that_we_have_used_up_costs_no_more_than_our_own_pace() -> None:
    """An answer that leaves no room after as many requests of ours as are allowed adds no wait."""
    clock = SteppingClock()
    ours = line(clock, Pacer(Watch(clock), (2, 10_000), "api-token"))
    for left in (1, 0):
        clock.sleep(4)
        ours.ask(answers(Reply(headers=told(left))), "GET", PATH)
    ours.ask(answers(Reply()), "GET", PATH)
    assert clock.slept[:2] == [4, 4]
    assert sum(clock.slept[2:]) == pytest.approx(6, abs=0.01)


def test_who_shares_a_refused_token_waits_too() -> None:
    """After a 429 every source of the token waits, and those of other tokens do not."""
    clock = SteppingClock()
    shared, other = Pacer(Watch(clock), (100, 10_000), "api-token"), Pacer(Watch(clock), (100, 10_000), "api-token")
    first, second, third = (line(clock, pacer) for pacer in (shared, shared, other))
    with pytest.raises(OSError, match="gone"):
        first.ask(_refused_then_gone(), "POST", PATH)
    waited = sum(clock.slept)
    third.ask(answers(Reply()), "GET", PATH)
    assert sum(clock.slept) == waited == 10
    second.ask(answers(Reply(429), Reply()), "GET", PATH)
    third.ask(answers(Reply()), "GET", PATH)
    assert sum(clock.slept) == waited + 10


def _refused_then_gone() -> Callable[[], Reply]:
    replies = iter([Reply(429)])

    def send() -> Reply:
        for reply in replies:
            return reply
        raise OSError("gone")

    return send


def test_the_limit_that_is_named_is_the_one_that_waits() -> None:
    """A 429 whose headers show the token's limit as used up does not stop other tokens of the same key."""
    clock = SteppingClock()
    key = Pacer(Watch(clock), (300, 10_000), "api-key")
    mine, yours = (line(clock, Pacer(Watch(clock), (100, 10_000), "api-token"), key) for _ in range(2))
    headers = CaseInsensitiveDict({**told(0), **told(12, "api-key")})
    mine.ask(answers(Reply(429, headers), Reply()), "GET", PATH)
    before = sum(clock.slept)
    yours.ask(answers(Reply()), "GET", PATH)
    assert sum(clock.slept) == before == 10


def test_a_service_that_refuses_everything_is_never_stormed() -> None:
    """Whatever `Retry-After` it names, a few sources of one key are refused far less often than brings a lock-out."""
    clock = SteppingClock()
    key, refused = Pacer(Watch(clock), (300, 10_000), "api-key"), Window(Rate(200, 10), lambda: clock.now().timestamp())
    lines = [line(clock, Pacer(Watch(clock), (100, 10_000), "api-token"), key) for _ in range(5)]
    fullest = 200

    def refuse() -> Reply:
        nonlocal fullest
        refused.count("key")
        fullest = min(fullest, refused.standing("key").remaining)
        return Reply(429, CaseInsensitiveDict({"Retry-After": "0"}))

    for _board in range(40):
        for each in lines:
            each.ask(refuse, "GET", PATH)
    assert fullest > 150


def test_a_wait_that_the_service_asks_for_counts_against_the_deadline() -> None:
    """What the run cannot wait for ends the source as a whole, before anything is slept."""
    clock = SteppingClock()
    ours = line(clock, Pacer(Watch(clock), (100, 10_000)), deadline=60)
    with pytest.raises(SourceError) as caught:
        ours.ask(answers(Reply(429, CaseInsensitiveDict({"Retry-After": "90"}))), "GET", PATH)
    assert caught.value.whole
    assert (ours.calls, clock.slept) == (1, [])


def test_no_request_goes_out_after_the_deadline() -> None:
    """Slow answers use the run's time up as well: the next request is not sent."""
    clock = SteppingClock()
    ours = line(clock, deadline=60)
    ours.ask(answers(Reply()), "GET", PATH)
    clock.sleep(61)
    with pytest.raises(SourceError) as caught:
        ours.ask(answers(Reply()), "GET", PATH)
    assert caught.value.whole
    assert ours.calls == 1


def test_everything_is_told() -> None:
    """Requests by kind, repetitions by reason, both sorts of waits, and the least that the service had left."""
    clock, meter = SteppingClock(), Meter()
    ours = line(clock, Pacer(Watch(clock), (3, 10_000), "api-token"), meter=meter)
    busy = Reply(429, CaseInsensitiveDict({"Retry-After": "4"}))
    ours.ask(answers(Reply(headers=told(40))), "GET", PATH)
    ours.ask(answers(busy, Reply(503), Reply(headers=told(7))), "GET", "/1/boards/5f0000000000000000000000")
    (source,) = meter.tallies()
    (tally,) = source.lines
    assert (tally.method, tally.path, tally.calls) == ("GET", "/boards/{id}", 4)
    assert dict(tally.again) == {429: 1, 503: 1}
    assert tally.told == pytest.approx(4 + 2)
    assert tally.paced == pytest.approx(4, abs=0.01)
    assert source.left == 7


def test_requests_are_counted_by_thread() -> None:
    """What one thread has sent is told apart from what others send over the same line meanwhile."""
    clock = SteppingClock()
    ours = line(clock)
    counts: list[int] = []

    def other() -> None:
        for _ in range(3):
            ours.ask(answers(Reply()), "GET", PATH)
        counts.append(ours.calls)

    ours.ask(answers(Reply()), "GET", PATH)
    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert (counts, ours.calls) == ([3], 1)


def looked(ours: Line[Reply], replies: Callable[[], Reply], method: str = "PUT", *, writes: bool = True) -> list[bool]:
    """What a watchful write's looks were told, in order; each reads what it is about, and finds nothing changed."""
    seen: list[bool] = []

    def look(*, perhaps: bool) -> None:
        seen.append(perhaps)
        ours.ask(answers(Reply()), "GET", PATH)
        ours.seen()

    with ours.looking(look):
        ours.ask(replies, method, PATH, writes=writes)
    return seen


def failing(*outcomes: Reply | OSError) -> Callable[[], Reply]:
    """These answers and dropped connections, in order."""
    left = list(outcomes)

    def send() -> Reply:
        outcome = left.pop(0)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    return send


def test_a_write_that_goes_well_is_not_looked_at() -> None:
    """Nothing is asked that a write without a wait does not need."""
    clock = SteppingClock()
    ours = line(clock, Pacer(Watch(clock), (1, 10_000)))
    ours.ask(answers(Reply()), "GET", PATH)
    assert looked(ours, answers(Reply())) == []
    assert (ours.calls, len(clock.slept)) == (2, 1)


@pytest.mark.parametrize(
    ("outcomes", "told_to_looks"),
    [
        ((Reply(429), Reply()), [False]),
        ((Reply(503), Reply()), [True]),
        ((OSError("gone"), Reply()), [True]),
        ((Reply(429), OSError("gone"), Reply(429), Reply()), [False, True, True]),
    ],
)
def test_a_look_before_each_repetition(outcomes: tuple[Reply | OSError, ...], told_to_looks: list[bool]) -> None:
    """Before a write is repeated it is looked at, and who looks is told whether an earlier sending may be done."""
    assert looked(line(SteppingClock()), failing(*outcomes)) == told_to_looks


def test_the_wait_comes_before_the_look() -> None:
    """What a service asks to wait is over when the look is taken: nothing is waited for after it."""
    clock = SteppingClock()
    for pacers in ((), (Pacer(Watch(clock), (100, 10_000)),)):
        ours = line(clock, *pacers)
        slept: list[int] = []

        def look(*, perhaps: bool, ours: Line[Reply] = ours, slept: list[int] = slept) -> None:
            del perhaps
            ours.ask(answers(Reply()), "GET", PATH)
            ours.seen()
            slept.append(len(clock.slept))

        with ours.looking(look):
            ours.ask(failing(Reply(429), Reply()), "PUT", PATH, writes=True)
        assert slept == [len(clock.slept)]


def test_a_wait_before_the_write_counts() -> None:
    """A read that had to be repeated since the last look makes the write look first; `seen` makes that good."""
    ours = line(SteppingClock())
    ours.ask(failing(Reply(503), Reply()), "GET", PATH)
    assert looked(ours, answers(Reply())) == [False]
    ours.ask(failing(Reply(503), Reply()), "GET", PATH)
    ours.seen()
    assert looked(ours, answers(Reply())) == []


def test_a_wait_that_the_service_asked_everybody_for_counts() -> None:
    """Where the last answer left no room, the write is looked at after that wait, a few times at most."""
    clock = SteppingClock()
    ours = line(clock, Pacer(Watch(clock), (100, 10_000), "api-token"))
    ours.ask(answers(Reply(headers=told(0))), "GET", PATH)
    assert looked(ours, answers(Reply())) == [False]
    looks: list[bool] = []

    def look(*, perhaps: bool) -> None:
        looks.append(perhaps)
        ours.ask(answers(Reply(headers=told(0))), "GET", PATH)
        ours.seen()

    look(perhaps=False)
    with ours.looking(look):
        ours.ask(answers(Reply()), "PUT", PATH, writes=True)
    assert len(looks) == 1 + 3


def test_what_only_reads_is_not_looked_at() -> None:
    """A read is repeated without a look, whatever its method."""
    assert looked(line(SteppingClock()), failing(Reply(429), Reply()), "POST", writes=False) == []


def test_a_look_ends_a_write() -> None:
    """What a look raises comes back, and nothing is sent any more; afterwards nobody looks."""
    ours = line(SteppingClock())

    def look(*, perhaps: bool) -> None:
        del perhaps
        raise StaleRevisionError("trello:1")

    with pytest.raises(StaleRevisionError), ours.looking(look):
        ours.ask(failing(Reply(503)), "PUT", PATH, writes=True)
    ours.ask(failing(Reply(503), Reply()), "PUT", PATH, writes=True)
