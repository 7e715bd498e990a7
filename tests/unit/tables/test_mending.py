"""Copies of tables in which single cells say something else: only those, as their column writes, and nothing forced."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from retro.tables.csv import read_csv
from retro.tables.csv_copy import mended_csv
from retro.tables.mending import Mend, Mended, is_spelt, shapes_of, spelt
from retro.tables.workbook_mending import mended_workbook

PARIS = ZoneInfo("Europe/Paris")
OLD, NEW = date(2027, 1, 9), date(2027, 1, 8)
MIDNIGHT = time()
NOON = datetime(2027, 1, 9, 12, tzinfo=PARIS)

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\x1e"), max_size=12)


def mend(row: int, column: int, old: Any, new: Any) -> Mend:
    """One cell, called by its place."""
    return Mend(id=f"{row}/{column}", row=row, column=column, old=old, new=new)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6), st.data())
@settings(max_examples=150)
def test_only_the_cell_changes(rows: list[list[str]], data: st.DataObject) -> None:
    """Whatever a CSV file holds, all its other records keep their bytes, and its row all other cells."""
    out = io.StringIO()
    delimiter = data.draw(st.sampled_from(";,\t"))
    if data.draw(st.booleans()):
        writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    else:
        writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["Tâche", "Note", "Où"])
    writer.writerows(rows)
    content = out.getvalue().encode()
    before = read_csv(content, "plan.csv").rows
    place = data.draw(st.integers(1, len(rows)))
    if len(before) != len(rows) + 1 or place >= len(before) or len(before[place]) != 3:
        return  # what is written is not what is read: blank rows at the end, a delimiter among few cells
    old = before[place][1]
    made = mended_csv(content, [mend(place + 1, 2, old, "[SEO] neuf")], {}, PARIS)
    after = read_csv(made.content, "plan.csv").rows
    assert after[:place] + after[place + 1 :] == before[:place] + before[place + 1 :]
    if not made.refused:
        assert after[place] == (before[place][0], "[SEO] neuf", before[place][2])
    else:
        assert made.content == content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_keeps_its_encoding_and_line_ends(encoding: str) -> None:
    """The first line that names the delimiter, the encoding and the ends of lines stay as they are."""
    text = "sep=;\r\nTâche;Échéance\r\nSEO : été;9/1/2027\r\n\r\nFin;12/1/2027\r\n"
    days = {2: {3: OLD, 5: date(2027, 1, 12)}}
    made = mended_csv(text.encode(encoding), [mend(3, 1, "SEO : été", "[SEO] été"), mend(3, 2, OLD, NEW)], days, PARIS)
    assert made.content.decode(encoding) == text.replace("SEO : été;9/1", "[SEO] été;8/1")
    assert made.refused == frozenset()


def test_characters_beyond_the_encoding() -> None:
    """A title with a character that the file's encoding lacks makes the copy UTF-8, with its mark."""
    made = mended_csv("Tâche,Note\nSEO,x\n".encode("cp1252"), [mend(2, 1, "SEO", "[SEO] 🔥")], {}, PARIS)
    assert made.content.decode("utf-8-sig") == "Tâche,Note\n[SEO] 🔥,x\n"


def test_a_text_never_becomes_a_formula() -> None:
    """A new title that a spreadsheet would run is shielded, and read back as it was meant."""
    made = mended_csv(b"Titre,Note\nSEO,x\n", [mend(2, 1, "SEO", "=1+1")], {}, PARIS)
    assert b"'=1+1" in made.content
    assert read_csv(made.content, "x.csv").rows[1][0] == "=1+1"


@pytest.mark.parametrize(
    ("cell", "old"),
    [("05/01 – 09/01/2027", OLD), ("9 janv.", OLD), ("SEO : audit complet", "SEO : audit"), ("x", None)],
)
def test_a_cell_that_says_more_is_left(cell: str, old: Any) -> None:
    """A range of days, words, or a title that is not the one that was read is not written over."""
    content = f"Titre,Note\n{cell},x\n".encode()
    made = mended_csv(content, [mend(2, 1, old, NEW)], {}, PARIS)
    assert made == Mended(content, frozenset({"2/1"}))


@given(
    st.dates(date(2020, 1, 1), date(2039, 12, 31)), st.lists(st.dates(date(2020, 1, 1), date(2039, 12, 31)), min_size=1)
)
def test_days_are_spelt_as_their_column_spells_them(day: date, others: Sequence[date]) -> None:
    """With every usual order of day and month, a day is written so that it reads as the same day among the others."""
    for format_ in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y"):
        cells = [(each.strftime(format_), each) for each in (*others, date(2027, 5, 31))]
        text = spelt(day, shapes_of(cells, PARIS), PARIS)
        assert text == day.strftime(format_)
        assert is_spelt(text, day, PARIS)


def test_instants_are_spelt_with_their_hour() -> None:
    """In a column of days without hours, an instant gets its hour behind the day; where nothing is known, as ISO."""
    assert spelt(NOON, shapes_of([("9/1/2027", OLD)], PARIS), PARIS) == "9/1/2027 12:00"
    assert spelt(NOON, {}, PARIS) == "2027-01-09T12:00"
    assert spelt(OLD, {}, PARIS) == "2027-01-09"


def sheet_of(**cells: Any) -> bytes:
    """A workbook with these cells on its one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Plan"
    for place, value in cells.items():
        sheet[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mended(content: bytes, *mends: Mend, days: dict[int, dict[int, date]] | None = None) -> tuple[Any, frozenset[str]]:
    """The sheet of the copy, and what was refused."""
    made = mended_workbook(content, "plan.xlsx", {"Plan": mends}, {"Plan": days or {}}, PARIS)
    return load_workbook(io.BytesIO(made.content))["Plan"], made.refused


def test_a_workbook_keeps_how_its_days_show() -> None:
    """A day takes the place of a day under the same format; an empty cell gets that of its column."""
    book = load_workbook(io.BytesIO(sheet_of(A1="SEO : audit", B1=OLD, B2=None)))
    book["Plan"]["B1"].number_format = "dd/mm/yyyy"
    out = io.BytesIO()
    book.save(out)
    sheet, refused = mended(
        out.getvalue(),
        mend(1, 1, "SEO : audit", "=[SEO]"),
        mend(1, 2, OLD, NEW),
        mend(2, 2, None, OLD),
        days={2: {1: OLD}},
    )
    assert refused == frozenset()
    assert [sheet[place].value for place in ("A1", "B1", "B2")] == [
        "=[SEO]",
        datetime.combine(NEW, MIDNIGHT),
        datetime.combine(OLD, MIDNIGHT),
    ]
    assert [sheet[place].number_format for place in ("B1", "B2")] == ["dd/mm/yyyy", "dd/mm/yyyy"]
    assert (sheet["A1"].data_type, sheet["A1"].quotePrefix) == ("s", True)


def test_days_that_are_texts_stay_texts() -> None:
    """In a column where days are typed as words, the new day is spelt as they are."""
    sheet, refused = mended(
        sheet_of(B1="9/1/2027", B2=None), mend(1, 2, OLD, NEW), mend(2, 2, None, NEW), days={2: {1: OLD}}
    )
    assert ([sheet["B1"].value, sheet["B2"].value], refused) == (["8/1/2027", "8/1/2027"], frozenset())


def test_an_hour_is_kept_with_its_day() -> None:
    """An instant is written as the clocks of the workspace show it, under a format that shows the hour."""
    earlier = NOON.replace(day=8)
    sheet, _refused = mended(sheet_of(B1=NOON.replace(tzinfo=None)), mend(1, 2, NOON, earlier))
    assert sheet["B1"].value == datetime.combine(NEW, time(12))


def test_cells_that_hold_more_are_left() -> None:
    """A formula, a merged cell, a number, another day and a title with formats of its own are not written over."""
    rich = CellRichText("SEO : ", TextBlock(InlineFont(b=True), "audit"))
    content = sheet_of(A1="=DATE(2027,1,9)", A2=46031, A3=NEW, A4=rich, A5="x", A6=OLD)
    book = load_workbook(io.BytesIO(content), rich_text=True)
    book["Plan"].merge_cells("A5:A6")
    out = io.BytesIO()
    book.save(out)
    wanted = [mend(row, 1, OLD, NEW) for row in (1, 2, 3, 6)]
    _sheet, refused = mended(out.getvalue(), *wanted, mend(4, 1, "SEO : audit", "[SEO] audit"))
    assert refused == {"1/1", "2/1", "3/1", "4/1", "6/1"}
