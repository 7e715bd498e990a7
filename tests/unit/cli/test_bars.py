"""The bars of a command that takes its time."""

import io
import sys

import pytest

from retro.cli.bars import headway, progress, said
from retro.cli.session import Globals, Session
from retro.i18n import use
from retro.run.headway import Headway


class Terminal(io.StringIO):
    """A terminal that keeps what it was shown."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Somebody looks at standard error. Called from within the test: what captures it comes after the fixtures."""
    found = Terminal()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return found


def test_headway_in_words() -> None:
    """Boards out of all, the one under way, and how much of it has been read, in both languages."""
    now = Headway(source="equipe", done=12, total=300, board="Contenus", tasks=840)
    assert said(now) == "12/300 boards · Contenus (840 tasks read)"
    assert said(Headway(source="equipe", done=1, total=1)) == "1/1 board"
    use("fr")
    try:
        assert said(now) == "12/300 tableaux · Contenus (840 tâches lues)"
    finally:
        use("en")


def test_a_source_has_one_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Source and headway are shown, the board's name as it is: neither markup nor a command to the terminal."""
    terminal = watched(monkeypatch)
    with headway(Session(Globals())) as watch:
        for done, name in enumerate(("[red]One[/red]", "Two\x1b]0;title\x07")):
            watch(Headway(source="equipe", done=done, total=2, board=name))
        watch(Headway(source="equipe", done=2, total=2))
    shown = terminal.getvalue()
    assert "equipe" in shown
    assert "2/2 boards" in shown
    assert "title" not in shown


@pytest.mark.parametrize("options", [Globals(progress=False), Globals(quiet=True)])
def test_no_bars_where_none_are_wanted(monkeypatch: pytest.MonkeyPatch, options: Globals) -> None:
    """With --no-progress or -q nothing is shown."""
    terminal = watched(monkeypatch)
    with headway(Session(options)) as watch, progress(Session(options)) as report:
        watch(Headway(source="equipe", done=1, total=2))
        assert report is None
    assert terminal.getvalue() == ""


def test_a_board_that_is_written_has_its_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers tell a board and its changes."""
    terminal = watched(monkeypatch)
    with progress(Session(Globals())) as report:
        assert report is not None
        report("[b]Contenus", 3, 5)
        report("[b]Contenus", 5, 5)
    assert "[b]Contenus" in terminal.getvalue()


def test_nothing_is_drawn_over_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until there is something to show nothing is drawn: what is asked meanwhile stays on the screen."""
    terminal = watched(monkeypatch)
    with headway(Session(Globals())) as watch:
        assert terminal.getvalue() == ""
        watch(Headway(source="equipe", done=0, total=1))
        assert "equipe" in terminal.getvalue()
    before = terminal.getvalue()
    with progress(Session(Globals())) as report:
        assert terminal.getvalue() == before
        assert report is not None
        report("Contenus", 0, 2)
        assert "Contenus" in terminal.getvalue()
