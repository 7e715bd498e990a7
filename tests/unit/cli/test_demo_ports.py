"""The demo's look-alikes find two ports side by side, whoever else listens on this machine."""

from contextlib import ExitStack
from typing import Any, Self

import pytest

from retro.cli.demo import _side_by_side


class Listener:
    """A server that listens while it is entered; a taken port is refused."""

    open: list[int] = []  # noqa: RUF012 - emptied by every test

    def __init__(self, port: int, taken: frozenset[int]) -> None:
        self.port, self.taken = port, taken
        self.url = f"http://127.0.0.1:{port}"

    def __enter__(self) -> Self:
        if self.port in self.taken:
            raise OSError("taken")
        self.open.append(self.port)
        return self

    def __exit__(self, *_error: object) -> None:
        self.open.remove(self.port)


def served(taken: frozenset[int], tries: int = 20) -> tuple[Any, Any]:
    """What is served, first on 1000, then on 1010, 1020 and so on."""
    Listener.open.clear()
    ports = iter(range(1000, 2000, 10))
    with ExitStack() as servers:
        found: tuple[Any, Any] = _side_by_side(
            servers,
            lambda: Listener(next(ports), taken),  # type: ignore[arg-type,return-value]  # stands for a look-alike
            lambda port: Listener(port, taken),  # type: ignore[arg-type,return-value]  # idem
            tries,
        )
        assert sorted(Listener.open) == [found[0].port, found[1].port]
    assert Listener.open == []
    return found


def test_a_taken_neighbour_sends_both_elsewhere() -> None:
    """Where the port beside the first is taken, both start again somewhere else, and nothing stays open."""
    first, second = served(frozenset({1001, 1011}))
    assert (first.port, second.port) == (1020, 1021)


def test_it_is_given_up_in_the_end() -> None:
    """A machine without two free ports side by side is an error, not a loop."""
    with pytest.raises(OSError, match="taken"):
        served(frozenset(range(1001, 2000, 10)), tries=3)
    assert Listener.open == []
