"""The table of requests at the terminal."""

import io

import pytest
from rich.console import Console

from retro.i18n import use
from retro.ports import SourceTally, Tally
from retro.report import traffic_text

READS = Tally(method="GET", path="/boards/{id}", calls=300, again=((429, 2), (None, 1)), paced=20.94, told=20.0)
WRITES = Tally(method="PUT", path="/cards/{id}", calls=12, again=((429, 1), (503, 1)))


def drawn(*tallies: SourceTally, width: int = 140) -> str:
    """The table as text."""
    out = io.StringIO()
    traffic_text.draw(tallies, Console(file=out, width=width, markup=False, highlight=False))
    return out.getvalue()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Requests", "2 × HTTP 429, 1 × lost", "20.9 s", "base: always at least 7 requests away"]),
        ("fr", ["Requêtes", "2 × HTTP 429, 1 × perdue", "20,9 s", "base : toujours à 7 requêtes au moins"]),
    ],
)
def test_sources_and_kinds_of_requests(lang: str, words: list[str]) -> None:
    """Each source has its sum and a line for each kind: how many, how many again and why, what was waited."""
    use(lang)
    try:
        text = drawn(SourceTally(source="equipe", lines=(READS, WRITES), left=9), SourceTally(source="base", left=7))
    finally:
        use("en")
    assert all(word in text for word in words), text
    assert " 9 " not in text  # its limit was reached
    lines = text.splitlines()
    source = next(line for line in lines if line.startswith("equipe"))
    assert source.split()[1] == "312"
    assert "3 × HTTP 429" in source
    assert next(line for line in lines if "PUT" in line).split()[-2:] == ["-", "-"]
    columns = {line.index(number) + len(number) for line, number in ((source, "312"), (lines[2], "300"))}
    assert len(columns) == 1, text
    assert any(line.split()[:2] == ["base", "0"] for line in lines)


def test_nothing_is_drawn_where_nothing_was_asked() -> None:
    """Without a source there is no table."""
    assert drawn() == ""


def test_board_words_do_no_harm() -> None:
    """Names are shown without control characters and are no markup, on a narrow terminal too."""
    text = drawn(SourceTally(source="[red]é\x1b[31m", lines=(READS,)), width=40)
    assert "\x1b" not in text
    assert "[red]é" in text
    assert max(map(len, text.splitlines())) <= 40
