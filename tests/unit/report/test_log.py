"""The log at the terminal and as JSON: every fact, and nothing that a board's words could do to a terminal."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from retro.i18n import use
from retro.model import Change, WriteLevel
from retro.ports import Intent, RunRecord
from retro.report import json_log, log_text

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 8, 5, 30, tzinfo=UTC)
RUN = RunRecord(id="3f2a", command="sync", started=NOW, finished=NOW + timedelta(seconds=4), writes=2)


@pytest.fixture(autouse=True)
def _english(french: None) -> None:
    use("en")


def intent(state: str = "acknowledged", why: str = "schedule", title: str = "Brief") -> Intent:
    """A journalled change."""
    change = Change(
        id="c",
        task="trello:t1",
        title=title,
        url="https://trello.com/c/x",
        board="trello:b1",
        field="retro_latest",
        level=WriteLevel.OWN,
        old=None,
        new=date(2027, 2, 19),
        why=why,
        revision="",
    )
    settled = None if state == "pending" else NOW
    return Intent(id=1, run="3f2a", change=change, state=state, created=NOW, settled=settled, returned=change.new)


def drawn(intents: list[Intent], width: int = 120) -> str:
    """The changes as the terminal shows them."""
    out = io.StringIO()
    log_text.draw_changes(intents, Console(file=out, width=width), PARIS, {"trello:b1": "Contenus"})
    return out.getvalue()


def test_a_change_is_one_line() -> None:
    """Run, local time, field, old and new value and reason stand on one line under the task and its board."""
    title, change = drawn([intent()]).splitlines()
    assert title.split() == ["Brief", "Contenus", "·", "trello:t1"]
    assert change == "  3f2a  8 Jan 2027 06:30  at the latest  empty → 19 Feb 2027  (schedule)"


@pytest.mark.parametrize(
    ("state", "said"),
    [("pending", "not settled yet"), ("refused", "the task had changed"), ("abandoned", "did not arrive")],
)
def test_what_was_not_written_says_so(state: str, said: str) -> None:
    """A change that did not become a write is told from one that did."""
    assert said in drawn([intent(state)])


def test_who_did_it_and_what_stood_there() -> None:
    """The history of a task tells each change's command and account, and what the tool held where that is not it."""
    out = io.StringIO()
    refused = replace(intent("refused"), returned=date(2027, 3, 1))
    run = replace(RUN, who="lea\x1b[31m")
    log_text.draw_changes([refused], Console(file=out, width=160), PARIS, {}, runs=[run])
    assert "sync · lea" in out.getvalue()
    assert "\x1b" not in out.getvalue()
    assert "then held: 1 Mar 2027" in out.getvalue()
    assert "then held" not in drawn([intent()])


def test_an_undo_names_its_run() -> None:
    """The reason of an undo's change is the run that it takes back, in the reader's language."""
    assert "takes back run 77aa" in drawn([intent(why="undo 77aa")])
    use("fr")
    assert "annule l’exécution 77aa" in drawn([intent(why="undo 77aa")])


def test_a_boards_words_do_nothing_to_the_terminal() -> None:
    """Escape sequences in a title do not reach the terminal."""
    assert "\x1b" not in drawn([intent(title="\x1b[2JBrief\x1b]0;owned\x07")])


def test_runs_are_listed() -> None:
    """Each run has its id, local time, command and writes; one that did not end says so."""
    out = io.StringIO()
    cut = RunRecord(id="77aa", command="undo 3f2a", started=NOW)
    log_text.draw_runs([(cut, 1), (RUN, 2)], Console(file=out, width=120), PARIS)
    first, second = out.getvalue().splitlines()
    assert first == "77aa  8 Jan 2027 06:30  undo 3f2a  1 write  interrupted"
    assert second == "3f2a  8 Jan 2027 06:30  sync       2 writes"


def test_json_holds_every_fact() -> None:
    """The document has runs and changes with offsets, and null where something is not known or was not asked for."""
    options = {"now": NOW, "zone_name": "Europe/Paris", "lang": "en"}
    document = json_log.document([(RUN, 2)], [intent("pending")], **options)  # type: ignore[arg-type]  # by name
    assert document["version"] == 1
    assert document["runs"] == [
        {
            "id": "3f2a",
            "command": "sync",
            "who": None,
            "started": "2027-01-08T06:30:00+01:00",
            "finished": "2027-01-08T06:30:04+01:00",
            "writes": 2,
            "fields": [],
        }
    ]
    (change,) = document["changes"]
    assert (change["old"], change["new"], change["settled"]) == (None, "2027-02-19", None)
    assert change["task"] == {"key": "trello:t1", "title": "Brief", "url": "https://trello.com/c/x"}
    assert json_log.document([], None, **options)["changes"] is None  # type: ignore[arg-type]  # by name
