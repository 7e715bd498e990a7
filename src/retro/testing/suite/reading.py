"""What a live board keeps besides: tasks read by themselves, a person's edits, and requests that are counted."""

from collections.abc import Callable
from functools import partial

from retro.model import Task
from retro.testing.suite.given import GivenLive, is_written_to
from retro.testing.suite.holding import hold, same

LONG_TITLE = "« L’été » à 100 % ✂️ 👩‍💻 e\u0301 עברית 漢字 <b>&amp;</b> =1+1 | # [SEO] " + "très long " * 40


class ReadingContract(GivenLive):
    """Reading tasks of a board that people work on."""

    def test_discover_lists_the_board(self) -> None:
        """The board is among those that the token can see, and what is listed can be pulled."""
        connector = self.open()
        key = connector.pull(self.at).snapshot.board.key
        listed = [connector.pull(found.at).snapshot.board.key for found in connector.discover()]
        hold(key in listed, "the board is discovered")

    def test_read_agrees_with_pull(self) -> None:
        """A task read by itself has the revision, dates, people and own fields that the pull showed."""
        connector = self.open()
        snapshot = connector.pull(self.at).snapshot
        tasks = {task.key: task for task in snapshot.tasks if is_written_to(task)}
        again = connector.read(snapshot.board.key, list(tasks))
        hold(again.keys() == tasks.keys(), "every task can be read by itself")
        for key, task in tasks.items():
            same(again[key], task)

    def test_read_leaves_absent_tasks_out(self) -> None:
        """A key that is no task's is simply not in the answer."""
        connector, task, board = self.first()
        hold(connector.read(board.key, [self.absent, task.key]).keys() == {task.key}, "absent keys are left out")
        hold(connector.read(board.key, []) == {}, "nothing asked, nothing read")

    def test_requests_are_counted(self) -> None:
        """What a pull says of its requests is what the tool had, and describing a source takes none."""
        connector = self.open()
        before = self.requests()
        connector.describe()
        hold(self.requests() == before, "describe() makes no request")
        pulled = connector.pull(self.at)
        hold(pulled.requests == self.requests() - before >= 1, "requests of a pull are counted")

    def test_reading_writes_nothing(self) -> None:
        """Listing, pulling and reading change nothing, the second time neither."""
        connector = self.open()
        before = self.writes()
        for _time in range(2):
            list(connector.discover())
            snapshot = connector.pull(self.at).snapshot
            connector.read(snapshot.board.key, [task.key for task in snapshot.tasks if is_written_to(task)])
        hold(self.writes() == before, "nothing was written")

    def test_a_comment_leaves_the_revision(self) -> None:
        """A comment moves no revision, so that it blocks no write."""
        connector, task, board = self.first()
        self.comment(task.key)
        for held in self.looks(connector, task, board):
            hold(held.revision == task.revision, "revision stays")

    def test_a_new_title_moves_the_revision(self) -> None:
        """A new title is read exactly, whatever its characters and length, and is a new revision."""
        for title in ("Relire (bis)", LONG_TITLE.strip()):
            self._edited(partial(self.rename, title=title), partial(_titled, title))

    def test_a_move_moves_the_revision(self) -> None:
        """A task in another list or group has another section or status, and is a new revision."""
        _connector, task, _board = self.first()
        before = (task.section, task.status)
        self._edited(self.move, lambda held: (held.section, held.status) != before)

    def test_a_deleted_task_is_gone(self) -> None:
        """A task that a person takes off the board is pulled no more; by itself it is absent, or shown as archived."""
        connector, task, board = self.first()
        self.delete(task.key)
        hold(self.is_gone(connector, task, board), "read() leaves it out, or says that it is archived")
        hold(all(each.key != task.key for each in connector.pull(self.at).snapshot.tasks), "pull() leaves it out")

    def _edited(self, edit: Callable[[str], None], shown: Callable[[Task], bool]) -> None:
        connector, task, board = self.first()
        edit(task.key)
        alone, pulled = self.looks(connector, task, board)
        for held in (alone, pulled):
            hold(shown(held), "the edit is read")
            hold(held.revision != task.revision, "revision moves")
        hold(alone.revision == pulled.revision, "one revision everywhere")


def _titled(title: str, task: Task) -> bool:
    return task.title == title
