"""What is proposed for a board: its kind by evidence, its statuses, its sizes, and what is left for a person."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from retro.i18n.words import category_of
from retro.model import (
    Board,
    BoardKind,
    Category,
    ColumnUse,
    Estimate,
    EstimateOrigin,
    How,
    Membership,
    Owner,
    Role,
    Snapshot,
    Status,
    StatusOrigin,
    Task,
    Unreadable,
)
from retro.model.proposal import BoardProposal
from retro.run.discovery.boards import is_plan, proposed
from retro.run.discovery.found import Found
from retro.run.read import Target

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 23)
FOUND = Found(source="equipe", at="x", name="", target=Target(source="equipe", at="x"))


def status(name: str) -> Status:
    """A list as the word lists read it."""
    known = category_of(name)
    return Status(name, known or Category.TODO, StatusOrigin.MAPPED if known else StatusOrigin.INFERRED)


def task(number: int, section: str = "À faire", **fields: object) -> Task:
    """A task in a list."""
    plain = Task(
        key=f"k:{number}",
        board="b",
        title=f"Tâche {number}",
        status=status(section),
        memberships=(Membership("b", section),),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]  # a test's own fields


def read(
    tasks: list[Task],
    *sections: str,
    name: str = "Tableau",
    linked: bool = False,
    found: Found = FOUND,
    **fields: object,
) -> BoardProposal:
    """The proposal for a board of these lists."""
    board = Board(key="b", name=name, source="equipe", sections=tuple(map(status, sections)))
    board = replace(board, **fields)  # type: ignore[arg-type]  # a test's own fields
    return proposed(found, board, tasks, alias="tableau", linked=linked, today=TODAY, zone=PARIS)


def notes(board: BoardProposal) -> str:
    """Everything that is said of a board."""
    return " ".join(note.text for note in (*board.status_notes, *board.estimate_notes, *board.notes))


def test_a_milestone_makes_a_project() -> None:
    """An open milestone with a date is what a board works to."""
    board = read([task(1, milestone=True, due=date(2027, 3, 1), title="Mise en ligne")])
    assert (board.kind, board.kind_sure) == (BoardKind.PROJECT, True)
    assert "1 Mar 2027" in board.why


def test_publications_make_an_editorial_board() -> None:
    """Dates on what is open, channels, and a list of what is out: each card is its own publication."""
    posts = [task(n, "Rédaction", due=date(2026, 12, n), channel="Instagram") for n in range(1, 8)]
    out = task(9, "Publié", channel="Instagram")
    assert read([*posts, out], "Rédaction", "Publié").kind is BoardKind.EDITORIAL


def test_links_are_a_projects() -> None:
    """Publications do not wait for one another: where tasks do, the board is a project."""
    posts = [task(n, due=date(2026, 12, n), channel="Instagram") for n in range(1, 8)]
    assert read([*posts, task(9, "Publié")], linked=True).kind is BoardKind.PROJECT


def test_requests_make_a_flow() -> None:
    """A board of requests without dates never ends."""
    board = read([task(n) for n in range(5)], name="Demandes au studio")
    assert (board.kind, board.kind_sure) == (BoardKind.FLOW, True)


def test_without_evidence_a_person_is_asked() -> None:
    """A board that nothing tells of is read as a project, and that is to be checked."""
    board = read([task(n) for n in range(5)])
    assert (board.kind, board.kind_sure) == (BoardKind.PROJECT, False)


def test_known_lists_are_told_and_not_written() -> None:
    """What retro knows by itself stands in a comment, not in `status`."""
    board = read([task(1)], "Idées", "À faire", "Terminé")
    assert not board.status
    assert not board.open_statuses
    assert "Idées = idea · À faire = to do · Terminé = done" in notes(board)


def test_guesses_are_written_and_marked() -> None:
    """Words of other languages give a category, which a person is asked to check."""
    board = read([task(1, "Por hacer")], "Por hacer", "Finalizado")
    assert board.status == {Category.TODO: ("Por hacer",), Category.DONE: ("Finalizado",)}
    assert any(note.check for note in board.status_notes)


@pytest.mark.parametrize(("day", "done"), [("2026-07-07", True), ("2027-07-07", False)])
def test_a_list_of_a_release_that_is_past(day: str, *, done: bool) -> None:
    """A list named by a release and a day is done once that day is past, and open before."""
    board = read([task(1, f"{day} Release")], f"{day} Release")
    assert (board.status == {Category.DONE: (f"{day} Release",)}) is done
    assert bool(board.open_statuses) is not done


def test_unknown_lists_stay_open_with_their_numbers() -> None:
    """A list that nobody knows is not guessed; how many tasks stand in it is told."""
    board = read([task(1, "Meetingroom"), task(2, "Parents")], "Meetingroom", "Parents")
    assert [(each.name, each.tasks, each.informs) for each in board.open_statuses] == [
        ("Meetingroom", 1, False),
        ("Parents", 1, False),
    ]
    assert board.suggested[Category.TODO] == ("Meetingroom", "Parents")


def test_a_series_is_suggested_from_first_to_last() -> None:
    """Stages by number: the first begins, the last ends, those between are under way."""
    board = read([task(n, f"Stage {n}") for n in (2, 1, 4, 3)])
    assert board.suggested == {
        Category.TODO: ("Stage 1",),
        Category.DOING: ("Stage 2", "Stage 3"),
        Category.DONE: ("Stage 4",),
    }


def test_lists_of_files_may_only_inform() -> None:
    """A list of files or minutes is suggested to stay out of the plan, not written so."""
    board = read([task(1, "Project files")], "Project files")
    assert board.open_statuses[0].informs
    assert board.suggested[Category.CANCELLED] == ("Project files",)
    assert not board.status


def test_sizes_are_read_from_the_commonest_field() -> None:
    """A number field with a unit becomes `estimate`; one without a unit is to be checked."""
    jh = Estimate(EstimateOrigin.NUMBER, 2.0, "days", field="JH")
    bare = Estimate(EstimateOrigin.NUMBER, 2.0, "", field="Effort")
    board = read([task(1, estimates=(jh, bare)), task(2, estimates=(jh,)), task(3)])
    assert board.estimate == ("field:JH=days", "field:Effort=days")
    assert [note.text for note in board.estimate_notes if note.check] == ["“Effort” names no unit: are these days?"]


def test_points_in_titles_are_told() -> None:
    """Points before titles have no field; what they are worth is said."""
    board = read([task(1, estimates=(Estimate(EstimateOrigin.POINTS, 3.0),))])
    assert not board.estimate
    assert "1 title holds points" in notes(board)


def test_columns_are_pinned_where_the_tool_has_ids() -> None:
    """Columns are kept by id, but for the title and for a role that two of them share."""
    uses = (
        ColumnUse(role="title", name="Nom", how=How.NAMED, id="title"),
        ColumnUse(role="due", name="Échéance", how=How.NAMED, id="a"),
        ColumnUse(role="estimate", name="JH", how=How.NAMED, id="b"),
        ColumnUse(role="estimate", name="Heures", how=How.NAMED, id="c"),
    )
    pinning = replace(FOUND, pins_columns=True)
    assert read([task(1)], mapping=uses, found=pinning).columns == {"due": ("a", "Échéance")}
    assert not read([task(1)], mapping=uses).columns


def test_labels_with_first_names_are_remarked() -> None:
    """Where labels stand for people, retro says that it looks for them elsewhere."""
    tasks = [task(n, labels=("Alice",)) for n in range(4)]
    owned = task(9, owners=(Owner("t:1", "Alice Martin"),))
    assert "labels carry names (Alice)" in notes(read([*tasks, owned]))


def test_cells_that_could_not_be_read_are_told() -> None:
    """Impossible dates are named with an example."""
    cell = Unreadable("due", "Tuesday 8nd April")
    assert "Tuesday 8nd April" in notes(read([task(1, unreadable=(cell,))]))


def test_visitors_are_told() -> None:
    """Guests need a second line before anything is written; a file is never written, so nothing is said."""
    assert "write_where_guests_see" in notes(read([task(1)], found=replace(FOUND, guests_see=True)))
    assert "not told" in notes(read([task(1)], found=replace(FOUND, visibility_told=False)))
    assert "write_where" not in notes(read([task(1)], found=replace(FOUND, guests_see=True, writable=False)))


def test_a_base_of_contacts_is_no_plan() -> None:
    """Columns without a status, a date or a person make no plan; any of them does."""
    names = ColumnUse(role="title", name="Nom", how=How.NAMED)
    board = Board(key="b", name="B", source="s", mapping=(names,))
    assert not is_plan(board, [])
    assert is_plan(replace(board, mapping=(names, ColumnUse(role="due", name="Fin", how=How.NAMED))), [])
    assert is_plan(board, [task(1, due=date(2027, 1, 1))])


def test_an_empty_board_says_so() -> None:
    """A board without tasks is proposed, and marked."""
    assert "no task is on it yet" in notes(read([]))
    assert "no task is on it yet" not in notes(read([task(1, role=Role.PROJECT)]))


def test_a_snapshots_people_are_known_for_labels() -> None:
    """Members of a board count as people though no task names them."""
    from retro.model import Person  # noqa: PLC0415 - one test's need

    at = datetime(2026, 11, 23, tzinfo=PARIS)
    board = Board(key="b", name="B", source="s")
    shot = Snapshot(board=board, tasks=(), people=(Person(key="t:1", name="Chloé Roux"),), read_at=at)
    assert "(chloe)" in notes(read([task(1, labels=("chloe",))], found=replace(FOUND, snapshot=shot)))
