"""What every connector keeps when it makes tasks: each once, as asked for, and never a second time unasked."""

from dataclasses import replace
from datetime import date

from retro.model import Board, Estimate, EstimateOrigin, Lag, Membership, Reference, Task, Write, as_date
from retro.model.values import ARCHIVED
from retro.ports import ConfigurationError, Connector, ReadOnlyError, SourceError, WriteUncertainError
from retro.testing.suite.given_fields import GivenOwnFields, Values
from retro.testing.suite.holding import hold, raised, same

_TITLES = ("=1+1 <b>Première</b> 👩‍💻", "Deuxième")
_START, _DUE = date(2027, 3, 26), date(2027, 3, 29)  # the clocks change in between
_WAIT = Lag(1050)  # two days and a half of seven hours
_WORDS = "Livrable : 4 visuels\nRôle : graphiste\n\nretro · salon/2027-06-08/visuels"


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
        pushed = self.push_own(connector, made, board, self.values(connector))
        hold(dict(pushed.own) == dict(self.values(connector)), "the values are there")

    def test_a_new_task_has_its_place_its_people_and_its_words(self) -> None:
        """List, owner, dates, description and links of a new task are as asked for, where its board holds such."""
        connector, task, board, one, other = self._a_pair()
        if one is None or other is None:
            return
        can = connector.describe().capabilities
        makes = can.makes
        reader = self.open()
        now = {each.key: each for each in reader.pull(self.at).snapshot.tasks}
        for made in (other, now[other.key], reader.read(board.key, [other.key])[other.key]):
            hold("section" not in makes or made.section in (task.section, ""), "it stands in its list, or in none")
            hold("owners" not in makes or made.owners in (task.owners, ()), "it has its owner, or none")
            days = [None if day is None else as_date(day, self.zone) for day in (made.start, made.due)]
            hold("due" not in makes or days[1] in (_DUE, None), "it is due on its day")
            hold("start" not in makes or days[0] in (_START, None), "it begins on its day")
            held = made.description or ""
            hold("description" not in makes or _WORDS in held or not held, "the description holds all of its lines")
            targets = {each.target for each in made.references}
            hold("references" not in makes or targets <= {*one.handles, one.key}, "it waits for that one alone")
            lags = {each.lag for each in made.references}
            keeps = can.lag and (not can.columns or _WORDS in held)  # in a table, a wait stands in the description
            hold(not keeps or lags <= {_WAIT}, "for as long as was said")
            hold(made.revision == other.revision, "one revision everywhere")
        hold(self.makes_there() <= self._made_with(other, task), "what the board is said to hold is there")

    def test_a_milestone_is_made_as_one(self) -> None:
        """A new milestone is one to whoever reads its board, and the second on a board needs nothing that is new."""
        if not self.makes_tasks() or "milestone" not in self.makes_there():
            return
        connector, board, _values = self.making()
        day = replace(_new(board, _TITLES[1], ()), due=_DUE, milestone=True, labels=("Jalon",))
        first, second = (connector.create(board.key, [day])[0] for _each in range(2))
        read = {each.key: each for each in self.open().pull(self.at).snapshot.tasks}
        hold(read[first.key].milestone and read[second.key].milestone, "both are milestones")
        hold(read[first.key].labels == read[second.key].labels, "by the same mark")

    def test_what_is_set_aside_can_be_taken_back(self) -> None:
        """A task that an undo sets aside is archived and no more in a pull; taken back, it is as it was."""
        connector, task, board = self.first()
        if ARCHIVED not in connector.describe().capabilities.writable:
            return
        for value in (ARCHIVED, None):
            write = Write(task=task.key, board=board.key, revision=task.revision, fields=((ARCHIVED, value),))
            answered = connector.push(write).task
            hold(answered.archived is (value is not None), "the answer says so")
            pulled = [each for each in connector.pull(self.at).snapshot.tasks if each.key == task.key]
            shown = [each.archived for each in pulled]
            hold(shown in ([], [True]) if value is not None else shown == [False], "so does a pull")
        same(connector.read(board.key, [task.key])[task.key], task)

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
        """A connector, its board with every own field that it can hold, and values that tasks are made with."""
        connector, _task, board = self.first()
        connector.provision(self.wanted(connector, board))
        makes = connector.describe().capabilities.makes
        return connector, board, self.values(connector) if "own" in makes else ()

    def _a_pair(self) -> tuple[Connector, Task, Board, Task | None, Task | None]:
        """Two new tasks, of which the second waits for the first and has what an open task with an owner has."""
        connector, first, board = self.first()
        if not connector.describe().capabilities.create:
            return connector, first, board, None, None
        tasks = connector.pull(self.at).snapshot.tasks
        task = next((each for each in tasks if each.is_open and len(each.owners) == 1 and each.parent is None), first)
        (one,) = connector.create(board.key, [_new(board, _TITLES[0], ())])
        wanted = replace(
            _new(board, _TITLES[1], ()),
            owners=task.owners,
            start=_START,
            due=_DUE,
            description=_WORDS,
            references=(Reference(next(iter(one.handles), one.key), lag=_WAIT),),
            memberships=(Membership(board.key, task.section),) if task.section else (),
            estimates=tuple(Estimate(EstimateOrigin.NUMBER, 2.0, unit) for unit in ("days", "hours", "minutes", "")),
        )
        (other,) = connector.create(board.key, [wanted])
        return connector, task, board, one, other

    def _made_with(self, made: Task, task: Task) -> frozenset[str]:
        """What of that a new task holds."""
        told = {
            "section": made.section == task.section != "",
            "owners": made.owners == task.owners != (),
            "start": made.start is not None,
            "due": made.due is not None,
            "description": _WORDS in (made.description or ""),
            "references": bool(made.references),
            "estimates": [each.value for each in made.estimates[:1]] == [2.0],
            "milestone": True,
            "own": True,
        }
        return frozenset(name for name, there in told.items() if there)

    def makes_tasks(self) -> bool:
        """Whether the tool makes any."""
        return self.open().describe().capabilities.create


def _new(board: Board, title: str, values: Values) -> Task:
    return replace(Task(key="", board=board.key, title=title), own=dict(values))
