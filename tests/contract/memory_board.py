"""A board in memory for the contract."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import ClassVar

from retro.model import Board, Category, Membership, Reference, Snapshot, Status, StatusOrigin, Task
from retro.ports import Connector, SourceError, WriteUncertainError
from retro.testing.clock import SteppingClock
from retro.testing.memory import MemoryConnector
from retro.testing.suite.given import GivenLive

KEY = "memory:board"


def task(number: int) -> Task:
    """A task of the board."""
    todo = Status("À faire", Category.TODO, StatusOrigin.MAPPED)
    place = (Membership(KEY, "À faire"),)
    return Task(key=f"memory:{number}", board=KEY, title=f"Tâche {number}", status=todo, memberships=place)


class MemoryBoard(GivenLive):
    """Three tasks, one of which waits for another; `kind` is the connector that is put to the test."""

    kind: ClassVar[type[MemoryConnector]] = MemoryConnector
    at: str = KEY
    unknown: str = "memory:nowhere"
    absent: str = "memory:99"
    links: ClassVar[tuple[tuple[str, str], ...]] = (("Tâche 1", "Tâche 3"),)

    def setup_method(self) -> None:
        """Begin without a connector: pytest calls it before each test."""
        self.connectors: list[MemoryConnector] = []

    def open(self, *, read_only: bool = False) -> Connector:
        self.connectors.append(self._made(read_only=read_only))
        return self.connectors[-1]

    def requests(self) -> int:
        return len(self.connectors[0].calls)

    def writes(self) -> int:
        return len(self.connectors[0].writes)

    def makes_there(self) -> frozenset[str]:
        return self.open().describe().capabilities.makes - {"owners"}  # nobody is on this board

    def comment(self, task: str) -> None:
        self.connectors[0].comment(KEY, task, "bonjour")

    def rename(self, task: str, title: str) -> None:
        self.connectors[0].edit(KEY, replace(self._held(task), title=title))

    def reschedule(self, task: str, due: date) -> None:
        self.connectors[0].edit(KEY, replace(self._held(task), due=due))

    def move(self, task: str) -> None:
        self.connectors[0].edit(KEY, replace(self._held(task), memberships=(Membership(KEY, "En cours"),)))

    def delete(self, task: str) -> None:
        self.connectors[0].delete(KEY, task)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        def refuse(_method: str, subject: str) -> None:
            raise SourceError("the tool has a breakdown.", where=subject)

        with self._hooked("before", refuse):
            yield

    @contextmanager
    def losing_answers(self) -> Iterator[None]:
        def lose(method: str, subject: str) -> None:
            if method in {"push", "provision", "retract", "create"}:
                raise WriteUncertainError("no answer came.", where=subject)

        with self._hooked("after", lose):
            yield

    @contextmanager
    def interrupting(self, act: Callable[[], None], *, done: bool) -> Iterator[None]:
        def fail(method: str, subject: str) -> None:
            if method == "push":
                act()
                raise WriteUncertainError("no answer came.", where=subject)

        with self._hooked("after" if done else "before", fail):
            yield

    @contextmanager
    def _hooked(self, name: str, hook: object) -> Iterator[None]:
        for connector in self.connectors:
            setattr(connector, name, hook)
        yield
        for connector in self.connectors:
            setattr(connector, name, None)

    def _held(self, key: str) -> Task:
        return self.connectors[0].read(KEY, [key])[key]

    def _made(self, *, read_only: bool) -> MemoryConnector:
        if self.connectors:
            return self.connectors[0].beside(read_only=read_only)
        clock = SteppingClock()
        after = (Reference(target="memory:1", origin="relation"),)
        tasks = (task(1), replace(task(2), due=date(2027, 2, 1)), replace(task(3), references=after))
        board = Board(key=KEY, name="Campagne", source="memory")
        return self.kind([Snapshot(board=board, tasks=tasks, read_at=clock.now())], clock, read_only=read_only)
