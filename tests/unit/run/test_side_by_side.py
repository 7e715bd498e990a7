"""Boards of one source are read several at a time where its tool allows it, and nothing shows of that but the time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from retro.ports import Progress
from retro.run.headway import Headway
from retro.run.side_by_side import side_by_side

PATIENCE = 10.0
"""Seconds after which a thread that waits for others fails its test; none waits where all is well."""


@dataclass(frozen=True, slots=True)
class Board:
    """A board to read."""

    alias: str
    source: str = "s"


@dataclass(slots=True)
class Room:
    """Counts who reads at the same time; `meet` boards of the same source have to be read at once to be read at all."""

    meet: int = 1
    fails: frozenset[str] = frozenset()
    begun: list[str] = field(default_factory=list)
    most: int = 0
    _inside: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _met: threading.Barrier | None = None

    def read(self, board: Board, progress: Progress) -> str:
        """Read a board: its name, `!` behind it where the source as a whole cannot be asked."""
        with self._lock:
            self.begun.append(board.alias)
            self._inside += 1
            self.most = max(self.most, self._inside)
            if self._met is None:
                self._met = threading.Barrier(self.meet)
        if self.meet > 1 and board.alias != "b0":
            self._met.wait(PATIENCE)
        progress(board.alias.upper(), 1, None)
        with self._lock:
            self._inside -= 1
        return board.alias + "!" * (board.alias in self.fails)


def instead(result: str, other: Board) -> str | None:
    """What stands for a board that was not begun after a failure of the whole source."""
    return f"{other.alias} after {result}" if result.endswith("!") else None


def run(
    room: Room, boards: list[Board], at_once: int, watcher: Callable[[Headway], None] = lambda _now: None
) -> list[str]:
    """Read them."""
    return side_by_side(boards, room.read, instead, at_once=lambda _source: at_once, watcher=watcher)


def boards(count: int, source: str = "s") -> list[Board]:
    """So many boards of a source."""
    return [Board(f"b{number}", source) for number in range(count)]


def test_as_many_at_once_as_allowed() -> None:
    """Three boards are read at the same time where three may be, never four; the answers keep the boards' order."""
    room = Room(meet=3)
    assert run(room, boards(10), 3) == [f"b{number}" for number in range(10)]
    assert room.most == 3


def test_one_after_the_other_where_that_is_all_that_is_allowed() -> None:
    """A tool that says nothing has its boards read in turn."""
    room = Room()
    run(room, boards(5), 1)
    assert (room.most, room.begun) == (1, ["b0", "b1", "b2", "b3", "b4"])


def test_the_first_board_is_read_alone() -> None:
    """A source that is down is asked once, however many of its boards might have been asked for at once."""
    room = Room(fails=frozenset({"b0"}))
    assert run(room, boards(4), 4) == ["b0!", "b1 after b0!", "b2 after b0!", "b3 after b0!"]
    assert room.begun == ["b0"]


def test_a_failure_of_the_source_ends_it() -> None:
    """What was begun is finished and counts; what was not begun carries the failure."""
    room = Room(meet=2, fails=frozenset({"b1", "b2"}))
    found = run(room, boards(6), 2)
    assert found[:3] == ["b0", "b1!", "b2!"]
    assert {each.partition(" ")[2] for each in found[3:]} <= {"after b1!", "after b2!"}
    assert room.begun[0] == "b0"
    assert sorted(room.begun) == ["b0", "b1", "b2"]


def test_sources_by_turns_keep_the_order() -> None:
    """The answers have the order of what was asked, also where sources take turns in it."""
    mixed = [Board("b0", "x"), Board("c0", "y"), Board("b1", "x"), Board("c1", "y")]
    assert run(Room(), mixed, 2) == ["b0", "c0", "b1", "c1"]


def test_headway_counts_every_board_once() -> None:
    """Boards behind it never go down, and at the end are all of them, although several are read at once."""
    told: list[Headway] = []
    run(Room(meet=3), boards(7), 3, told.append)
    done = [now.done for now in told]
    assert done == sorted(done)
    assert told[-1] == Headway(source="s", done=7, total=7)
    assert {now.board for now in told} >= {f"B{number}" for number in range(7)}


def test_a_bug_reaches_the_caller_and_begins_nothing_more() -> None:
    """What is raised while a board is read is raised, and no other board of its source is begun."""
    begun: list[str] = []

    def read(board: Board, _progress: Progress) -> str:
        begun.append(board.alias)
        if board.alias == "b1":
            raise KeyError(board.alias)
        return board.alias

    with pytest.raises(KeyError):
        side_by_side(boards(5), read, instead, at_once=lambda _source: 1, watcher=lambda _now: None)
    assert begun == ["b0", "b1"]


def test_nothing_to_read() -> None:
    """No boards, no answers."""
    assert run(Room(), [], 3) == []
