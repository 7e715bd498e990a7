"""The model goes to JSON and back unharmed."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from retro.model import Board, Change, Owner, Person, Portfolio, Snapshot, Task, WriteLevel
from retro.model.codec import decode, dumps, encode, loads

INSTANTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001 - idem
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-5, minutes=-30))]),
)
st.register_type_strategy(datetime, INSTANTS)
st.register_type_strategy(date, st.dates(min_value=date(1990, 1, 1)))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@settings(max_examples=60)
@given(st.from_type(Task))
def test_task_survives(task: Task) -> None:
    """Any task comes back equal from its JSON text."""
    assert loads(Task, dumps(task)) == task


@settings(max_examples=25)
@given(st.builds(Snapshot, tasks=st.lists(st.from_type(Task), max_size=2).map(tuple)))
def test_snapshot_survives(snapshot: Snapshot) -> None:
    """Any snapshot comes back equal, through real JSON text."""
    assert decode(Snapshot, json.loads(json.dumps(encode(snapshot)))) == snapshot


@settings(max_examples=60)
@given(st.from_type(Task))
def test_short_form_survives(task: Task) -> None:
    """Any task comes back equal from the form that leaves defaults out."""
    assert decode(Task, json.loads(json.dumps(encode(task, short=True)))) == task


def test_short_form_leaves_defaults_out() -> None:
    """A task of which little is known takes little room."""
    assert encode(Task(key="trello:t1", board="trello:b1", title="Brief"), short=True) == {
        "key": "trello:t1",
        "board": "trello:b1",
        "title": "Brief",
    }


def test_values_in_common_are_made_once() -> None:
    """The owner of a thousand tasks stands in memory once; one that differs in anything is another."""
    people = (Owner("u:1", "Léa"), Owner("u:1", "Léo"))
    tasks = tuple(Task(key=str(number), board="b", title="T", owners=(people[number % 2],)) for number in range(6))
    board = Board(key="b", name="B", source="s")
    back = decode(Snapshot, encode(Snapshot(board=board, tasks=tasks, read_at=datetime(2027, 1, 4, tzinfo=UTC))))
    assert back.tasks == tasks
    assert len({id(task.owners[0]) for task in back.tasks}) == 2


@settings(max_examples=40)
@given(st.from_type(Change))
def test_change_survives(change: Change) -> None:
    """Any change of a saved plan comes back equal, whatever the kind of its values."""
    assert loads(Change, dumps(change)) == change


def test_a_text_that_looks_like_a_date_stays_text() -> None:
    """A text cell `2027-03-01` does not turn into a date."""
    change = Change(
        id="1",
        task="t",
        title="T",
        url=None,
        board="b",
        field="retro_review",
        level=WriteLevel.OWN,
        old="2027-03-01",
        new=date(2027, 3, 1),
        why="schedule",
        revision="r",
    )
    back = loads(Change, dumps(change))
    assert (back.old, back.new) == ("2027-03-01", date(2027, 3, 1))


def test_unknown_is_null() -> None:
    """A field without a value is there as null, never absent."""
    data = encode(Task(key="k", board="b", title="t"))
    assert data["due"] is None
    assert "reviewer" in data
    assert encode(Portfolio())["tasks"] == []
    assert encode(Person(key="a", name="A"))["email"] is None
