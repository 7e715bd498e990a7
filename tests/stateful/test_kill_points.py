"""A real `retro sync` killed by SIGKILL at its steps: the next run ends where an uninterrupted one would.

Set RETRO_EVERY_STEP=1 to kill at every single step and request instead of at a sample of them.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from tests.killed_workspace import KILLED, Kept, KilledWorkspace, KillPoint, Nursery, Place, killed_workspace

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are forked from one process")

EVERY = bool(os.environ.get("RETRO_EVERY_STEP"))
MOVED = date(2027, 3, 15)
FIELDS = ("field", "comment")
COMMENTS = ("comment", "field")
LOCKED = 5


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Where runs are forked from."""
    made = Nursery(tmp_path_factory.mktemp("nursery"))
    yield made
    made.close()


@dataclass(frozen=True)
class Unbroken:
    """A night before which everything is kept, what an uninterrupted run makes of it, and where it can be killed."""

    room: KilledWorkspace
    arguments: tuple[str, ...]
    before: Kept
    changes: int
    boards: object
    memory: object
    comments: list[str]
    names: list[str]
    steps: int
    counts: dict[Place, int]

    def points(self, *places: Place) -> list[KillPoint]:
        """Every point at which the run can be killed."""
        requests = chain.from_iterable(
            (KillPoint(place, number, after) for number in range(1, self.counts[place] + 1) for after in (False, True))
            for place in places
            if place is not Place.STATE
        )
        own = range(1, self.steps + 1) if Place.STATE in places else ()
        return [*(KillPoint(Place.STATE, number) for number in own), *requests]

    def kill(self, point: KillPoint) -> None:
        """The same night again, with a run that is killed."""
        self.room.bring_back(self.before)
        assert self.room.sync(*self.arguments, kill=point).code == KILLED, point


def unbroken(room: KilledWorkspace, *, first: bool) -> Unbroken:
    """A first night over boards that were never written to, or a later one, when the launch has moved."""
    if not first:
        assert room.sync("--yes").code == 0
        room.later(days=1)
        room.move_anchor(MOVED)
    before = room.keep()
    arguments = ("--yes",) if first else ()
    run = room.sync(*arguments)
    counts = dict(room.trap.counts)
    assert run.code == 0, run.said
    changes = int(run.said.rpartition(" writes")[0].rpartition("\n")[2])
    boards, comments, names = room.boards(), room.comments(), room.own_names()
    room.later(minutes=1)
    assert room.sync().code == 0  # nothing is left for it to write: its memory is what later ones are compared with
    return Unbroken(room, arguments, before, changes, boards, room.memory(), comments, names, run.steps, counts)


def sample(points: Sequence[KillPoint], count: int) -> list[KillPoint]:
    """So many of them, evenly spread, or all."""
    return list(points) if EVERY else [points[place * len(points) // count] for place in range(count)]


def holds(night: Unbroken, points: Sequence[KillPoint], *, thirds: int = 1) -> None:
    """Killed at each of these points and run again a minute later, boards and memory are as without.

    A third run writes nothing. It is a repetition where everything that it starts from has been seen: after one kill
    of `thirds` it is made all the same.
    """
    room = night.room
    for number, point in enumerate(points):
        night.kill(point)
        room.later(minutes=1)
        again = room.sync(*night.arguments)
        assert again.code == 0, (point, again.said)
        assert room.boards() == night.boards, (point, again.said)
        assert room.memory() == night.memory, point
        if EVERY or number % thirds == 0:
            room.later(minutes=1)
            mark = room.writes()
            third = room.sync()
            assert (third.code, room.writes() - mark) == (0, 0), (point, third.said)
            assert room.memory() == night.memory, point


@pytest.mark.parametrize("half", [0, 1])
def test_a_first_night_killed_at_a_hundred_steps(tmp_path: Path, nursery: Nursery, half: int) -> None:
    """A run that makes columns and writes forty changes, killed at a hundred steps of its journal and its writes."""
    with killed_workspace(tmp_path, nursery, *FIELDS) as room:
        night = unbroken(room, first=True)
        points = sample(night.points(Place.STATE, Place.WRITE), 104)
        assert night.changes >= 40
        assert len(points) >= 100
        holds(night, points[half::2], thirds=4)


@pytest.mark.parametrize(("places", "first"), [(COMMENTS, True), (FIELDS, False), (COMMENTS, False)])
def test_other_nights_killed_anywhere(
    tmp_path: Path, nursery: Nursery, places: tuple[str, str], *, first: bool
) -> None:
    """Remarks the other way round, and nights on which every date moves: the same at any step or request."""
    with killed_workspace(tmp_path, nursery, *places) as room:
        night = unbroken(room, first=first)
        holds(night, sample(night.points(*Place), 6))


@pytest.mark.parametrize("places", [FIELDS, COMMENTS])
def test_a_first_night_killed_and_its_state_lost(tmp_path: Path, nursery: Nursery, places: tuple[str, str]) -> None:
    """Killed at a write, and the folder of the state deleted: the boards end alike, with nothing made twice."""
    with killed_workspace(tmp_path, nursery, *places) as room:
        night = unbroken(room, first=True)
        for point in sample(night.points(Place.WRITE), 6):
            night.kill(point)
            after_a_loss(night, point)
            assert room.boards() == night.boards, point


def after_a_loss(night: Unbroken, point: KillPoint) -> None:
    """Lose the state, run again an hour later, and once more: it writes nothing, and nothing is there twice."""
    room = night.room
    room.lose_state()
    room.later(hours=1)
    again = room.sync(*night.arguments)
    assert again.code == 0, (point, again.said)
    mark = room.writes()
    third = room.sync()
    assert (third.code, room.writes() - mark) == (0, 0), (point, third.said)
    assert len(room.comments()) == len(night.comments), point
    assert room.own_names() == night.names, point


@pytest.mark.parametrize("trello", ["field", "comment"])
def test_a_later_night_killed_and_its_state_lost(tmp_path: Path, nursery: Nursery, trello: str) -> None:
    """On a night when every date moves, retro's own fields and comments end alike as well."""
    with killed_workspace(tmp_path, nursery, trello, "field", fill=()) as room:
        night = unbroken(room, first=False)
        for point in sample(night.points(Place.WRITE), 5):
            night.kill(point)
            after_a_loss(night, point)
            assert room.boards() == night.boards, point


def test_nothing_is_made_twice_after_a_loss(tmp_path: Path, nursery: Nursery) -> None:
    """Where a date that had been filled in may be anyone's now, and stays: still no second comment, and no column."""
    with killed_workspace(tmp_path, nursery, "comment", "comment") as room:
        night = unbroken(room, first=False)
        for point in sample(night.points(Place.WRITE), 4):
            night.kill(point)
            after_a_loss(night, point)


def test_two_that_start_at_the_same_moment(tmp_path: Path, nursery: Nursery) -> None:
    """Twenty times two runs start together: one works, and the other leaves with 5 and says who holds the state."""
    with killed_workspace(tmp_path, nursery, *FIELDS) as room:
        for _time in range(20):
            ran = room.race(("sync", "--yes"), ("sync", "--yes"))
            assert sorted(each.code for each in ran) == [0, LOCKED], [each.said for each in ran]
            said = next(each.said for each in ran if each.code == LOCKED)
            assert "another run holds the state" in said
            room.later(minutes=1)
        assert len(room.own_names()) == 3
        assert room.sync().said.count("0 writes") == 1


def test_another_at_every_request(tmp_path: Path, nursery: Nursery) -> None:
    """At each request of a run another one starts and leaves with 5 at once; the first ends as though it were alone."""
    with killed_workspace(tmp_path, nursery, *FIELDS) as room:
        night = unbroken(room, first=True)
        room.bring_back(night.before)
        other = Nursery(tmp_path)
        other.warm(room.arguments("plan"))
        try:
            run, others = room.sync_beside(other, *night.arguments)
        finally:
            other.close()
        assert run.code == 0, run.said
        assert len(others) == sum(night.counts.values())
        assert {each.code for each in others} == {LOCKED}
        assert all("another run holds the state: sync (process" in each.said for each in others)
        assert room.boards() == night.boards
