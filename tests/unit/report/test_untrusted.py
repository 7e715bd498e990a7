"""What boards hold is made safe before it is shown."""

import json
import sys

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from retro.report import untrusted
from retro.report.document import dumps
from retro.report.untrusted import printable, sheet_cell, web_address


@given(st.text())
def test_nothing_printable_controls_a_terminal(words: str) -> None:
    """No text comes out with a control character, an escape or a mark that turns the direction of writing."""
    clean = printable(words)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 or "\u202a" <= sign <= "\u202e" for sign in clean)


def test_what_is_printable_needs_no_cleaning() -> None:
    """No pattern touches a character that Python calls printable, so that text of these alone is left as it is."""
    signs = "".join(sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isprintable())
    for pattern in (untrusted._ESCAPE, untrusted._BLANK, untrusted._UNSEEN, untrusted._TAGS):
        assert pattern.search(signs) is None


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("\x1b[31mRouge\x1b[0m", "Rouge"),
        ("\x1b]8;;https://evil.example\x07lien\x1b]8;;\x07", "lien"),
        ("deux\r\nlignes\tici", "deux lignes ici"),
        ("gp\u202egnp.exe", "gpgnp.exe"),
        ("sens\u061c \u206ainverse", "sens inverse"),
        ("note\ufff9en\ufffa marge\ufffb", "noteen marge"),
        ("caché\U000e0069\U000e0067\U000e006e", "caché"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f Leeds",) * 2,
        ("Été à l’Œuvre – 12 €", "Été à l’Œuvre – 12 €"),
    ],
)
def test_words_survive_and_escapes_do_not(words: str, clean: str) -> None:
    """Escape sequences go whole, ordinary words stay as they are."""
    assert printable(words) == clean


@given(st.text(st.characters(categories=["Cc", "Cs", "Cn", "Co"]) | st.sampled_from("ab\ufffe\uffff\ufdd0\U0010ffff")))
def test_all_that_is_printable_may_stand_in_xml(words: str) -> None:
    """No text comes out with a character that XML, or any Unicode text, may not hold."""
    fromstring(f"<a>{printable(words)}</a>")


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


@pytest.mark.parametrize("hidden", ["\u061c", "\u2066", "\ufffe", "\x9b", "\U000e0069", "\ufff9"])
def test_json_spells_out_what_nobody_sees(hidden: str) -> None:
    """A document holds every character that a board has, those that cannot be seen as escapes that any reader knows."""
    document = dumps({"title": f"a{hidden}b 👩‍👩‍👧"})
    assert hidden not in document
    assert json.loads(document) == {"title": f"a{hidden}b 👩‍👩‍👧"}
