"""A mirror killed at any call of the ledger and of the base makes no row twice, and ends where an unbroken one does."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from tests.memory_board import Fuse, FusedLedger
from tests.mirror_room import BASE, MirrorRoom
from tests.night_room import card

from retro.ports import SourceError, WriteUncertainError


def room(folder: Path) -> MirrorRoom:
    """Two boards with three tasks."""
    return MirrorRoom(folder, {"b1": [card("Brief", due=date(2027, 2, 1)), card("Texte")], "b2": [card("Film", "b2")]})


def end(world: MirrorRoom) -> object:
    """All that a later run decides from: the rows, the last written values by task, the columns, and what is open."""
    rows = sorted((row.title, sorted(row.own.items(), key=repr)) for row in world.rows.values())
    known = {cell: (each.value, each.asked) for cell, each in world.ledger.acknowledged(BASE).items()}
    return rows, known, world.ledger.columns(BASE), world.ledger.pending()


def story(folder: Path, runs: int, killed_at: int, error: BaseException) -> tuple[object, bool]:
    """Runs of which the last is killed at a call and then made again; its end, and whether it came to be killed."""
    world = room(folder)
    for number in range(1, runs):
        world.mirror()
        world.edit("b1/Texte", "title", f"Texte {number}")
        world.edit("b1/Brief", "archived", True)
        world.sources["b"].edit("b2", card("Suite", "b2"))
    fuse = Fuse(killed_at, error)
    world.base.before = world.base.after = fuse
    with suppress(type(error)):
        world.mirror(ledger=FusedLedger(world.ledger, fuse))  # type: ignore[arg-type]  # passes everything on
    world.base.before = world.base.after = None
    world.mirror()
    again = world.mirror()
    assert not again.plan.changes
    titles = [task.title for task in world.base.beside().pull(BASE).snapshot.tasks]
    assert len(titles) == len(set(titles)) == len({row.own["key"] for row in world.rows.values()})
    return end(world), killed_at > 0 and fuse.left <= 0


@pytest.mark.parametrize(
    ("runs", "error"),
    [
        (1, KeyboardInterrupt()),
        (2, KeyboardInterrupt()),
        (1, WriteUncertainError("no answer")),
        (2, SourceError("500", status=500)),
    ],
    ids=repr,
)
def test_every_crash_point_ends_alike(tmp_path: Path, runs: int, error: BaseException) -> None:
    """Whatever call fails, and however: no row is made twice, and the next run ends where an unbroken one would."""
    unbroken, _killed = story(tmp_path, runs, 0, error)
    killed, at = True, 0
    while killed:
        at += 1
        found, killed = story(tmp_path, runs, at, error)
        assert found == unbroken, at
    assert at > 60  # a run is that many calls at least: the fuse did go off


def test_a_lost_state_is_made_up_for_after_a_crash(tmp_path: Path) -> None:
    """Killed half-way and its state deleted, the mirror makes the rows that are missing and no other."""
    for at in range(20, 200, 9):
        world = room(tmp_path)
        world.base.after = Fuse(at // 9, KeyboardInterrupt())
        with suppress(KeyboardInterrupt):
            world.mirror()
        world.base.after = None
        world.forget()
        world.mirror()
        titles = [task.title for task in world.base.beside().pull(BASE).snapshot.tasks]
        assert sorted(titles) == ["Brief", "Film", "Texte"]
        world.forget()
        assert not world.mirror().plan.changes
