"""What is read quickly is what the codec reads, and what cannot be is the codec's to read."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from cattrs.errors import BaseValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from retro.model import Board, Owner, Snapshot, Task, quick_codec
from retro.model.codec import decode, encode
from retro.model.quick_codec import loads

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
INSTANTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001 - idem
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-5, minutes=-30))]),
)
st.register_type_strategy(datetime, INSTANTS)
st.register_type_strategy(date, st.dates(min_value=date(1990, 1, 1)))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def text_of(value: object, *, short: bool) -> bytes:
    """What a snapshot's body is made of."""
    return json.dumps(encode(value, short=short), ensure_ascii=False).encode()


@settings(max_examples=60)
@given(snapshot=st.builds(Snapshot, tasks=st.lists(st.from_type(Task), max_size=2).map(tuple)), short=st.booleans())
def test_snapshot_is_read_as_the_codec_reads_it(*, snapshot: Snapshot, short: bool) -> None:
    """Any snapshot comes back equal, its numbers and dates of the very types that the codec gives, short or not."""
    text = text_of(snapshot, short=short)
    assert loads(Snapshot, text) == snapshot
    assert repr(loads(Snapshot, text)) == repr(decode(Snapshot, json.loads(text)))


def test_values_in_common_are_made_once() -> None:
    """The owners of a thousand tasks stand in memory once; those that differ in anything are others."""
    people = (Owner("u:1", "Léa"), Owner("u:1", "Léo"))
    tasks = tuple(Task(key=str(number), board="b", title="T", owners=(people[number % 2],)) for number in range(6))
    snapshot = Snapshot(board=Board(key="b", name="B", source="s"), tasks=tasks, read_at=NOW)
    back = loads(Snapshot, text_of(snapshot, short=True))
    assert back == snapshot
    assert len({id(task.owners[0]) for task in back.tasks}) == 2


@pytest.mark.parametrize("short", [True, False])
def test_owners_of_several_rows_are_made_once(monkeypatch: pytest.MonkeyPatch, *, short: bool) -> None:
    """Who has one task with others and reviews the next stands in memory once, and the codec is not asked for it."""
    lea, leo = Owner("u:1", "Léa"), Owner("u:2", "Léo")
    rows = ((lea,), (lea, leo), (leo, lea))
    tasks = [Task(key=str(number), board="b", title="T", owners=row) for number, row in enumerate(rows)]
    tasks.append(Task(key="3", board="b", title="T", reviewer=lea))
    snapshot = Snapshot(board=Board(key="b", name="B", source="s"), tasks=tuple(tasks), read_at=NOW)
    text = text_of(snapshot, short=short)
    asked: list[object] = []

    def noted(kind: type[object], data: object) -> object:
        asked.append(kind)
        return decode(kind, data)

    monkeypatch.setattr(quick_codec, "decode", noted)
    back = loads(Snapshot, text)
    assert back == snapshot
    assert not {Snapshot, Board, Owner} & {kind for kind in asked if isinstance(kind, type)}
    people = [owner for task in back.tasks for owner in (*task.owners, *filter(None, [task.reviewer]))]
    assert len({id(owner) for owner in people}) == 2


def test_only_so_many_values_are_kept_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace of more owners than are kept is read as any other."""
    monkeypatch.setattr(quick_codec, "_SHARED_MOST", 2)
    people = [Owner(f"u:{number}", "Léa") for number in range(5)]
    tasks = tuple(Task(key=str(number), board="b", title="T", owners=(people[number % 5],)) for number in range(20))
    snapshot = Snapshot(board=Board(key="b", name="B", source="s"), tasks=tasks, read_at=NOW)
    assert loads(Snapshot, text_of(snapshot, short=True)) == snapshot


def test_tasks_stay_frozen() -> None:
    """A task that was read refuses to be changed, and has no fields but its own."""
    task = loads(Task, b'{"key":"k","board":"b","title":"T"}')
    with pytest.raises(AttributeError):
        task.title = "U"  # type: ignore[misc]  # that is the point
    assert (type(task), task) == (Task, Task(key="k", board="b", title="T"))


@pytest.mark.parametrize(
    ("said", "percent"), [("50", 50.0), ('"50"', 50.0), ("1e400", float("inf")), ("Infinity", float("inf"))]
)
def test_what_the_quick_way_refuses_is_read_by_the_codec(said: str, percent: float) -> None:
    """Numbers that are no JSON, and those in quotes, are read as they always were."""
    task = loads(Task, f'{{"key":"k","board":"b","title":"T","percent":{said},"unheard_of":1}}'.encode())
    assert task.percent == percent


def test_damage_is_told_by_the_codec() -> None:
    """A task without a title is no task."""
    with pytest.raises(BaseValidationError):
        loads(Task, b'{"key":"k","board":"b"}')
