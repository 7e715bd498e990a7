"""Sheets as people lay them out: banners, headings over two rows, several tables, groups, merges, notes."""

from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl.styles import Alignment, Font
from tests.connectors.files.books import book, by_title, read, sheet

from retro.model import Category, StatusOrigin

if TYPE_CHECKING:
    from tests.connectors.files.conftest import Rows

D = date


def test_headings_stand_below_a_banner() -> None:
    """A merged title, a logo's blank rows and a line of explanations do not hide the headings."""

    def dress(page: Any) -> None:
        page.merge_cells("A1:D1")

    tasks = sheet(
        [
            ["Rétroplanning du salon 2027"],
            [],
            ["À remplir par chaque responsable avant le lundi, merci de ne rien effacer"],
            [],
            ["Tâche", "Qui", "Début", "Fin"],
            ["Brief", "Léa", D(2027, 1, 4), D(2027, 1, 8)],
        ],
        dress,
    )
    assert list(tasks) == ["Brief"]
    assert (tasks["Brief"].start, tasks["Brief"].due) == (D(2027, 1, 4), D(2027, 1, 8))


def test_headings_over_two_rows_are_one() -> None:
    """A group's heading above its columns: what was planned and what really was are told apart."""

    def dress(page: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
            page.merge_cells(area)

    tasks = sheet(
        [
            ["Tâche", "Qui", "Prévu", None, "Réel", None],
            [None, None, "Début", "Fin", "Début", "Fin"],
            ["Brief", "Léa", D(2027, 1, 4), D(2027, 1, 8), D(2027, 1, 5), None],
        ],
        dress,
    )
    brief = tasks["Brief"]
    assert (brief.start, brief.due) == (D(2027, 1, 4), D(2027, 1, 8))
    assert (brief.actual_start, brief.actual_finish) == (D(2027, 1, 5), None)
    assert [owner.name for owner in brief.owners] == ["Léa"]


def test_a_group_above_some_headings_takes_none_away() -> None:
    """Where only the dates have a group above, the other headings stand in either row."""
    tasks = sheet(
        [["Tâche", "Dates", None, "Qui"], [None, "Début", "Fin", None], ["Brief", D(2027, 1, 4), D(2027, 1, 8), "Léa"]]
    )
    assert (tasks["Brief"].start, tasks["Brief"].due) == (D(2027, 1, 4), D(2027, 1, 8))
    assert tasks["Brief"].owners


def test_weeks_drawn_to_the_right_are_no_obstacle() -> None:
    """The weeks of a bar chart beside the table head no field, and what is drawn under them is no task's."""
    weeks = [D(2027, 1, 4), D(2027, 1, 11), D(2027, 1, 18)]
    tasks = sheet(
        [
            ["Tâche", "Qui", "Fin", *weeks],
            ["Brief", "Léa", D(2027, 1, 8), "x"],
            ["Article", "Paul", D(2027, 1, 15), None, "x"],
        ]
    )
    assert [task.due for task in tasks.values()] == [D(2027, 1, 8), D(2027, 1, 15)]
    assert all(not task.extra for task in tasks.values())


def test_headings_of_every_page_are_no_tasks() -> None:
    """Headings that are repeated with the sheet's title above them interrupt nothing."""
    head = ["Tâche", "Qui"]
    tasks = sheet([["Salon"], head, ["Brief", "Léa"], [], head, ["Article", "Paul"]])
    assert list(tasks) == ["Brief", "Article"]


def test_a_table_below_another_has_its_own_columns() -> None:
    """Rows under the second headings are read by these, stand under its caption, and number themselves anew."""
    snapshot = read(
        book(
            [
                ["N°", "Tâche", "Qui", "Fin", "Prédécesseurs"],
                [1, "Brief", "Léa", D(2027, 1, 8), None],
                [2, "Article", "Paul", D(2027, 1, 15), 1],
                [],
                ["Communication"],
                ["N°", "Responsable", "Action", "Dépend de"],
                [1, "Zoé", "Communiqué", None],
                [2, "Zoé", "Posts", 1],
            ]
        )
    )
    tasks = by_title(snapshot)
    assert list(tasks) == ["Brief", "Article", "Communiqué", "Posts"]
    assert tasks["Posts"].phase == "Communication"
    assert tasks["Posts"].owners[0].name == "Zoé"
    assert [link.target for link in tasks["Article"].references] == [tasks["Brief"].key]
    assert [link.target for link in tasks["Posts"].references] == [tasks["Communiqué"].key]
    assert len({task.key for task in snapshot.tasks}) == 4
    assert snapshot.board.warnings == ()


def test_tables_side_by_side_are_both_read() -> None:
    """A blank column divides two tables, also where the second begins lower; a row of one is none of the other."""
    level = sheet(
        [
            ["Tâche", "Qui", None, "Action", "Responsable", "Échéance"],
            ["Brief", "Léa", None, "Posts", "Zoé", D(2027, 3, 1)],
            ["Article", "Paul", None, None, None, None],
        ]
    )
    assert {title: task.owners[0].name for title, task in level.items()} == {
        "Brief": "Léa",
        "Posts": "Zoé",
        "Article": "Paul",
    }
    assert level["Posts"].due == D(2027, 3, 1)
    assert (level["Brief"].due, level["Article"].due) == (None, None)
    lower = sheet(
        [
            ["Tâche", "Qui", "Fin"],
            ["Brief", "Léa", D(2027, 1, 8)],
            ["Article", "Paul", D(2027, 1, 9), None, "Action", "Responsable"],
            ["Maquette", "Paul", D(2027, 1, 10), None, "Posts", "Zoé"],
        ]
    )
    assert list(lower) == ["Brief", "Article", "Maquette", "Posts"]
    assert lower["Posts"].owners[0].name == "Zoé"


def test_a_blank_column_inside_a_table_divides_nothing() -> None:
    """Headings to the right of a gap that have no titles among them are the same table's."""
    tasks = sheet([["Tâche", "Qui", None, "Début", "Fin"], ["Brief", "Léa", None, D(2027, 1, 4), D(2027, 1, 8)]])
    assert tasks["Brief"].due == D(2027, 1, 8)


def test_a_table_of_other_columns_is_not_read_as_rows() -> None:
    """A list of budgets below the plan has no titles of tasks, and its rows do not become any."""
    snapshot = read(
        book(
            [
                ["Tâche", "Qui", "Fin"],
                ["Brief", "Léa", D(2027, 1, 8)],
                [],
                ["Légende"],
                ["Rouge", "urgent"],
                ["Vert", "fait"],
            ]
        )
    )
    assert [task.title for task in snapshot.tasks] == ["Brief"]
    assert any("3" in warning for warning in snapshot.board.warnings)


def test_totals_and_remarks_below_are_no_tasks() -> None:
    """Sums, an asterisk's remark, a date of update; a lone title below is a task all the same."""
    snapshot = read(
        book(
            [
                ["Tâche", "Qui", "JH"],
                ["Brief", "Léa", 2],
                ["Sous-total", None, 2],
                ["Key visual", "Paul", 3],
                ["TOTAL", None, 5],
                [],
                ["Contact presse"],
                [],
                ["* sous réserve du client"],
                ["Mis à jour le 04/01/2027"],
            ]
        )
    )
    assert [task.title for task in snapshot.tasks] == ["Brief", "Key visual", "Contact presse"]
    assert any("2" in warning for warning in snapshot.board.warnings)


def test_group_rows_are_phases() -> None:
    """A title alone, merged over the columns or in bold, heads the rows below it and is no task itself."""

    def merged(page: Any) -> None:
        page.merge_cells("A2:C2")
        page.merge_cells("A4:C4")

    def bold(page: Any) -> None:
        for place in ("A1", "B1", "A2", "A4"):
            page[place].font = Font(bold=True)

    rows: Rows = [
        ["Tâche", "Qui", "Fin"],
        ["Préparation"],
        ["Brief", "Léa", D(2027, 1, 8)],
        ["Production"],
        ["Impression", "Zoé", D(2027, 2, 1)],
    ]
    for dress in (merged, bold):
        tasks = sheet(rows, dress)
        assert {title: task.phase for title, task in tasks.items()} == {
            "Brief": "Préparation",
            "Impression": "Production",
        }
    assert list(sheet(rows)) == ["Préparation", "Brief", "Production", "Impression"]


def test_bold_titles_are_tasks_where_all_are_bold() -> None:
    """Bold says nothing where every title is bold."""

    def dress(page: Any) -> None:
        for row in range(1, 4):
            page.cell(row, 1).font = Font(bold=True)

    assert list(sheet([["Tâche", "Qui"], ["Brief"], ["Article"]], dress)) == ["Brief", "Article"]


def test_merged_people_and_phases_reach_over_their_rows() -> None:
    """An owner, a date or a phase that is merged downwards is that of each row, under a heading or under none."""

    def dress(page: Any) -> None:
        for area in ("A2:A3", "C2:C3", "D2:D3"):
            page.merge_cells(area)

    rows: Rows = [
        [None, "Tâche", "Qui", "Fin"],
        ["Préparation", "Brief", "Léa", D(2027, 1, 8)],
        [None, "Article", None, None],
        ["Production", "Impression", "Zoé", D(2027, 2, 1)],
    ]
    tasks = sheet(rows, dress)
    assert [task.owners[0].name for task in tasks.values()] == ["Léa", "Léa", "Zoé"]
    assert [task.due for task in tasks.values()] == [D(2027, 1, 8), D(2027, 1, 8), D(2027, 2, 1)]
    assert [task.phase for task in tasks.values()] == ["Préparation", "Préparation", "Production"]
    assert sheet(rows)["Article"].owners == ()


def test_a_title_over_several_rows_is_one_task() -> None:
    """Rows in which a merged title goes on add their people and links to it."""

    def dress(page: Any) -> None:
        page.merge_cells("B2:B3")

    tasks = sheet(
        [
            ["N°", "Tâche", "Qui", "Fin"],
            [1, "Brief", "Léa", D(2027, 1, 8)],
            [None, None, "Paul", None],
            [2, "Article", "Zoé"],
        ],
        dress,
    )
    assert {title: [owner.name for owner in task.owners] for title, task in tasks.items()} == {
        "Brief": ["Léa", "Paul"],
        "Article": ["Zoé"],
    }


def test_sub_tasks_in_a_column_of_their_own_are_the_tasks() -> None:
    """Where rows have a task and a sub-task, the latter is done and the former is its phase, merged or not repeated."""
    tasks = sheet(
        [
            ["Tâche", "Sous-tâche", "Qui"],
            ["Stand", "Plan", "Léa"],
            [None, "Montage", "Paul"],
            ["Relance presse", None, "Zoé"],
        ]
    )
    assert {title: task.phase for title, task in tasks.items()} == {
        "Plan": "Stand",
        "Montage": "Stand",
        "Relance presse": None,
    }


def test_parents_are_indents_outlines_and_numbers() -> None:
    """Each way in which a sheet shows what belongs under what gives the same parents."""
    rows: Rows = [["Tâche", "Qui"], ["Site", "Léa"], ["Maquette", "Paul"], ["Accueil", "Paul"], ["Stand", "Zoé"]]

    def indents(page: Any) -> None:
        page["A3"].alignment = Alignment(indent=1)
        page["A4"].alignment = Alignment(indent=2)

    def outline(page: Any) -> None:
        page.row_dimensions[3].outlineLevel = 1
        page.row_dimensions[4].outlineLevel = 2

    spaces: Rows = [rows[0], rows[1], ["  Maquette", "Paul"], ["    Accueil", "Paul"], rows[4]]
    for tasks in (sheet(rows, indents), sheet(rows, outline), sheet(spaces)):
        keys = {title: task.key for title, task in tasks.items()}
        assert [task.parent for task in tasks.values()] == [None, keys["Site"], keys["Maquette"], None]
    numbered = sheet(
        [["Tâche", "Qui"], ["1. Site", "Léa"], ["1.1 Maquette", "Paul"], ["1.1.1 Accueil", "Paul"], ["2. Stand", "Zoé"]]
    )
    keys = {title: task.key for title, task in numbered.items()}
    assert [task.parent for task in numbered.values()] == [None, keys["1. Site"], keys["1.1 Maquette"], None]
    assert all(task.parent is None for task in sheet([rows[0], ["1. Site", "Léa"], [" Maquette", "Paul"]]).values())


def test_an_outline_may_be_headed_from_below() -> None:
    """Where the first rows are folded under one that follows, that one is their parent."""

    def dress(page: Any) -> None:
        for row in (2, 3):
            page.row_dimensions[row].outlineLevel = 1

    tasks = sheet([["Tâche", "Qui"], ["Maquette", "Paul"], ["Accueil", "Paul"], ["Site", "Léa"]], dress)
    assert tasks["Maquette"].parent == tasks["Accueil"].parent == tasks["Site"].key


def test_hidden_rows_are_read_and_counted_once() -> None:
    """What a filter hides is a task like any other; the board says how many there are."""

    def dress(page: Any) -> None:
        page.auto_filter.ref = "A1:B4"
        page.column_dimensions["B"].hidden = True
        for row in (3, 4):
            page.row_dimensions[row].hidden = True

    snapshot = read(book([["Tâche", "Qui"], ["Brief", "Léa"], ["Article", "Paul"], ["Posts", "Zoé"]], dress))
    assert [task.owners[0].name for task in snapshot.tasks] == ["Léa", "Paul", "Zoé"]
    [warning] = snapshot.board.warnings
    assert "2" in warning


def test_struck_titles_wait_for_nobody() -> None:
    """A title struck through is done where no status says otherwise, and the board says that this is assumed."""

    def dress(page: Any) -> None:
        for row in (2, 3):
            page.cell(row, 1).font = Font(strike=True)

    snapshot = read(book([["Tâche", "Statut"], ["Brief"], ["Article", "En cours"], ["Posts"]], dress))
    tasks = by_title(snapshot)
    assert (tasks["Brief"].status.category, tasks["Brief"].status.origin) == (Category.DONE, StatusOrigin.INFERRED)
    assert [tasks[title].status.category for title in ("Article", "Posts")] == [Category.DOING, Category.TODO]
    assert len(snapshot.board.warnings) == 1


def test_lone_rows_in_capitals_are_phases() -> None:
    """Capitals with nothing beside them head the rows below; with a date of its own such a row is a task."""
    tasks = sheet(
        [
            ["Tâche", "Qui", "Fin"],
            ["COMMUNICATION"],
            ["Affiches", "Léa", D(2027, 1, 8)],
            ["Dossier", "Léa", D(2027, 1, 9)],
            ["LOGISTIQUE"],
            ["Salle", "Paul", D(2027, 1, 10)],
            ["INAUGURATION", "Paul", D(2027, 3, 1)],
        ]
    )
    assert {title: task.phase for title, task in tasks.items()} == {
        "Affiches": "COMMUNICATION",
        "Dossier": "COMMUNICATION",
        "Salle": "LOGISTIQUE",
        "INAUGURATION": "LOGISTIQUE",
    }


def test_lone_titles_in_capitals_stay_tasks() -> None:
    """Where nothing but capitals is written, or a row of them stands above another, they head nothing."""
    tasks = sheet([["Tâche", "Qui", "Fin"], ["BRIEF"], ["MAQUETTE"], ["Salle", "Paul", D(2027, 1, 10)]])
    assert list(tasks) == ["BRIEF", "MAQUETTE", "Salle"]


def test_groups_with_headings_of_their_own() -> None:
    """As Monday writes them: a group's name above headings said again is a section, headings of sub-items no task."""
    headings = ["Name", "Subitems", "Person", "Timeline - Start", "Timeline - End", "Dependent On"]
    snapshot = read(
        book(
            [
                ["Campagne"],
                headings,
                ["Brief", None, "Léa", "2027-01-04", "2027-01-08", None],
                ["Maquettes", "A, B", "Paul", "2027-01-11", "2027-01-15", "Brief"],
                ["Subitems", "Name", "Owner", "Status"],
                [None, "A", "Paul", "Stuck"],
                [],
                ["Plus tard"],
                headings,
                ["Bilan", None, "Léa", None, "2027-02-15", "Maquettes"],
            ]
        )
    )
    tasks = by_title(snapshot)
    assert list(tasks) == ["Brief", "Maquettes", "Bilan"]
    assert (tasks["Brief"].start, tasks["Brief"].due) == (D(2027, 1, 4), D(2027, 1, 8))
    assert tasks["Bilan"].phase == "Plus tard"
    assert [each.target for each in tasks["Bilan"].references] == [tasks["Maquettes"].key]


def test_a_list_of_contacts_holds_no_tasks() -> None:
    """Names with addresses beside the plan are left out, and that is said."""
    snapshot = read(
        book(
            [
                ["Tâche", "Qui", "Fin", None, "Nom", "E-mail", "Téléphone"],
                ["Brief", "Léa", D(2027, 1, 8), None, "Léa Roy", "lea@example.org", "01"],
                ["Salle", "Léa", D(2027, 1, 9), None, "Paul Roy", "paul@example.org", "02"],
            ]
        )
    )
    assert [task.title for task in snapshot.tasks] == ["Brief", "Salle"]
    assert any("Nom, E-mail, Téléphone" in warning for warning in snapshot.board.warnings)


def test_crosses_under_weeks_are_told() -> None:
    """Where a chart of crosses stands for dates, that it is not read is said; beside a column of dates it is not."""
    chart: Rows = [["Tâche", "Qui", "janv", "févr", "mars"], ["Brief", "Léa", "x"], ["Salle", "Paul", None, "x", "x"]]
    assert len(read(book(chart)).board.warnings) == 1
    dated: Rows = [["Tâche", "Fin", *chart[0][2:]], ["Brief", D(2027, 1, 8), "x", "x", "x"]]
    assert not read(book(dated)).board.warnings
