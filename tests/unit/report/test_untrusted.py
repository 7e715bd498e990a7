"""What boards hold is made safe before it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.report.untrusted import printable, sheet_cell, web_address


@given(st.text())
def test_nothing_printable_controls_a_terminal(words: str) -> None:
    """No text comes out with a control character, an escape or a mark that turns the direction of writing."""
    clean = printable(words)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 or "\u202a" <= sign <= "\u202e" for sign in clean)


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("\x1b[31mRouge\x1b[0m", "Rouge"),
        ("\x1b]8;;https://evil.example\x07lien\x1b]8;;\x07", "lien"),
        ("deux\r\nlignes\tici", "deux lignes ici"),
        ("gp\u202egnp.exe", "gpgnp.exe"),
        ("Été à l’Œuvre – 12 €", "Été à l’Œuvre – 12 €"),
    ],
)
def test_words_survive_and_escapes_do_not(words: str, clean: str) -> None:
    """Escape sequences go whole, ordinary words stay as they are."""
    assert printable(words) == clean


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.b/c",
        "//evil.example",
        "https://",
        "https://a b",
        "http://[",
        "",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    """Anything but http and https with a host is no link."""
    assert web_address(url) is None


def test_web_addresses_stay_as_they_are() -> None:
    """An ordinary card's address is kept."""
    assert web_address("https://trello.com/c/AbCd1234") == "https://trello.com/c/AbCd1234"


@given(st.text())
def test_no_cell_is_a_formula(words: str) -> None:
    """Whatever a board holds, no cell begins like a formula, also behind blanks."""
    cell = sheet_cell(words)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
