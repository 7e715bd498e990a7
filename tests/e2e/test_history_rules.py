"""Rules of history over nights of a real workspace: what retro's own reads tell, and nothing where it has none."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Retro = Callable[..., Any]
HEAD = "id;Tâche;Responsable;Statut;Échéance\n"
CODES = "END103,STA104,DAT105,RIT102,RIT103,SRC102"


class Nights:
    """A workspace of one sheet that a team edits, linted on one day after another."""

    def __init__(self, folder: Path, retro: Retro) -> None:
        self.sheet = folder / "planning.csv"
        self.toml = folder / "retro.toml"
        self._retro = retro
        self.launch("2027-03-01")

    def launch(self, day: str) -> None:
        """Configure the date that the project works to."""
        self.toml.write_text(
            "version = 1\n"
            f'[sources.salon]\nkind = "file"\npath = "{self.sheet.as_posix()}"\n'
            '[boards.plan]\nsource = "salon"\n'
            f'[projects.salon]\nboards = ["plan"]\nanchors = [{{ name = "Salon", date = {day} }}]\n',
            encoding="utf-8",
        )

    def write(self, *rows: str) -> None:
        """Somebody saves the sheet."""
        self.sheet.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")

    def run(self, day: str, *arguments: str) -> Any:
        """One command of a day."""
        return self._retro("--config", self.toml, "--now", f"{day}T08:00", *arguments)

    def said(self, day: str, *more: str, codes: str = CODES) -> dict[str, dict[str, Any]]:
        """The findings of a day by code; each has what it is about and its facts."""
        options = ("--select", codes, "--profile", "standard", "--format", "json", "--exit-zero")
        ran = self.run(day, *more, "lint", *options)
        assert ran.out, ran.err
        return {each["code"]: each for each in json.loads(ran.out)["findings"]}


@pytest.fixture
def nights(tmp_path: Path, retro: Retro) -> Nights:
    """The workspace."""
    return Nights(tmp_path, retro)


def test_work_that_stands_still_is_told_once_its_days_are_over(nights: Nights) -> None:
    """A sheet tells no time: its row is under way since the first read that found it so, and a move begins anew."""
    nights.write("1;Flyer;Léa;À faire;2027-02-01")
    assert "STA104" not in nights.said("2027-01-04")
    nights.write("1;Flyer;Léa;En cours;2027-02-01")
    for day in ("2027-01-05", "2027-01-12", "2027-01-19"):
        assert "STA104" not in nights.said(day)
    assert nights.said("2027-01-20")["STA104"]["params"] == {"since": "2027-01-05"}
    assert nights.said("2027-01-25")["STA104"]["params"] == {"since": "2027-01-05"}
    nights.write("1;Flyer;Léa;En validation;2027-02-01")
    assert "STA104" not in nights.said("2027-01-26")
    assert nights.said("2027-02-03")["STA104"]["params"] == {"since": "2027-01-26", "who": ["Léa"]}


def test_a_launch_that_moves_is_held_against_the_first_read_then_the_baseline(nights: Nights) -> None:
    """Each move counts; a baseline takes the date for agreed, and only moves since then are told."""
    nights.write("1;Flyer;Léa;À faire;2027-02-01")
    assert "END103" not in nights.said("2027-01-04")
    nights.launch("2027-03-08")
    nights.said("2027-01-05")
    nights.launch("2027-03-15")
    moved = nights.said("2027-01-06")["END103"]
    facts = {"anchor": "Salon", "was": "2027-03-01", "now": "2027-03-15", "count": 2, "since": "2027-01-04"}
    assert (moved["severity"], moved["params"]) == ("warning", facts)
    assert nights.run("2027-01-07", "baseline", "plan", "set", "comité").code == 0
    assert "END103" not in nights.said("2027-01-08")
    nights.launch("2027-03-22")
    moved = nights.said("2027-01-11")["END103"]
    agreed = {"was": "2027-03-15", "now": "2027-03-22", "count": 1, "since": "2027-01-07", "baseline": "comité"}
    assert moved["params"] == {"anchor": "Salon", **agreed}
    nights.launch("2027-03-15")
    assert "END103" not in nights.said("2027-01-12")


def test_a_launch_asked_for_by_an_option_is_no_move(nights: Nights) -> None:
    """`--end` supposes a date: it is neither remembered nor told."""
    nights.write("1;Flyer;Léa;À faire;2027-02-01")
    nights.said("2027-01-04")
    options = ("--end", "2027-06-01", "--select", "END103", "--profile", "standard", "--exit-zero", "--format", "json")
    assert json.loads(nights.run("2027-01-05", "lint", *options).out)["findings"] == []
    assert nights.said("2027-01-06", codes="END103") == {}


def test_a_due_date_that_moves_from_read_to_read_is_counted(nights: Nights) -> None:
    """A tool that tells no moves is watched by the reads; who moved it is not known."""
    for day, due in (("04", "01"), ("05", "08"), ("06", "15"), ("07", "15"), ("08", "22")):
        nights.write(f"1;Flyer;Léa;À faire;2027-02-{due}")
        found = nights.said(f"2027-01-{day}")
        assert ("DAT105" in found) is (day == "08")
    assert found["DAT105"]["params"] == {"count": 3, "first": "2027-02-01"}


def test_a_board_that_nobody_touches_is_asleep_after_two_meetings(nights: Nights) -> None:
    """Two Mondays without a change; an edit of any cell wakes it."""
    nights.write("1;Flyer;Léa;En cours;2027-02-01")
    for day in ("2027-01-05", "2027-01-12", "2027-01-18"):
        assert "RIT102" not in nights.said(day)
    assert nights.said("2027-01-19")["RIT102"]["params"] == {"since": "2027-01-05", "count": 2}
    nights.write("1;Flyer;Karim;En cours;2027-02-01")
    assert "RIT102" not in nights.said("2027-01-20")


def test_a_look_back_makes_nothing_older_than_it_is(nights: Nights) -> None:
    """`--now` of two months ago, twice, and what is under way is so since yesterday all the same."""
    nights.write("1;Flyer;Léa;En cours;2027-02-01")
    nights.said("2027-01-12")
    for _time in range(2):
        nights.said("2026-11-02")
    assert not nights.said("2027-01-13").keys() & {"STA104", "RIT102"}
    assert nights.said("2027-01-27")["STA104"]["params"] == {"since": "2027-01-12"}


def test_offline_remembers_nothing_and_tells_what_is_known(nights: Nights) -> None:
    """Without a read nothing is found to have moved; what earlier reads told is still said."""
    nights.write("1;Flyer;Léa;En cours;2027-02-01")
    nights.said("2027-01-05")
    nights.launch("2027-03-08")
    assert "END103" in nights.said("2027-01-20", "--offline")
    nights.launch("2027-03-01")
    found = nights.said("2027-01-21", "--offline")
    assert "END103" not in found
    assert found["STA104"]["params"] == {"since": "2027-01-05"}
    assert "RIT102" not in found, "nobody knows whether somebody changed it since"


def test_a_source_that_fails_is_told_with_the_age_of_its_data(nights: Nights) -> None:
    """The last snapshot stands in, and the finding says of when it is; offline is no failure."""
    nights.write("1;Flyer;Léa;En cours;2027-02-01")
    nights.said("2027-01-05")
    nights.sheet.unlink()
    failed = nights.said("2027-01-19")
    assert failed["SRC102"]["severity"] == "error"
    assert failed["SRC102"]["params"]["since"] == "2027-01-05"
    assert "RIT102" not in failed
    assert "SRC102" not in nights.said("2027-01-19", "--offline")


def test_a_path_has_no_history(nights: Nights, retro: Retro) -> None:
    """Of files given on the command line nothing is remembered: rules of history are silent, however often they run."""
    nights.write("1;Flyer;Léa;En cours;2027-02-01")
    options = ("--select", CODES, "--profile", "standard", "--format", "json", "--exit-zero")
    for day in ("2027-01-05", "2027-01-26"):
        ran = retro("--config", nights.toml, "--now", day, "lint", nights.sheet, *options)
        assert json.loads(ran.out)["findings"] == []


def test_own_writes_hide_nothing_of_the_past(retro: Retro, campaign_of_three: Any) -> None:
    """The launch moves, so that retro writes on every card: since when one stands still stays as it was."""
    workspace = campaign_of_three
    cards = [card for board in workspace.server.state.boards.values() for card in board["cards"]]
    (launch,) = (card for card in cards if "2027-01-28" in (card["due"] or ""))
    first = datetime.fromisoformat(launch["due"])

    def said(code: str) -> dict[str, dict[str, Any]]:
        options = ("--select", code, "--profile", "standard", "--format", "json", "--exit-zero")
        found = json.loads(retro(*workspace.arguments("lint", *options)).out)["findings"]
        return {each["subject"].removeprefix("trello:"): each["params"] for each in found}

    before = said("STA104")
    assert before
    for week in (0, 1):
        launch["due"] = (first + timedelta(days=7 * week)).isoformat()
        workspace.on(workspace.clock[0] + timedelta(days=1))
        assert retro(*workspace.arguments("apply", "--yes", "--force")).code == 0
        touched = {card["id"]: card["dateLastActivity"][:10] for card in cards}
        assert {touched[id_] for id_ in before} == {workspace.clock[0].date().isoformat()}, "retro wrote on them"
        assert said("STA104") == before
    (moved,) = said("END103").values()
    assert (moved["count"], moved["was"]) == (1, first.date().isoformat())
