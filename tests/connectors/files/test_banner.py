"""Dates above a table: which are what the sheet works to, and which are not."""

from datetime import date, datetime

import pytest
from tests.connectors.files.books import book, read
from tests.connectors.files.conftest import PARIS, Rows

from retro.model import AnchorOrigin, Day, Task
from retro.run.projects import one_project

TABLE: Rows = [["Tâche", "Qui", "Fin"], ["Brief", "Léa", date(2027, 1, 8)]]
MARCH = date(2027, 3, 12)


@pytest.mark.parametrize(
    ("banner", "name", "day"),
    [
        (["Rétroplanning salon 2027 – date de l’évènement : 12/03/2027"], "date de l’évènement", MARCH),
        (["Date de lancement", MARCH], "Date de lancement", MARCH),
        (["Date de lancement :", None, MARCH], "Date de lancement", MARCH),
        (["Jour J : 12 mars 2027"], "Jour J", MARCH),
        (["Lancement le 12 mars 2027 à Paris"], "Lancement", MARCH),
        (["Événement", "vendredi 12 mars 2027"], "Événement", MARCH),
        (["Launch date: 12 March 2027"], "Launch date", MARCH),
        (
            ["Go-live", datetime(2027, 3, 12, 10, 30, tzinfo=PARIS).replace(tzinfo=None)],
            "Go-live",
            datetime(2027, 3, 12, 10, 30, tzinfo=PARIS),
        ),
        (["Mise en ligne", 46458], "Mise en ligne", MARCH),
    ],
)
def test_a_labelled_date_is_the_anchor(banner: list[object], name: str, day: Day) -> None:
    """A launch, an event or an end with its date is what the sheet's project works to."""
    snapshot = read(book([banner, [], *TABLE]))
    [anchor] = snapshot.board.anchors
    assert (anchor.name, anchor.date, anchor.origin) == (name, day, AnchorOrigin.ROW)
    [project] = one_project([snapshot.board], snapshot.tasks, None)
    assert [(each.date, each.project) for each in project.anchors] == [(day, project.key)]
    assert [task.title for task in snapshot.tasks] == ["Brief"]


def test_the_option_goes_before_the_banner() -> None:
    """`--end` takes the place of a date above the table."""
    snapshot = read(book([["Jour J : 12/03/2027"], *TABLE]))
    [project] = one_project([snapshot.board], snapshot.tasks, date(2027, 4, 1))
    assert [anchor.date for anchor in project.anchors] == [date(2027, 4, 1)]


@pytest.mark.parametrize(
    "banner",
    [
        ["Mis à jour le 12/03/2027"],
        ["Date : 12/03/2027"],
        ["Début du projet", MARCH],
        ["Lancement de la campagne au printemps"],
        ["Événement à définir"],
        ["Salon du 12 mars 2027"],
    ],
)
def test_other_dates_above_a_table_bind_nothing(banner: list[object]) -> None:
    """A date of an update or a beginning, a label without a date, are words."""
    board = read(book([banner, *TABLE])).board
    assert (board.anchors, board.warnings) == ((), ())


def test_an_impossible_date_is_told_not_guessed() -> None:
    """A label with a date that cannot be is no anchor, and the board says so."""
    board = read(book([["Jour J : 31/02/2027"], *TABLE])).board
    assert board.anchors == ()
    assert "31/02/2027" in board.warnings[0]


def test_a_date_that_may_be_read_two_ways_says_how_it_was() -> None:
    """Where day and month cannot be told apart, the language decides and the board says so."""
    french, english = (read(book([["Jour J : 12/03/2027"], *TABLE]), lang).board for lang in ("fr", "en"))
    assert [board.anchors[0].date for board in (french, english)] == [MARCH, date(2027, 12, 3)]
    assert len(french.warnings) == len(english.warnings) == 1


def test_a_milestone_of_the_table_stands_for_its_date() -> None:
    """A date that a row of kind milestone has too is that row's, not a second anchor."""
    rows: Rows = [
        ["Jour J", MARCH],
        ["Tâche", "Type", "Fin"],
        ["Salon", "jalon", MARCH],
        ["Brief", "", date(2027, 1, 8)],
    ]
    snapshot = read(book(rows))
    milestones: list[Task] = [task for task in snapshot.tasks if task.milestone]
    assert (len(milestones), snapshot.board.anchors) == (1, ())


def test_an_event_and_its_date_in_two_lines() -> None:
    """“Évènement : Gala” above “Date : …” is an anchor of that name; a date by itself is none."""
    [anchor] = read(book([["Évènement :", "Gala annuel"], ["Date :", MARCH], [], *TABLE])).board.anchors
    assert (anchor.name, anchor.date) == ("Gala annuel", MARCH)
    assert not read(book([["Date :", MARCH], [], *TABLE])).board.anchors
