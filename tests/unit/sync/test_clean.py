"""What a clean takes away of retro, and what it leaves because it is not, or may not be, retro's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from retro.model import Board, Category, Status, StatusOrigin, Task, WriteLevel
from retro.ports import Acknowledged
from retro.sync.decide.clean import Cleaning, Filled, Stays, decide_clean

OURS, THEIRS = date(2027, 2, 19), date(2027, 2, 2)
DONE = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)
BOARD = Board(key="b1", name="Contenus", source="one", own_fields=("latest",))
MADE = {"retro_latest": "cf1"}


def card(key: str = "t1", latest: date | None = None, **fields: object) -> Task:
    """A card with a value in retro's field, or none."""
    given = {"own": {} if latest is None else {"latest": latest}, **fields}
    return Task(key=key, board="b1", title=key, **given)  # type: ignore[arg-type]  # fields by name


def cleaned(
    tasks: Sequence[Task],
    *,
    board: Board = BOARD,
    made: Mapping[str, str] = MADE,
    wrote: Mapping[str, date | str] | None = None,
    filled: Mapping[tuple[str, str], Filled] | None = None,
    dates: bool = False,
    held: Mapping[str, str] | None = None,
) -> Cleaning:
    """What a clean of one board would do; `wrote` is what retro last wrote in its field, by task."""
    known = {
        (task, "retro_latest"): Acknowledged(task=task, field="retro_latest", value=value, run="r")
        for task, value in (wrote or {}).items()
    }
    found = decide_clean([board], {"b1": tasks}, known, {"b1": made}, filled=filled or {}, dates=dates, held=held or {})
    assert found.nothing is not bool(found.plan.changes or found.fields)
    return found


def singly(cleaning: Cleaning) -> list[tuple[str, str, object, object]]:
    """Task, field, old and new value of what goes one by one."""
    return [(change.task, change.field, change.old, change.new) for change in cleaning.plan.changes]


def test_a_field_goes_whole() -> None:
    """A field that retro made, and in which nothing but its own values stand, goes with them in one piece."""
    found = cleaned([card("t1", OURS), card("t2")], wrote={"t1": OURS})
    (goes,) = found.fields
    assert (goes.field, goes.place, [change.task for change in goes.values]) == ("retro_latest", "", ["t1"])
    assert all(change.cleans and change.new is None for change in goes.values)
    assert (found.plan.changes, found.kept_fields, found.kept_values) == ((), (), ())


@pytest.mark.parametrize("wrote", [{"t1": OURS, "t2": OURS}, {"t1": OURS}])
def test_what_a_person_wrote_keeps_its_field(wrote: Mapping[str, date]) -> None:
    """Retro's own values go one by one, and the person's stays, whether retro had written there before or not."""
    found = cleaned([card("t1", OURS), card("t2", THEIRS)], wrote=wrote)
    assert singly(found) == [("t1", "retro_latest", OURS, None)]
    assert found.fields == ()
    assert [(kept.field, kept.why) for kept in found.kept_fields] == [("retro_latest", Stays.HOLDS)]
    assert [(kept.task, kept.current, kept.written) for kept in found.kept_values] == [("t2", THEIRS, "t2" in wrote)]


@pytest.mark.parametrize(
    ("board", "made", "why"),
    [
        (BOARD, {}, Stays.STRANGER),
        (BOARD, {"retro_latest": ""}, Stays.STRANGER),
        (replace(BOARD, whole=False), MADE, Stays.UNSEEN),
    ],
)
def test_a_field_that_is_not_surely_ours_is_emptied(board: Board, made: Mapping[str, str], why: Stays) -> None:
    """A field that retro did not make, or not wholly saw, stays, with none of retro's values in it."""
    found = cleaned([card("t1", OURS)], board=board, made=made, wrote={"t1": OURS})
    assert singly(found) == [("t1", "retro_latest", OURS, None)]
    assert [kept.why for kept in found.kept_fields] == [why]


def test_comments_go_one_by_one() -> None:
    """Remarks in comments have no field; one that dates from before is named."""
    board = replace(BOARD, own_fields=("review",), own_in={"review": "comment"})
    task = replace(card("t1"), own={"review": "DAT103 x\n[retro 01234567]"}, marks={"review": "comment:5f"})
    known = {("t1", "retro_review"): Acknowledged(task="t1", field="retro_review", value=task.own["review"], run="r")}
    made = {"b1": {"retro_review": "cf1"}}
    found = decide_clean([board], {"b1": [task]}, known, made, filled={}, dates=False, held={})
    assert [change.field for change in found.plan.changes] == ["retro_review"]
    assert [kept.why for kept in found.kept_fields] == [Stays.LEFTOVER]
    assert (found.fields, found.gone) == ((), {})


def test_a_field_that_is_gone_is_forgotten() -> None:
    """What retro made and somebody deleted since is no field to remove, only one to forget."""
    found = cleaned([card("t1")], board=replace(BOARD, own_fields=()), wrote={"t1": OURS})
    assert found.nothing
    assert found.gone == {"b1": ("retro_latest",)}


FILLED = {("t1", "due"): Filled(OURS, None), ("t1", "start"): Filled(OURS, THEIRS, WriteLevel.OVERWRITE)}


@pytest.mark.parametrize(
    ("task", "taken", "left"),
    [
        (card(due=OURS, start=OURS), {"due": None, "start": THEIRS}, 0),
        (card(due=THEIRS, start=OURS), {"start": THEIRS}, 0),
        (card(start=THEIRS), {}, 0),
        (card(due=OURS, status=DONE), {}, 1),
        (card(due=OURS, opted_out=True), {}, 1),
        (card(due=OURS, archived=True), {}, 1),
    ],
)
def test_dates_go_back_only_where_asked(task: Task, taken: dict[str, date | None], left: int) -> None:
    """Filled dates that nobody changed go back with `dates` alone, never on what is done, archived or opted out."""
    asked = cleaned([task], filled=FILLED, dates=True)
    assert {change.field: change.new for change in asked.plan.changes} == taken
    assert asked.dates.get("b1", 0) == left
    plain = cleaned([task], filled=FILLED)
    assert plain.plan.changes == ()
    assert plain.dates.get("b1", 0) == len(taken) + left


def test_a_held_board_is_only_told() -> None:
    """Nothing goes from a board that may not be written, and why is said where something would."""
    found = cleaned([card("t1", OURS)], wrote={"t1": OURS}, held={"b1": "guests"})
    assert found.nothing
    assert [(guard.board, guard.reason, guard.held) for guard in found.plan.guards] == [("b1", "guests", True)]
    assert cleaned([card("t1")], board=replace(BOARD, own_fields=()), held={"b1": "guests"}).plan.guards == ()


def test_changes_of_one_task_stand_together() -> None:
    """Whatever goes from a task goes in one write."""
    tasks = [card("t1", OURS, due=OURS), card("t2", OURS)]
    found = cleaned(tasks, made={}, wrote={"t1": OURS, "t2": OURS}, filled=FILLED, dates=True)
    assert [(change.task, change.field) for change in found.plan.changes] == [
        ("t1", "retro_latest"),
        ("t1", "due"),
        ("t2", "retro_latest"),
    ]
    assert len({change.id for change in found.plan.changes}) == 3
    assert all(change.revision == "" for change in found.plan.changes)
