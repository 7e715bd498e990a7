"""Carrying a plan out: intent, re-read, write, acknowledge; what goes wrong stops no more than it must."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.memory_board import BOARD, NOW, PARIS, POLICY, TeamBoard, night, planned

from retro.i18n import use
from retro.model import Board, Guard, Plan, Provision
from retro.ports import Capabilities, ReadOnlyError, SourceError, StaleRevisionError, WriteUncertainError
from retro.sync.apply import Applied, Refusal, apply, finish_columns, mark_applied
from retro.sync.decide import Remark, Wishes
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger

DAY, LATER = date(2027, 2, 16), date(2027, 2, 19)
WISHES = {
    key: Wishes(
        values={"retro_latest": LATER, "start": date(2027, 2, 15), "due": DAY}, remarks=(Remark("OWN101", "à qui ?"),)
    )
    for key in ("t1", "t2")
}
FIELDS = {"retro_latest", "retro_review", "start", "due"}


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


def carried(board: TeamBoard, ledger: MemoryLedger, plan: Plan, **options: object) -> Applied:
    """Apply a plan on the board."""
    return apply(plan, {BOARD: board}, ledger, board.clock, "r1", zone=PARIS, **options)  # type: ignore[arg-type]  # by name


def fail(error: Exception, method: str, times: int = 1) -> Callable[[str, str], None]:
    """A hook that fails the first calls of a method."""
    left = [times]

    def hook(called: str, _subject: str) -> None:
        if called == method and left[0]:
            left[0] -= 1
            raise error

    return hook


def test_night_writes_all_fields_of_a_task_in_one_push(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Everything wanted is on the board and acknowledged as returned; a task is re-read once and pushed once."""
    applied = night(board, ledger, WISHES)
    assert (applied.writes, applied.pushes, applied.requests) == (8, 2, 4)
    assert (board.cell("t1", "retro_latest"), board.cell("t1", "due")) == (LATER, DAY)
    known = ledger.acknowledged(BOARD)
    assert {field for task, field in known if task == "t1"} == FIELDS
    assert all(each.value == board.cell(*key) for key, each in known.items())
    assert [method for method, _ in board.calls].count("read") == 2
    assert ledger.pending() == []
    assert ledger.columns(BOARD) == {"retro_latest": f"{BOARD}/latest", "retro_review": f"{BOARD}/review"}


def test_columns_that_a_board_refuses_are_no_failure(
    board: TeamBoard, ledger: MemoryLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The team's fields are written all the same, nothing of retro's own is; the board is remembered until it can."""
    provision = board.provision

    def refused(fields: Sequence[Provision]) -> list[Provision]:
        return [replace(each, action="refused") for each in fields]

    with monkeypatch.context() as patched:
        patched.setattr(board, "provision", refused)
        applied = night(board, ledger, WISHES)
    assert {each.field for each in applied.impossible} == {"retro_latest", "retro_review"}
    assert (applied.failed, applied.refused, applied.left) == ({}, (), ())
    assert {change.field for change in applied.written} == {"start", "due"}
    assert (ledger.columns(BOARD), ledger.without_columns()) == ({}, {BOARD})
    assert board.provision == provision
    assert night(board, ledger, WISHES).made
    assert ledger.without_columns() == set()


def test_second_night_writes_and_asks_nothing(board: TeamBoard, ledger: MemoryLedger) -> None:
    """With nothing changed the second run plans nothing and makes no call that writes, even minutes later."""
    night(board, ledger, WISHES)
    board.calls.clear()
    board.clock.sleep(60)
    assert night(board, ledger, WISHES) == Applied()
    assert board.calls == []


def test_tool_that_keeps_values_in_its_own_form_is_written_once(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Where the tool rounds numbers, cuts texts or keeps hours, the second run still writes nothing."""

    def form(field: str, value: object) -> object:
        if isinstance(value, str):
            return value[:12]
        if field == "due" and isinstance(value, date):
            return datetime(value.year, value.month, value.day, 17, tzinfo=PARIS)
        return round(value) if isinstance(value, float) else value

    board.holds = form  # type: ignore[assignment]  # any value of a cell
    policy = replace(POLICY, own=frozenset({"latest", "review", "margin"}))
    wishes = {"t1": replace(WISHES["t1"], values={**WISHES["t1"].values, "retro_margin": 1.4})}
    assert night(board, ledger, wishes, policy).writes == 5
    assert board.cell("t1", "retro_margin") == 1
    board.clock.sleep(86400)
    assert night(board, ledger, wishes, policy) == Applied()


def test_task_that_changed_since_the_plan_is_left_alone(board: TeamBoard, ledger: MemoryLedger) -> None:
    """An edit between plan and apply, be it of another field, refuses the whole task and no other."""
    applied = night(board, ledger, WISHES, between=lambda: board.write_in("t1", "due", DAY + timedelta(days=9)))
    assert {(change.task, why) for change, why in applied.refused} == {("t1", Refusal.CHANGED)}
    assert {change.task for change in applied.written} == {"t2"}
    assert board.cell("t1", "due") == DAY + timedelta(days=9)
    assert {intent.state for intent in ledger.intents(task="t1")} == {"refused"}
    assert ledger.pending() == []


def test_comment_blocks_nothing(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A comment between plan and apply changes no revision, and nothing is refused."""
    assert night(board, ledger, WISHES, between=lambda: board.comment(BOARD, "t1", "vu")).writes == 8


def test_task_that_is_gone_is_refused(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A task deleted or moved away since the plan is reported as gone."""
    applied = night(board, ledger, WISHES, between=lambda: board.delete(BOARD, "t1"))
    assert {why for _, why in applied.refused} == {Refusal.GONE}
    assert applied.pushes == 1


def test_saved_plan_applied_twice_writes_once(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Applying the same saved plan again finds all values there, and writes and claims nothing."""
    plan = planned(board, ledger, WISHES)
    carried(board, ledger, plan)
    again = carried(board, ledger, plan)
    assert (again.writes, {why for _, why in again.refused}) == (0, {Refusal.THERE})


def test_dry_run_takes_the_same_way_and_leaves_no_trace(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A dry run re-reads and refuses like a real one, but writes neither on the board nor in the ledger."""
    plan = planned(board, ledger, WISHES)
    board.write_in("t2", "due", DAY)
    before = dict(board.tasks)
    applied = carried(board, ledger, plan, dry=True)
    assert {change.task for change in applied.written} == {"t1"}
    assert {change.task for change, _ in applied.refused} == {"t2"}
    assert [each.field for each in applied.made] == ["retro_latest", "retro_review"]
    assert dict(board.tasks) == before
    assert board.writes == []
    assert (ledger.intents(), ledger.columns(BOARD), ledger.acknowledged(BOARD)) == ([], {}, {})


def test_held_board_is_left_alone(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Changes of a board that a guard holds are not sent; a guard that only speaks holds nothing."""
    plan = planned(board, ledger, WISHES)
    held = carried(board, ledger, replace(plan, guards=(Guard(board=BOARD, reason="x"),)))
    assert (held.held, held.written, board.calls) == (plan.changes, (), [])
    assert carried(board, ledger, replace(plan, guards=(Guard(board=BOARD, reason="x", held=False),))).writes == 8


def test_lost_answer_stops_the_board_and_stays_pending(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A write without an answer may have happened: it stays pending, the board stops, and the next run reads back."""
    board.after = fail(WriteUncertainError("no answer"), "push")
    applied = night(board, ledger, WISHES)
    assert {change.task for change in applied.uncertain} == {"t1"}
    assert {change.task for change in applied.left} == {"t2"}
    assert set(applied.failed) == {BOARD}
    assert {intent.change.task for intent in ledger.pending()} == {"t1"}
    board.clock.sleep(3600)
    again = night(board, ledger, WISHES)
    assert ledger.pending() == []
    assert board.landed["t1", "retro_latest"] == [LATER]
    assert {change.field for change in again.written if change.task == "t1"} == {"start", "due"}
    assert {change.field for change in again.written if change.task == "t2"} == FIELDS


def test_refused_write_stops_its_board_only(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A source that fails stops its own board; the others are written, and nothing is lost."""
    plan = planned(board, ledger, WISHES)
    other = tuple(replace(change, board="memory:b2") for change in plan.changes if change.task == "t2")
    one = tuple(change for change in plan.changes if change.task == "t1")
    board.before = fail(SourceError("500", status=500), "push")
    both = replace(plan, changes=(*one, *other), setup=())
    second = TeamBoard(board.clock)
    second._boards = {"memory:b2": replace(second._boards[BOARD], board=Board(key="memory:b2", name="C", source="m"))}
    second._tasks = {"memory:b2": second._tasks[BOARD]}
    second._fields = {"memory:b2": {"latest": "1", "review": "2"}}
    connectors = {BOARD: board, "memory:b2": second}
    applied = apply(both, connectors, ledger, board.clock, "r1", zone=PARIS)
    assert (set(applied.failed), applied.left) == ({BOARD}, one)
    assert applied.written == other


def test_board_without_connector_is_reported(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A saved plan for a board that is not read now says so, and writes the rest."""
    plan = planned(board, ledger, WISHES)
    applied = apply(plan, {}, ledger, board.clock, "r1", zone=PARIS)
    assert (set(applied.failed), applied.left) == ({BOARD}, plan.changes)


def test_token_that_may_only_read_writes_nothing(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A source that says it can only be read is refused before anything is done, another at its first write."""
    plan = planned(board, ledger, WISHES)
    reader = TeamBoard(board.clock, capabilities=Capabilities())
    with pytest.raises(ReadOnlyError):
        carried(reader, ledger, plan)
    assert (reader.calls, ledger.intents()) == ([], [])
    board.read_only = True
    with pytest.raises(ReadOnlyError):
        carried(board, ledger, plan)
    assert board.landed == {}
    board.read_only = False
    board.clock.sleep(3600)
    assert night(board, ledger, WISHES).writes == 8


def test_revision_that_the_tool_itself_refuses(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A tool that checks revisions by itself refuses one task, and the run goes on."""
    board.before = fail(StaleRevisionError("t1"), "push")
    applied = night(board, ledger, WISHES)
    assert {(change.task, why) for change, why in applied.refused} == {("t1", Refusal.CHANGED)}
    assert {change.task for change in applied.written} == {"t2"}
    assert board.cell("t1", "retro_latest") is None


def test_value_that_the_tool_drops_is_not_claimed(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A write that is answered but leaves the old value is reported, and the ledger claims nothing."""
    board.holds = lambda field, value: None if field == "due" else value
    applied = night(board, ledger, WISHES)
    assert {(change.field, why) for change, why in applied.refused} == {("due", Refusal.NOT_TAKEN)}
    assert ("t1", "due") not in ledger.acknowledged(BOARD)


def test_deadline_leaves_the_rest_for_the_next_run(board: TeamBoard, ledger: MemoryLedger) -> None:
    """After the deadline no further task is begun."""
    plan = planned(board, ledger, WISHES)
    board.after = lambda method, _subject: board.clock.sleep(60) if method == "push" else None
    applied = carried(board, ledger, plan, until=NOW + timedelta(seconds=30))
    assert {change.task for change in applied.written} == {"t1"}
    assert {change.task for change in applied.left} == {"t2"}
    assert carried(board, ledger, plan, until=NOW).writes == 0


def test_progress_counts_changes(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Progress is told a task at a time, in changes out of all changes."""
    told: list[tuple[str, int, int | None]] = []
    carried(board, ledger, planned(board, ledger, WISHES), on_progress=lambda *what: told.append(what))
    assert told == [(BOARD, 4, 8), (BOARD, 8, 8)]


def test_column_that_someone_else_made_is_not_ours_to_remove(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A column of our name that was there is written in, but not remembered as made by retro."""
    plan = planned(board, ledger, WISHES)
    board.provision([Provision(board=BOARD, field="retro_review", name="retro · à revoir")])
    applied = carried(board, ledger, plan)
    assert [each.field for each in applied.made] == ["retro_latest"]
    assert set(ledger.columns(BOARD)) == {"retro_latest"}


def test_column_that_a_crash_left_nameless_is_remembered(board: TeamBoard, ledger: MemoryLedger) -> None:
    """A crash right after a column was made does not turn it into a stranger's; one never made is forgotten."""
    board.after = fail(KeyboardInterrupt(), "provision")  # type: ignore[arg-type]  # no Exception, on purpose
    with pytest.raises(KeyboardInterrupt):
        night(board, ledger, WISHES)
    assert set(ledger.columns(BOARD).values()) == {""}
    finish_columns(ledger, board.portfolio.boards[0], board, POLICY.names, now=board.clock.now())
    assert ledger.columns(BOARD) == {"retro_latest": f"{BOARD}/latest"}


def test_column_that_someone_removed_is_made_again(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Where a person removed retro's column, the emptied cells are kept empty; new tasks get a new column."""
    night(board, ledger, WISHES)
    board.retract(BOARD, ["retro_latest"])
    board.clock.sleep(86400)
    assert "retro_latest" not in {change.field for change in night(board, ledger, WISHES).written}
    later = {"t1": replace(WISHES["t1"], values={**WISHES["t1"].values, "retro_latest": DAY})}
    forced = night(board, ledger, later, replace(POLICY, force=True))
    assert [each.field for each in forced.made] == ["retro_latest"]
    assert board.cell("t1", "retro_latest") == DAY


def test_first_apply_is_remembered_unless_the_board_failed(board: TeamBoard, ledger: MemoryLedger) -> None:
    """Boards that a person let be written are remembered, those that failed or were held are not."""
    failed = Applied(failed={"b1": SourceError("x")}, held=planned(board, ledger, WISHES).changes)
    mark_applied(ledger, ["b1", BOARD, "b3"], failed, NOW)
    assert ledger.applied_boards() == {"b3"}


@pytest.mark.parametrize("kind", [SourceError, WriteUncertainError])
def test_a_source_that_is_down_is_left_with_all_its_boards(
    board: TeamBoard, ledger: MemoryLedger, kind: type[SourceError]
) -> None:
    """After a failure of the whole source its other boards are not tried; another source's are written."""
    plan = planned(board, ledger, WISHES)
    changes = {
        key: tuple(replace(change, board=key) for change in plan.changes if change.task == "t1")
        for key in (BOARD, "memory:b2", "other:b3")
    }
    board.before = fail(kind("nobody there", whole=True), "push", times=9)
    other = TeamBoard(board.clock)
    other._boards = {"other:b3": replace(other._boards[BOARD], board=Board(key="other:b3", name="C", source="m"))}
    other._tasks = {"other:b3": other._tasks[BOARD]}
    other._fields = {"other:b3": {"latest": "1", "review": "2"}}
    whole = replace(plan, changes=tuple(change for group in changes.values() for change in group), setup=())
    connectors = {BOARD: board, "memory:b2": board, "other:b3": other}
    applied = apply(whole, connectors, ledger, board.clock, "r1", zone=PARIS)
    assert [call for call in board.calls if call[0] == "push"] == [("push", "t1")]
    assert applied.failed[BOARD] is applied.failed["memory:b2"]
    assert applied.written == changes["other:b3"]
    assert changes["memory:b2"] == applied.left[-len(changes["memory:b2"]) :]
