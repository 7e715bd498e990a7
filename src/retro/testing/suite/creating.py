"""What every connector keeps when it makes tasks: each once, as asked for, and never a second time unasked."""

from dataclasses import replace

from retro.model import Board, Task
from retro.ports import ConfigurationError, Connector, ReadOnlyError, SourceError, WriteUncertainError
from retro.testing.suite.given_fields import GivenOwnFields, Values
from retro.testing.suite.holding import hold, raised, same

_TITLES = ("=1+1 <b>Première</b> 👩‍💻", "Deuxième")


class CreatingContract(GivenOwnFields):
    """Tasks that are made on demand, where the capabilities say that the tool makes any."""

    def test_new_tasks_come_back_as_asked_for(self) -> None:
        """Tasks are made in order, under keys of the tool's own, with title and own values exact; no other changed."""
        if not self.makes_tasks():
            return
        connector, board, values = self.making()
        before = {each.key: each for each in connector.pull(self.at).snapshot.tasks}
        made = connector.create(board.key, [_new(board, title, values) for title in _TITLES])
        hold([each.title for each in made] == list(_TITLES), "an answer a task, in order")
        hold(len({each.key for each in made} - before.keys()) == len(made), "each has a key of its own")
        for reader in (connector, self.open()):
            now = {each.key: each for each in reader.pull(self.at).snapshot.tasks}
            hold(now.keys() == before.keys() | {each.key for each in made}, "these were made, and no other")
            for each in made:
                hold(dict(now[each.key].own) == dict(values), "own values are exact")
                hold(now[each.key].title == each.title, "the title is exact")
                hold(now[each.key].revision == each.revision, "one revision everywhere")
                hold(reader.read(board.key, [each.key])[each.key].title == each.title, "it can be read by itself")
            for key, task in before.items():
                same(now[key], task)

    def test_a_new_task_is_written_like_any_other(self) -> None:
        """What was made can be written to at once."""
        if not self.makes_tasks():
            return
        connector, board, values = self.making()
        (made,) = connector.create(board.key, [_new(board, _TITLES[0], values[:1])])
        pushed = self.push_own(connector, made, board, values)
        hold(dict(pushed.own) == dict(values), "the values are there")

    def test_nothing_asked_for_makes_nothing(self) -> None:
        """No tasks, no request."""
        if not self.makes_tasks():
            return
        connector, board, _values = self.making()
        before = self.requests()
        hold(connector.create(board.key, []) == [], "nothing was made")
        hold(self.requests() == before, "nothing was asked of the tool")

    def test_a_new_task_needs_its_fields_first(self) -> None:
        """A task with an own field that the board lacks is refused whole, before anything is sent."""
        if not self.makes_tasks():
            return
        connector, board, _values = self.making()
        before = [each.key for each in connector.pull(self.at).snapshot.tasks]
        missing = _new(board, _TITLES[0], (("unheard_of", "x"),))
        raised((ConfigurationError, SourceError, ReadOnlyError), lambda: connector.create(board.key, [missing]))
        hold([each.key for each in connector.pull(self.at).snapshot.tasks] == before, "no task was made")

    def test_a_lost_answer_makes_one_task(self) -> None:
        """A task whose making was not answered is made once, and the caller is told that it may be there."""
        if not self.makes_tasks():
            return
        connector, board, values = self.making()
        before = {each.key for each in connector.pull(self.at).snapshot.tasks}
        with self.losing_answers():
            raised(WriteUncertainError, lambda: connector.create(board.key, [_new(board, _TITLES[0], values)]))
        now = [each for each in self.open().pull(self.at).snapshot.tasks if each.key not in before]
        hold(len(now) == 1, "one task was made")
        hold(now[0].title == _TITLES[0] and dict(now[0].own) == dict(values), "it is whole")

    def test_a_failed_making_makes_nothing(self) -> None:
        """While the tool fails nothing is made, and that is a SourceError; afterwards it is made once."""
        if not self.makes_tasks():
            return
        connector, board, values = self.making()
        before = {each.key for each in connector.pull(self.at).snapshot.tasks}
        with self.refusing():
            raised(SourceError, lambda: connector.create(board.key, [_new(board, _TITLES[0], values)]))
        hold({each.key for each in self.open().pull(self.at).snapshot.tasks} == before, "nothing was made")
        connector.create(board.key, [_new(board, _TITLES[0], values)])
        hold(len(self.open().pull(self.at).snapshot.tasks) == len(before) + 1, "one task was made")

    def test_a_read_only_token_makes_nothing(self) -> None:
        """Without the right to write, making a task is a ReadOnlyError, and there is none."""
        if not self.makes_tasks():
            return
        _connector, board, values = self.making()
        reader = self.open(read_only=True)
        before = [each.key for each in reader.pull(self.at).snapshot.tasks]
        raised(ReadOnlyError, lambda: reader.create(board.key, [_new(board, _TITLES[0], values)]))
        hold([each.key for each in reader.pull(self.at).snapshot.tasks] == before, "no task was made")

    def making(self) -> tuple[Connector, Board, Values]:
        """A connector, its board with every own field that it can hold, and a value for each."""
        connector, _task, board = self.first()
        connector.provision(self.wanted(connector, board))
        return connector, board, self.values(connector)

    def makes_tasks(self) -> bool:
        """Whether the tool makes any."""
        return self.open().describe().capabilities.create


def _new(board: Board, title: str, values: Values) -> Task:
    return replace(Task(key="", board=board.key, title=title), own=dict(values))
