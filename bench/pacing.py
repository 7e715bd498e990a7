"""How long pacing takes against what the limits allow, and whether the service refuses any request: on virtual time."""

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from retro.http.line import Line
from retro.http.pacer import Pacers
from retro.http.watch import Watch
from retro.sandbox.pace import Rate, Window
from retro.testing.clock import SteppingClock
from retro_trello.account import KEY_RATE, TOKEN_RATE

MOST = 1.05
"""Times the least that the limits allow: longer is a fault."""
TOKEN, KEY = Rate(100, 10), Rate(300, 10)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service says."""

    status_code: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went."""

    seconds: float
    """Until the last request went out."""
    least: float
    """The earliest instant at which the limits allow the last request."""
    refused: int

    @property
    def ratio(self) -> float:
        """Times the least."""
        return self.seconds / self.least


def paced(tokens: Sequence[str], requests: int, latency: Iterator[float] | None = None) -> Outcome:
    """So many requests by turns from sources with these tokens, all of one key.

    Args:
        tokens: one a source; sources may share one.
        requests: of all of them together.
        latency: seconds that each request needs to arrive; None: none.
    """
    clock = SteppingClock()
    pacers, started = Pacers(clock), clock.now()
    by_token, by_key = (Window(rate, lambda: clock.now().timestamp()) for rate in (TOKEN, KEY))
    lines: list[Line[Answer]] = [
        Line(
            Watch(clock),
            (OSError,),
            pacers=(pacers.of(token, TOKEN_RATE, "api-token"), pacers.of("the key", KEY_RATE, "api-key")),
        )
        for token in tokens
    ]
    refused, last = 0, 0.0

    def arrive(token: str) -> Answer:
        nonlocal refused, last
        last = (clock.now() - started).total_seconds()
        if latency is not None:
            clock.sleep(next(latency))
        if by_token.standing(token).exceeded or by_key.standing("the key").exceeded:
            refused += 1
            return Answer(429)
        left = {"api-token": by_token.count(token).remaining, "api-key": by_key.count("the key").remaining}
        told = {f"x-rate-limit-{limit}-remaining": str(most) for limit, most in left.items()}
        return Answer(200, {**told, "x-rate-limit-api-token-interval-ms": "10000"})

    for turn in range(requests):
        place = turn % len(tokens)
        lines[place].ask(lambda token=tokens[place]: arrive(token), "GET", "/1/boards/AbCd1234")  # type: ignore[misc]  # a default binds it
    busiest = max(-(-requests * tokens.count(token) // len(tokens)) for token in set(tokens))
    least = max((busiest - 1) // TOKEN.most * TOKEN.seconds, (requests - 1) // KEY.most * KEY.seconds)
    return Outcome(last, least, refused)


def uneven(seed: int = 7) -> Iterator[float]:
    """Latencies of a good line: the first request connects, the others take some milliseconds, now and then many."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    yield 0.4
    while True:
        yield 0.4 if chance.random() < 1 / 97 else chance.uniform(0.002, 0.02)


SCENARIOS = {
    "300 boards, one token": (["a"], 300),
    "300 boards, two sources that share a token": (["a", "a"], 300),
    "900 boards, three tokens of one key": (["a", "b", "c"], 900),
    "1 500 boards, five tokens of one key": (list("abcde"), 1_500),
}


def main() -> int:
    """Print each scenario; 1 where one is too slow or has a request refused."""
    bad = 0
    for name, (tokens, requests) in SCENARIOS.items():
        exact, real = paced(tokens, requests), paced(tokens, requests, uneven())
        print(f"{name}: {exact.seconds:.1f} s of at least {exact.least:.0f} s, {exact.ratio:.3f} times", end=" · ")
        print(f"refused {exact.refused}, on an uneven line {real.refused}")
        bad += exact.ratio > MOST or exact.refused > 0 or real.refused > 0
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
