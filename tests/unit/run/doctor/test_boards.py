"""What is said of each board, and against what the state remembers."""

from dataclasses import replace

from retro.config.shape import BoardSection, WriteSection
from retro.model import Board, Category, ColumnUse, How, Status, StatusOrigin, Task
from retro.model.check import Check, Topic, Verdict
from retro.ports import Capabilities, SourceError
from retro.run.doctor.boards import of_board, of_memory
from retro.run.doctor.errors import of_error

BOARD = Board(key="k:b", name="Contenus", source="s", alias="contenus", guests_see=False)
WRITES = BoardSection(source="s", write=WriteSection(own=["latest", "review"]))


def task(status: Status) -> Task:
    """A task of this status."""
    return Task(key="k:1", board="k:b", title="T", status=status)


def remarks(board: Board, *tasks: Task, section: BoardSection | None = None) -> list[Check]:
    """What is to be looked at."""
    found = of_board(board, tasks, section, Capabilities())
    return [check for check in found if check.verdict is not Verdict.OK]


def test_a_sound_board_has_none() -> None:
    """Known lists, only the team: nothing to look at."""
    assert not remarks(BOARD, task(Status("À faire", Category.TODO, StatusOrigin.MAPPED)), section=WRITES)


def test_lists_that_are_only_assumed() -> None:
    """They are named, with the line that would settle them."""
    (check,) = remarks(BOARD, task(Status("Parking", Category.TODO, StatusOrigin.INFERRED)))
    assert "“Parking” (1 task)" in check.said
    assert 'status = { idea = ["Parking"], todo = [],' in check.remedy


def test_guests() -> None:
    """A board that guests see is remarked where it is to be written to without the second line."""
    seen = replace(BOARD, guests_see=True)
    assert "write_where_guests_see" in remarks(seen, section=WRITES)[0].remedy
    assert not remarks(seen)
    assert not remarks(seen, section=WRITES.model_copy(update={"write_where_guests_see": True}))


def test_visibility_that_is_not_told() -> None:
    """It is said, and counts as the team's own."""
    found = of_board(replace(BOARD, guests_see=None), (), None, Capabilities(visibility_told=False))
    assert any("not told" in check.said and check.verdict is Verdict.OK for check in found)


def test_columns_taken_for_want_of_another() -> None:
    """The only date column is a guess: pinning it is offered."""
    board = replace(BOARD, mapping=(ColumnUse(role="due", name="Jour", how=How.ALONE, id="a:b"),))
    (check,) = remarks(board)
    assert check.remedy.endswith('columns = { due = "id:a:b" }')


def test_fields_that_a_board_cannot_hold() -> None:
    """The reason is told where they are asked for."""
    board = replace(BOARD, own_cannot={"review": "no room for labels", "margin": "none"})
    assert [check.said for check in remarks(board, section=WRITES)] == ["no room for labels"]


def test_a_board_that_cannot_be_read() -> None:
    """It is a fault of the source's kind."""
    check = of_error(Topic.BOARDS, SourceError("gone", remedy="look"), "contenus")
    assert (check.verdict, check.code, check.remedy) == (Verdict.FAULT, 3, "look")


def test_what_the_state_remembers() -> None:
    """A field that was made and is gone, a refusal, a first apply that waits: each is one remark with its command."""
    made = {"retro_latest": "1", "retro_review": ""}
    found = list(of_memory(BOARD, WRITES, made, applied=(), refused=("k:b",), lang="fr"))
    assert "retro · au plus tard" in found[0].said
    assert ["--force" in each.remedy for each in found] == [False, True, False]
    assert "retro apply --board contenus" in found[2].remedy
    whole = replace(BOARD, own_fields=("latest",))
    assert not list(of_memory(whole, WRITES, made, applied=("k:b",), refused=(), lang="fr"))
    assert not list(of_memory(BOARD, BoardSection(source="s"), made, applied=(), refused=("k:b",), lang="fr"))
