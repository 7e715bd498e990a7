"""What terminal reports share: no character ends a report in an error, and columns stay where they are."""

from io import BytesIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from retro.report.terminal import encodable, fitted, folded

WORDS = st.text(st.sampled_from("aZ é−’…東🎬→\xa0·œ\u0301"), max_size=40)


def console(encoding: str) -> Console:
    """A console of that encoding."""
    return Console(file=TextIOWrapper(BytesIO(), encoding=encoding), width=80)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "J−17 · l’été → 東京 🎬"),
        ("cp1252", "J-17 · l’été > ???? ??"),
        ("ascii", "J-17 - l'?t? > ???? ??"),
    ],
)
def test_what_a_console_lacks_has_something_like_it(encoding: str, said: str) -> None:
    """Signs of retro's own sentences become their plain likes, all else as many question marks as it is wide."""
    assert encodable(Text("J−17 · l’été → 東京 🎬"), console(encoding)).plain == said


def test_styles_stay_where_they_were() -> None:
    """A style still covers what it covered, though the characters before it have become more."""
    line = Text.assemble("東京 ", ("rouge", "red"))
    shown = encodable(line, console("ascii"))
    (span,) = shown.spans
    assert (shown.plain[span.start : span.end], span.style) == ("rouge", "red")


@given(words=WORDS, encoding=st.sampled_from(["ascii", "latin-1", "cp1252", "cp850", "utf-8"]))
def test_it_can_be_written_and_is_as_wide_as_it_was(words: str, encoding: str) -> None:
    """Whatever the words, the encoding holds what is shown, and columns behind it stay in their places."""
    shown = encodable(Text(words), console(encoding)).plain
    assert shown.encode(encoding).decode(encoding) == shown
    assert sum(map(cell_len, shown)) == sum(map(cell_len, words))


@given(words=WORDS, width=st.integers(1, 30), right=st.booleans(), encoding=st.sampled_from(["ascii", "utf-8"]))
def test_words_fit_exactly(words: str, width: int, right: bool, encoding: str) -> None:  # noqa: FBT001 - Hypothesis
    """Words are filled up or cut to just so many cells; what is cut says so."""
    shown = fitted(words, width, console(encoding), right=right)
    assert cell_len(shown) == width
    if cell_len(words) > width:
        assert shown.rstrip().endswith(".." if encoding == "ascii" else "…") or width < 2


@given(st.text(st.sampled_from("ab «»\xa0\u202f:"), max_size=60), st.integers(21, 60))
def test_a_line_breaks_at_no_blank_that_ties(words: str, width: int) -> None:
    """What is folded breaks at plain blanks alone while its pieces fit, and loses nothing but blanks."""
    narrow = Console(file=TextIOWrapper(BytesIO(), encoding="utf-8"), width=width)
    parts = [part.plain for part in folded([Text(words)], narrow)]
    assert "".join(parts).replace(" ", "") == words.replace(" ", "")
    pieces = words.split(" ")
    if max(map(cell_len, pieces)) <= width - 4:
        assert {piece for part in parts for piece in part.split(" ") if piece} == {piece for piece in pieces if piece}
