"""Cells of sheets: dates beside words, formulas and errors, ticks, several people, amounts."""

from datetime import date, datetime
from typing import Any

import pytest
from tests.connectors.files.books import book, read, sheet
from tests.connectors.files.conftest import PARIS, board, settings

from retro.model import Category, Estimate, EstimateOrigin, Unreadable
from retro_files.dates import Span, read_day

D = date


def test_true_dates_texts_and_serial_numbers_stand_in_one_column() -> None:
    """However a day came into its cell, it is that day; an hour is the workspace's."""

    def dress(page: Any) -> None:
        page["B5"].number_format = "General"

    tasks = sheet(
        [
            ["Tâche", "Fin"],
            ["A", D(2027, 1, 12)],
            ["B", "12 janv. 2027"],
            ["C", "12/01/2027"],
            ["D", 46399],
            ["E", "13/01/2027"],
            ["F", datetime(2027, 1, 12, 14, 30, tzinfo=PARIS).replace(tzinfo=None)],
            ["G", 46399.5],
        ],
        dress,
    )
    days = [task.due for task in tasks.values()]
    assert days[:4] == [D(2027, 1, 12)] * 4
    assert days[5:] == [datetime(2027, 1, 12, 14, 30, tzinfo=PARIS), datetime(2027, 1, 12, 12, tzinfo=PARIS)]
    assert all(not task.assumed for task in tasks.values())


@pytest.mark.parametrize(
    "words",
    [
        "12/01",
        "12 janvier",
        "semaine 12",
        "S12",
        "W12",
        "S12 2027",
        "mi-mars",
        "fin mars",
        "mars 2027",
        "Q1",
        "T1 2027",
        "du 12 au 16 janvier",
        "12/01 → 16/01",
        "31/02",
        "31/02/2027",
        "2027-13-01",
        "ASAP",
        "TBD",
        "à définir",
        "~12/01/2027",
        "vers le 12/01/2027",
        "12/01/2027 →",
        "12/01/2027 ou 13/01/2027",
        "12/01/2027 / 13/01/2027",
        "16/01/2027 → 12/01/2027",
        "J-30",
    ],
)
def test_what_is_not_sure_is_kept_as_words(words: str) -> None:
    """A period, a day without its year, an impossible day and a guess give no date, only the words as they stand."""
    [task] = sheet([["Tâche", "Fin"], ["A", words]]).values()
    assert (task.start, task.due) == (None, None)
    assert task.unreadable == (Unreadable("due", words),)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("12–16/01/2027", D(2027, 1, 12), D(2027, 1, 16)),
        ("12/01-16/01/2027", D(2027, 1, 12), D(2027, 1, 16)),
        ("du 12 au 16 janvier 2027", D(2027, 1, 12), D(2027, 1, 16)),
        ("12-16 janvier 2027", D(2027, 1, 12), D(2027, 1, 16)),
        ("12/01/2027 → 16/01/2027", D(2027, 1, 12), D(2027, 1, 16)),
        ("12/01/2027 au 16/01", D(2027, 1, 12), D(2027, 1, 16)),
        ("28/12 → 03/01/2027", D(2026, 12, 28), D(2027, 1, 3)),
        ("28/12/2026 → 03/01", D(2026, 12, 28), D(2027, 1, 3)),
        ("January 12–16, 2027", D(2027, 1, 12), D(2027, 1, 16)),
        ("from 12 to 16 January 2027", D(2027, 1, 12), D(2027, 1, 16)),
        ("2027-01-12/2027-01-16", D(2027, 1, 12), D(2027, 1, 16)),
        ("2027-01-12..2027-01-16", D(2027, 1, 12), D(2027, 1, 16)),
        ("lundi 11 - vendredi 15 janvier 2027", D(2027, 1, 11), D(2027, 1, 15)),
    ],
)
def test_a_range_gives_start_and_due(words: str, first: date, last: date) -> None:
    """A range tells both ends; one end may leave out what the other says, its year over New Year too."""
    [task] = sheet([["Tâche", "Échéance"], ["A", words]]).values()
    assert (task.start, task.due, task.unreadable) == (first, last, ())


@pytest.mark.parametrize(
    "words", ["pour le 12/01/2027", "d’ici le 12 janvier 2027", "au plus tard le 12/01/2027", "by 12 January 2027"]
)
def test_words_that_change_nothing_may_stand_before_a_day(words: str) -> None:
    """A deadline in words is a deadline."""
    span = read_day(words, PARIS)
    assert span is not None
    assert span.end == D(2027, 1, 12)


def test_a_weekday_tells_day_from_month() -> None:
    """Where only one order of 05/01 falls on the weekday beside it, that is the order, in either language."""
    assert read_day("mardi 12/01/2027", PARIS, day_first=False) == Span(D(2027, 1, 12))
    assert read_day("lundi 12/01/2027", PARIS) is None


def test_a_day_of_a_range_settles_its_column() -> None:
    """A part over twelve tells the order of a column, in a range without years too."""
    read_ = board([["Tâche", "Fin"], ["A", "05/06/2027"], ["B", "28/12 → 03/01/2027"]], settings(lang="en"))
    assert [task.due for task in read_.tasks] == [D(2027, 6, 5), D(2027, 1, 3)]
    assert read_.board.warnings == ()


def test_formulas_and_errors_are_no_values() -> None:
    """A failed formula and one that nobody computed are kept as words, never as people or days; the board says why."""
    snapshot = read(
        book(
            [
                ["Tâche", "Responsable", "Fin", "JH", "Statut"],
                ["A", "#REF!", "#N/A", "#VALUE!", "#DIV/0!"],
                ["B", "=VLOOKUP(A3,Equipe,2)", "=TODAY()+3", 2, "En cours"],
            ]
        )
    )
    first, second = snapshot.tasks
    assert {each.field for each in first.unreadable} == {"owners", "due", "estimate", "status"}
    assert (first.owners, first.due, first.estimates) == ((), None, ())
    assert [(each.field, each.text) for each in second.unreadable] == [
        ("owners", "=VLOOKUP(A3,Equipe,2)"),
        ("due", "=TODAY()+3"),
    ]
    [warning] = snapshot.board.warnings
    assert "2" in warning


@pytest.mark.parametrize("tick", ["✓", "✔", "☑", "x", "X", "oui", "Yes", "100 %", "100%", 1, True, D(2027, 1, 5)])
def test_ticks_in_a_column_of_what_is_done(tick: object) -> None:
    """Each way of ticking a row off makes it done; a no, a cross of refusal and a blank do not."""
    [task] = sheet([["Tâche", "Fait"], ["A", tick]]).values()
    assert task.status.category is Category.DONE


@pytest.mark.parametrize("word", ["non", "✗", "", "50 %", 0, False])
def test_what_is_no_tick(word: object) -> None:
    """A no is a no."""
    [task] = sheet([["Tâche", "Fait"], ["A", word]]).values()
    assert task.status.category is not Category.DONE


def test_a_column_of_progress_in_numbers_is_one_of_percentages() -> None:
    """Where a status is a number in every row, it says how much is done."""
    tasks = sheet([["Tâche", "Avancement"], ["A", 1.0], ["B", 0.5], ["C", 0]])
    assert [task.percent for task in tasks.values()] == [100.0, 50.0, 0.0]
    assert [task.status.category.value for task in tasks.values()] == ["done", "doing", "todo"]
    assert tasks["A"].assumed == frozenset()
    worded = sheet([["Tâche", "Avancement"], ["A", "En cours"], ["B", "✓"]])
    assert [task.status.category.value for task in worded.values()] == ["doing", "done"]


def test_several_people_in_a_cell() -> None:
    """Commas, plus signs and slashes divide people who stand in the column elsewhere."""
    tasks = sheet(
        [["Tâche", "Qui"], ["A", "Léa, Paul"], ["B", "Léa + Paul"], ["C", "Léa / Paul"], ["D", "Durand, Camille"]]
    )
    names = [[owner.name for owner in task.owners] for task in tasks.values()]
    assert names == [["Léa", "Paul"]] * 3 + [["Durand, Camille"]]


def test_a_column_whose_commas_list_people() -> None:
    """Somebody who stands before a comma here and after one there is a first name: the column lists people."""
    tasks = sheet([["Tâche", "Qui"], ["A", "Léa, Paul"], ["B", "Paul, Zoé"], ["C", "Zoé, Max"]])
    assert [len(task.owners) for task in tasks.values()] == [2, 2, 2]


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("2j", 2.0),
        ("1,5 j", 1.5),
        ("1/2 journée", 0.5),
        ("½ j", 0.5),
        ("1½ j", 1.5),
        ("demi-journée", 0.5),
        ("une journée", 1.0),
        ("2 jours et demi", 2.5),
        ("half a day", 0.5),
    ],
)
def test_amounts_in_words(cell: str, days: float) -> None:
    """Halves and fractions of days are what they say."""
    [task] = sheet([["Tâche", "Durée"], ["A", cell]]).values()
    assert task.estimates == (Estimate(EstimateOrigin.NUMBER, days, "days", field="Durée"),)


@pytest.mark.parametrize("cell", ["2-3 j", "2 à 3 jours", "1/2", "12/5 j", "vite", "environ 3 j"])
def test_amounts_that_are_not_sure(cell: str) -> None:
    """A range of amounts, a bare fraction and a guess are kept as words."""
    [task] = sheet([["Tâche", "Durée"], ["A", cell]]).values()
    assert (task.estimates, task.unreadable) == ((), (Unreadable("estimate", cell),))
