"""The memory connector keeps the contract of connectors."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from retro.model import Board, Category, Membership, Snapshot, Status, StatusOrigin, Task
from retro.testing.clock import SteppingClock
from retro.testing.memory import MemoryConnector
from retro.testing.suite import ConnectorContract

KEY = "memory:board"


def task(number: int) -> Task:
    """A task of the board."""
    todo = Status("À faire", Category.TODO, StatusOrigin.MAPPED)
    place = (Membership(KEY, "À faire"),)
    return Task(key=f"memory:{number}", board=KEY, title=f"Tâche {number}", status=todo, memberships=place)


class TestMemory(ConnectorContract):
    """The suite, on a board of three tasks."""

    at: str = KEY
    unknown: str = "memory:nowhere"
    absent: str = "memory:99"
    made: ClassVar[list[MemoryConnector]] = []

    def open(self, *, read_only: bool = False) -> MemoryConnector:
        clock = SteppingClock()
        tasks = (task(1), replace(task(2), due=date(2027, 2, 1)), task(3))
        board = Board(key=KEY, name="Campagne", source="memory")
        connector = MemoryConnector(
            [Snapshot(board=board, tasks=tasks, read_at=clock.now())], clock, read_only=read_only
        )
        self.made[:] = [connector]
        return connector

    def comment(self, task: str) -> None:
        self.made[0].comment(KEY, task, "bonjour")

    def rename(self, task: str, title: str) -> None:
        held = self.made[0].read(KEY, [task])[task]
        self.made[0].edit(KEY, replace(held, title=title))
