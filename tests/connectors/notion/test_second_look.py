"""What people do on a page while retro waits to write on it again."""

from datetime import date

import pytest
from tests.connectors.notion.conftest import Live

from retro.model import Task, Write
from retro.ports import SourceError, StaleRevisionError, WriteUncertainError
from retro_notion.connector import NotionConnector

FAULTS = ("429:1", "429:1+retry=20", "503:1", "529:1", "drop:1", "lost:1", "half:1")
THEIRS, OURS = date(2027, 5, 5), date(2027, 2, 9)


def article(live: Live) -> tuple[NotionConnector, Task]:
    """A connector, and the page as it read it."""
    connector = live.connector()
    snapshot = connector.pull(live.database.url).snapshot
    return connector, next(task for task in snapshot.tasks if task.title == "Article")


def write_of(task: Task) -> Write:
    """A new due date for the page."""
    return Write(task=task.key, board=task.board, revision=task.revision, fields=(("due", OURS),))


@pytest.mark.parametrize("fault", FAULTS)
def test_an_edit_during_the_wait_is_kept(fault: str, live: Live) -> None:
    """The date that a person types while a write waits to be sent again stays, and the write is given up."""
    connector, task = article(live)
    live.sandbox.faults.add(f"{fault}@PATCH")
    edit = lambda: live.database.state.edit_page(live.article.id, due=THEIRS)  # noqa: E731 - one line of a person
    with live.clock.interrupted(edit), pytest.raises(StaleRevisionError):
        connector.push(write_of(task))
    assert connector.read(task.board, [task.key])[task.key].due == THEIRS


@pytest.mark.parametrize("fault", ["503:1", "drop:1"])
def test_an_edit_of_something_else_is_as_the_ordinary_check_has_it(fault: str, live: Live) -> None:
    """A title typed during the wait leaves the page alone: what was decided rests on what has changed."""
    connector, task = article(live)
    live.sandbox.faults.add(f"{fault}@PATCH")
    edit = lambda: live.database.state.edit_page(live.article.id, title="Renommé")  # noqa: E731 - one line of a person
    with live.clock.interrupted(edit), pytest.raises(StaleRevisionError):
        connector.push(write_of(task))
    assert connector.read(task.board, [task.key])[task.key].due == task.due


def test_what_was_done_is_not_done_again(live: Live) -> None:
    """A write whose answer was lost is found done, whatever else a person changed meanwhile: no second one is sent."""
    connector, task = article(live)
    live.sandbox.faults.add("lost:1@PATCH")
    before = live.sandbox.writes()
    edit = lambda: live.database.state.edit_page(live.article.id, title="Renommé")  # noqa: E731 - one line of a person
    with live.clock.interrupted(edit):
        pushed = connector.push(write_of(task))
    assert (pushed.task.title, pushed.task.due, live.sandbox.writes() - before) == ("Renommé", OURS, 1)


def test_a_part_that_stands_is_uncertain(live: Live) -> None:
    """Of a write of two fields that was done, a person changed one: whoever settles it has to look."""
    connector, task = article(live)
    live.sandbox.faults.add("lost:1@PATCH")
    fields = (("title", "Article long"), ("due", OURS))
    write = Write(task=task.key, board=task.board, revision=task.revision, fields=fields)
    edit = lambda: live.database.state.edit_page(live.article.id, due=THEIRS)  # noqa: E731 - one line of a person
    with live.clock.interrupted(edit), pytest.raises(WriteUncertainError) as caught:
        connector.push(write)
    assert caught.value.where == task.key
    now = connector.read(task.board, [task.key])[task.key]
    assert (now.title, now.due) == ("Article long", THEIRS)


def test_a_look_that_fails(live: Live) -> None:
    """Where the page cannot be read again, a write that may be done is uncertain, and one that was not is an error."""
    connector, task = article(live)
    live.sandbox.faults.add("503:1@PATCH", "503:9@GET")
    with pytest.raises(WriteUncertainError):
        connector.push(write_of(task))
    live.sandbox.faults.clear()
    connector, task = article(live)
    live.sandbox.faults.add("429:1@PATCH", "503:9@GET")
    with pytest.raises(SourceError) as caught:
        connector.push(write_of(task))
    assert not isinstance(caught.value, WriteUncertainError)
