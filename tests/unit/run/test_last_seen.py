"""What the history of snapshots tells of tasks that left their board."""

from datetime import UTC, datetime, timedelta

from retro.model import Board, Category, Snapshot, Status, StatusOrigin, Task
from retro.run.last_seen import last_seen
from retro.testing.ledger import MemoryLedger

SET = datetime(2027, 1, 4, 9, tzinfo=UTC)


class Counting(MemoryLedger):
    """A ledger that counts how many snapshots it gave."""

    given = 0

    def previous_snapshot(self, board: str, before: datetime) -> Snapshot | None:
        """The newest snapshot of a board read before an instant."""
        self.given += 1
        return super().previous_snapshot(board, before)


def history(nights: int, stays: dict[str, int], done: dict[str, int]) -> Counting:
    """A board read every night: each task until the night in `stays`, done from the one in `done` on."""
    ledger = Counting()
    for night in range(nights + 1):
        tasks = tuple(
            Task(
                key=key,
                board="b",
                title=key,
                status=Status(
                    None, Category.DONE if night >= done.get(key, nights + 1) else Category.TODO, StatusOrigin.INFERRED
                ),
            )
            for key, last in stays.items()
            if night <= last
        )
        read_at = SET + timedelta(days=night)
        ledger.store_snapshot(Snapshot(board=Board(key="b", name="B", source="s"), tasks=tasks, read_at=read_at))
    return ledger


def seen(ledger: MemoryLedger, nights: int, *keys: str) -> dict[str, str]:
    """How each task stood when it was seen last."""
    found = last_seen(ledger, "b", keys, SET, SET + timedelta(days=nights, minutes=1))
    return {key: task.status.category.value for key, task in found.items()}


def test_a_task_is_as_its_last_snapshot_has_it() -> None:
    """One that was done for a single night before it was archived is done; one that was not is open."""
    ledger = history(90, {"done": 41, "open": 60, "first": 1}, {"done": 41, "first": 1})
    assert seen(ledger, 90, "done", "open", "first") == {"done": "done", "open": "todo", "first": "done"}


def test_a_year_of_nights_costs_a_few_snapshots() -> None:
    """The last night is found by halves: a task among a year of reads takes a dozen, not hundreds."""
    ledger = history(365, {"a": 200}, {"a": 200})
    assert seen(ledger, 365, "a") == {"a": "done"}
    assert ledger.given <= 12


def test_what_no_night_saw_is_not_in_the_answer() -> None:
    """A task that left before the next read, or a board that was not read since, tells nothing."""
    assert seen(history(30, {"a": 0}, {}), 30, "a") == {}
    assert seen(MemoryLedger(), 30, "a") == {}
    assert last_seen(history(3, {}, {}), "b", (), SET, SET + timedelta(days=3)) == {}
