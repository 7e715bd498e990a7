"""The machine over look-alikes is no empty promise: each thing that it forbids, done on purpose, is seen."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from tests.sandbox_machine import SandboxMachine
from tests.sandbox_team import DEFAULT, Write
from tests.team_boards import Edit

from retro.http import second_look
from retro.store.lock import StateLock
from retro.sync import journal
from retro.sync.apply import tasks
from retro_trello import comments

Machine = Callable[..., SandboxMachine]


@pytest.fixture
def machine() -> Iterator[Machine]:
    """Makes a machine that has been through one night."""
    made: list[SandboxMachine] = []

    def begun(**writes: Write) -> SandboxMachine:
        made.append(SandboxMachine())
        made[-1].begin(writes={**DEFAULT, **writes}, lint="standard")
        return made[-1]

    yield begun
    for each in made:
        each.teardown()


def replanned(machine: SandboxMachine) -> SandboxMachine:
    """A settled team whose texts turn out to be more work: what comes before them has to be ready sooner."""
    machine.nights_settle()
    machine.person_edits(edit=Edit("Textes", "estimate", 5))
    machine.clock_steps(minutes=25 * 60)
    return machine


AT_THE_REREAD = [("trello", 4, Edit("Brief", "due", date(2027, 1, 28)))]


def test_an_edit_between_plan_and_write_is_kept(machine: Machine) -> None:
    """A person moves the very date that a run is about to move: theirs stays."""
    begun = replanned(machine())
    begun.night(moments=AT_THE_REREAD)
    begun.nothing_of_a_persons_is_overwritten()
    assert str(begun.team.cells[begun.team.key("Brief"), "due"]).startswith("2027-01-28")


def test_a_write_without_a_look_is_seen(machine: Machine) -> None:
    """A run that does not mind what changed since its plan is caught at the request that writes."""
    begun = replanned(machine())
    with patch.object(tasks, "_refusal", lambda *_anything: None):
        begun.night(moments=AT_THE_REREAD)
    assert "overwrote" in " ".join(begun.team.whose.wrongs)
    with pytest.raises(AssertionError):
        begun.nothing_of_a_persons_is_overwritten()


def edited_in_the_minute(machine: SandboxMachine) -> None:
    """A page is written, somebody edits it within the same minute, and three minutes later there is another run."""
    machine.nights_settle()
    machine.person_edits(edit=Edit("Clip", "estimate", 4))
    machine.clock_steps(minutes=25 * 60)
    machine.night(moments=[])
    clip, minute = machine.team.key("Clip"), machine.team.at.minute
    assert clip in machine.team.whose.touched
    machine.person_edits(edit=Edit("Clip", "estimate", 5))
    assert machine.team.at.minute == minute
    machine.clock_steps(minutes=3)
    machine.night(moments=[])


def test_a_page_edited_in_the_minute_of_our_write_rests(machine: Machine) -> None:
    """A page tells no seconds of its edits; who edited it last begins the quiet period all the same."""
    edited_in_the_minute(machine())


def test_no_rest_within_the_minute_is_seen(machine: Machine) -> None:
    """Where nobody remembers who had edited a page last, a run is caught writing on it while its editor is there."""
    with patch.object(journal, "_settle", forgetting(journal._settle)), pytest.raises(AssertionError):
        edited_in_the_minute(machine())


def forgetting(settle: Callable[..., None]) -> Callable[..., None]:
    """Settle without the last editor."""
    return lambda *arguments, **named: settle(*arguments, **{**named, "editor": ""})


DURING_A_WAIT = {
    "struck": [("trello", "503:1@PUT")],
    "waits": [(True, Edit("Brief", "due", date(2027, 1, 28)))],
}


def test_an_edit_during_a_wait_is_kept(machine: Machine) -> None:
    """A person moves the very date that a run waits to write again: theirs stays."""
    begun = replanned(machine())
    begun.night_that_waits(**DURING_A_WAIT)
    begun.nothing_of_a_persons_is_overwritten()
    assert any(
        str(value).startswith("2027-01-28") for (_task, field), value in begun.team.cells.items() if field == "due"
    )


def test_a_repetition_without_a_look_is_seen(machine: Machine) -> None:
    """A run that sends a write again as though nobody had been there meanwhile is caught."""
    begun = replanned(machine())
    with patch.object(second_look, "stands_already", lambda *_anything, **_named: None):
        begun.night_that_waits(**DURING_A_WAIT)
    assert "overwrote" in " ".join(begun.team.whose.wrongs)
    with pytest.raises(AssertionError):
        begun.nothing_of_a_persons_is_overwritten()


def test_a_second_comment_is_seen(machine: Machine) -> None:
    """A connector that does not look for its comment makes another one, and that is caught."""
    begun = machine()
    begun.nights_settle()
    begun.state_is_lost()
    begun.person_edits(edit=Edit("Page", "due", date(2027, 1, 4)))
    begun.nothing_is_made_twice()
    with patch.object(comments.Comments, "of", lambda _self, _card: None):
        begun.clock_steps(minutes=25 * 60)
        begun.night(moments=[])
    with pytest.raises(AssertionError):
        begun.nothing_is_made_twice()


def credulous(ledger: Any, intent: Any, _task: Any, now: Any, **_named: object) -> None:
    """Take every intent for done, whatever the board holds."""
    ledger.settle(intent, journal.ACKNOWLEDGED, intent.change.new, now)


def test_a_claim_of_what_never_arrived_is_seen(machine: Machine) -> None:
    """A journal that takes writes for done that no answer vouches for claims what no board holds: that is caught."""
    begun = machine()
    begun.team.trello.faults.add("drop:6@PUT")
    begun.team.sync()
    begun.team.trello.faults.clear()
    with patch.object(journal, "_settle", credulous):
        begun.night(moments=[])
    with pytest.raises(AssertionError):
        begun.the_ledger_claims_nothing_that_is_not_there()


def test_a_trace_of_a_fault_is_seen(machine: Machine) -> None:
    """The same journal leaves cells empty that a night without faults fills: that difference is caught."""
    begun = machine()
    begun.night_under_faults(struck=[("trello", "drop:6@PUT")])
    begun = machine()
    with patch.object(journal, "_settle", credulous), pytest.raises(AssertionError):
        begun.night_under_faults(struck=[("trello", "drop:6@PUT")])


def test_a_run_without_a_lock_is_seen(machine: Machine) -> None:
    """Where nothing holds the state, a second run works beside the first one, and that is caught."""
    begun = machine()
    with (
        patch.object(StateLock, "__enter__", lambda lock: nullcontext(lock).__enter__()),
        patch.object(StateLock, "__exit__", lambda _lock, *_error: None),
        pytest.raises(AssertionError),
    ):
        begun.two_at_once(tool="trello", at=12)


def test_writing_on_and_on_is_seen(machine: Machine) -> None:
    """A run that forgets what it wrote writes it again, and that is caught."""
    begun = machine()
    with (
        patch.object(tasks, "arrived", lambda *_anything: False),
        patch("retro.sync.decide.table.agrees", lambda *_anything: False),
        patch("retro.sync.decide.table.untouched", lambda *_anything: True),
        pytest.raises(AssertionError),
    ):
        begun.nights_settle()
