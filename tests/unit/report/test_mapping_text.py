"""What `retro pull` says of each board: calm, aligned, safe to show, and exact where it is to be pasted."""

import tomllib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.i18n import use
from retro.model import (
    Board,
    Category,
    ColumnUse,
    Estimate,
    EstimateOrigin,
    How,
    Membership,
    Portfolio,
    Reference,
    Role,
    Status,
    StatusOrigin,
    Task,
    UnresolvedLink,
)
from retro.report.mapping_text import draw
from retro.report.toml_text import inline_table, table_key

MAPPED, INFERRED, NATIVE = StatusOrigin.MAPPED, StatusOrigin.INFERRED, StatusOrigin.NATIVE
BOARD = Board(
    key="b",
    name="Contenus",
    source="s",
    alias="contenus",
    sections=(
        Status("Idées", Category.IDEA, MAPPED),
        Status("En cours", Category.DOING, MAPPED),
        Status("Maison Aubier", Category.TODO, INFERRED),
        Status("Infos", Category.TODO, INFERRED),
    ),
    mapping=(
        ColumnUse(role="estimate", name="JH", how=How.NAMED),
        ColumnUse(role="remaining", name="RAF", how=How.NAMED),
    ),
)


def task(number: int, status: Status, section: str = "", **more: Any) -> Task:
    """A task of the board."""
    return Task(
        key=f"t{number}",
        board="b",
        title="a",
        status=status,
        memberships=(Membership("b", section),) if section else (),
        **more,
    )


TASKS = (
    task(
        1,
        Status("En cours", Category.DOING, MAPPED),
        "En cours",
        estimates=(Estimate(EstimateOrigin.NUMBER, value=2, unit="days", field="JH"),),
        remaining=60,
        references=(Reference("t2", origin="checklist"), Reference("#9", origin="description")),
    ),
    task(2, Status("Relecture", Category.REVIEW, MAPPED), "Maison Aubier", labels=("Relecture",)),
    task(3, Status("Maison Aubier", Category.TODO, INFERRED), "Maison Aubier"),
    task(
        4, Status("En cours", Category.DONE, NATIVE), "En cours", estimates=(Estimate(EstimateOrigin.POINTS, value=3),)
    ),
    task(5, Status(None, Category.TODO, NATIVE), role=Role.ITEM, parent="t1"),
    task(6, Status("En cours", Category.DOING, MAPPED), "En cours", archived=True),
)
PASTED = (
    '  status = { idea = ["Idées"], todo = [], doing = ["En cours"], review = ["Relecture"], ready = [], done = [],'
    " cancelled = [] }"
)
PORTFOLIO = Portfolio(boards=(BOARD,), tasks=TASKS, unresolved=(UnresolvedLink("t1", "#9", "description"),))


def test_everything_is_said_in_few_lines(screen: Any) -> None:
    """Lists with what they mean, where statuses, sizes and links come from, and the line to paste."""
    shown = screen(width=200)
    draw(PORTFOLIO, shown.console)
    assert shown.lines == [
        "Contenus : 4 tâches, 1 ligne de checklist",
        "    Idées         → idée",
        "    En cours      → en cours",
        "    Maison Aubier → à faire  ? supposé",
        "    Infos         → mise de côté : elle informe",
        "  Statut       liste (1) · étiquette (1) · coché ou dit par l’outil (1) · supposé (1)",
        "  Champs       JH → estimation · RAF → reste à faire",
        "  Estimations  JH (1) · points (1) · aucune (2) · reste à faire (1)",
        "  Dépendances  checklist (1) · description (1) · sans carte au bout (1)",
        "  Pour figer ou corriger, sous [boards.contenus] dans retro.toml :",
        PASTED,
        "  Ce qui est supposé n’y figure pas : ajoutez-le à sa place.",
    ]


def test_boards_stand_apart(screen: Any) -> None:
    """A blank line lies between a board and the next, none before the first or after the last."""
    shown = screen()
    plain = replace(BOARD, sections=(), mapping=())
    draw(Portfolio(boards=(plain, replace(plain, key="c", name="Site"))), shown.console)
    assert shown.lines == ["Contenus : 0 tâche", "", "Site : 0 tâche"]


def test_rows_that_stand_for_projects_are_counted_as_such(screen: Any) -> None:
    """A base of projects has projects, not "0 tasks"."""
    shown = screen()
    board = replace(BOARD, sections=(), mapping=())
    rows = tuple(task(number, Status("En cours", Category.DOING, MAPPED), role=Role.PROJECT) for number in range(2))
    draw(Portfolio(boards=(board,), tasks=rows), shown.console)
    assert shown.lines == ["Contenus : 2 projets"]


def test_in_english_too(screen: Any) -> None:
    """The user's language speaks."""
    use("en")
    shown = screen(width=200)
    draw(PORTFOLIO, shown.console)
    assert shown.lines[3] == "    Maison Aubier → to do  ? assumed"


def test_a_view_that_tells_a_column_is_named(screen: Any) -> None:
    """Where names did not say what a relation means, the view that draws it does, and people can look there."""
    shown = screen(width=200)
    use_ = ColumnUse(role="predecessors", name="Amont", how=How.VIEW, told="Chronologie")
    draw(Portfolio(boards=(replace(BOARD, mapping=(use_,)),)), shown.console)
    assert any(line.endswith("Amont → dépendances (lu dans la vue « Chronologie »)") for line in shown.lines)


def test_what_is_not_there_is_not_said(screen: Any) -> None:
    """A sheet without lists, fields or links is two lines; a board whose lists are all known asks nothing."""
    shown = screen()
    draw(Portfolio(boards=(replace(BOARD, sections=(), mapping=()),), tasks=(TASKS[2],)), shown.console)
    assert shown.lines == ["Contenus : 1 tâche", "  Statut       supposé (1)", "  Estimations  aucune (1)"]
    shown = screen(width=200)
    draw(Portfolio(boards=(replace(BOARD, sections=BOARD.sections[:2]),)), shown.console)
    assert shown.lines[-1] == '  status = { idea = ["Idées"], doing = ["En cours"] }'


def test_warnings_of_the_read_stand_with_their_board(screen: Any) -> None:
    """What a connector says of its read is told, made safe."""
    shown = screen()
    draw(Portfolio(boards=(replace(BOARD, warnings=("coupé\x1b[31m",)),)), shown.console)
    assert "  ! coupé" in shown.lines


def test_the_line_to_paste_is_one_line_however_narrow_the_terminal(screen: Any) -> None:
    """Folding it would break it in the configuration."""
    shown = screen(width=30)
    draw(PORTFOLIO, shown.console)
    (line,) = (line for line in shown.lines if line.startswith("  status = "))
    assert tomllib.loads(line.strip())["status"]["review"] == ["Relecture"]


def test_a_console_without_unicode_holds_it(screen: Any) -> None:
    """An old console shows the same, with arrows of its own."""
    shown = screen(encoding="ascii")
    draw(PORTFOLIO, shown.console)
    assert any("Maison Aubier ->" in line for line in shown.lines)


@pytest.mark.parametrize("name", ["\x1b[2J rouge", "a\u202eb", "x\r\ny", "[bold]B[/bold]", "\x9b31m"])
def test_names_of_boards_and_lists_do_nothing_to_a_terminal(screen: Any, name: str) -> None:
    """Escape sequences, marks that turn the writing and markup are shown, not obeyed; the pasted name is exact."""
    shown = screen(width=200)
    board = replace(BOARD, name=name, sections=(Status(name, Category.DOING, MAPPED),))
    draw(Portfolio(boards=(board,), tasks=(task(1, board.sections[0], name),)), shown.console)
    assert not set("\x1b\u202e\r\x9b") & set(shown.text)
    (line,) = (line for line in shown.lines if line.startswith("  status = "))
    assert tomllib.loads(line.strip()) == {"status": {"doing": [name]}}


@given(
    st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1), st.lists(st.text(st.characters(codec="utf-8"))))
)
def test_any_names_survive_the_way_through_toml(values: dict[str, list[str]]) -> None:
    """What is pasted reads as what stood on the board, whatever the names, on one line that a terminal can show."""
    text = inline_table(values)
    assert text.isprintable()
    assert tomllib.loads(f"x = {text}") == {"x": values}


def test_keys_are_bare_where_they_can_be() -> None:
    """A board's name in the configuration stands as people write it."""
    assert [table_key(name) for name in ("contenus", "a b", "…", "été")] == ["contenus", '"a b"', "…", '"été"']
