"""Which run and which task are meant by what a person types."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from retro.i18n import use
from retro.model import Change, WriteLevel
from retro.ports import ConfigurationError, RunRecord
from retro.run.journal_search import tasks_called
from retro.run.undo import LAST, find_run, writes_of
from retro.testing.ledger import MemoryLedger

NOW = datetime(2027, 1, 8, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


def change(task: str = "t1", title: str = "Brief « été »", url: str | None = None) -> Change:
    """A change of a task."""
    return Change(
        id=task,
        task=task,
        title=title,
        url=url,
        board="b",
        field="due",
        level=WriteLevel.FILL,
        old=None,
        new=None,
        why="schedule",
        revision="",
    )


def ledger_of(*runs: tuple[str, str, int, bool]) -> MemoryLedger:
    """Runs by id, command, writes, and whether they ended; oldest first."""
    ledger = MemoryLedger()
    for place, (id_, command, writes, ended) in enumerate(runs):
        at = NOW + timedelta(days=place)
        ledger.begin(RunRecord(id=id_, command=command, started=at))
        for intent in ledger.intend(id_, [change(f"t{each}") for each in range(writes)], at):
            ledger.settle(intent, "acknowledged", None, at)
        if ended:
            ledger.finish(RunRecord(id=id_, command=command, started=at, finished=at, writes=writes))
    return ledger


APPLY, SYNC, QUIET = ("aa11", "apply", 3, True), ("ab22", "sync", 2, True), ("cc33", "sync", 0, True)


@pytest.mark.parametrize(
    ("later", "meant"),
    [
        ((), "ab22"),
        ((("dd44", "sync", 1, False),), "dd44"),
        ((("ee55", "undo ab22", 2, True),), "aa11"),
        ((("ee55", "undo ab22", 1, False),), "ab22"),
        ((("ee55", "undo ab22 --board contenus", 1, True),), "ab22"),
        ((("ee55", "undo ab22", 2, True), ("ff66", "undo ee55", 2, True)), "ab22"),
    ],
)
def test_the_last_run(later: tuple[tuple[str, str, int, bool], ...], meant: str) -> None:
    """`last` wrote something, is no undo, and is not wholly taken back, be it that it was interrupted itself."""
    assert find_run(ledger_of(APPLY, SYNC, QUIET, *later), LAST).id == meant


def test_a_run_by_its_id_or_its_beginning() -> None:
    """An id, or a beginning that one run alone has, names a run."""
    ledger = ledger_of(APPLY, SYNC, QUIET)
    assert (find_run(ledger, "cc33").id, find_run(ledger, "ab").id) == ("cc33", "ab22")


@pytest.mark.parametrize(("words", "said"), [("a", "several runs"), ("zz", "no run"), ("", "no run")])
def test_a_run_that_is_not_one(words: str, said: str) -> None:
    """An ambiguous or unknown id is refused with the runs that wrote, quiet ones left out."""
    with pytest.raises(ConfigurationError, match=said) as raised:
        find_run(ledger_of(APPLY, SYNC, QUIET), words)
    assert "ab22 (sync" in raised.value.remedy
    assert "cc33" not in raised.value.remedy


def test_nothing_was_ever_written() -> None:
    """Without a run that wrote there is no last one."""
    with pytest.raises(ConfigurationError, match="No run has written anything yet"):
        find_run(ledger_of(QUIET), LAST)


def test_writes_of_an_interrupted_run_are_counted() -> None:
    """A run that did not live to count its writes is counted from the journal."""
    ledger = ledger_of(("aa11", "sync", 3, False))
    assert writes_of(ledger, ledger.runs()[0]) == 3


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("t1", ["t1"]),
        ("https://trello.com/c/x", ["t2"]),
        ("BRIEF", ["t1", "t2"]),
        ("brief ete", []),
        ("été", ["t1"]),
        ("ete", ["t1"]),
        ("ancien", ["t2"]),
        ("", []),
    ],
)
def test_tasks_by_what_people_call_them(words: str, keys: list[str]) -> None:
    """A key and an address mean one task; other words every task that was written under a title with them."""
    changes = [
        change("t1"),
        change("t2", "Ancien titre"),
        change("t2", "Brief du stand", "https://trello.com/c/x"),
        change("t1"),
    ]
    assert tasks_called(changes, words) == keys
