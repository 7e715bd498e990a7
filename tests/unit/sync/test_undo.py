"""Taking a run back: what is still retro’s goes, a person’s stays, what was taken back is not proposed again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.memory_board import BOARD, NOW, POLICY, TeamBoard, night, undo

from retro.i18n import use
from retro.model import Change, Provision
from retro.ports import ReadOnlyError, SourceError
from retro.sync.apply import Applied, Refusal
from retro.sync.decide import Remark, Wishes
from retro.sync.decide.values import Value
from retro.sync.undo import Left, Undoing, plan_undo, remove_columns
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger

LATEST, DUE = date(2027, 2, 19), date(2027, 2, 16)
WISH = Wishes(
    values={"retro_latest": LATEST, "start": date(2027, 2, 15), "due": DUE}, remarks=(Remark("OWN101", "à qui ?"),)
)
WISHES = {"t1": WISH, "t2": WISH}
LATER = {
    key: replace(WISH, values={**WISH.values, "retro_latest": date(2027, 3, 5), "due": date(2027, 3, 2)})
    for key in WISHES
}
DAY = 86_400


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


@pytest.fixture
def board() -> TeamBoard:
    """A board with two tasks and nothing in their cells."""
    return TeamBoard(SteppingClock(NOW))


@pytest.fixture
def ledger() -> MemoryLedger:
    """An empty ledger."""
    return MemoryLedger()


def cells(board: TeamBoard) -> object:
    """All that stands on the board, its columns included."""
    tasks = {key: (task.start, task.due, dict(task.own)) for key, task in board.tasks.items()}
    return tasks, board.portfolio.boards[0].own_fields


def planned(board: TeamBoard, ledger: MemoryLedger, run: str = "r0", **facts: object) -> Undoing:
    """What taking a run back would do."""
    options: dict[str, object] = {"fresh": {BOARD}, "names": POLICY.names, **facts}
    return plan_undo(run, ledger.intents(run=run), board.portfolio, ledger.acknowledged(BOARD), **options)  # type: ignore[arg-type]  # by name


def left(undoing: Undoing) -> set[tuple[str, str, Left]]:
    """What is left alone and why."""
    return {(each.change.task, each.change.field, each.why) for each in undoing.left}


def test_a_whole_run_is_taken_back(board: TeamBoard, ledger: MemoryLedger) -> None:
    """After an undo cells and columns are as before the run, and the ledger claims nothing of it."""
    before = cells(board)
    night(board, ledger, WISHES)
    assert cells(board) != before
    applied = undo(board, ledger, "r0")
    assert applied.writes == 8
    assert cells(board) == before
    assert (ledger.acknowledged(BOARD), ledger.columns(BOARD), ledger.pending()) == ({}, {}, [])


def test_what_was_taken_back_is_not_proposed_again(board: TeamBoard, ledger: MemoryLedger) -> None:
    """The same wishes write nothing after an undo, that night or any later one."""
    night(board, ledger, WISHES)
    undo(board, ledger, "r0")
    for wait in (60, DAY, 30 * DAY):
        board.clock.sleep(wait)
        assert night(board, ledger, WISHES) == Applied()


def test_a_wish_that_changes_is_proposed(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Another value is written; that lifts the refusal, so that the old value may come back later."""
    night(board, ledger, WISHES)
    undo(board, ledger, "r0")
    board.clock.sleep(DAY)
    written = night(board, ledger, LATER).written
    assert {(change.field, change.new) for change in written} == {
        ("retro_latest", date(2027, 3, 5)),
        ("due", date(2027, 3, 2)),
    }
    board.clock.sleep(DAY)
    assert ("retro_latest", LATEST) in {(each.field, each.new) for each in night(board, ledger, WISHES).written}


def test_force_proposes_it_again(board: TeamBoard, ledger: MemoryLedger) -> None:
    """`--force` writes what had been taken back, and nothing is declined any more."""
    night(board, ledger, WISHES)
    after = cells(board)
    undo(board, ledger, "r0")
    board.clock.sleep(DAY)
    assert night(board, ledger, WISHES, replace(POLICY, force=True)).writes == 8
    assert (cells(board), ledger.declined(BOARD)) == (after, {})


def test_remarks_that_were_taken_back_stay_away_whatever_their_stamp(board: TeamBoard, ledger: MemoryLedger) -> None:
    """The stamp under the remarks follows the dates; the same remarks under another stamp are the same remarks."""
    night(board, ledger, WISHES)
    undo(board, ledger, "r0")
    board.clock.sleep(DAY)
    night(board, ledger, LATER)
    assert board.cell("t1", "retro_latest") == date(2027, 3, 5)
    assert board.cell("t1", "retro_review") is None
    board.clock.sleep(DAY)
    more = {"t1": replace(WISH, remarks=(*WISH.remarks, Remark("DAT103", "attendue le 8/01")))}
    assert "retro_review" in {change.field for change in night(board, ledger, more).written}


@pytest.mark.parametrize("mine", [date(2027, 2, 1), None])
def test_a_humans_value_stays(board: TeamBoard, ledger: MemoryLedger, mine: Value) -> None:
    """What a person moved since the run stays and is reported; what they emptied is as it was already."""
    night(board, ledger, WISHES)
    board.write_in("t1", "due", mine)
    undoing = planned(board, ledger)
    assert left(undoing) == ({("t1", "due", Left.CHANGED)} if mine else set())
    assert undoing.back == (0 if mine else 1)
    assert undo(board, ledger, "r0").writes == 7
    assert board.cell("t1", "due") == mine
    assert board.cell("t2", "due") is None


def test_a_value_that_a_human_put_back_is_theirs(board: TeamBoard, ledger: MemoryLedger) -> None:
    """The first run's value, typed again by hand over the second run's, is not taken for the first run's."""
    night(board, ledger, WISHES)
    board.clock.sleep(DAY)
    night(board, ledger, LATER)
    board.write_in("t1", "due", DUE)
    assert ("t1", "due", Left.CHANGED) in left(planned(board, ledger, "r0"))


def test_an_edit_between_plan_and_write_wins(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A task that someone changes while the undo runs is left alone, whole."""
    night(board, ledger, WISHES)
    applied = undo(board, ledger, "r0", between=lambda: board.write_in("t1", "due", date(2027, 2, 2)))
    assert {(change.task, why) for change, why in applied.refused} == {("t1", Refusal.CHANGED)}
    assert board.cell("t1", "due") == date(2027, 2, 2)
    assert board.cell("t1", "retro_latest") == LATEST
    assert board.cell("t2", "due") is None


def test_a_later_run_is_taken_back_first(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A value that a later run wrote over stays; the two runs taken back in turn leave the board as at first."""
    before = cells(board)
    night(board, ledger, WISHES)
    first = cells(board)
    board.clock.sleep(DAY)
    night(board, ledger, LATER)
    undoing = planned(board, ledger, "r0")
    assert {(field, why) for _task, field, why in left(undoing)} == {
        ("retro_latest", Left.LATER),
        ("due", Left.LATER),
        ("retro_review", Left.LATER),
    }
    undo(board, ledger, "r1")
    assert cells(board) == first
    undo(board, ledger, "r0")
    assert cells(board) == before
    board.clock.sleep(DAY)
    assert night(board, ledger, LATER) == Applied()  # both runs' values are declined, the last one's too
    assert night(board, ledger, WISHES) == Applied()


def test_an_undo_can_be_taken_back(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Taking the undo back brings values, columns and the ledger's memory of them back."""
    night(board, ledger, WISHES)
    after = cells(board)
    known = {cell: (each.value, each.run) for cell, each in ledger.acknowledged(BOARD).items()}
    undo(board, ledger, "r0")
    assert undo(board, ledger, "r1").writes == 8
    assert cells(board) == after
    assert {cell: (each.value, each.run) for cell, each in ledger.acknowledged(BOARD).items()} == known
    assert ledger.declined(BOARD) == {}
    board.clock.sleep(DAY)
    assert night(board, ledger, WISHES) == Applied()


def test_an_emptied_cell_that_force_filled_is_opted_out_again(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Taking a `--force` run back also brings back that a person had emptied the cell."""
    night(board, ledger, WISHES)
    board.write_in("t1", "due", None)
    board.clock.sleep(DAY)
    night(board, ledger, WISHES, replace(POLICY, force=True))
    undo(board, ledger, "r1")
    board.clock.sleep(DAY)
    assert ("t1", "due") not in {(change.task, change.field) for change in night(board, ledger, LATER).written}


def test_a_mended_remark_that_was_brought_back_stays(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A run that emptied a cell can be taken back, and the cell is not emptied again."""
    night(board, ledger, {"t1": Wishes(remarks=WISH.remarks)})
    said = board.cell("t1", "retro_review")
    board.clock.sleep(DAY)
    night(board, ledger, {"t1": Wishes()})
    assert board.cell("t1", "retro_review") is None
    undo(board, ledger, "r1")
    assert board.cell("t1", "retro_review") == said
    board.clock.sleep(DAY)
    assert night(board, ledger, {"t1": Wishes()}) == Applied()


@pytest.mark.parametrize(
    ("edit", "why"),
    [({"archived": True}, Left.GONE), ({"opted_out": True}, Left.OPTED_OUT), ({"title": "Renommée"}, None)],
)
def test_tasks_that_may_not_be_written(
    board: TeamBoard, ledger: MemoryLedger, edit: dict[str, object], why: Left | None
) -> None:
    """An archived task and one that opted out are left as they are and told; a renamed one is taken back."""
    night(board, ledger, WISHES)
    board.edit(BOARD, replace(board.tasks["t1"], **edit))  # type: ignore[arg-type]  # fields of Task, by name
    assert {each for _task, _field, each in left(planned(board, ledger))} == ({why} if why else set())
    undo(board, ledger, "r0")
    assert board.cell("t1", "due") == (DUE if why else None)


def test_deleted_tasks_and_unread_boards_are_told(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A deleted task is told as gone; on a board that was not read nothing is planned."""
    night(board, ledger, WISHES)
    board.delete(BOARD, "t1")
    undoing = planned(board, ledger)
    assert {(task, why) for task, _field, why in left(undoing)} == {("t1", Left.GONE)}
    assert {change.task for change in undoing.plan.changes} == {"t2"}
    unread = planned(board, ledger, fresh=set())
    assert (unread.plan.changes, {why for _t, _f, why in left(unread)}) == ((), {Left.UNREAD})


def test_a_column_with_a_persons_words_stays(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A column in which someone wrote, on any task, is not removed; the run's other column is."""
    night(board, ledger, {"t1": WISH})
    board.write_in("t2", "retro_review", "Vu avec Léa")
    undo(board, ledger, "r0")
    assert board.portfolio.boards[0].own_fields == ("review",)
    assert board.cell("t2", "retro_review") == "Vu avec Léa"
    assert set(ledger.columns(BOARD)) == {"retro_review"}


def test_words_written_in_a_column_during_the_undo_keep_it(board: TeamBoard, ledger: MemoryLedger) -> None:
    """The board is read again before a column goes: what was written there meanwhile stays."""
    night(board, ledger, {"t1": WISH})
    undo(board, ledger, "r0", between=lambda: board.write_in("t2", "retro_review", "Vu"))
    assert board.cell("t2", "retro_review") == "Vu"


def test_tasks_that_a_pull_leaves_out_are_asked_for(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A value on a task that a pull does not show (archived) keeps its column; a deleted task keeps none."""
    night(board, ledger, WISHES)
    full = board.pull(BOARD).snapshot
    bare = tuple(replace(task, own={}) for task in full.tasks if task.key == "t2")
    assert remove_columns(ledger, board, replace(full, tasks=bare), ["retro_latest"]) == ()
    board.delete(BOARD, "t1")
    assert remove_columns(ledger, board, replace(full, tasks=bare), ["retro_latest"]) == ("retro_latest",)


def test_a_column_of_someone_elses_stays(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A column of that name that was there before retro is emptied of retro's values and left."""
    board.provision([Provision(board=BOARD, field="retro_review", name="retro · à revoir")])
    night(board, ledger, WISHES)
    undo(board, ledger, "r0")
    assert board.portfolio.boards[0].own_fields == ("review",)


def test_only_the_run_that_made_a_column_takes_it_along(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Taking a later run back leaves the column that the first one made, empty as it was."""
    night(board, ledger, {"t1": Wishes(remarks=WISH.remarks)})
    board.clock.sleep(DAY)
    night(board, ledger, {"t1": Wishes()})
    board.clock.sleep(DAY)
    night(board, ledger, {"t2": Wishes(remarks=WISH.remarks)})
    undo(board, ledger, "r2")
    assert board.portfolio.boards[0].own_fields == ("review",)


def test_a_date_of_the_teams_that_was_overwritten_is_the_teams_again(ledger: MemoryLedger) -> None:
    """A team's date, overwritten and restored, is not taken for retro's afterwards."""
    board = TeamBoard(SteppingClock(NOW))
    theirs = date(2027, 2, 3)
    board.write_in("t1", "due", theirs)
    board.clock.sleep(DAY)
    policy = replace(POLICY, overwrite=frozenset({"due"}))
    night(board, ledger, {"t1": WISH}, policy)
    assert board.cell("t1", "due") == DUE
    undo(board, ledger, "r0")
    assert board.cell("t1", "due") == theirs
    assert ("t1", "due") not in ledger.acknowledged(BOARD)
    board.clock.sleep(DAY)
    assert night(board, ledger, {"t1": WISH}, policy) == Applied()


def test_values_known_by_their_stamp_are_retros_again(board: TeamBoard, ledger: MemoryLedger) -> None:
    """With the state lost in between, taking the next run back restores values that count as retro's."""
    night(board, MemoryLedger(), WISHES)
    board.clock.sleep(DAY)
    night(board, ledger, LATER)
    undo(board, ledger, "r0")
    assert ledger.acknowledged(BOARD)["t1", "retro_latest"].asked == LATEST
    board.clock.sleep(DAY)
    again = {key: replace(WISH, values={**WISH.values, "retro_latest": date(2027, 4, 1)}) for key in WISHES}
    assert "retro_latest" in {change.field for change in night(board, ledger, again).written}


def test_a_source_that_fails_leaves_the_rest_for_the_next_undo(board: TeamBoard, ledger: MemoryLedger) -> None:
    """An undo that a failing source stops can be run again, and ends where an unbroken one would have."""
    before = cells(board)
    night(board, ledger, WISHES)

    def fail(method: str, subject: str) -> None:
        if (method, subject) == ("push", "t2"):
            raise SourceError("out of service", status=503)

    board.before = fail
    assert BOARD in undo(board, ledger, "r0").failed
    board.before = None
    assert board.cell("t2", "due") == DUE
    board.clock.sleep(timedelta(minutes=5).total_seconds())
    assert undo(board, ledger, "r0").writes == 4
    assert cells(board) == before


def test_a_token_that_may_only_read_takes_nothing_back(board: TeamBoard, ledger: MemoryLedger) -> None:
    """With a read-only token the undo is refused and the board stays."""
    night(board, ledger, WISHES)
    after = cells(board)
    board.read_only = True
    with pytest.raises(ReadOnlyError):
        undo(board, ledger, "r0")
    assert cells(board) == after


def test_a_change_names_the_run_that_it_takes_back() -> None:
    """The reason of an undo's change holds the run; no other reason does."""
    board, ledger = TeamBoard(SteppingClock(NOW)), MemoryLedger()
    night(board, ledger, WISHES)
    (change, *_rest) = planned(board, ledger).plan.changes
    assert (change.undoes, change.why) == ("r0", Change.undo_of("r0"))
    assert ledger.intents(task="t1")[0].change.undoes is None
