"""Commands to be typed again: whatever a file is called, the terminal reads its name."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.report.typed import typed


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1), min_size=1))
def test_a_unix_shell_reads_every_word(words: list[str]) -> None:
    """Quotes, blanks, dollars, accents: all come out as they went in."""
    assert shlex.split(typed(words, "linux")) == words


@pytest.mark.parametrize(
    ("word", "windows", "unix"),
    [
        ("board.json", "board.json", "board.json"),
        ("Été.xlsx", "Été.xlsx", "Été.xlsx"),
        ("plan d’été 2027.toml", '"plan d’été 2027.toml"', '"plan d’été 2027.toml"'),
        ("plan d'été.toml", '"plan d\'été.toml"', '"plan d\'été.toml"'),
        ("Tom & Co.xlsx", '"Tom & Co.xlsx"', '"Tom & Co.xlsx"'),
        ("C:\\Users\\Léa\\plan.csv", "C:\\Users\\Léa\\plan.csv", "'C:\\Users\\Léa\\plan.csv'"),
        ("C:\\Mes plans\\a.csv", '"C:\\Mes plans\\a.csv"', "'C:\\Mes plans\\a.csv'"),
        ("$HOME", '"$HOME"', "'$HOME'"),
        ("", '""', '""'),
    ],
)
def test_each_system(word: str, windows: str, unix: str) -> None:
    """Windows knows double quotes alone; a Unix shell would read some signs between them."""
    assert (typed([word], "win32"), typed([word], "linux")) == (windows, unix)
