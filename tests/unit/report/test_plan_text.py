"""The plan at the terminal: what changes, from what to what, and why."""

from datetime import date
from typing import Any

from retro.model import Change, Conflict, Guard, Plan, Provision, WriteLevel
from retro.report import plan_text


def change(number: int, **fields: Any) -> Change:
    """A change of one card's own latest date."""
    made: dict[str, Any] = {
        "id": str(number),
        "task": f"trello:{number}",
        "title": f"Carte {number}",
        "url": "https://trello.com/c/1",
        "board": "trello:B",
        "field": "retro_latest",
        "level": WriteLevel.OWN,
        "old": None,
        "new": date(2027, 2, 19),
        "why": "schedule",
        "revision": "r",
    }
    return Change(**(made | fields))


def test_a_change_says_old_new_and_why(screen: Any) -> None:
    """Each change stands under its task and its board."""
    terminal = screen(120)
    plan = Plan(
        changes=(change(1), change(1, id="2", field="retro_review", new="OWN101 sans responsable", why="OWN101"))
    )
    plan_text.draw(plan, terminal.console, {"trello:B": "Contenus"})
    assert terminal.lines[0] == "Contenus"
    assert terminal.text.count("Carte 1") == 1
    assert "au plus tard  vide → 19 févr. 2027  (plan)" in terminal.text
    assert "à revoir  vide → OWN101 sans responsable  (OWN101)" in terminal.text
    assert terminal.lines[-1] == "2 changements à écrire sur 1 tâche."


def test_an_empty_plan_says_so(screen: Any) -> None:
    """The second run has nothing to write and says it."""
    terminal = screen()
    plan_text.draw(Plan(), terminal.console, {})
    assert terminal.text == "Rien à écrire.\n"


def test_guards_setup_and_conflicts_are_told(screen: Any) -> None:
    """A held board says why, a new field its name, a kept value what retro would have written."""
    terminal = screen(160)
    kept = Conflict(
        task="t",
        title="Flyer",
        url=None,
        board="b",
        field="due",
        written=date(2027, 1, 4),
        current=date(2027, 1, 6),
        wanted=date(2027, 1, 5),
    )
    plan = Plan(
        conflicts=(kept,),
        setup=(Provision(board="b", field="retro_latest", name="retro · au plus tard"),),
        guards=(Guard(board="b", reason="Le tableau est vide."),),
    )
    plan_text.draw(plan, terminal.console, {"b": "Salon"})
    assert "Retenu : Le tableau est vide." in terminal.text
    assert "Nouveau champ sur le tableau : «\u00a0retro · au plus tard\u00a0»" in terminal.text
    assert "échéance : 6 janv. 2027 (retro écrirait 5 janv. 2027)" in terminal.text


def test_why_a_board_is_held_is_never_cut(screen: Any) -> None:
    """On a narrow screen the reason runs over several lines, to its last word."""
    terminal = screen(40)
    reason = (
        "La date de « Salon » est passée au 1er mars 2026, un jour révolu ; c’était le 1er mars 2027. Est-ce voulu ?"
    )
    plan_text.draw(Plan(guards=(Guard(board="b", reason=reason),)), terminal.console, {"b": "Salon"})
    assert "".join(reason.split()) in "".join(terminal.text.split())


def test_an_old_conflict_is_told_once(screen: Any) -> None:
    """A conflict that was told before stays silent, unless everything is asked for."""
    old = Conflict(
        task="t", title="Flyer", url=None, board="b", field="due", written=None, current=None, wanted=None, new=False
    )
    for everything, told in ((False, False), (True, True)):
        terminal = screen(120)
        plan_text.draw(Plan(conflicts=(old,)), terminal.console, {}, everything=everything)
        assert ("Flyer" in terminal.text) is told


def test_a_long_plan_is_cut_and_counted(screen: Any) -> None:
    """Beyond a dozen changes of one board the rest is counted; everything shows them all."""
    plan = Plan(changes=tuple(change(number) for number in range(30)))
    short, whole = screen(), screen()
    plan_text.draw(plan, short.console, {})
    plan_text.draw(plan, whole.console, {}, everything=True)
    assert "18 autres changements : --all" in short.text
    assert "Carte 29" in whole.text


def test_the_result_of_a_run_in_one_line() -> None:
    """Zero is said as plainly as many."""
    assert plan_text.result(0) == "0 écriture"
    assert plan_text.result(12, kept=1, refused=2, held=1).startswith("12 écritures · 1 valeur laissée")
