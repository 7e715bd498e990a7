"""`retro export`: copies of workbooks with retro's columns, new workbooks and CSV files, and what is read back."""

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from retro.sandbox.trello import BoardBuilder

Retro = Callable[..., Any]
NOW = ("--now", "2027-01-05")


@pytest.fixture
def salon(tmp_path: Path) -> Path:
    """A plan as people keep it: a banner with the date, groups, two tables, a title that begins like a formula."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Plan"
    sheet["A1"] = "Rétroplanning salon – date de l’évènement : 12/03/2027"
    rows: list[list[Any]] = [
        ["N°", "Tâche", "Responsable", "Début", "Échéance", "JH", "Prédécesseurs", "Statut"],
        ["PRÉPARATION"],
        [1, "Brief", "Léa Martin", date(2027, 1, 4), date(2027, 1, 8), 2, None, "Terminé"],
        [2, "Maquette", "Paul Durand", date(2027, 1, 11), "mi-janvier", 3, "1", "En cours"],
        [3, "=Impression", "Léa Martin", None, date(2027, 2, 26), 5, "2FS+2j", None],
        [],
        ["Communication"],
        ["Action", "Qui", "Pour le"],
        ["Posts", "Zoé Petit", date(2027, 3, 5)],
        ["Communiqué", None, date(2027, 3, 1)],
    ]
    for row, cells in enumerate(rows, 3):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column, value)
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
    sheet.merge_cells("A4:H4")
    sheet["A3"].font = Font(bold=True)
    path = tmp_path / "salon.xlsx"
    book.save(path)
    return path


def sheet_of(path: Path) -> Any:
    """The first sheet of a workbook."""
    return openpyxl.load_workbook(path).worksheets[0]


def headings(sheet: Any, row: int) -> dict[str, int]:
    """Retro's columns of a row of headings, by name."""
    return {str(cell.value): cell.column for cell in sheet[row] if str(cell.value or "").startswith("retro")}


def test_a_workbook_is_given_back_with_dates_and_remarks(retro: Retro, salon: Path) -> None:
    """Beside each task of both tables stand its dates and remarks, in a copy; the workbook itself is as it was."""
    before = salon.read_bytes()
    ran = retro("export", "xlsx", salon, *NOW)
    assert (ran.code, ran.out) == (0, "salon · retro.xlsx: 5 tasks\n")
    assert salon.read_bytes() == before
    sheet = sheet_of(Path("salon · retro.xlsx"))
    first, second = headings(sheet, 3), headings(sheet, 10)
    names = ["retro · au plus tard", "retro · début conseillé", "retro · fin conseillée", "retro · à revoir"]
    assert (list(first), list(second)) == (names, names)
    latest = first["retro · au plus tard"]
    assert latest == 9
    cell = sheet.cell(7, latest)
    assert (cell.value.date(), cell.number_format) == (date(2027, 3, 12), "dd/mm/yyyy")
    assert sheet.cell(5, latest).value is None
    assert sheet.cell(6, first["retro · à revoir"]).value is None
    assert str(sheet.cell(12, second["retro · à revoir"]).value).startswith("OWN101 sans responsable")
    assert sheet.cell(11, second["retro · au plus tard"]).value.date() == date(2027, 3, 12)
    assert (sheet["B7"].value, sheet["B7"].data_type) == ("=Impression", "s")


def test_a_copy_is_brought_up_to_date(retro: Retro, salon: Path) -> None:
    """Exported again with another end, a copy has the same columns with new dates, under another name."""
    retro("export", "xlsx", salon, *NOW, "--quiet")
    ran = retro("export", "xlsx", "salon · retro.xlsx", "--end", "2027-04-01", *NOW)
    assert ran.out == "salon · retro 2.xlsx: 5 tasks\n"
    sheet = sheet_of(Path("salon · retro 2.xlsx"))
    found = headings(sheet, 3)
    assert len(found) == 4
    assert sheet.cell(7, found["retro · au plus tard"]).value.date() == date(2027, 4, 1)


def test_what_only_the_original_has_is_said(retro: Retro, salon: Path) -> None:
    """What a copy does not hold is told once, by name, on standard error; the exit code is that of success."""
    book = openpyxl.load_workbook(salon)
    book["Plan"]["M1"] = "=SUM(F5:F7)"
    book.save(salon)
    ran = retro("export", "xlsx", salon, *NOW)
    assert ran.code == 0
    assert ran.err == (
        "retro: salon · retro.xlsx: only the original still has: "
        "results of formulas (computed when the copy is opened).\n"
    )


def test_the_workbook_itself_is_never_written(retro: Retro, salon: Path) -> None:
    """`-o` may name another file or a folder, never the file that is read."""
    before = salon.read_bytes()
    ran = retro("export", "xlsx", salon, "-o", salon, *NOW)
    assert (ran.code, salon.read_bytes()) == (2, before)
    assert "never written over" in ran.err
    folder = salon.parent / "copies"
    folder.mkdir()
    assert retro("export", "xlsx", salon, "-o", folder, *NOW).code == 0
    assert [path.name for path in folder.iterdir()] == ["salon · retro.xlsx"]


def test_several_files_need_a_folder(retro: Retro, salon: Path, tmp_path: Path) -> None:
    """Workbooks are copied, all else goes to one new workbook; one name is not enough for both."""
    table = tmp_path / "autre.csv"
    table.write_text("Titre;Qui;Fin\nPosts;Zoé Petit;2027-02-01\n", encoding="utf-8")
    refused = retro("export", "xlsx", salon, table, "-o", tmp_path / "plan.xlsx", *NOW)
    assert refused.code == 2
    assert retro("export", "xlsx", salon, table, *NOW).code == 0
    assert sheet_of(Path("retro.xlsx"))["A2"].value == "Posts"
    assert Path("salon · retro.xlsx").exists()


def test_a_board_becomes_a_workbook(retro: Retro, tmp_path: Path) -> None:
    """A Trello export gives one sheet with the article's columns, true dates, and text that is text."""
    board = BoardBuilder("Salon / mai", now=lambda: datetime(2027, 1, 4, 8, tzinfo=UTC))
    todo = board.list("À faire")
    brief = todo.card("[Print] Brief", due=date(2027, 1, 8), members=["Léa Martin"])
    todo.card("=HYPERLINK(1)", due=date(2027, 2, 1), depends_on=[brief])
    path = tmp_path / "board.json"
    path.write_text(json.dumps(board.document), encoding="utf-8")
    assert retro("export", "xlsx", path, "--end", "2027-03-12", *NOW).code == 0
    sheet = sheet_of(Path("board · retro.xlsx"))
    assert sheet.title == "Salon mai"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=3)]
    assert rows[0][:6] == ["Tâche", "Canal", "Responsable", "Début", "Échéance", "retro · au plus tard"]
    assert (rows[1][0], rows[1][2], rows[2][9]) == ("[Print] Brief", "Léa Martin", "[Print] Brief")
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=HYPERLINK(1)", "s")
    assert sheet["F2"].is_date
    assert all(cell.hyperlink is None for row in sheet for cell in row)


def test_a_csv_file_is_read_back_as_it_was(retro: Retro, salon: Path) -> None:
    """Titles, people, dates, links and what is done come back from the table; no cell of it is a formula."""
    assert retro("export", "csv", salon, "-o", "plan.csv", *NOW).code == 0
    content = Path("plan.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "'=Impression" in content.decode("utf-8-sig")
    first, again = (json.loads(retro("export", "json", path, *NOW).out)["tasks"] for path in (salon, "plan.csv"))
    kept = ("title", "owners", "start", "due", "status", "references")
    for was, now in zip(first, again, strict=True):
        for name in kept[:1] + kept[2:4]:
            assert was[name] == now[name]
        assert [owner["name"] for owner in was["owners"]] == [owner["name"] for owner in now["owners"]]
        assert was["status"]["category"] == now["status"]["category"]
        assert [link["lag"] for link in was["references"]] == [link["lag"] for link in now["references"]]


def test_the_table_goes_to_standard_output(retro: Retro, salon: Path) -> None:
    """Without `-o` the rows are printed, divided as the workspace's language expects."""
    lines = retro("export", "csv", salon, *NOW).out.splitlines()
    assert lines[0].startswith("Tâche;Canal;Responsable;")
    assert len(lines) == 6


def test_one_persons_tasks(retro: Retro, salon: Path) -> None:
    """`--owner` keeps the tasks of one person, by name; nobody of that name is refused with the names there are."""
    lines = retro("export", "csv", salon, "--owner", "léa martin", *NOW).out.splitlines()
    assert [line.split(";")[0] for line in lines[1:]] == ["Brief", "'=Impression"]
    refused = retro("export", "csv", salon, "--owner", "Max", *NOW)
    assert refused.code == 2
    assert "Zoé Petit" in refused.err


def test_without_an_end_the_latest_dates_are_empty_and_it_is_said(retro: Retro, tmp_path: Path) -> None:
    """A plan that works to nothing has no latest dates: one line says how to give it one."""
    table = tmp_path / "plan.csv"
    table.write_text("Titre;Qui;Fin\nPosts;Zoé Petit;2027-02-01\n", encoding="utf-8")
    ran = retro("export", "xlsx", table, *NOW)
    assert ran.code == 0
    assert "--end" in ran.err
    content = io.BytesIO(Path("plan · retro.xlsx").read_bytes())
    assert openpyxl.load_workbook(content).worksheets[0]["F2"].value is None


def test_every_key_of_the_json_is_documented(retro: Retro, salon: Path) -> None:
    """The table of the page of exports has each key of the document and no other, and its version."""
    document = json.loads(retro("export", "json", salon, *NOW).out)
    page = (Path(__file__).parents[2] / "docs/export.md").read_text(encoding="utf-8")
    table = page[page.index("| key of the JSON |") :].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.*`) \| (.*) \|$", table, re.MULTILINE)
    assert sorted(key for keys, _ in rows for key in re.findall(r"\w+", keys)) == sorted(document)
    (version,) = (said for keys, said in rows if keys == "`version`")
    assert version.startswith(f"{document['version']}.")
