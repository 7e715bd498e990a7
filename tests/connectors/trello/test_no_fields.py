"""Boards that cannot have custom fields: nothing of retro's own, or remarks beside them; and no nightly complaint."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live_room import LiveRoom, live_room

from retro.sandbox.trello import fields
from retro.sandbox.trello.refusals import Refusal


@pytest.fixture
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LiveRoom]:
    """A board on a plan without custom fields."""
    with live_room(tmp_path, getattr(request, "param", "field")) as found:
        found.server.state.without_custom_fields.add(found.board.id)
        yield found


def attempts(room: LiveRoom, mark: int) -> list[str]:
    """Custom fields that were asked for."""
    return [each.path for each in room.asked(mark) if each.method == "POST" and each.path == "/1/customFields"]


def test_the_teams_fields_are_filled_all_the_same(room: LiveRoom) -> None:
    """The board refuses once, which is no failure; start and due are filled in, nothing of retro's own is."""
    night = room.night()
    assert not night.applied.failed
    assert not night.applied.refused
    assert {each.field for each in night.applied.impossible} == {"retro_latest", "retro_review"}
    assert {change.field for change in night.applied.written} == {"start", "due"}
    assert len(attempts(room, 0)) == 1


def test_it_is_not_asked_again_each_night(room: LiveRoom) -> None:
    """The next nights ask for no field, plan none, and say why in one sentence that names the way out."""
    room.night()
    for _ in range(2):
        mark = room.server.log.mark()
        night, writes = room.next_night()
        assert (night.changes, writes, attempts(room, mark), night.held) == ([], 0, [], set())
        assert not night.planned.plan.setup
        (guard,) = night.planned.plan.guards
        assert "retro apply --force --board contenus" in guard.reason
        assert 'warnings = "comment"' in guard.reason
        assert "retro · à revoir" in guard.reason


def test_force_asks_again(room: LiveRoom) -> None:
    """Under --force the board is asked once more; once it can have fields, they are made and stay."""
    room.night()
    mark = room.server.log.mark()
    room.sleep(days=1)
    assert room.night(forced={room.key}).applied.impossible
    assert len(attempts(room, mark)) == 1
    room.server.state.without_custom_fields.clear()
    room.sleep(days=1)
    night = room.night(forced={room.key})
    assert {change.field for change in night.applied.written} == {"retro_latest", "retro_review"}
    night, writes = room.next_night()
    assert (night.changes, writes, night.planned.plan.guards) == ([], 0, ())


@pytest.mark.parametrize("room", ["comment", "label"], indirect=True)
def test_remarks_go_beside(room: LiveRoom) -> None:
    """In a comment or a label remarks are written the first night; the date is said to be impossible; then silence."""
    night = room.night()
    assert not night.applied.failed
    assert [each.field for each in night.applied.impossible] == ["retro_latest"]
    assert {change.field for change in night.applied.written} == {"retro_review", "start", "due"}
    assert len(room.comments()) == (2 if room.place == "comment" else 0)
    for _ in range(2):
        night, writes = room.next_night()
        assert (night.changes, writes) == ([], 0)
        (guard,) = night.planned.plan.guards
        assert "retro · au plus tard" in guard.reason
        assert "retro · à revoir" not in guard.reason


@pytest.mark.parametrize("room", ["comment"], indirect=True)
def test_a_stamp_vouches_for_what_is_there(room: LiveRoom) -> None:
    """The stamp speaks of no date that could not be written: with the state lost the comment is known again."""
    room.night()
    room.close()
    for file in (room.folder / ".retro").iterdir():
        file.unlink()
    room.reopen()
    room.give_owner("texte")
    room.next_night()
    assert not room.comments("texte")
    assert len(room.comments("page")) == 1


@pytest.mark.parametrize("room", ["field", "comment", "label"], indirect=True)
def test_fields_that_are_closed_later_hold_nothing_back(room: LiveRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A board that takes no values in its fields any more is asked once a run; the rest is written all the same."""
    room.server.state.without_custom_fields.clear()
    room.night()
    real = fields.put

    def closed(*_arguments: object) -> None:
        raise Refusal(403, {"message": "Custom Fields are not enabled on this board.", "error": "ERROR"})

    monkeypatch.setattr(fields, "put", closed)
    room.configure(room.toml.replace("2027-03-01", "2027-02-22"))
    for writes_team in (True, False):
        mark = room.server.log.mark()
        night, _writes = room.next_night()
        assert (night.applied.failed, night.applied.refused, room.ledger.pending()) == ({}, (), [])
        assert "retro_latest" in night.applied.closed[room.key]
        assert ({change.field for change in night.applied.written} >= {"start", "due"}) is writes_team
        assert sum(each.path.endswith("/customFields") and each.method == "PUT" for each in room.asked(mark)) == 1
        assert [each for each in room.writes_of(mark) if "/actions" in each[1]] == [] or writes_team
    monkeypatch.setattr(fields, "put", real)
    night, _writes = room.next_night()
    assert "retro_latest" in {change.field for change in night.applied.written}
    assert not night.applied.closed
    assert room.next_night()[1] == 0
