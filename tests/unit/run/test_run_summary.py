"""A run that time or trouble cut short: what is left, what is said of it, and where the next one ends."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.night_room import NOW, PARIS, Room, TickingClock, card

from retro.i18n import use
from retro.model import Change, Guard, Plan
from retro.model.run_summary import RunSummary
from retro.ports import ReadOnlyError, SourceError, WriteUncertainError
from retro.report import json_run, run_text
from retro.run.nightly import Planned, carry_out, remember
from retro.run.summary import Night, cut_short, summarise
from retro.sync.apply import Applied, Refusal, mark_applied

TOML = """
[sources.s]
kind = "trello"

[boards.contenus]
source = "s"
at = "b1"
write = { own = ["latest"] }

[projects.p]
boards = ["contenus"]
anchors = [{ name = "Lancement", date = 2027-03-01 }]

[sync]
deadline = "1min"
quiet = "0min"
"""
CARDS = [card(f"Texte {number}") for number in range(8)]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


Build = Callable[[str], Room]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Rooms of eight cards, in folders of their own."""
    made: list[Room] = []

    def build(name: str) -> Room:
        (tmp_path / name).mkdir()
        made.append(Room(tmp_path / name, TOML, {"b1": CARDS}, clock=TickingClock(NOW)))
        return made[-1]

    yield build
    for room in made:
        room.close()


def run(room: Room, *, began: datetime | None = None) -> tuple[Applied, RunSummary]:
    """A run by hand that began at an instant, and its summary."""
    planned, portfolio, means = room.plan(settle=True)
    connectors = {board.key: room.source for board in portfolio.boards}
    applied = carry_out(
        planned.plan, connectors, room.ledger, room.clock, command="sync", means=means, began=began or room.clock.at
    )
    mark_applied(room.ledger, {change.board for change in planned.plan.changes}, applied, room.clock.now())
    remember(planned, applied, room.ledger, read_at=room.read_at, zone=PARIS)
    return applied, summed(room, planned, planned.plan, applied)


def summed(
    room: Room, planned: Planned, plan: Plan, applied: Applied, *, unread: tuple[tuple[str, SourceError], ...] = ()
) -> RunSummary:
    """The summary of a run."""
    night = Night(
        portfolio=planned.assessed.assessment.portfolio,
        fresh=room.fresh,
        unread=unread,
        unsettled=(),
        assessed=planned.assessed,
        plan=plan,
        waiting=(),
        applied=applied,
        requests={"s": 9},
        settings=room.configuration.settings,
    )
    return summarise(night, command="sync", started=NOW, finished=NOW + timedelta(seconds=3), code=0)


def cells(room: Room) -> dict[str, object]:
    """What each card's latest date is."""
    return {each.key: room.cell(each.key, "retro_latest") for each in CARDS}


def test_what_the_time_did_not_suffice_for_is_for_the_next_run(build: Build) -> None:
    """A run whose time ends half-way hands the rest over: nothing is lost or written twice; the end is the same."""
    whole, cut = build("whole"), build("cut")
    first, quick = run(whole)
    assert (first.writes, quick.late, run_text.notes(quick)) == (8, False, [])
    applied, summary = run(cut, began=cut.clock.at - timedelta(seconds=59, milliseconds=850))
    assert 0 < applied.writes < 8
    assert len(applied.left) == 8 - applied.writes
    assert not applied.failed
    assert not cut.ledger.pending()
    assert summary.late
    assert (summary.exit_code, summary.boards[0].left) == (0, len(applied.left))
    (note,) = run_text.notes(summary)
    assert note.startswith(f"The time allowed was over: {len(applied.left)} change")
    assert run_text.block(summary) == ""
    cut.sleep(days=1)
    whole.sleep(days=1)
    second, _summary = run(cut)
    assert second.writes == len(applied.left)
    assert cells(cut) == cells(whole)
    assert all(len(landed) == 1 for landed in cut.source.landed.values())
    cut.sleep(days=1)
    assert run(cut)[0].writes == 0


def test_time_counts_from_the_run_not_from_the_writing(build: Build) -> None:
    """Where reading took all of the time, nothing is begun."""
    room = build("late")
    applied, summary = run(room, began=room.clock.at - timedelta(minutes=1))
    assert (applied.writes, len(applied.left), summary.late) == (0, 8, True)


def test_every_trouble_says_where_what_and_what_next(build: Build) -> None:
    """Unread boards, held ones, failed and refused writes each stand in the block, once, with board and remedy."""
    room = build("trouble")
    planned, _portfolio, _means = room.plan(settle=True)
    changes = planned.plan.changes
    plan = replace(planned.plan, guards=(Guard(board="b1", reason="Half of it is gone."),))
    down = SourceError("the tool is down.", where="sources.t", remedy="Wait a minute.")
    lost = WriteUncertainError("no answer came.", where="s", remedy="The next run looks.")
    applied = Applied(
        refused=((changes[0], Refusal.REJECTED), (changes[1], Refusal.CHANGED)),
        failed={"b1": lost},
        uncertain=changes[2:3],
        held=changes[3:],
    )
    summary = summed(room, planned, plan, applied, unread=(("site", down), ("blog", down)))
    assert [each.boards for each in summary.troubles] == [("site", "blog"), ("b1",), ("b1",), ("b1",)]
    board = summary.boards[0]
    assert (board.rejected, board.refused, board.uncertain, board.held_changes) == (1, 1, 1, len(changes) - 3)
    text = run_text.block(replace(summary, exit_code=3))
    assert "exit code 3" in text.splitlines()[0]
    for words in ("sources.t: the tool is down.", "Boards: site, blog", "→ Wait a minute.", "Half of it is gone."):
        assert text.count(words) == 1
    assert "retro sync --force --board contenus" in text
    document = json_run.document(summary, zone_name="Europe/Paris", lang="en")
    assert [each["boards"] for each in document["troubles"]] == [["site", "blog"], ["b1"], ["b1"], ["b1"]]
    assert document["boards"][0]["reason"] == "Half of it is gone."
    assert document["sources"][0]["requests"] == 9


def test_a_token_that_may_only_read_is_no_trouble(build: Build) -> None:
    """It is a line to know, not a failure."""
    room = build("reader")
    planned, _portfolio, _means = room.plan(settle=True)
    changes: tuple[Change, ...] = planned.plan.changes
    refused = ReadOnlyError("it may only read.", remedy="Make another.")
    summary = summed(room, planned, planned.plan, Applied(left=changes, failed={"b1": refused}))
    assert not summary.troubles
    assert not summary.late
    assert run_text.notes(summary) == ["b1: it may only read. Make another."]


def test_board_text_cannot_break_out_of_the_block(build: Build) -> None:
    """Escape sequences and line breaks of a board are taken out of what a terminal or a mail shows."""
    room = build("hostile")
    planned, _portfolio, _means = room.plan(settle=True)
    bad = SourceError("\x1b[2Jgone\nretro: all is well", where="x\u202ey", remedy="do\x07 this")
    text = run_text.block(replace(summed(room, planned, planned.plan, Applied(), unread=(("b", bad),)), exit_code=3))
    assert text.splitlines()[1] == "  xy: gone retro: all is well"
    assert "\x1b" not in text
    assert "\x07" not in text


@pytest.mark.parametrize("error", [RuntimeError("secret words of a card"), KeyboardInterrupt()])
def test_a_run_that_breaks_off_tells_no_details(error: BaseException) -> None:
    """What a bug says of itself is for the report to paste, not for a summary that others read."""
    summary = cut_short(error, command="sync", started=NOW, finished=NOW, code=70)
    assert not summary.reached
    assert not summary.well
    assert "card" not in summary.troubles[0].what
    document = json_run.document(summary, zone_name="Europe/Paris", lang="en")
    assert document["summary"]["findings"] is None
    assert run_text.signal(summary) == "exit 70, 0 writes, 0 s"
