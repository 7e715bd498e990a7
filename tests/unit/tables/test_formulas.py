"""Text that must never become a formula, and formulas that are no values."""

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.tables.csv import read_csv
from retro.tables.csv_text import Value, csv_text
from retro.tables.formulas import is_error, is_formula, shielded, unshielded

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(st.text(st.sampled_from("=+-@＝\t\r\n' aé1(")))
def test_shielded_text_starts_no_formula_and_comes_back(text: str) -> None:
    """Behind its apostrophe no text is a formula, blanks before the sign or not, and it is read back as it was."""
    safe = shielded(text)
    assert unshielded(safe) == text
    assert not safe.lstrip(" ").startswith(_STARTS)


def test_plain_text_stays_as_it_is() -> None:
    """An apostrophe of the language is none that shields."""
    for text in ("l’article", "'quoted'", "a = b", "", "'"):
        assert shielded(text) == text == unshielded(text)


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "#VALEUR!", "#NOM?", "#ref!"])
def test_errors_of_formulas_are_known(text: str) -> None:
    """What a failed formula shows, in English and French, is no value; a hash before a word is one."""
    assert is_error(text)
    assert not is_error("#12")
    assert not is_error("#urgent")


def test_formulas_are_told_from_arrows() -> None:
    """A formula's text begins like one; an arrow of equals signs does not."""
    assert is_formula("=A1+2")
    assert is_formula("=SOMME(B2:B9)")
    assert not is_formula("=> relancer")
    assert not is_formula("A=B")


@pytest.mark.parametrize(("lang", "delimiter", "half"), [("fr", ";", "0,5"), ("en", ",", "0.5")])
def test_a_csv_file_is_written_as_its_readers_expect(lang: str, delimiter: str, half: str) -> None:
    """French spreadsheets divide cells by semicolons and decimals by commas; days are ISO in every language."""
    row: list[Value] = ["=1+1", 0.5, date(2027, 1, 5), datetime(2027, 1, 5, 14, 30), None, "a\nb"]  # noqa: DTZ001 - as sheets hold it
    text = csv_text(["Tâche", "JH", "Fin", "Début", "Qui", "Note"], [row], lang=lang)
    [_head, cells] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert cells == ["'=1+1", half, "2027-01-05", "2027-01-05T14:30", "", "a\nb"]
    assert read_csv(text.encode(), "a.csv").rows[1][0] == "=1+1"
