"""A console without UTF-8 shows sentences that can be read."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.i18n.signs import HANDLER, offer

SAID = "J−66 : « l’œuvre » est prête… → 3 €\u202f!"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", 'J-66 : " l\'oeuvre " est prete... > 3 EUR !'),
        ("latin-1", "J-66 : « l'oeuvre » est prête... > 3 EUR !"),
        ("cp850", "J-66 : « l'oeuvre » est prête... > 3 EUR !"),
        ("cp1252", "J-66 : « l’œuvre » est prête… > 3 € !"),
        ("utf-8", SAID),
    ],
)
def test_french_can_be_read(encoding: str, shown: str) -> None:
    """Each encoding keeps what it has; the rest becomes what it is like, in an old console of Windows, too."""
    offer()
    assert SAID.encode(encoding, HANDLER).decode(encoding) == shown


def test_an_accent_apart_is_left_out() -> None:
    """A Mac keeps the accents of file names apart: the letters stay, and no ? stands beside them."""
    offer()
    assert "e\u0301te\u0301".encode("cp1252", HANDLER) == b"ete"


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_fails(text: str) -> None:
    """Whatever a board says, and whatever a file is called, there is something to show."""
    offer()
    assert text.encode("ascii", HANDLER).isascii()


def test_a_stream_uses_it(tmp_path: Path) -> None:
    """A stream that is told to do so writes on."""
    offer()
    file = io.TextIOWrapper((tmp_path / "a").open("wb"), encoding="latin-1")
    with file:
        file.reconfigure(errors=HANDLER)
        file.write("d’avance \ud800")
    assert (tmp_path / "a").read_bytes() == b"d'avance ?"
