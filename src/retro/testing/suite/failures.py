"""What every connector keeps when the tool fails: an error in words, no half state, and the truth afterwards."""

from datetime import date
from functools import partial

from retro.model import Write, as_date
from retro.ports import RetroError, SourceError, StaleRevisionError, WriteUncertainError
from retro.testing.suite.given_fields import GivenOwnFields
from retro.testing.suite.holding import hold, raised, same

_THEIRS, _OURS = (date(2027, 3, 3), date(2027, 3, 4)), (date(2027, 3, 8), date(2027, 3, 9))
"""Dates of a first write and of a second one."""


class FailuresContract(GivenOwnFields):
    """Requests that fail before or after anything was done."""

    def test_a_failed_pull_is_an_error_and_passes(self) -> None:
        """While the tool fails a pull is a SourceError, never a shorter board; afterwards all is as before."""
        connector = self.open()
        before = connector.pull(self.at).snapshot
        with self.refusing():
            raised(SourceError, lambda: connector.pull(self.at))
            raised(SourceError, lambda: connector.read(before.board.key, [before.tasks[0].key]))
        hold(connector.pull(self.at).snapshot.tasks == before.tasks, "the board is as before")

    def test_a_failed_write_leaves_no_half_state(self) -> None:
        """A write that failed has changed nothing, here nor there, and works when it is asked for again."""
        connector, task, board = self.provisioned()
        values = self.values(connector)
        fields = tuple((f"retro_{name}", value) for name, value in values)
        write = Write(task=task.key, board=board.key, revision=task.revision, fields=fields)
        with self.refusing():
            raised(SourceError, lambda: connector.push(write))
        for held in (*self.looks(connector, task, board), *self.looks(self.open(), task, board)):
            same(held, task)
        pushed = connector.push(write).task
        hold({name: pushed.own.get(name) for name, _ in values} == dict(values), "it can be written again")

    def test_a_failed_provision_makes_nothing(self) -> None:
        """Own fields that could not be made are made, once, when they are asked for again."""
        connector, _task, board = self.first()
        wanted = self.wanted(connector, board)
        with self.refusing():
            raised(SourceError, lambda: connector.provision(wanted))
        connector.provision(wanted)
        self.hold_once(self.open(), wanted)

    def test_a_lost_answer_to_a_write_is_told(self) -> None:
        """A write whose answer was lost is uncertain, or found to be done; a read then shows what the tool holds."""
        connector, task, board = self.provisioned()
        values = self.values(connector)
        fields = tuple((f"retro_{name}", value) for name, value in values)
        with self.losing_answers():
            try:
                connector.push(Write(task=task.key, board=board.key, revision=task.revision, fields=fields))
            except WriteUncertainError as error:
                hold(bool(error.what), "the error has words")
        truth = self.looks(self.open(), task, board)[0]
        for held in self.looks(connector, task, board):
            same(held, truth)
        hold({name: truth.own.get(name) for name, _ in values} == dict(values), "it was written")

    def test_an_edit_during_the_wait_before_a_repeat_is_kept(self) -> None:
        """What a person types while a write waits to be sent again stays, whether or not the write had been done."""
        for done in (False, True):
            connector, task, board = self.first()
            if "due" not in connector.describe().capabilities.writable:
                return
            theirs, ours = _THEIRS[done], _OURS[done]
            write = Write(task=task.key, board=board.key, revision=task.revision, fields=(("due", ours),))
            with self.interrupting(partial(self.reschedule, task.key, theirs), done=done):
                try:
                    connector.push(write)
                except (StaleRevisionError, SourceError) as error:
                    hold(bool(error.what), "the error has words")
            for held in self.looks(self.open(), task, board):
                hold(held.due is not None and as_date(held.due, self.zone) == theirs, "the person's date is kept")

    def test_a_lost_answer_to_a_provision_makes_no_second_field(self) -> None:
        """A field whose creation was not answered is found by the next run, not made again."""
        connector, _task, board = self.first()
        wanted = self.wanted(connector, board)
        for each in wanted:
            with self.losing_answers():
                try:
                    connector.provision([each])
                except RetroError as error:
                    hold(isinstance(error, WriteUncertainError), "it is not known what became of it")
        other = self.open()
        other.pull(self.at)
        hold(all(each.action == "found" for each in other.provision(wanted)), "what was made is found")
        self.hold_once(other, wanted)
