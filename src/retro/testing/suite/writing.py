"""What every connector keeps when it writes: the fields that were asked for, and refusals before anything is sent."""

from functools import partial

from retro.model import Day, Write
from retro.ports import ConfigurationError, ReadOnlyError, SourceError
from retro.testing.suite.given_fields import GivenOwnFields
from retro.testing.suite.holding import TOUCHED, hold, raised, same
from retro.testing.suite.reading import LONG_TITLE

_TEAM = ("start", "due", "title")
_FIXED = ("completed", "section", "archived")


class WritingContract(GivenOwnFields):
    """The team's fields, and what may not be written."""

    def test_what_is_there_already_changes_nothing(self) -> None:
        """The team's values written again as they were read leave the task as it was."""
        connector, task, board = self.first()
        writable = connector.describe().capabilities.writable
        held: list[tuple[str, Day | str | float | None]] = [(name, getattr(task, name)) for name in _TEAM]
        fields = tuple((name, value) for name, value in held if name in writable and value is not None)
        answered = connector.push(Write(task=task.key, board=board.key, revision=task.revision, fields=fields)).task
        for held_now in (answered, *self.looks(connector, task, board)):
            same(held_now, task)

    def test_a_title_comes_back_as_written(self) -> None:
        """A title that may be written reads back to the last character, and nothing else has changed."""
        connector, task, board = self.first()
        if "title" not in connector.describe().capabilities.writable:
            return
        title = LONG_TITLE.strip()
        write = Write(task=task.key, board=board.key, revision=task.revision, fields=(("title", title),))
        answered = connector.push(write).task
        for held in (answered, *self.looks(connector, task, board)):
            hold(held.title == title, "the title is exact")
            hold(held.revision == answered.revision != task.revision, "one new revision everywhere")

    def test_a_tick_is_put_and_taken_away(self) -> None:
        """A tick that may be written makes a task done by its tool's own word; without it the task is as before."""
        connector, task, board = self.first()
        if "completed" not in connector.describe().capabilities.writable:
            return
        for tick, done in (("complete", True), (None, task.ticked)):
            write = Write(task=task.key, board=board.key, revision=task.revision, fields=(("completed", tick),))
            answered = connector.push(write).task
            for held in (answered, *self.looks(connector, task, board)):
                hold(held.ticked is done, "the tick is as written")
        hold(answered.status == task.status, "the status is as before")

    def test_a_task_goes_to_another_list_and_back(self) -> None:
        """A list that may be written is where the task then stands; one that the board has not is refused."""
        connector, task, board = self.first()
        if "section" not in connector.describe().capabilities.writable:
            return
        others = [status.raw for status in board.sections if status.raw != task.section]
        for place in (*others[:1], task.section):
            write = Write(task=task.key, board=board.key, revision=task.revision, fields=(("section", place),))
            answered = connector.push(write).task
            for held in (answered, *self.looks(connector, task, board)):
                hold(held.section == place, "it stands there")
        before, nowhere = self.requests(), (("section", "no list of this name"),)
        write = Write(task=task.key, board=board.key, revision=task.revision, fields=nowhere)
        raised(SourceError, partial(connector.push, write))
        hold(self.requests() == before, "nothing was asked of the tool")

    def test_requests_of_a_write_are_counted(self) -> None:
        """What a write says of its requests is what the tool had."""
        connector, task, board = self.provisioned()
        fields = tuple((f"retro_{name}", value) for name, value in self.values(connector))
        before = self.requests()
        pushed = connector.push(Write(task=task.key, board=board.key, revision=task.revision, fields=fields))
        hold(pushed.requests == self.requests() - before >= 1, "requests of a write are counted")

    def test_capabilities_are_honest(self) -> None:
        """A field that the capabilities do not name is refused before any request, and so is making tasks."""
        connector, task, board = self.provisioned()
        capabilities = connector.describe().capabilities
        own = {f"retro_{name}" for name in ("latest", "review", "start", "due", "margin", "unheard_of")}
        team = {*_TEAM, *_FIXED, "unheard_of"}
        refused = own - {f"retro_{name}" for name in capabilities.own} | team - capabilities.writable
        before = self.requests()
        for name in sorted(refused):
            write = Write(task=task.key, board=board.key, revision=task.revision, fields=((name, None),))
            raised((ReadOnlyError, ConfigurationError), partial(connector.push, write))
        if not capabilities.create:
            raised(ReadOnlyError, lambda: connector.create(board.key, [task]))
        if not capabilities.retract:
            raised(ReadOnlyError, lambda: connector.retract(board.key, ["retro_latest"]))
        hold(self.requests() == before, "nothing was asked of the tool")

    def test_an_own_field_that_is_missing_is_refused(self) -> None:
        """A value for an own field that the board does not have is refused, never written elsewhere."""
        connector, task, board = self.first()
        for name, value in self.values(connector):
            write = Write(task=task.key, board=board.key, revision=task.revision, fields=((f"retro_{name}", value),))
            raised((ConfigurationError, SourceError), partial(connector.push, write))
        same(connector.read(board.key, [task.key])[task.key], task)

    def test_a_write_to_an_absent_task_is_an_error(self) -> None:
        """A task that does not exist is not made by writing to it."""
        connector, task, board = self.provisioned()
        before = [each.key for each in connector.pull(self.at).snapshot.tasks]
        fields = tuple((f"retro_{name}", value) for name, value in self.values(connector))
        write = Write(task=self.absent, board=board.key, revision=task.revision, fields=fields)
        raised(SourceError, lambda: connector.push(write))
        hold([each.key for each in connector.pull(self.at).snapshot.tasks] == before, "no task was made")

    def test_a_write_to_a_deleted_task_is_an_error(self) -> None:
        """A task that a person took off the board is not written, nor taken for one that was."""
        connector, task, board = self.provisioned()
        self.delete(task.key)
        fields = tuple((f"retro_{name}", value) for name, value in self.values(connector))
        write = Write(task=task.key, board=board.key, revision=task.revision, fields=fields)
        raised(SourceError, lambda: connector.push(write))
        hold(self.is_gone(connector, task, board), "it stays gone")

    def test_a_read_only_token_writes_nothing(self) -> None:
        """Without the right to write, every write is a ReadOnlyError that says what to do, and nothing has changed."""
        connector, task, board = self.first(read_only=True)
        writable = connector.describe().capabilities.writable
        for name in sorted(writable & {"start", "due"}):
            write = Write(task=task.key, board=board.key, revision=task.revision, fields=((name, None),))
            raised(ReadOnlyError, partial(connector.push, write))
        wanted = self.wanted(connector, board)
        if wanted:
            raised(ReadOnlyError, lambda: connector.provision(wanted))
        snapshot = connector.pull(self.at).snapshot
        hold(snapshot.board.own_fields == board.own_fields, "no field was made")
        same(connector.read(board.key, [task.key])[task.key], task, but=TOUCHED)
