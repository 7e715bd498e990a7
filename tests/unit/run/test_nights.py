"""What whole nightly runs do over several nights: each test is a defect that single rooms could not see."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.night_room import CAN, DOING, PARIS, KilledError, Room, TickingClock, card, dates

from retro.model import Owner, Task
from retro.model.link import Reference
from retro.ports import Capabilities, Clock, ReadOnlyError, SourceError
from retro.sync.apply import Refusal

LAUNCH = '{ name = "Lancement", date = 2027-03-01 }'
LATER = LAUNCH.replace("2027-03-01", "2027-03-15")

Build = Callable[..., Room]


def toml(write: str, anchors: str = LAUNCH, *, boards: Sequence[str] = ("b1",), one_source: bool = True) -> str:
    """A retro.toml over boards that are all handed over in the same way."""
    names = {board: "one" if one_source else f"of-{board}" for board in boards}
    parts = [f'[sources.{name}]\nkind = "trello"' for name in dict.fromkeys(names.values())]
    parts += [f'[boards.{board}]\nsource = "{names[board]}"\nat = "{board}"\nwrite = {{ {write} }}' for board in boards]
    parts.append(f"[projects.p]\nboards = {list(boards)}\nanchors = [{anchors}]")
    return "version = 1\n" + "\n".join(parts) + "\n"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Build]:
    """Builds the room of one test."""
    built: list[Room] = []

    def build(text: str, boards: Sequence[Task], *, can: Capabilities = CAN, clock: Clock | None = None) -> Room:
        by_board: dict[str, list[Task]] = {}
        for each in boards:
            by_board.setdefault(each.board, []).append(each)
        built.append(Room(tmp_path, text, by_board, can=can, clock=clock))  # type: ignore[arg-type]  # a test's clock
        return built[0]

    yield build
    for each in built:
        each.close()


def fail_on(method: str, error: BaseException, *, at: int = 1, end: str = "") -> Callable[[str, str], None]:
    """A hook that raises at the `at`-th call of a method on subjects that end so, and at each one after."""
    seen = 0

    def hook(called: str, subject: str) -> None:
        nonlocal seen
        if called == method and subject.endswith(end):
            seen += 1
            if seen >= at:
                raise error

    return hook


def killed(room: Room, method: str, *, at: int = 1, after: bool = True) -> None:
    """A night that dies at a call, the answer of which (`after`) is never seen."""
    hook = fail_on(method, KilledError(), at=at)
    room.source.after, room.source.before = (hook, None) if after else (None, hook)
    with suppress(KilledError):
        room.night()
        pytest.fail("the night was to be killed")
    room.source.after = room.source.before = None
    room.reopen()


def cards(count: int, board: str = "b1") -> list[Task]:
    """So many plain cards."""
    return [card(f"T{number}", board) for number in range(count)]


def moving(room: Room) -> None:
    """Somebody moves the launch by two weeks."""
    room.configure(toml('fill = ["due"]', LATER))


# What retro filled in is not what the next schedule rests on


def test_work_under_way_does_not_drift(room: Build) -> None:
    """Filled dates around a card under way, with the team's own due date, feed no duration, night after night."""
    waits = card("EnCours", status=DOING, due=date(2027, 3, 9), references=(Reference("b1/Avant"),))
    team = room(toml('own = ["latest"], fill = ["start", "due"]'), [card("Avant"), waits, card("Après")])
    first = team.night()
    assert {(task, field) for task, field, _ in first.written} >= {("b1/Avant", "start"), ("b1/Avant", "due")}
    assert ("b1/EnCours", "start") not in {(task, field) for task, field, _ in first.written}
    for night in team.nights(6):
        assert night.written == []
        assert dates(night) == dates(first)
    assert team.cell("b1/EnCours", "due") == date(2027, 3, 9)


def test_a_filled_card_that_is_begun_keeps_its_duration(room: Build) -> None:
    """Once a card that retro dated is under way, its filled start says when it began and no more."""
    team = room(toml('own = ["latest"], fill = ["start", "due"]'), [card("A"), card("B")])
    first = team.night()
    start = team.cell("b1/A", "start")
    team.edit("b1/A", "status", DOING)
    for night in team.nights(3):
        assert night.written == []
        assert night.schedule.tasks["b1/A"].estimate_minutes == first.schedule.tasks["b1/A"].estimate_minutes
    assert team.cell("b1/A", "start") == start


@pytest.mark.parametrize("write", ['overwrite = ["due"]', 'fill = ["start", "due"]', 'overwrite = ["start", "due"]'])
@pytest.mark.parametrize("anchor_at", ["end", "start"])
@pytest.mark.parametrize("day", [date(2027, 3, 3), date(2027, 3, 6)], ids=["wednesday", "saturday"])
def test_an_anchor_is_never_moved(room: Build, write: str, anchor_at: str, day: date) -> None:
    """A milestone's date stays and the plan keeps it, whatever was handed over, on a day off too."""
    text = toml(f'own = ["latest"], {write}', "") + f'[schedule]\nanchor_at = "{anchor_at}"\n'
    team = room(text, [card("Salon", milestone=True, due=day), card("Stand"), card("Flyer")])
    first = team.night()
    assert first.written
    for night in [first, *team.nights(3)]:
        assert night is first or night.written == []
        assert [anchor.on(PARIS) for anchor in night.schedule.anchors] == [day]
        assert (team.cell("b1/Salon", "due"), team.cell("b1/Salon", "start")) == (day, None)


def test_overwriting_keeps_durations_that_rest_on_dates(room: Build) -> None:
    """A task as long as its dates say is as long after retro wrote over them, and the second night writes nothing."""
    long = card("A", start=date(2027, 1, 4), due=date(2027, 1, 22))
    team = room(toml('overwrite = ["start", "due"]'), [long, card("B", due=date(2027, 2, 1))])
    first = team.night()
    assert first.written
    for night in team.nights(4):
        assert night.written == []
        assert night.schedule.tasks["b1/A"].estimate_minutes == 15 * 420
    moving(team)
    team.configure(toml('overwrite = ["start", "due"]', LATER))
    assert team.nights(1)[0].schedule.tasks["b1/A"].estimate_minutes == 15 * 420
    assert team.nights(1)[0].written == []


def test_an_overwritten_date_heeds_what_others_decided(room: Build) -> None:
    """A date that somebody moved and retro is to overwrite is computed with all other human dates at once."""
    text = toml('overwrite = ["start", "due"]', boards=("b1", "b2"))
    text = text.replace('overwrite = ["start", "due"]', 'own = ["latest"]', 1)
    team = room(text, [card("Page", references=(Reference("b2/Brief"),)), card("Brief", "b2")])
    team.night()
    team.edit("b1/Page", "retro_latest", date(2027, 2, 9))
    team.edit("b2/Brief", "due", date(2027, 2, 24))
    first, second = team.nights(2)
    assert ("b2/Brief", "due", team.cell("b2/Brief", "due")) in first.written
    assert second.written == []
    assert str(team.cell("b2/Brief", "due")) < "2027-02-09"


def test_a_forced_cell_heeds_what_others_decided(room: Build) -> None:
    """The same for a cell that someone emptied and that force fills again."""
    text = toml('own = ["latest"]', boards=("b1", "b2"))
    team = room(text, [card("Page", references=(Reference("b2/Brief"),)), card("Brief", "b2")])
    team.night()
    team.edit("b1/Page", "retro_latest", date(2027, 2, 9))
    team.edit("b2/Brief", "retro_latest", None)
    team.sleep(days=1)
    forced = team.night(forced={"b2"})
    assert ("b2/Brief", "retro_latest") in {(task, field) for task, field, _ in forced.written}
    assert team.nights(1)[0].written == []


# Crashes


def test_a_lost_answer_outlives_a_stale_night(room: Build) -> None:
    """What was sent before a crash is known again on the next night that reads, not given up by one that cannot."""
    team = room(toml('fill = ["due"]'), cards(2))
    killed(team, "push")
    (intent,) = team.ledger.pending()
    team.source.down = True
    team.nights(1)
    assert [each.id for each in team.ledger.pending()] == [intent.id]
    team.source.down = False
    (good,) = team.nights(1)
    assert team.ledger.pending() == []
    assert (intent.change.task, "due") in team.ledger.acknowledged("b1")
    assert good.planned.plan.conflicts == ()
    moving(team)
    moved = team.nights(1)[0]
    assert {task for task, _, _ in moved.written} == {"b1/T0", "b1/T1"}


def test_a_column_being_made_outlives_a_stale_night(room: Build) -> None:
    """A column that a crashed run made is still retro's own after a night on which the board could not be read."""
    team = room(toml('own = ["latest", "review"]'), cards(2))
    killed(team, "provision")
    begun = team.ledger.columns("b1")
    assert "" in begun.values()
    team.source.down = True
    team.nights(1)
    assert team.ledger.columns("b1") == begun
    team.source.down = False
    team.nights(1)
    assert team.ledger.columns("b1") == {"retro_latest": "b1/latest", "retro_review": "b1/review"}
    assert team.nights(1)[0].written == []


@pytest.mark.parametrize("after", [True, False], ids=["lost-answer", "never-sent"])
def test_an_interrupted_first_apply_is_not_pending_for_ever(room: Build, *, after: bool) -> None:
    """Where a first apply by hand wrote something and was killed, the nightly run finishes it."""
    team = room(toml('fill = ["due"]'), cards(5))
    killed(team, "push", at=1 if after else 4, after=after)
    team.sleep(days=1)
    night = team.night(by_hand=False)
    assert night.pending == frozenset()
    assert all(team.cell(f"b1/T{number}", "due") for number in range(5))


# Guards


def test_a_moved_milestone_explains_itself(room: Build) -> None:
    """Dates that follow a milestone which someone moved are written, with one sentence."""
    launch = card("Lancement", milestone=True, due=date(2027, 3, 1))
    team = room(toml('fill = ["due"]', ""), [launch, *cards(14)])
    team.night()
    assert team.nights(1)[0].written == []
    team.edit("b1/Lancement", "due", date(2027, 3, 15))
    (night,) = team.nights(1)
    assert (night.held, len(night.written)) == (set(), 14)
    assert [guard.reason for guard in night.planned.plan.guards] == [
        "Dates move on 14 tasks, since these changed: anchors."
    ]


def test_leave_in_a_calendar_file_explains_itself(room: Build, tmp_path: Path) -> None:
    """Dates that move because a person's ICS file changed are written: the file is part of the calendar."""

    def leave(first: str, last: str) -> None:
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", f"DTSTART;VALUE=DATE:{first}",
                 f"DTEND;VALUE=DATE:{last}", "END:VEVENT", "END:VCALENDAR", ""]  # fmt: skip
        (tmp_path / "lea.ics").write_text("\r\n".join(lines), newline="")

    leave("20270108", "20270109")
    text = toml('fill = ["due"]') + '[people.lea]\nids = ["u:lea"]\nleave = ["lea.ics"]\n'
    lea = Owner("u:lea", "Léa Martin")
    team = room(text, [card(f"T{number}", owners=(lea,)) for number in range(14)])
    team.night()
    leave("20270218", "20270305")
    (night,) = team.nights(1)
    # Those that she can no longer do in that week; the others stay where they were.
    assert (night.held, len(night.written)) == (set(), 7)


def test_an_explained_change_stays_explained_until_it_is_written(room: Build) -> None:
    """A moved launch that a failing source let through in part is not held as unexplained on the next night."""
    team = room(toml('fill = ["due"]'), cards(40))
    team.night()
    moving(team)
    team.source.before = fail_on("push", SourceError("network lost"), at=6)
    (part,) = team.nights(1)
    assert (len(part.written), len(part.applied.left)) == (5, 35)
    team.source.before = None
    (rest,) = team.nights(1)
    assert (rest.held, len(rest.written)) == (set(), 35)
    team.nights(1)
    accepted = team.ledger.accepted("b1")
    assert accepted is not None
    assert accepted.read_at == team.clock.now()


def test_unexplained_moves_hold_a_board(room: Build) -> None:
    """Dates that would move on most tasks with nothing to explain it hold the board, and so each night."""
    team = room(toml('fill = ["due"]'), [card(f"T{number}", start=date(2027, 1, 4)) for number in range(14)])
    team.night()
    for number in range(14):
        team.edit(f"b1/T{number}", "start", None)
    assert all(team.cell(f"b1/T{number}", "due") for number in range(14))
    accepted = team.ledger.accepted("b1")
    for number in range(14):  # as though retro had given them other dates before
        known = team.ledger.acknowledged("b1")[f"b1/T{number}", "due"]
        team.edit(f"b1/T{number}", "due", date(2027, 1, 20))
        team.ledger.adopt("b1", [replace(known, value=date(2027, 1, 20), asked=date(2027, 1, 20))])
    for night in team.nights(2):
        assert (night.held, night.written) == ({"b1"}, [])
        assert team.ledger.accepted("b1") == accepted


def lossy(room: Build) -> Room:
    """Two boards of one source, read at two instants."""
    both = toml('fill = ["due"]', boards=("b1", "b2"))
    return room(both, [card("A"), *cards(8, "b2")], clock=TickingClock())


@pytest.mark.parametrize("nights", [0, 3])
def test_lost_tasks_hold_the_second_board_of_a_source(room: Build, nights: int) -> None:
    """A board that lost most of its tasks is held, though another board of its source was read before it."""
    team = lossy(room)
    team.night()
    team.nights(nights)
    for number in range(6):
        team.source.delete("b2", f"b2/T{number}")
    for night in team.nights(2):
        assert night.held == {"b1", "b2"}  # its neighbour's dates would rest on what is missing


def test_a_forced_board_is_not_held_again(room: Build) -> None:
    """Once a person insisted, the smaller board is the one that the next nights compare with."""
    team = lossy(room)
    team.night()
    for number in range(6):
        team.source.delete("b2", f"b2/T{number}")
    assert team.nights(1)[0].held == {"b1", "b2"}
    team.sleep(days=1)
    assert team.night(forced={"b2"}).held == set()
    assert [night.held for night in team.nights(3)] == [set(), set(), set()]


def test_a_card_that_is_refused_for_ever_does_not_switch_guards_off_or_on(room: Build) -> None:
    """A board with a card that the tool never takes is guarded like any other, and released by force like any other."""
    team = room(toml('fill = ["due"]'), cards(9))
    team.source.before = fail_on("push", SourceError("no", status=400), end="T8")
    team.night()
    team.nights(1)
    for number in range(6):
        team.source.delete("b1", f"b1/T{number}")
    assert team.nights(1)[0].held == {"b1"}
    team.sleep(days=1)
    assert team.night(forced={"b1"}).held == set()
    assert team.nights(1)[0].held == set()


def test_a_board_that_is_no_longer_written_is_not_held(room: Build) -> None:
    """Where writing was taken out, a board may shrink as it likes."""
    team = room(toml('fill = ["due"]'), cards(8))
    team.night()
    team.configure(toml(""))
    for number in range(6):
        team.source.delete("b1", f"b1/T{number}")
    assert team.nights(1)[0].planned.plan.guards == ()


# Boards that cannot be read or written


def test_one_card_that_is_refused_does_not_starve_its_board(room: Build) -> None:
    """A card that the tool refuses for what it is fails by itself; the others are written, that night and later."""
    team = room(toml('fill = ["due"]'), cards(5))
    team.source.before = fail_on("push", SourceError("no", status=400), end="T1")
    assert len(team.night().written) == 4
    for night in team.nights(2):
        assert night.applied.failed == {}
        assert [change.task for change, _why in night.applied.refused] == ["b1/T1"]
    team.source.before = None
    assert [task for task, _, _ in team.nights(1)[0].written] == ["b1/T1"]


def test_the_part_of_a_refused_write_that_was_taken_is_retros(room: Build) -> None:
    """Where a tool takes retro's own fields and refuses the team's, the own ones are still known as retro's."""
    team = room(toml('own = ["latest"], fill = ["due"]'), cards(1))
    team.source.before = fail_on("push", SourceError("no", status=400), at=2)
    assert [why for _change, why in team.night().applied.refused] == [Refusal.REJECTED] * 2
    assert team.cell("b1/T0", "retro_latest") == date(2027, 3, 1)
    team.source.before = None
    team.configure(toml('own = ["latest"], fill = ["due"]', LATER))
    (night,) = team.nights(1)
    assert night.planned.plan.conflicts == ()
    assert team.cell("b1/T0", "retro_latest") == date(2027, 3, 15)
    assert team.nights(1)[0].written == []


@pytest.mark.parametrize("refusing", ["of-b1", "of-b2"])
def test_a_read_only_source_does_not_stop_the_other(room: Build, refusing: str) -> None:
    """Of two sources the one whose token may write is written, whichever comes first."""
    text = toml('fill = ["due"]', boards=("b1", "b2"), one_source=False)
    team = room(text, [*cards(3), *cards(3, "b2")])
    team.sources[refusing].read_only = True
    night = team.night()
    other = {"of-b1": "b2", "of-b2": "b1"}[refusing]
    assert {task.partition("/")[0] for task, _, _ in night.written} == {other}
    assert len(night.written) == 3
    assert [type(error) for error in night.applied.failed.values()] == [ReadOnlyError]
    assert team.ledger.applied_boards() == {other}
    assert team.ledger.pending() == []


def test_a_stale_board_shows_what_retro_wrote(room: Build) -> None:
    """A snapshot from before the last write stands in with what was written: retro's old date is no human's."""
    text = toml('own = ["latest"], fill = ["start", "due"]', boards=("b1", "b2"), one_source=False)
    before = card("Avant", references=())
    after = card("Après", "b2", references=(Reference("b1/Avant"),))
    team = room(text, [before, *cards(2), after])
    team.night()
    team.configure(text.replace("2027-03-01", "2027-03-15"))
    (moved,) = team.nights(1)
    assert moved.written
    team.sources["of-b2"].down = True
    (stale,) = team.nights(1)
    assert dates(stale) == dates(moved)
    assert stale.written == []


def test_offline_shows_what_retro_wrote(room: Build) -> None:
    """A plan from the last snapshot takes what retro wrote since for retro's: no change, nobody's conflict."""
    team = room(toml('own = ["latest", "review"], fill = ["due"]'), cards(3))
    team.night()
    planned, _portfolio, _means = team.plan(offline=True)
    assert (planned.plan.changes, planned.plan.conflicts) == ((), ())


def test_an_alias_of_another_board_never_writes_to_the_old_one(room: Build) -> None:
    """Where a name means another address now, which cannot be read, the old board is neither read nor written."""
    team = room(toml('fill = ["due"]', boards=("b1", "b2")), [*cards(2), *cards(2, "b2")])
    team.night()
    calls = len(team.source.calls)
    moved = toml('fill = ["due"]', LATER, boards=("b1", "b2"))
    team.configure(moved.replace('at = "b1"', 'at = "elsewhere"'))
    (night,) = team.nights(1)
    assert night.written == []  # what nobody ever read may bear on the dates of every other board
    assert {subject.partition("/")[0] for _, subject in team.source.calls[calls:]} == {"b2", "elsewhere"}
    assert {board.key for board in night.portfolio.boards} == {"b2"}


def test_a_run_of_some_boards_forgets_no_conflict_of_others(room: Build) -> None:
    """A conflict told before is not new again because one run looked at another board only."""
    due = [card("A", due=date(2027, 2, 1)), card("B", "b2", due=date(2027, 2, 2))]
    team = room(toml('fill = ["due"]', boards=("b1", "b2")), due)
    assert {conflict.new for conflict in team.night().planned.plan.conflicts} == {True}
    team.sleep(days=1)
    (only,) = team.night(only={"b1"}).planned.plan.conflicts
    assert (only.task, only.new) == ("b1/A", False)
    (last,) = team.nights(1)
    assert [conflict.new for conflict in last.planned.plan.conflicts] == [False, False]


def test_a_plan_after_a_crash_knows_what_was_sent(room: Build) -> None:
    """A command that reads between a crash and the next run takes what was sent for retro's, not for a human's."""
    team = room(toml('own = ["latest"], fill = ["start", "due"]'), cards(3))
    killed(team, "push", at=2)
    planned, _portfolio, _means = team.plan()
    assert planned.plan.conflicts == ()
    assert {change.task for change in planned.plan.changes} == {"b1/T1", "b1/T2"}
