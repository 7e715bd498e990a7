"""A ledger that is opened again as a new process would: in memory, and on the disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retro.ports import Ledger
from retro.store.ledger import SqlLedger
from retro.testing.ledger import MemoryLedger

Open = Callable[[], Ledger]


@pytest.fixture(params=["memory", "sqlite"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """A function that opens the ledger again, as a new process would (in memory: the same one)."""
    if request.param == "memory":
        memory = MemoryLedger()
        yield lambda: memory
        return
    opened: list[SqlLedger] = []

    def open_again() -> Ledger:
        for ledger in opened:
            ledger.close()
        opened.append(SqlLedger(tmp_path / ".retro"))
        return opened[-1]

    yield open_again
    for ledger in opened:
        ledger.close()
