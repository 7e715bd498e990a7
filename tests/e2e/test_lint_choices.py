"""Exceptions on cards, statistics and exit codes of `retro lint` at the command line."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from retro.i18n import use
from retro.model import Finding
from retro_practices.own.no_owner import NoOwner

Run = Callable[..., Any]

PLAN = """Tâche,Responsable,Début,Échéance,Description
[Web] Maquettes,Léa,04/01/2027,11/01/2027,
[Web] FAQ,,11/01/2027,15/01/2027,retro : ignorer OWN — l’agence nommera quelqu’un
[Print] Flyer,"Léa, Ada",18/01/2027,22/01/2027,
[Print] Affiche,Ada,20/01/2027,25/01/2027,retro: ignore DAT102
[Social] 3 posts,,20/01/2027,25/01/2027,retro: ignore OWM101
"""
NOW = ("--now", "2027-01-04", "--end", "2027-03-01", "--profile", "standard", "--select", "OWN,DAT,SRC106,SRC107")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan with exceptions."""
    file = tmp_path / "plan.csv"
    file.write_text(PLAN, encoding="utf-8")
    return file


def document(retro: Run, *arguments: object) -> dict[str, Any]:
    """What lint says as JSON."""
    held: dict[str, Any] = json.loads(retro("lint", *arguments, "--format", "json").out)
    return held


def test_exceptions_are_counted_and_judged(retro: Run, plan: Path) -> None:
    """What a card holds back is only counted; unused and mistyped lines are told, with the nearest code, in French."""
    told = document(retro, plan, *NOW)
    assert told["summary"]["suppressed"] == 1
    assert [(each["code"], each["task"]["title"]) for each in told["findings"]] == [
        ("OWN101", "[Social] 3 posts"),
        ("OWN102", "[Print] Flyer"),
        ("SRC106", "[Print] Affiche"),
        ("SRC106", "[Social] 3 posts"),
    ]
    assert told["findings"][3]["params"] == {"code": "OWM101", "near": "OWN101"}
    assert "1 suppressed" in retro("lint", plan, *NOW).out
    use("fr")
    french = retro("lint", plan, *NOW, "--all").out
    use("en")
    assert "vouliez-vous dire OWN101" in french
    assert "ignorée" in french


def test_statistics_are_for_who_asks(retro: Run, plan: Path) -> None:
    """Rules with shares and boards with scores, in text and JSON; the slowest rules at -v; nothing of it otherwise."""
    plain = retro("lint", plan, *NOW).out
    asked = retro("lint", plan, *NOW, "--statistics").out
    timed = retro("lint", plan, *NOW, "--statistics", "-v").out
    assert asked.startswith(plain)
    assert "1 of 5 tasks judged, 20%" in asked
    assert "of 100" in asked
    assert ("Slowest rules" in asked, "Slowest rules" in timed) == (False, True)
    assert len(timed.split("Slowest rules")[1].strip().splitlines()) == 5
    assert document(retro, plan, *NOW)["statistics"] is None
    held = document(retro, plan, *NOW, "--statistics")["statistics"]
    rules = {each["code"]: each for each in held["rules"]}
    assert (rules["OWN101"]["findings"], rules["OWN101"]["judged"], rules["OWN101"]["share"]) == (1, 5, 0.2)
    assert rules["OWN101"]["milliseconds"] is None
    assert [(each["open"], each["score"]) for each in held["boards"]] == [(5, 68)]


@pytest.mark.parametrize(
    ("select", "arguments", "code"),
    [
        ("OWN,SRC", (), 1),
        ("OWN,SRC", ("--fail-on", "never"), 0),
        ("OWN102,SRC106", (), 0),
        ("OWN102", ("--fail-on", "warning"), 1),
        ("SRC106", ("--fail-on", "warning"), 0),
        ("SRC106", ("--fail-on", "info"), 1),
        ("OWN", ("--fail-on", "never", "--max-warnings", "1"), 0),
        ("OWN", ("--fail-on", "never", "--max-warnings", "0"), 1),
        ("OWN", ("--max-warnings", "0", "--exit-zero"), 0),
        ("OWN", ("-x", "OWN101:severity=info"), 0),
        ("OWN", ("-x", "OWN101:severity=off", "-x", "OWN102:severity=error"), 1),
    ],
)
def test_exit_codes(retro: Run, plan: Path, select: str, arguments: tuple[str, ...], code: int) -> None:
    """1 for findings at or above --fail-on or above --max-warnings, primary or not; 0 else."""
    assert retro("lint", plan, *NOW[:-1], select, *arguments).code == code


def test_share_and_threshold_are_options_of_every_rule(retro: Run, plan: Path) -> None:
    """On the command line and in retro.toml: one finding for two of five, where the team wants that."""
    one = document(retro, plan, *NOW[:-1], "OWN101", "-x", "OWN101:share=0.1", "-x", "OWN101:threshold=5")
    assert [each["tasks"] for each in one["findings"]] == [
        {"count": 1, "base": 5, "keys": [one["findings"][0]["tasks"]["keys"][0]]}
    ]
    (plan.parent / "retro.toml").write_text(
        "[lint]\nrules = { OWN101 = { share = 0.1, threshold = 5 } }\n", encoding="utf-8"
    )
    again = document(retro, "-c", plan.parent / "retro.toml", plan, *NOW[:-1], "OWN101")
    assert [each["tasks"]["base"] for each in again["findings"]] == [5]
    refused = retro("lint", plan, *NOW, "-x", "OWN101:share=2")
    assert (refused.code, "≤ 1" in refused.err) == (2, True)


@pytest.mark.parametrize(
    "override",
    ['boards = ["PLAN*"]', 'sources = ["*plan.csv"]', 'boards = ["plan*"], sources = ["*.csv"]'],
)
def test_overrides_by_board_and_source(retro: Run, plan: Path, override: str) -> None:
    """A pattern of a board or a source silences a rule there; the exception to it is not called unused then."""
    config = plan.parent / "retro.toml"
    config.write_text(f'[lint]\noverrides = [{{ {override}, ignore = ["OWN", "DAT"] }}]\n', encoding="utf-8")
    told = document(retro, "-c", config, plan, *NOW)
    assert [each["params"]["code"] for each in told["findings"]] == ["OWM101"]


def remarks(workspace: Any, card: str) -> str:
    """What stands in « retro · à revoir » of a card."""
    for board in workspace.server.state.boards.values():
        names = {field["id"]: field["name"] for field in board["customFields"]}
        for each in board["cards"]:
            if each["id"] == card:
                texts = (
                    item["value"].get("text", "")
                    for item in each["customFieldItems"]
                    if names[item["idCustomField"]] == "retro · à revoir"
                )
                return next(texts, "")
    return ""


def test_an_exception_empties_the_remark_on_its_card(retro: Run, workspace: Any) -> None:
    """Once a person writes the line, the night takes the remark off the card, and writes no more the night after."""
    workspace.edit_config('{ own = ["latest", "review"], fill = ["due"] }', '{ own = ["review"] }')
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    cards = [card for board in workspace.server.state.boards.values() for card in board["cards"]]
    card = next(each["id"] for each in cards if "OWN101" in remarks(workspace, each["id"]))
    day = timedelta(days=1)
    held = document(retro, *workspace.arguments())["findings"]
    codes = {each["code"] for each in held if each["task"] and each["task"]["key"].endswith(card)}
    workspace.server.state.edit_card(card, desc=f"retro : ignorer {', '.join(sorted(codes))} — vu avec le client")
    night = retro(*workspace.arguments("sync", now=workspace.clock[0] + day))
    assert night.code == 0, night.err
    assert "OWN101" not in remarks(workspace, card)
    mark = workspace.server.log.mark()
    assert retro(*workspace.arguments("sync", now=workspace.clock[0] + timedelta(hours=1))).code == 0
    assert workspace.server.writes(mark) == 0


def test_a_rule_that_crashes_is_a_bug_of_that_rule(retro: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, and even --exit-zero leaves with 70; the others speak; the baseline forgets nothing of it."""
    held = plan.parent / "accepted.json"
    assert retro("baseline", "write", plan, *NOW, "--baseline", held).code == 0
    before = held.read_bytes()

    def broken(_rule: NoOwner, _context: object) -> Iterator[Finding]:
        raise ZeroDivisionError

    monkeypatch.setattr(NoOwner, "check", broken)
    ran = retro("lint", plan, *NOW, "--format", "json", "--exit-zero")
    assert ran.code == 70
    assert "OWN101" in ran.err
    assert {each["code"] for each in json.loads(ran.out)["findings"]} == {"OWN102", "SRC106"}
    plan.write_text(PLAN.replace("posts,,", "posts,Ada,"), encoding="utf-8")
    assert retro("baseline", "prune", plan, *NOW, "--baseline", held).code == 70
    assert held.read_bytes() == before
