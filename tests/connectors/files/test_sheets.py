"""Rows as tasks: keys, statuses, dates, parents, links, and what is kept of what cannot be read."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from tests.connectors.files.conftest import NOW, Rows, as_csv, board, settings

from retro.model import (
    Category,
    Constraint,
    ConstraintType,
    Estimate,
    EstimateOrigin,
    Identity,
    Role,
    StatusOrigin,
    Task,
    Unreadable,
)
from retro.ports import BoardOptions, ConfigurationError, UnreadableError
from retro_files.reading import boards_of

Read = Callable[..., dict[str, Task]]


def test_a_french_task_list_is_read_whole(tasks: Read) -> None:
    """Title rows, French dates, hours, people and tags of a usual export come out as they stand."""
    read = tasks(
        [
            ["Rétroplanning du salon"],
            [],
            [
                "Projet",
                "Titre",
                "Description",
                "Heures estimées",
                "Date début",
                "Date fin",
                "Statut",
                "Assigné à",
                "Tags",
            ],
            ["Salon", "[SEO] Brief", "court", "40", "01/12/2026", "15/12/2026", "À faire", "Jean Dupont", "web,print"],
            ["Salon", "Stand", "", "", "16/12/2026", "20/01/2027", "Terminé", "?", ""],
        ]
    )
    brief, stand = read["[SEO] Brief"], read["Stand"]
    assert (brief.start, brief.due) == (date(2026, 12, 1), date(2026, 12, 15))
    assert brief.estimates == (Estimate(EstimateOrigin.NUMBER, 40.0, "hours", field="Heures estimées"),)
    assert brief.status.category is Category.TODO
    assert [owner.name for owner in brief.owners] == ["Jean Dupont"]
    assert (brief.channel, brief.labels, brief.description) == ("SEO", ("web", "print"), "court")
    assert brief.extra["Projet"] == "Salon"
    assert (brief.assumed, brief.unreadable) == (frozenset(), ())
    assert (stand.status.category, stand.owners, stand.description) == (Category.DONE, (), "")


def test_keys_are_ids_where_there_are_some(tasks: Read) -> None:
    """An id column gives keys that survive a move; rows without one are known by their place."""
    read = tasks([["N°", "Titre"], ["A1", "Brief"], ["", "Maquette"]])
    assert (read["Brief"].key, read["Brief"].identity) == ("plan:A1", Identity.ASSIGNED)
    assert (read["Maquette"].key, read["Maquette"].identity) == ("plan:@3", Identity.POSITIONAL)
    assert tasks([["Titre"], ["Brief"]])["Brief"].key == "plan:2"


def test_repeated_ids_give_different_keys_and_a_warning() -> None:
    """Two rows of one id are two tasks, a link to that id means neither, and the board says so."""
    read = board([["N°", "Titre", "Prédécesseurs"], ["1", "A", ""], ["1", "B", ""], ["2", "C", "1"]])
    assert len({task.key for task in read.tasks}) == 3
    [link] = read.tasks[2].references
    assert link.by_title
    assert any("1" in warning for warning in read.board.warnings)


def test_links_name_rows_with_types_and_lags(tasks: Read) -> None:
    """A cell of predecessors gives references to the keys of rows."""
    read = tasks([["ID", "Titre", "Prédécesseurs"], ["1", "A", ""], ["2", "B", "1FS+2j"], ["3", "C", "A; 2"]])
    assert [(each.target, each.lag.value) for each in read["B"].references] == [("plan:1", 840)]
    assert [each.target for each in read["C"].references] == ["plan:1", "plan:2"]
    eight = tasks([["ID", "Titre", "Prédécesseurs"], ["1", "A", ""], ["2", "B", "1+1j"]], settings(day_minutes=480))
    assert eight["B"].references[0].lag.value == 480


def test_impossible_dates_are_kept_as_text(tasks: Read) -> None:
    """What is no date or number is kept for a finding, and under its heading, and never guessed."""
    read = tasks([["Titre", "Échéance", "JH"], ["A", "29nd", "vite"], ["B", "31/02/2027", "2"], ["C", "-", ""]])
    assert read["A"].unreadable == (Unreadable("due", "29nd"), Unreadable("estimate", "vite"))
    assert read["A"].extra == {"Échéance": "29nd", "JH": "vite"}
    assert read["B"].due is None
    assert read["C"].unreadable == ()


def test_ambiguous_dates_are_assumed_and_said_once() -> None:
    """Where nothing in a column tells day from month, its dates rest on the language, and the board says so once."""
    rows: Rows = [["Titre", "Échéance"], ["A", "01/12/2027"], ["B", "05/06/2027"]]
    french, english = board(rows), board(rows, settings(lang="en"))
    assert [task.due for task in french.tasks] == [date(2027, 12, 1), date(2027, 6, 5)]
    assert [task.due for task in english.tasks] == [date(2027, 1, 12), date(2027, 5, 6)]
    assert all(task.assumed == frozenset({"due"}) for task in french.tasks)
    assert len(french.board.warnings) == 1
    settled = board([*rows, ["C", "12/31/2027"]])
    assert [task.due for task in settled.tasks] == [date(2027, 1, 12), date(2027, 5, 6), date(2027, 12, 31)]
    assert all(not task.assumed for task in settled.tasks)
    assert settled.board.warnings == ()


def test_a_range_fills_both_ends(tasks: Read) -> None:
    """A range in one column gives the start too, unless that has a cell of its own."""
    read = tasks(
        [["Titre", "Début", "Échéance"], ["A", "", "1st - 4th April 2025"], ["B", "2025-03-01", "1st - 4th April 2025"]]
    )
    assert (read["A"].start, read["A"].due) == (date(2025, 4, 1), date(2025, 4, 4))
    assert (read["B"].start, read["B"].due) == (date(2025, 3, 1), date(2025, 4, 4))


def test_statuses_are_words_sections_ticks_and_percentages(tasks: Read) -> None:
    """A known word maps, an unknown one is assumed, a tick or 100 % is done, a part done is under way."""
    read = tasks([["Titre", "Statut"], ["A", "En cours"], ["B", "Chez Paul"], ["C", ""]])
    assert (read["A"].status.category, read["A"].status.origin) == (Category.DOING, StatusOrigin.MAPPED)
    assert (read["B"].status.category, read["B"].assumed) == (Category.TODO, frozenset({"status"}))
    assert (read["C"].status.raw, read["C"].assumed) == (None, frozenset())
    configured = settings(BoardOptions(status={Category.REVIEW: ("chez paul",)}))
    assert tasks([["Titre", "Statut"], ["B", "Chez Paul"]], configured)["B"].status.category is Category.REVIEW
    read = tasks([["Titre", "Fait", "%"], ["A", "x", ""], ["B", "", "100%"], ["C", "", "50"], ["D", "non", "0"]])
    assert [task.status.category.value for task in read.values()] == ["done", "done", "doing", "todo"]
    assert read["C"].percent == 50.0
    assert tasks([["Titre", "Section"], ["A", "Terminé"]])["A"].status.category is Category.DONE


def test_milestones_are_kinds_labels_and_what_lasts_nothing(tasks: Read) -> None:
    """A kind, a tag, a ticked column or a zero duration makes a milestone; a summary row of no length does not."""
    read = tasks(
        [
            ["Titre", "kind", "duration_workdays", "Tags"],
            ["A", "milestone", "0", ""],
            ["B", "task", "0", ""],
            ["C", "summary", "0", ""],
            ["D", "task", "2", "jalon"],
            ["E", "task", "2", ""],
        ]
    )
    assert [title for title, task in read.items() if task.milestone] == ["A", "B", "D"]
    assert all(task.estimates == () for title, task in read.items() if title in "ABC")
    assert tasks([["Titre", "Jalon"], ["A", "x"], ["B", ""]])["A"].milestone


def test_parents_are_ids_titles_outlines_or_levels(tasks: Read) -> None:
    """Each way of writing a hierarchy gives the same parents."""
    by_id = tasks([["ID", "Titre", "Parent"], ["1", "A", ""], ["2", "B", "1"], ["3", "C", "B"]])
    by_number = tasks([["WBS", "Titre"], ["1", "A"], ["1.1", "B"], ["1.1.1", "C"]])
    by_level = tasks([["Niveau", "Titre"], ["1", "A"], ["2", "B"], ["3", "C"]])
    for read in (by_id, by_number, by_level):
        assert read["A"].parent is None
        for above, below in pairwise(read.values()):
            assert below.parent == above.key


def test_a_fixed_start_binds_the_rows_below(tasks: Read) -> None:
    """A start that its heading calls fixed is a constraint, of its row and of those under it."""
    read = tasks([["ID", "Titre", "Parent", "fixed_start"], ["1", "A", "", "2027-03-01"], ["2", "B", "1", ""]])
    bound = Constraint(ConstraintType.SNET, date(2027, 3, 1))
    assert (read["A"].constraint, read["B"].constraint, read["B"].start) == (bound, bound, None)
    assert tasks([["Titre", "Début"], ["A", "2027-03-01"]])["A"].constraint is None


def test_banners_totals_and_rows_without_title_are_no_tasks() -> None:
    """A lone cell heads the rows below it, a sum and a repeated heading are passed over, lost rows are counted."""
    read = board(
        [
            ["N°", "Titre", "Qui"],
            ["Préparation", "", ""],
            ["1", "A", "Léa"],
            ["N°", "Titre", "Qui"],
            ["2", "B", ""],
            ["3", "", "Paul"],
            ["Total", "", "2"],
        ]
    )
    assert [(task.title, task.phase) for task in read.tasks] == [("A", "Préparation"), ("B", "Préparation")]
    assert len(read.board.warnings) == 1


def test_lines_that_only_inform_are_no_work(tasks: Read) -> None:
    """A separator and a note are kept with their roles."""
    read = tasks([["Titre"], ["-----"], ["À LIRE : mode d’emploi"], ["Brief"]])
    assert [task.role for task in read.values()] == [Role.SEPARATOR, Role.INFORMATIVE, Role.TASK]


def test_columns_of_the_configuration_must_be_there() -> None:
    """A configured column that is missing, and a field that is none, are refused with what there is."""
    rows: Rows = [["Titre", "Pour quand"], ["A", "2027-01-05"]]
    named = board(rows, settings(BoardOptions(columns={"due": "Pour quand"})))
    assert named.tasks[0].due == date(2027, 1, 5)
    for columns in ({"due": "Absente"}, {"doe": "Pour quand"}):
        with pytest.raises(ConfigurationError) as refused:
            board(rows, settings(BoardOptions(columns=columns)))
        assert refused.value.remedy


def test_a_table_without_a_known_heading_is_refused() -> None:
    """The refusal lists the headings that are there, and says what would help."""
    with pytest.raises(UnreadableError) as refused:
        boards_of(as_csv([["Alpha", "Bêta"], ["1", "2"]]), "plan.csv", settings(), NOW)
    assert "Alpha" in refused.value.what
    assert refused.value.remedy


def test_the_opt_out_label_or_column_is_heard(tasks: Read) -> None:
    """A tag or a ticked column of that name keeps retro's hands off."""
    assert tasks([["Titre", "Tags"], ["A", "retro:off"]])["A"].opted_out
    assert tasks([["Titre", "retro:off"], ["A", "x"], ["B", ""]])["A"].opted_out
    assert not tasks([["Titre", "retro:off"], ["A", "x"], ["B", ""]])["B"].opted_out


def test_a_description_moves_no_revision(tasks: Read) -> None:
    """A revision follows what decisions read and nothing else."""
    first = tasks([["Titre", "Notes", "Échéance"], ["A", "un", "2027-01-05"]])["A"]
    noted = tasks([["Titre", "Notes", "Échéance"], ["A", "deux", "2027-01-05"]])["A"]
    moved = tasks([["Titre", "Notes", "Échéance"], ["A", "un", "2027-01-06"]])["A"]
    assert first.revision == noted.revision != moved.revision
