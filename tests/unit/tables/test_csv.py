"""CSV files in every encoding and dialect that people's tools write."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.ports import UnreadableError
from retro.tables.csv import delimiter_of, first_rows, read_csv
from retro.tables.encoding import decode
from retro.tables.formulas import shielded

_TEXT = "Titre;Échéance\nRédiger l’article;05/01/2027\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    """The same rows come out whichever encoding they went in by."""
    table = read_csv(_TEXT.encode(encoding), "plan.csv")
    assert table.rows == (("Titre", "Échéance"), ("Rédiger l’article", "05/01/2027"))


def test_latin_1_bytes_that_cp1252_lacks_lose_no_row() -> None:
    """A byte that no encoding explains is one odd character, not the end of the file."""
    assert read_csv(b"Titre;Qui\nCaf\xe9 \x81;L\xe9a\n", "a.csv").rows[1] == ("Café \x81", "Léa")


def test_lines_pasted_from_elsewhere_are_read_by_themselves() -> None:
    """One line in another encoding spoils neither itself nor the others."""
    content = "Titre;Qui\nRédiger;Léa\n".encode() + "Créer;Zoé\n".encode("cp1252")
    assert read_csv(content, "a.csv").rows[1:] == (("Rédiger", "Léa"), ("Créer", "Zoé"))


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found_by_looking(delimiter: str) -> None:
    """Each delimiter is told from the others that stand inside cells."""
    rows = [["Titre", "Notes", "JH"], ["Brief, court", "a; b", "1,5"], ["Article", "un, deux", "2,5"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert delimiter_of(out.getvalue()) == delimiter
    assert [list(row) for row in read_csv(out.getvalue().encode(), "a.csv").rows] == rows


def test_titles_above_do_not_hide_the_delimiter() -> None:
    """Banner lines with other signs in them do not outvote the table."""
    text = "Rétroplanning, salon, mars\n\nTitre;Qui;Quand\nStand;Léa;5/1/2027\nFlyer;Paul;6/1/2027\n"
    assert delimiter_of(text) == ";"


def test_newlines_inside_quotes_stay_in_their_cell() -> None:
    """A quoted newline, comma or doubled quotation mark is text."""
    table = read_csv(b'Titre,Notes\r\nA,"un\r\ndeux, ""trois"""\r\nB,\r\n', "a.csv")
    assert table.rows == (("Titre", "Notes"), ("A", 'un\r\ndeux, "trois"'), ("B", None))


def test_blank_rows_are_kept_so_that_places_stay_true() -> None:
    """Row numbers are those of the file's records."""
    table = read_csv(b"Titre,Qui\n\n , \nA,Paul\n", "a.csv")
    assert table.first_line == 1
    assert [len(row) for row in table.rows] == [2, 0, 2, 2]
    assert table.rows[2] == (None, None)


def test_excels_own_hint_is_no_row() -> None:
    """`sep=;` names the delimiter, and rows are counted from the line after it."""
    table = read_csv(b"sep=|\nTitre|Qui\nA,b|Paul\n", "a.csv")
    assert table.rows == (("Titre", "Qui"), ("A,b", "Paul"))
    assert table.first_line == 2


def test_an_unclosed_quotation_mark_is_refused_with_its_line() -> None:
    """Rows that a lone quotation mark would swallow are never lost in silence."""
    with pytest.raises(UnreadableError) as refused:
        read_csv(b'Titre,Qui\nA,Paul\nB,"L\xc3\xa9a\nC,Zoe\n', "plan.csv")
    assert refused.value.where == "plan.csv:3"


@pytest.mark.parametrize("content", [b"", b"  \n \n", b"\xef\xbb\xbf\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xfe"])
def test_what_is_empty_or_no_text_is_refused(content: bytes) -> None:
    """Nothing, and bytes that are no text, say so."""
    with pytest.raises(UnreadableError):
        read_csv(content, "a.csv")


def test_the_beginning_of_a_file_gives_its_whole_rows() -> None:
    """A head cut inside a character and a row gives the rows before the cut."""
    head = "Titre,Qui\nA,Paul\nB,Lé".encode()[:-1]
    assert first_rows(head) == (("Titre", "Qui"), ("A", "Paul"))
    assert first_rows(b"\0\1\2") == ()


_CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_a_writer_wrote_is_read(rows: list[list[str]]) -> None:
    """Cells come back as they were before they were shielded from becoming formulas, blank ones as None."""
    out = io.StringIO()
    written = [[shielded(cell) for cell in row] for row in rows]
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows([["sep", "är", "né", "à"], *written])
    read = read_csv(b"sep=;\n" + out.getvalue().encode(), "a.csv").rows[1:]
    assert [list(row) for row in read] == [[cell if cell.strip() else None for cell in row] for row in rows]


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_decoder(content: bytes) -> None:
    """Any bytes are text or none."""
    text = decode(content, cut=True)
    assert text is None or isinstance(text, str)
