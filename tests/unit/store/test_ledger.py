"""Both ledgers keep the port's promises: the one on SQLite and the one in memory, held to the same tests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.unit.store.conftest import Open

from retro.model import (
    AnchorSeen,
    Board,
    Category,
    Change,
    DueMove,
    Snapshot,
    Standing,
    Status,
    StatusOrigin,
    Task,
    WriteLevel,
)
from retro.ports import Accepted, Acknowledged, RunRecord

NOW = datetime(2027, 1, 8, 6, 30, tzinfo=ZoneInfo("Europe/Paris"))


def change(task: str = "t1", field: str = "retro_latest", **facts: object) -> Change:
    """A change with a date."""
    made = Change(
        id=f"{task}{field}",
        task=task,
        title="Brief « été »",
        url=None,
        board="b1",
        field=field,
        level=WriteLevel.OWN,
        old=None,
        new=date(2027, 2, 19),
        why="schedule",
        revision="r1",
    )
    return replace(made, **facts)  # type: ignore[arg-type]  # fields of Change, by name


def test_intent_is_pending_until_settled(reopen: Open) -> None:
    """An intent survives a restart as pending, with its change whole, until it is settled."""
    reopen().intend("run1", [change(), change(field="due", old=NOW, level=WriteLevel.FILL)], NOW)
    first, second = reopen().pending()
    assert (first.change, second.change) == (change(), change(field="due", old=NOW, level=WriteLevel.FILL))
    assert (first.run, first.state, first.created, first.settled) == ("run1", "pending", NOW, None)
    reopen().settle(first, "abandoned", None, NOW)
    assert [intent.id for intent in reopen().pending()] == [second.id]


def test_acknowledging_moves_the_last_written_value(reopen: Open) -> None:
    """An acknowledged intent leaves what the server returned, what was asked, and when."""
    ledger = reopen()
    (intent,) = ledger.intend("run1", [change()], NOW)
    ledger.settle(intent, "acknowledged", date(2027, 2, 20), NOW + timedelta(seconds=2))
    assert reopen().acknowledged("b1") == {
        ("t1", "retro_latest"): Acknowledged(
            task="t1",
            field="retro_latest",
            value=date(2027, 2, 20),
            run="run1",
            asked=date(2027, 2, 19),
            at=NOW + timedelta(seconds=2),
        )
    }
    assert reopen().acknowledged("b2") == {}
    (settled,) = reopen().intents(run="run1")
    assert (settled.state, settled.returned) == ("acknowledged", date(2027, 2, 20))


@pytest.mark.parametrize("state", ["refused", "abandoned"])
def test_other_settlements_leave_the_last_written_value(reopen: Open, state: str) -> None:
    """Only an acknowledgement moves the last written value."""
    ledger = reopen()
    (first,) = ledger.intend("run1", [change()], NOW)
    ledger.settle(first, "acknowledged", date(2027, 2, 19), NOW)
    (second,) = ledger.intend("run2", [change(new=date(2027, 3, 1))], NOW)
    ledger.settle(second, state, date(2027, 1, 1), NOW)
    assert reopen().acknowledged("b1")["t1", "retro_latest"].value == date(2027, 2, 19)


@pytest.mark.parametrize(
    "value", [None, "", "2027-01-08", "text: x\n[retro 01234567]", 1.4, 0.0, date(2027, 1, 8), NOW, NOW.astimezone(UTC)]
)
def test_values_come_back_as_they_were(reopen: Open, value: date | str | float | None) -> None:
    """A text that looks like a date stays a text, an instant an instant, a number a number."""
    ledger = reopen()
    (intent,) = ledger.intend("run1", [change(new=value)], NOW)
    ledger.settle(intent, "acknowledged", value, NOW)
    held = reopen().acknowledged("b1")["t1", "retro_latest"]
    assert (held.value, held.asked) == (value, value)
    assert type(held.value) is type(value)


def test_marks_are_remembered_with_their_values(reopen: Open) -> None:
    """What holds a value outside of fields comes back by task and own field, and goes when the value is emptied."""
    (first,) = reopen().intend("run1", [change(field="retro_review", new="text")], NOW)
    reopen().settle(first, "acknowledged", "text", NOW, mark="comment:5f")
    reopen().adopt("b2", [Acknowledged(task="t2", field="retro_review", value="x", run="", mark="label:6a")])
    assert reopen().marks() == {"t1": {"review": "comment:5f"}, "t2": {"review": "label:6a"}}
    assert reopen().acknowledged("b1")["t1", "retro_review"].mark == "comment:5f"
    (second,) = reopen().intend("run2", [change(field="retro_review", old="text", new=None)], NOW)
    reopen().settle(second, "acknowledged", None, NOW)
    assert reopen().marks() == {"t2": {"review": "label:6a"}}


def test_who_had_edited_last_is_remembered(reopen: Open) -> None:
    """The last editor of a task once it was written comes back with the value, and is unknown where it was not told."""
    first, second = reopen().intend("run1", [change(new="a"), change(field="retro_review", new="b")], NOW)
    reopen().settle(first, "acknowledged", "a", NOW, editor="notion:bot")
    reopen().settle(second, "acknowledged", "b", NOW)
    assert [each.editor for _cell, each in sorted(reopen().acknowledged("b1").items())] == ["notion:bot", ""]


def test_boards_without_columns_are_remembered(reopen: Open) -> None:
    """A board that refused own fields is known until it turns out that it can have them; the rest of it stays."""
    reopen().mark_applied("b1", NOW)
    reopen().refuse_columns("b1", NOW)
    reopen().refuse_columns("b2", NOW)
    assert reopen().without_columns() == {"b1", "b2"}
    reopen().refuse_columns("b1", None)
    assert (reopen().without_columns(), reopen().applied_boards()) == ({"b2"}, {"b1"})


def test_adopted_values_are_last_written(reopen: Open) -> None:
    """Values that were recognised after a lost state are last written ones from then on."""
    value = Acknowledged(task="t1", field="retro_latest", value=date(2027, 2, 19), run="", asked=date(2027, 2, 19))
    reopen().adopt("b1", [value])
    assert reopen().acknowledged("b1") == {("t1", "retro_latest"): value}


def test_journal_is_found_by_run_and_by_task(reopen: Open) -> None:
    """`retro log` and `retro undo` find the intents of a task or of a run, in order."""
    ledger = reopen()
    ledger.intend("run1", [change("t1"), change("t2")], NOW)
    ledger.intend("run2", [change("t1", "due")], NOW)
    assert [intent.change.task for intent in reopen().intents(run="run1")] == ["t1", "t2"]
    assert [intent.run for intent in reopen().intents(task="t1")] == ["run1", "run2"]
    assert len(reopen().intents()) == 3
    assert [intent.run for intent in reopen().intents(tasks=["t2", "t1", "t1"])] == ["run1", "run1", "run2"]
    assert [intent.change.task for intent in reopen().intents(tasks=["t2", "t1"], run="run1")] == ["t1", "t2"]
    assert reopen().intents(tasks=[]) == []


def test_the_journal_of_thousands_of_tasks_is_one_answer(reopen: Open) -> None:
    """More tasks than one query may name are found all the same, in the order of the journal."""
    tasks = [f"t{number}" for number in range(1_201)]
    reopen().intend("run1", [change(task) for task in tasks], NOW)
    assert [intent.change.task for intent in reopen().intents(tasks=set(tasks))] == tasks


def test_runs_come_newest_first(reopen: Open) -> None:
    """Runs are listed newest first, with what they wrote once they are finished."""
    ledger = reopen()
    for number in range(3):
        ledger.begin(RunRecord(id=f"r{number}", command="sync", started=NOW + timedelta(days=number)))
    ledger.finish(
        RunRecord(id="r1", command="sync", started=NOW + timedelta(days=1), finished=NOW + timedelta(days=2), writes=7)
    )
    assert [run.id for run in reopen().runs()] == ["r2", "r1", "r0"]
    assert [run.writes for run in reopen().runs(limit=2)] == [0, 7]


def test_first_apply_and_accepted_state_of_a_board(reopen: Open) -> None:
    """A board's first apply and the state that guards compare with are remembered side by side."""
    assert reopen().accepted("b1") is None
    reopen().mark_applied("b1", NOW)
    assert reopen().accepted("b1") is None
    reopen().accept(Accepted(board="b1", read_at=NOW, fingerprint="{}"))
    reopen().accept(Accepted(board="b1", read_at=NOW + timedelta(days=1), fingerprint='{"links": "x"}'))
    reopen().accept(Accepted(board="b2", read_at=NOW, fingerprint="{}"))
    reopen().mark_applied("b1", NOW + timedelta(days=1))
    assert reopen().applied_boards() == {"b1"}
    assert reopen().accepted("b1") == Accepted(
        board="b1", read_at=NOW + timedelta(days=1), fingerprint='{"links": "x"}'
    )


def test_advised_finishes_are_replaced_board_by_board(reopen: Open) -> None:
    """What a board was last told stands until the next time, whatever is remembered of another board."""
    ledger = reopen()
    ledger.remember_advised("b1", {"t1": NOW, "t2": NOW + timedelta(days=1)})
    ledger.remember_advised("b2", {"t9": NOW})
    ledger.remember_advised("b1", {"t2": NOW + timedelta(days=2)})
    ledger = reopen()
    assert ledger.advised("b1") == {"t2": NOW + timedelta(days=2)}
    assert ledger.advised("b2") == {"t9": NOW}
    ledger.remember_advised("b2", {})
    assert (ledger.advised("b2"), ledger.advised("b3")) == ({}, {})


def test_columns_are_remembered_and_forgotten(reopen: Open) -> None:
    """The ids of retro's own columns are kept by board, and can be forgotten."""
    reopen().remember_column("b1", "retro_latest", "")
    reopen().remember_column("b1", "retro_latest", "cf1")
    reopen().remember_column("b1", "retro_review", "cf2")
    reopen().forget_column("b1", "retro_review")
    reopen().forget_column("b2", "retro_review")
    assert reopen().columns("b1") == {"retro_latest": "cf1"}
    assert reopen().columns("b2") == {}


def test_columns_know_the_run_that_made_them(reopen: Open) -> None:
    """A column belongs to the run that began it, whoever learns its id; one without an id or forgotten to none."""
    for field in ("retro_latest", "retro_review", "retro_due"):
        reopen().remember_column("b1", field, "", run="r1")
    reopen().remember_column("b1", "retro_latest", "cf1")
    reopen().remember_column("b1", "retro_review", "cf2")
    reopen().forget_column("b1", "retro_review")
    assert reopen().columns_of("r1") == {"b1": {"retro_latest": "cf1"}}
    reopen().remember_column("b1", "retro_latest", "cf3", run="r2")
    assert reopen().columns_of("r1") == {}
    assert reopen().columns_of("r2") == {"b1": {"retro_latest": "cf3"}}


def test_taking_back_restores_and_declines_at_once(reopen: Open) -> None:
    """An undo's intent leaves the last written value from before, or none, and the values that were declined."""
    ledger = reopen()
    (first,) = ledger.intend("run1", [change()], NOW)
    ledger.settle(first, "acknowledged", date(2027, 2, 19), NOW)
    before = ledger.acknowledged("b1")["t1", "retro_latest"]
    (undo,) = ledger.intend("run2", [change(old=date(2027, 2, 19), new=None, why="undo run1")], NOW)
    ledger.take_back(undo, None, NOW, last=None, declined={date(2027, 2, 19), None, "2027-02-19"})
    assert reopen().acknowledged("b1") == {}
    assert reopen().declined("b1") == {("t1", "retro_latest"): {date(2027, 2, 19), None, "2027-02-19"}}
    assert reopen().declined("b2") == {}
    assert reopen().intents(run="run2")[0].state == "acknowledged"
    (again,) = reopen().intend("run3", [change(new=None, why="undo run1")], NOW)
    reopen().take_back(again, None, NOW, last=before, declined=frozenset())
    assert reopen().acknowledged("b1") == {("t1", "retro_latest"): before}
    assert reopen().declined("b1") == {}


@pytest.mark.parametrize(("state", "lifted"), [("acknowledged", True), ("refused", False), ("abandoned", False)])
def test_a_write_lifts_what_was_declined(reopen: Open, state: str, *, lifted: bool) -> None:
    """Only a write that arrived makes a declined value one that may be proposed again."""
    ledger = reopen()
    undo, other = ledger.intend("run1", [change(new=None), change(field="due")], NOW)
    ledger.take_back(undo, None, NOW, last=None, declined={date(2027, 2, 19)})
    ledger.settle(other, "acknowledged", date(2027, 2, 19), NOW)
    (write,) = ledger.intend("run2", [change(new=date(2027, 3, 1))], NOW)
    ledger.settle(write, state, date(2027, 3, 1), NOW)
    assert (reopen().declined("b1") == {}) is lifted


def test_told_conflicts_are_replaced(reopen: Open) -> None:
    """Only the conflicts that stand now count as told."""
    reopen().report_conflicts([("t1", "due", "2027-01-08"), ("t1", "due", "2027-01-08"), ("t2", "due", "")])
    reopen().report_conflicts([("t2", "due", "")])
    assert reopen().reported_conflicts() == {("t2", "due", "")}
    reopen().report_conflicts([])
    assert reopen().reported_conflicts() == set()


def snapshot(day: int, title: str = "Brief", key: str = "trello:b1") -> Snapshot:
    """A board with one task, read on a day of January."""
    board = Board(key=key, name="Contenus", source="equipe", alias="contenus", url=f"https://trello.com/b/{key[-2:]}")
    task = Task(key="trello:t1", board=key, title=title, own={"latest": date(2027, 2, 19), "review": "2027-01-08"})
    return Snapshot(board=board, tasks=(task,), read_at=NOW.replace(day=day))


@pytest.mark.parametrize("at", ["trello:b1", "contenus", "https://trello.com/b/b1"])
def test_last_snapshot_is_found_by_each_of_its_names(reopen: Open, at: str) -> None:
    """The last snapshot stored is found by each name of its board, even after a run that looked ahead in time."""
    for each in (snapshot(8), snapshot(10, "Brief revu"), snapshot(9)):
        reopen().store_snapshot(each)
    assert reopen().last_snapshot(at) == snapshot(9)
    assert reopen().last_board(at) == snapshot(9).board
    assert reopen().last_snapshot("autre") is None
    assert reopen().last_snapshot("") is None
    assert reopen().last_board("autre") is None


def test_last_snapshots_of_many_boards_are_found_at_once(reopen: Open) -> None:
    """Boards are found by any of their names, also one that has not been read for long; unknown ones are left out."""
    reopen().store_snapshot(snapshot(8, key="trello:old"))
    for day in (8, 9, 10):
        reopen().store_snapshots([snapshot(day, key=f"trello:b{number}") for number in range(4)])
    asked = ["trello:b0", "https://trello.com/b/b2", "trello:old", "", "autre", "contenus"]
    last = {
        "trello:b0": snapshot(10, key="trello:b0"),
        "https://trello.com/b/b2": snapshot(10, key="trello:b2"),
        "trello:old": snapshot(8, key="trello:old"),
        "contenus": snapshot(10, key="trello:b3"),
    }
    assert reopen().last_snapshots(asked) == last
    assert reopen().last_boards(asked) == {at: found.board for at, found in last.items()}
    assert reopen().last_snapshots([]) == {}


def test_what_there_is_to_read_is_known_before(reopen: Open) -> None:
    """The room that the last snapshots of boards take is told without reading them, that of earlier ones apart."""
    assert reopen().stored_bytes(["trello:b0"]) == 0
    reopen().store_snapshots([snapshot(8, key=f"trello:b{number}") for number in range(3)])
    one, two = reopen().stored_bytes(["trello:b0"]), reopen().stored_bytes(["trello:b0", "trello:b1", "other", ""])
    assert 0 < one < two
    reopen().store_snapshot(snapshot(9, key="trello:b0"))
    assert reopen().stored_bytes(["trello:b0"]) == one
    assert reopen().stored_bytes([]) == 0


def test_snapshots_of_a_run_are_stored_together(reopen: Open) -> None:
    """Boards of one run are stored all or none: what cannot be made of the second one leaves nothing of the first."""
    reopen().store_snapshots([snapshot(8), snapshot(8, key="trello:b2")])
    assert reopen().last_snapshot("trello:b2") == snapshot(8, key="trello:b2")

    def broken() -> Iterator[Snapshot]:
        yield snapshot(9)
        raise KeyError

    with pytest.raises(KeyError):
        reopen().store_snapshots(broken())
    assert reopen().last_snapshot("trello:b1") == snapshot(8)


@pytest.mark.parametrize("columns", [1, 3_000])
def test_a_board_is_read_without_its_tasks(reopen: Open, columns: int) -> None:
    """The board of a snapshot is found in front of its tasks, however much there is to say of it."""
    stored = snapshot(8)
    said = tuple(f"Ce que l’on en dit, numéro {number}" for number in range(columns))
    stored = replace(stored, board=replace(stored.board, warnings=said))
    reopen().store_snapshot(stored)
    assert reopen().last_board("contenus") == stored.board


def test_previous_snapshot_is_strictly_older(reopen: Open) -> None:
    """The snapshot before an instant is the newest of those strictly older, of that board alone."""
    reopen().store_snapshot(snapshot(8))
    reopen().store_snapshot(snapshot(9))
    reopen().store_snapshot(snapshot(9, key="trello:b2"))
    assert reopen().previous_snapshot("trello:b1", NOW.replace(day=9)) == snapshot(8)
    assert reopen().previous_snapshot("trello:b1", NOW.replace(day=8)) is None


def test_cleared_columns_go_with_their_values(reopen: Open) -> None:
    """A field that a clean removed is forgotten with what was written in it; every other value is as it was."""
    ledger = reopen()
    written = ledger.intend("run1", [change("t1"), change("t2"), change("t1", "due")], NOW)
    for intent in written:
        ledger.settle(intent, "acknowledged", date(2027, 2, 19), NOW)
    ledger.remember_column("b1", "retro_latest", "cf1", run="run1")
    ledger.remember_column("b1", "retro_review", "cf2", run="run1")
    gone = ledger.intend("run2", [change("t1", old=date(2027, 2, 19), new=None, why="clean")], NOW)
    reopen().clear_columns("b1", ["retro_latest"], gone, NOW)
    assert reopen().acknowledged("b1").keys() == {("t2", "retro_latest"), ("t1", "due")}
    assert reopen().columns("b1") == {"retro_review": "cf2"}
    assert [(each.state, each.returned, each.settled) for each in reopen().intents(run="run2")] == [
        ("acknowledged", None, NOW)
    ]
    assert reopen().pending() == []
    reopen().clear_columns("b1", ["retro_review"], (), NOW)
    assert reopen().columns("b1") == {}


def test_a_board_that_was_left_is_forgotten(reopen: Open) -> None:
    """Values, declined ones, advised dates, the first apply and what guards compare with go; the journal stays."""
    ledger = reopen()
    for board in ("b1", "b2"):
        (intent,) = ledger.intend("run1", [change(board=board)], NOW)
        ledger.settle(intent, "acknowledged", date(2027, 2, 19), NOW)
        (undo,) = ledger.intend("run2", [change(board=board, new=None, why="undo run1")], NOW)
        ledger.take_back(undo, None, NOW, last=None, declined=frozenset({date(2027, 2, 19)}))
        ledger.adopt(board, [Acknowledged(task="t9", field="retro_latest", value=date(2027, 2, 19), run="")])
        ledger.remember_advised(board, {"t1": NOW})
        ledger.accept(Accepted(board=board, read_at=NOW, fingerprint="{}"))
        ledger.mark_applied(board, NOW)
        ledger.refuse_columns(board, NOW)
    reopen().forget_board("b1", NOW)
    ledger = reopen()
    assert (ledger.acknowledged("b1"), ledger.declined("b1"), ledger.advised("b1")) == ({}, {}, {})
    assert ledger.accepted("b1") is None
    assert (ledger.applied_boards(), ledger.without_columns(), ledger.cleaned_boards()) == ({"b2"}, {"b2"}, {"b1"})
    assert ledger.acknowledged("b2").keys() == {("t9", "retro_latest")}
    assert len(ledger.intents()) == 4
    ledger.mark_applied("b1", NOW)
    assert (reopen().applied_boards(), reopen().cleaned_boards()) == ({"b1", "b2"}, set())


def test_who_ran_it_is_remembered(reopen: Open) -> None:
    """A run comes back with the account that it was run by."""
    reopen().begin(RunRecord(id="r1", command="clean", started=NOW, who="léa"))
    assert [run.who for run in reopen().runs()] == ["léa"]


def test_what_reads_tell_is_kept_as_they_are_stored(reopen: Open) -> None:
    """Each stored snapshot adds to what its board tells, retro's own writes apart; the others keep theirs."""

    def board(day: int, due: int, key: str = "b1") -> Snapshot:
        doing = Status("En cours", Category.DOING, StatusOrigin.MAPPED)
        stamp = NOW.replace(day=day - 1)
        task = Task(key=f"{key}/t", board=key, title="Brief", due=date(2027, 2, due), status=doing, updated=stamp)
        return Snapshot(board=Board(key=key, name=key, source="s"), tasks=(task,), read_at=NOW.replace(day=day))

    assert (reopen().seen(), reopen().due_moves()) == ({}, {})
    reopen().store_snapshots([board(8, 1), board(8, 1, "b2")])
    written = Acknowledged(task="b1/t", field="retro_latest", value=None, run="r", at=NOW.replace(day=9))
    reopen().adopt("b1", [written])
    reopen().store_snapshot(board(10, 5))
    seen = reopen().seen()
    assert seen["b1"].standing == {"b1/t": Standing(Category.DOING, NOW)}
    assert (seen["b1"].people, seen["b1"].touched) == ({"b1/t": NOW.replace(day=7)}, NOW.replace(day=7))
    assert (seen["b2"].first, seen["b2"].changed) == (NOW, None)
    assert reopen().due_moves() == {"b1/t": (DueMove(NOW.replace(day=10), None, date(2027, 2, 1), date(2027, 2, 5)),)}


def test_a_read_that_is_not_stored_tells_nothing(reopen: Open) -> None:
    """What a board's reads tell is stored with its snapshot or not at all."""

    def broken() -> Iterator[Snapshot]:
        yield snapshot(9)
        raise KeyError

    with pytest.raises(KeyError):
        reopen().store_snapshots(broken())
    assert reopen().seen() == {}


def test_a_look_back_tells_nothing_new(reopen: Open) -> None:
    """Read at an hour that a person named, a board is not known since before it was; a clock that was put back is."""
    reopen().store_snapshots([snapshot(8)])
    for day in (3, 3, 4):
        reopen().store_snapshots([snapshot(day)], told_now=True)
        assert reopen().seen()["trello:b1"].first == snapshot(8).read_at
    last = reopen().last_snapshot("trello:b1")
    assert last is not None
    assert last.read_at == snapshot(4).read_at
    reopen().store_snapshots([snapshot(9)], told_now=True)
    assert reopen().seen()["trello:b1"].first == snapshot(8).read_at
    reopen().store_snapshots([snapshot(5)])
    assert reopen().seen()["trello:b1"].first == snapshot(5).read_at


def test_anchors_are_remembered_where_they_move(reopen: Open) -> None:
    """A day is added when it is another than the last one, also one on which the anchor has been before."""

    def seen(day: int, at: int, anchor: str = "Salon") -> AnchorSeen:
        return AnchorSeen(project="p", anchor=anchor, day=date(2027, 3, day), at=NOW.replace(day=at))

    for each in ([seen(1, 8)], [seen(1, 9), seen(5, 9, "Envoi")], [seen(8, 10)], [], [seen(1, 11)]):
        reopen().see_anchors(each)
    assert reopen().anchors_seen() == [seen(1, 8), seen(5, 9, "Envoi"), seen(8, 10), seen(1, 11)]


def test_what_was_prepared_is_what_is_stored(reopen: Open) -> None:
    """A snapshot that was prepared is stored as it is; one that was changed since is stored as it is then."""
    ledger = reopen()
    first, second = snapshot(8), snapshot(8, key="trello:b2")
    ledger.prepare(first)
    ledger.prepare(second)
    changed = replace(second, tasks=())
    ledger.store_snapshots([first, changed])
    assert reopen().last_snapshot("trello:b1") == first
    assert reopen().last_snapshot("trello:b2") == changed


def test_every_boards_values_come_in_one_go(reopen: Open) -> None:
    """What was last written is told for all boards together as it is for each."""
    ledger = reopen()
    for board in ("b1", "b2"):
        ledger.adopt(board, [Acknowledged(task=f"t{board}", field="retro_latest", value=date(2027, 2, 1), run="r")])
    found = reopen().all_acknowledged()
    assert found == {board: reopen().acknowledged(board) for board in ("b1", "b2")}
