"""The central base: what its rows say, what is left to the team, and what holds them back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.mirror_room import BASE, MirrorRoom
from tests.night_room import LONG_AGO, TODO, card

from retro.i18n import use
from retro.model import Guard, Owner, Role, Task
from retro.ports import Capabilities, ConfigurationError
from retro.run.mirror import check_base, read_base
from retro.sync.decide.stamp import split

ROW = "row:b1/"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[MirrorRoom]:
    """Five tasks on one board and one on another."""
    use("en")
    names = ("Brief", "Texte", "Page", "Film", "Tract")
    boards = {"b1": [card(name) for name in names], "b2": [card("Radio", "b2")]}
    boards["b1"][0] = card(
        "Brief", due=date(2027, 2, 1), owners=(Owner("p:1", "Léa"), Owner("p:2", "Aïcha")), url="https://t.example/1"
    )
    made = MirrorRoom(tmp_path, boards)
    yield made
    made.close()
    use("fr")


def reasons(run: object) -> str:
    """What is said of the base, as one text."""
    return " ".join(guard.reason for guard in run.plan.guards)  # type: ignore[attr-defined]  # a Run


def test_a_row_a_task(room: MirrorRoom) -> None:
    """Each task that counts gets one row that says what the board says, in the workspace's language."""
    room.sources["a"].edit("b1", replace(card("Modèle"), role=Role.TEMPLATE))
    room.sources["a"].edit("b1", card("Note", role=Role.INFORMATIVE))
    run = room.mirror()
    assert run.mirrored.first
    assert run.made == set(room.rows) == {"Brief", "Texte", "Page", "Film", "Tract", "Radio"}
    own = dict(room.rows["Brief"].own)
    key, stamp = split(own.pop("key"))
    assert key == "b1/Brief"
    assert stamp is not None
    assert own["owners"] == "Léa, Aïcha"
    assert (own["board"], own["status"], own["presence"]) == ("b1", "à faire", "présente")
    assert (own["ends"], own["link"], own["changed"]) == (date(2027, 2, 1), "https://t.example/1", LONG_AGO.date())
    assert own["project"] == "b1"
    assert run.applied.pushes == 6


def test_the_second_run_writes_nothing(room: MirrorRoom) -> None:
    """Neither does a run on the next day, nor a dry one; columns are asked for once."""
    room.mirror()
    before = len(room.base.writes)
    assert not room.mirror().plan.changes
    room.sleep(days=1)
    assert not room.mirror().plan.changes
    room.edit("b1/Texte", "title", "Article")
    assert room.mirror(dry=True).plan.changes
    assert len(room.base.writes) == before


def test_what_moves_on_a_board_moves_in_its_row(room: MirrorRoom) -> None:
    """Only the cells that changed are written, with the key's stamp, in one write of one row."""
    room.mirror()
    room.edit("b1/Texte", "title", "Article")
    run = room.mirror()
    assert {(row, field) for row, field in run.written if field != "retro_changed"} == {
        (f"{ROW}Texte", "title"),
        (f"{ROW}Texte", "retro_key"),
    }
    assert room.rows["Article"].own["board"] == "b1"
    assert run.applied.pushes == 1


def test_a_task_that_is_done_stays(room: MirrorRoom) -> None:
    """Its row says so, and advises no dates any more."""
    room.mirror()
    done = replace(TODO, raw="Terminé", category=type(TODO.category).DONE)
    room.edit("b1/Texte", "status", done)
    room.mirror()
    own = room.rows["Texte"].own
    assert (own["status"], own["presence"]) == ("terminé", "présente")
    assert not own.keys() & {"latest", "start", "due", "margin", "verdict"}


def test_an_archived_task_is_marked_and_comes_back(room: MirrorRoom) -> None:
    """A row is neither deleted nor emptied: it says that its task is gone, until it is there again."""
    room.mirror()
    room.edit("b1/Texte", "archived", value=True)
    assert room.mirror().written == {(f"{ROW}Texte", "retro_presence"), (f"{ROW}Texte", "retro_key")}
    assert room.rows["Texte"].own["presence"] == "partie"
    assert room.rows["Texte"].own["board"] == "b1"
    assert not room.mirror().plan.changes
    room.edit("b1/Texte", "archived", value=False)
    room.mirror()
    assert room.rows["Texte"].own["presence"] == "présente"


def test_a_source_that_fails_is_not_gone(room: MirrorRoom) -> None:
    """Rows of a board that could not be read stay as they are, though it would have moved and lost tasks."""
    room.mirror()
    room.edit("b2/Radio", "title", "Spot")
    room.sources["b"].down = True
    assert not room.mirror().plan.changes
    room.sources["a"].delete("b1", "b1/Texte")
    assert not room.mirror().plan.changes  # it may have moved to the board that was not read
    room.sources["b"].down = False
    room.mirror()
    assert room.rows["Texte"].own["presence"] == "partie"
    assert room.rows["Spot"].own["presence"] == "présente"


def test_a_source_never_read_holds_dates_back(tmp_path: Path) -> None:
    """What it holds may bear on dates: rows are made without, and get them once it was read."""
    room = MirrorRoom(tmp_path, {"b1": [card("Brief", due=date(2027, 2, 1), milestone=True)], "b2": []})
    room.sources["b"].down = True
    room.mirror()
    assert not room.rows["Brief"].own.keys() & {"latest", "due", "verdict"}
    room.sources["b"].down = False
    room.mirror()
    assert room.rows["Brief"].own["latest"] == date(2027, 2, 1)
    room.close()


def test_half_of_a_board_is_not_believed_gone(room: MirrorRoom) -> None:
    """Where half of a board's rows would go at once they stay, the others go on; --force lets them go."""
    room.mirror()
    for name in ("Brief", "Texte", "Page"):
        room.sources["a"].delete("b1", f"b1/{name}")
    room.edit("b2/Radio", "title", "Spot")
    run = room.mirror()
    assert run.mirrored.held
    assert "3 of the 5 rows of “b1”" in reasons(run)
    assert {row for row, _field in run.written} == {"row:b2/Radio"}
    assert {row for row, _field in room.mirror(force=True).written} >= {f"{ROW}Brief", f"{ROW}Texte", f"{ROW}Page"}


def test_a_board_that_is_held_is_not_believed(room: MirrorRoom) -> None:
    """Its rows stay as they are, and so do those of tasks that are on no board; the others go on."""
    room.mirror()
    room.edit("b1/Brief", "title", "Faux")
    room.sources["a"].delete("b1", "b1/Texte")
    room.edit("b2/Radio", "title", "Spot")
    run = room.mirror(guards=[Guard(board="b1", reason="it lost tasks")])
    assert run.mirrored.held
    assert {row for row, _field in run.written} == {"row:b2/Radio"}
    assert {row for row, _field in room.mirror().written} == {f"{ROW}Brief", f"{ROW}Texte"}


def test_a_cell_edited_by_hand_is_kept_and_told_once(room: MirrorRoom) -> None:
    """Whatever the board says later, the team's word stays; other cells of the row go on."""
    room.mirror()
    room.by_hand("Brief", owners="Zoé")
    (told,) = room.mirror().plan.conflicts
    assert (told.field, told.written, told.current, told.new) == ("retro_owners", "Léa, Aïcha", "Zoé", True)
    room.edit("b1/Brief", "owners", (Owner("p:3", "Ana"),))
    room.edit("b1/Brief", "due", date(2027, 2, 8))
    run = room.mirror()
    (conflict,) = run.plan.conflicts
    assert (conflict.current, conflict.wanted, conflict.new) == ("Zoé", "Ana", False)
    assert (f"{ROW}Brief", "retro_ends") in run.written
    assert room.rows["Brief"].own["owners"] == "Zoé"


def test_a_title_edited_by_hand_is_kept(room: MirrorRoom) -> None:
    """The row is still known by its key."""
    room.mirror()
    room.by_hand("Brief", title_="Brief (voir Léa)")
    room.edit("b1/Brief", "title", "Brief final")
    run = room.mirror()
    assert [conflict.field for conflict in run.plan.conflicts] == ["title"]
    assert "Brief (voir Léa)" in room.rows


@pytest.mark.parametrize("key", [None, "b1/Texte", "n’importe quoi"])
def test_a_key_edited_by_hand_makes_no_second_row(room: MirrorRoom, key: str | None) -> None:
    """A row that the state knows is that row whatever became of its key."""
    room.mirror()
    room.by_hand("Brief", key=key)
    room.edit("b1/Brief", "due", date(2027, 2, 8))
    run = room.mirror()
    assert not run.made
    assert len(room.rows) == 6
    assert (f"{ROW}Brief", "retro_ends") in run.written
    assert [conflict.field for conflict in run.plan.conflicts] == ["retro_key"]


def test_what_the_team_adds_is_left_alone(room: MirrorRoom) -> None:
    """Rows of the team, even with words in retro's columns, and what they write in columns of their own."""
    room.mirror()
    theirs = Task(key="x", board=BASE, title="Réunion", own={"key": "note", "presence": "oui"}, extra={"Avis": "ok"})
    room.base.beside().create(BASE, [theirs])
    row = room.rows["Brief"]
    room.base.edit(BASE, replace(row, extra={"Avis": "à voir"}))
    assert not room.mirror().plan.changes
    room.edit("b1/Brief", "due", date(2027, 2, 8))
    room.mirror()
    assert room.rows["Brief"].extra == {"Avis": "à voir"}
    assert dict(room.rows["Réunion"].own) == {"key": "note", "presence": "oui"}


def test_a_row_removed_by_hand_is_not_made_again(room: MirrorRoom) -> None:
    """Not on the next night nor on any; --force makes it once."""
    room.mirror()
    room.base.delete(BASE, room.rows["Brief"].key)
    for _ in range(2):
        run = room.mirror()
        assert not run.plan.changes
        assert "1 row was removed" in reasons(run)
    assert room.mirror(force=True).made == {"Brief"}
    assert not room.mirror().plan.changes
    assert len(room.rows) == 6


def test_a_copied_row_is_told_and_left(room: MirrorRoom) -> None:
    """The first stays the task's row; once it is removed, its copy takes its place."""
    room.mirror()
    row = room.rows["Brief"]
    room.base.beside().create(BASE, [replace(row, title="Brief (copie)")])
    room.edit("b1/Brief", "due", date(2027, 2, 8))
    run = room.mirror()
    assert "copy of another" in reasons(run)
    assert room.rows["Brief"].own["ends"] == date(2027, 2, 8)
    assert room.rows["Brief (copie)"].own["ends"] == date(2027, 2, 1)
    room.base.delete(BASE, row.key)
    assert not room.mirror().made


def test_a_lost_state_is_rebuilt_from_the_rows(room: MirrorRoom) -> None:
    """Rows are known by key, what stands there as retro's: nothing is written twice, and the next change goes on."""
    room.mirror()
    room.forget()
    run = room.mirror()
    assert not run.mirrored.first
    assert not run.plan.changes
    assert not run.plan.conflicts
    room.edit("b1/Brief", "due", date(2027, 2, 8))
    assert (f"{ROW}Brief", "retro_ends") in room.mirror().written


def test_a_lost_state_takes_no_human_word_for_its_own(room: MirrorRoom) -> None:
    """A row whose stamp no longer agrees keeps what differs from the board; the rest of it goes on."""
    room.mirror()
    room.by_hand("Brief", owners="Zoé")
    room.forget()
    room.mirror()
    room.edit("b1/Brief", "due", date(2027, 2, 8))
    room.mirror()
    assert room.rows["Brief"].own["owners"] == "Zoé"
    assert room.rows["Brief"].own["ends"] == date(2027, 2, 8)


def test_a_column_removed_by_hand_is_not_made_again(room: MirrorRoom) -> None:
    """It is said, the rest goes on, and --force brings it back."""
    room.mirror()
    room.base.beside().retract(BASE, ["retro_status"])
    room.edit("b1/Brief", "due", date(2027, 2, 8))
    run = room.mirror()
    assert "retro · statut" in reasons(run)
    assert not run.plan.setup
    assert not run.plan.conflicts
    room.mirror(force=True)
    assert room.rows["Brief"].own["status"] == "à faire"


def test_a_row_just_edited_waits(room: MirrorRoom) -> None:
    """In the quiet period after a person's edit a row is left for the next run."""
    room.mirror()
    room.clock.at += timedelta(minutes=58)
    room.by_hand("Brief", owners="Zoé")
    room.edit("b1/Brief", "due", date(2027, 2, 8))
    room.clock.at -= timedelta(minutes=58)
    assert "edited less than 10 min ago" in reasons(room.mirror())
    assert room.rows["Brief"].own["ends"] == date(2027, 2, 1)
    room.mirror()
    assert room.rows["Brief"].own["ends"] == date(2027, 2, 8)


@pytest.mark.parametrize("guests", [True, False])
def test_a_base_that_guests_see_is_held(room: MirrorRoom, guests: bool) -> None:  # noqa: FBT001 - a parameter
    """It would show every board's tasks to them: nothing is written but under --force."""
    held = room.base._boards[BASE]
    room.base._boards[BASE] = replace(held, board=replace(held.board, guests_see=guests))
    assert bool(room.mirror().made) is not guests
    assert len(room.base.writes) == 0 if guests else room.rows
    assert bool(room.mirror(force=True).made) is guests


def test_a_base_not_wholly_read_gets_no_rows(room: MirrorRoom) -> None:
    """A task without a row may have one among those that were not read."""
    room.mirror()
    room.sources["a"].edit("b1", card("Nouveau"))
    room.edit("b1/Brief", "due", date(2027, 2, 8))
    held = room.base._boards[BASE]
    room.base._boards[BASE] = replace(held, board=replace(held.board, whole=False))
    run = room.mirror(force=True)
    assert not run.made
    assert "Not all rows" in reasons(run)
    assert (f"{ROW}Brief", "retro_ends") in run.written


def test_odd_texts_fit(room: MirrorRoom) -> None:
    """A title longer than a cell is cut with an ellipsis, one over several lines stands on one, and both stay."""
    room.edit("b1/Brief", "title", "é👩‍💻" * 2000)
    room.edit("b1/Texte", "title", "  deux\n lignes\u00a0")
    room.edit("b1/Page", "title", "")
    room.edit("b1/Film", "url", "https://t.example/" + "x" * 3000)
    room.mirror()
    (long,) = [title for title in room.rows if title.endswith("…")]
    assert len(long.encode("utf-16-le")) // 2 <= 1900
    assert "deux lignes" in room.rows
    assert "link" not in room.rows["Film"].own
    assert not room.mirror().plan.changes


def test_a_board_cannot_be_its_own_base(room: MirrorRoom) -> None:
    """A base that is read as a board would show its own rows."""
    with pytest.raises(ConfigurationError, match="one of the boards"):
        read_base(room.base, BASE, room.ledger, {BASE})
    with pytest.raises(ConfigurationError, match="cannot hold"):
        check_base(Capabilities(), "retro.toml: [mirror] source")


def test_other_boards_conflicts_are_told_no_second_time(room: MirrorRoom) -> None:
    """What `sync` told of the boards stays told."""
    room.ledger.report_conflicts([("b1/Brief", "due", "2027-02-01")])
    room.mirror()
    assert ("b1/Brief", "due", "2027-02-01") in room.ledger.reported_conflicts()
