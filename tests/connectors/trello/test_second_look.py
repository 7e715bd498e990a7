"""What people do on a card while retro waits to write on it again."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.connectors.trello.conftest import Live

from retro.model import Provision, Task, Write
from retro.ports import SourceError, StaleRevisionError, WriteUncertainError
from retro_trello.connector import TrelloConnector
from retro_trello.settings import BoardSettings

FAULTS = ("429:1", "429:1+retry=20", "503:1", "drop:1", "lost:1", "half:1")
THEIRS, OURS = date(2027, 5, 5), date(2027, 2, 9)
OWN = (("retro_latest", date(2027, 2, 20)), ("retro_review", "DAT103 attendue le 8/01"))


def article(live: Live, warnings: str = "field") -> tuple[TrelloConnector, Task]:
    """A connector to a board that has retro's fields, and the card as it read it."""
    settings = BoardSettings.model_validate({"at": live.board.url, "warnings": warnings})
    connector = live.connector(boards=(settings,))
    snapshot = connector.pull(live.board.url).snapshot
    connector.provision([Provision(board=snapshot.board.key, field=name, name=name) for name, _value in OWN])
    task = next(task for task in snapshot.tasks if task.title == "Article")
    return connector, connector.read(task.board, [task.key])[task.key]


def write_of(task: Task, *fields: tuple[str, date | str]) -> Write:
    """A write of the card."""
    return Write(task=task.key, board=task.board, revision=task.revision, fields=fields)


def edited(live: Live) -> Callable[[], object]:
    """A person gives the card another date."""
    return lambda: live.sandbox.state.edit_card(live.article.id, due=f"{THEIRS}T16:00:00.000Z")


def due_of(connector: TrelloConnector, task: Task) -> object:
    """The day that the card is due, as it now is."""
    due = connector.read(task.board, [task.key])[task.key].due
    return None if due is None else due.isoformat()[:10]


@pytest.mark.parametrize("fault", FAULTS)
def test_an_edit_during_the_wait_is_kept(fault: str, live: Live) -> None:
    """The date that a person types while a write waits to be sent again stays, and the write is given up."""
    connector, task = article(live)
    live.sandbox.faults.add(f"{fault}@PUT")
    with live.clock.interrupted(edited(live)), pytest.raises(StaleRevisionError):
        connector.push(write_of(task, ("due", OURS)))
    assert due_of(connector, task) == THEIRS.isoformat()


@pytest.mark.parametrize("place", ["field", "comment", "label"])
@pytest.mark.parametrize("fault", FAULTS)
def test_an_edit_while_another_part_waits_is_kept(fault: str, place: str, live: Live) -> None:
    """A date typed while retro's own fields wait to be sent again stays, wherever its remarks go."""
    connector, task = article(live, place)
    live.sandbox.faults.add(f"{fault}@PUT/customFields")
    with live.clock.interrupted(edited(live)), pytest.raises((StaleRevisionError, WriteUncertainError)) as caught:
        connector.push(write_of(task, *OWN, ("due", OURS)))
    assert caught.type is (WriteUncertainError if fault in {"lost:1", "half:1"} else StaleRevisionError)
    assert due_of(connector, task) == THEIRS.isoformat()


@pytest.mark.parametrize(("place", "path"), [("comment", "/actions/comments"), ("label", "/idLabels")])
def test_an_edit_while_a_remark_waits_is_kept(place: str, path: str, live: Live) -> None:
    """A date typed while a comment or a label is refused for its pace stays; the own fields before it are written."""
    connector, task = article(live, place)
    live.sandbox.faults.add(f"429:1@POST{path}")
    with live.clock.interrupted(edited(live)), pytest.raises(WriteUncertainError):
        connector.push(write_of(task, *OWN, ("due", OURS)))
    assert due_of(connector, task) == THEIRS.isoformat()
    now = connector.read(task.board, [task.key])[task.key]
    assert (now.own.get("latest"), now.own.get("review")) == (OWN[0][1], None)


@pytest.mark.parametrize("fault", FAULTS)
def test_left_in_peace_the_write_is_done_once(fault: str, live: Live) -> None:
    """Without an edit all is written: what was done is not sent again, what was not is, after one look."""
    connector, task = article(live)
    live.sandbox.faults.add(f"{fault}@PUT/customFields")
    before = live.sandbox.writes()
    pushed = connector.push(write_of(task, *OWN, ("due", OURS)))
    assert (pushed.task.own["latest"], due_of(connector, task)) == (OWN[0][1], OURS.isoformat())
    assert live.sandbox.writes() - before == 2
    assert pushed.requests == (3 if fault in {"lost:1", "half:1"} else 4)


def test_a_comment_whose_change_was_not_answered(live: Live) -> None:
    """The change of retro's comment that was done is found done; there is one comment, with the new words."""
    connector, task = article(live, "comment")
    task = connector.push(write_of(task, *OWN)).task
    live.sandbox.faults.add("lost:1@PUT/actions/")
    pushed = connector.push(write_of(task, ("retro_review", "DAT103 attendue le 9/01")))
    assert (pushed.task.own["review"], pushed.requests) == ("DAT103 attendue le 9/01", 2)
    assert [each["type"] for each in live.board.document["actions"]].count("commentCard") == 1


def test_a_look_that_fails(live: Live) -> None:
    """Where the card cannot be read again, a write that may be done is uncertain, and one that was not is an error."""
    for fault, uncertain in (("503:1@PUT", True), ("429:1@PUT", False)):
        connector, task = article(live)
        live.sandbox.faults.add(fault, "503:9@GET")
        with pytest.raises(SourceError) as caught:
            connector.push(write_of(task, ("due", OURS)))
        assert isinstance(caught.value, WriteUncertainError) is uncertain
        live.sandbox.faults.clear()
