"""Remarks that a team accepts for now: written, shown, pruned, and kept from reports, exit codes and boards."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from retro.i18n import use

Run = Callable[..., Any]

PLAN = """Tâche,Responsable,Début,Échéance,ID
[Web] Maquettes,Léa,04/01/2027,11/01/2027,1
[Web] FAQ,,11/01/2027,15/01/2027,2
[Print] Flyer,,18/01/2027,22/01/2027,3
[Print] Affiche,Ada,20/01/2027,12/01/2027,4
"""
NOW = ("--now", "2027-01-04", "--end", "2027-03-01", "--profile", "standard", "--select", "OWN,DAT")


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan in a folder without a configuration."""
    folder = tmp_path / "plan"
    folder.mkdir()
    monkeypatch.chdir(folder)
    file = folder / "plan.csv"
    file.write_text(PLAN, encoding="utf-8")
    return file


def lint(retro: Run, *arguments: object) -> tuple[int, dict[str, Any]]:
    """The exit code and the document of `lint`."""
    ran = retro("lint", *arguments, *NOW, "--format", "json")
    document: dict[str, Any] = json.loads(ran.out)
    return ran.code, document


def told(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Code and title of each remark."""
    return [(each["code"], each["task"]["title"]) for each in document["findings"]]


def test_what_is_accepted_is_not_told_again(retro: Run, plan: Path) -> None:
    """After `write` lint is silent, leaves with 0 and counts what it holds back; a new fault is told, and fails."""
    code, before = lint(retro, plan.name)
    assert (code, len(before["findings"]), before["summary"]["baselined"]) == (1, 3, 0)
    written = retro("baseline", "write", plan.name, *NOW)
    assert (written.code, written.out.splitlines()[0]) == (0, "3 remarks accepted for now")
    for arguments in ((), ("--new-only",), ("--baseline", "retro-baseline.json", "--max-warnings", "0")):
        code, document = lint(retro, plan.name, *arguments)
        assert (code, document["findings"], document["summary"]["baselined"]) == (0, [], 3)
    plan.write_text(PLAN + "[Web] Bannière,,25/01/2027,29/01/2027,5\n", encoding="utf-8")
    code, document = lint(retro, plan.name, "--new-only")
    assert (code, told(document)) == (1, [("OWN101", "[Web] Bannière")])
    assert document["summary"]["error"] == 1
    assert "3 in the baseline" in retro("lint", plan.name, *NOW).out


def test_a_second_write_changes_nothing(retro: Run, plan: Path) -> None:
    """The file stays byte for byte what it was, whatever the day."""
    retro("baseline", "write", plan.name, *NOW)
    file = plan.with_name("retro-baseline.json")
    before = file.read_bytes()
    again = retro("baseline", "write", plan.name, "--now", "2027-01-05", *NOW[2:])
    assert (again.code, "nothing has changed" in again.out) == (0, True)
    assert file.read_bytes() == before


def test_pruning_takes_out_what_was_mended(retro: Run, plan: Path) -> None:
    """The fault that is gone leaves the file, the new one is not accepted, the others stay with their day."""
    retro("baseline", "write", plan.name, *NOW)
    mended = PLAN.replace("FAQ,,", "FAQ,Ada,") + "[Web] Bannière,,25/01/2027,29/01/2027,5\n"
    plan.write_text(mended, encoding="utf-8")
    ran = retro("baseline", "prune", plan.name, "--now", "2027-01-12", *NOW[2:])
    assert (ran.code, ran.out.splitlines()[0]) == (0, "2 remarks accepted for now · 0 new · 1 taken out")
    held = json.loads(plan.with_name("retro-baseline.json").read_text("utf-8"))
    assert [(each["code"], each["title"], each["since"]) for each in held["findings"]] == [
        ("DAT102", "[Print] Affiche", "2027-01-04"),
        ("OWN101", "[Print] Flyer", "2027-01-04"),
    ]
    assert held["written"] == "2027-01-12T09:00:00+01:00"
    assert told(lint(retro, plan.name)[1]) == [("OWN101", "[Web] Bannière")]


def test_files_and_rules_that_were_not_looked_at_stay(retro: Run, plan: Path) -> None:
    """Pruning with another file, or with one family only, forgets nothing else."""
    other = plan.with_name("autre.csv")
    other.write_text(PLAN, encoding="utf-8")
    retro("baseline", "write", plan.name, other.name, *NOW)
    other.write_text(PLAN.replace(",,", ",Ada,").replace("12/01/2027", "25/01/2027"), encoding="utf-8")
    ran = retro("baseline", "prune", other.name, *NOW[:-1], "DAT")
    assert ran.out.splitlines()[0] == "5 remarks accepted for now · 0 new · 1 taken out"
    ran = retro("baseline", "write", other.name, *NOW)
    assert ran.out.splitlines()[0] == "3 remarks accepted for now · 0 new · 2 taken out"
    assert lint(retro, plan.name)[1]["findings"] == []


def test_show_lists_them_by_rule(retro: Run, plan: Path) -> None:
    """How many of each rule and since when; with --all what each is about; as JSON everything."""
    retro("baseline", "write", plan.name, *NOW)
    shown = retro("baseline", "show").out
    assert "2  OWN101   no-owner  since 4 Jan 2027" in shown
    assert "Flyer" not in shown
    assert "[Print] Flyer" in retro("baseline", "show", "--all").out
    use("fr")
    assert "sans responsable  depuis le 4 janv. 2027" in retro("baseline", "show").out
    use("en")
    document = json.loads(retro("baseline", "show", "--format", "json").out)
    assert document["rules"] == [
        {"code": "OWN101", "name": "no-owner", "count": 2},
        {"code": "DAT102", "name": "start-after-due", "count": 1},
    ]
    assert {each["title"] for each in document["findings"]} == {"[Web] FAQ", "[Print] Flyer", "[Print] Affiche"}
    assert (document["version"], document["baseline"]["written"]) == (1, "2027-01-04T09:00:00+01:00")


def test_show_of_a_file_that_somebody_has_touched_harms_no_terminal(retro: Run, plan: Path) -> None:
    """Codes and titles come from a file that is shared, and are shown without what would steer a terminal."""
    retro("baseline", "write", plan.name, *NOW)
    file = plan.with_name("retro-baseline.json")
    text = (
        file.read_text("utf-8").replace('"OWN101"', '"OWN\\u001b[31m901"').replace("[Web] FAQ", "\\u001b]0;x\\u0007FAQ")
    )
    file.write_text(text, encoding="utf-8")
    shown = retro("baseline", "show", "--all").out
    assert "OWN901" in shown
    assert "FAQ" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    "command",
    [("lint", "plan.csv", "--new-only"), ("baseline", "show"), ("baseline", "prune", "plan.csv")],
)
def test_without_a_baseline_it_is_said_how_to_write_one(retro: Run, plan: Path, command: tuple[str, ...]) -> None:
    """What needs one leaves with 2 before anything is read; plain lint needs none."""
    ran = retro(*command)
    assert ran.code == 2
    assert "`retro baseline write`" in ran.err
    assert lint(retro, plan.name)[0] == 1


def test_a_named_baseline_must_be_there_and_whole(retro: Run, plan: Path) -> None:
    """A misspelt name and a file that a merge broke are told with their place, by every command that would read it."""
    ran = retro("lint", plan.name, *NOW, "--baseline", "none.json")
    assert (ran.code, "none.json" in ran.err) == (2, True)
    plan.with_name("retro-baseline.json").write_text('{"version": 1,\n<<<<<<< HEAD\n', encoding="utf-8")
    for command in (("lint",), ("baseline", "write"), ("baseline", "prune"), ("view",)):
        ran = retro(*command, plan.name, "--now", "2027-01-04")
        assert (ran.code, "line 2" in ran.err) == (2, True), ran.err
    assert "<<<<" in plan.with_name("retro-baseline.json").read_text("utf-8")


def test_mandatory_rules_are_never_accepted(retro: Run, plan: Path) -> None:
    """Neither written nor held back once they are in a file, and the command says that they stand."""
    retro("baseline", "write", plan.name, *NOW)
    plan.with_name("retro.toml").write_text('[lint]\nmandatory = ["OWN"]\n', encoding="utf-8")
    code, document = lint(retro, plan.name)
    assert (code, [each["code"] for each in document["findings"]]) == (1, ["OWN101", "OWN101"])
    assert document["summary"]["baselined"] == 1
    ran = retro("baseline", "write", plan.name, *NOW)
    assert ran.out.splitlines()[0] == "1 remark accepted for now · 0 new · 2 taken out"
    assert "2 remarks of mandatory rules stand all the same" in ran.out


def cards_with_remarks(workspace: Any) -> dict[str, str]:
    """What stands in « retro · à revoir » on each card that has something there."""
    found = {}
    for board in workspace.server.state.boards.values():
        names = {field["id"]: field["name"] for field in board["customFields"]}
        for card in board["cards"]:
            for item in card["customFieldItems"]:
                text = item["value"].get("text", "")
                if names[item["idCustomField"]] == "retro · à revoir" and not text.startswith("[retro"):
                    found[card["id"]] = text
    return found


def test_accepted_remarks_leave_the_boards(retro: Run, workspace: Any) -> None:
    """Once all is accepted, the next night empties the remarks that retro wrote, and the one after writes nothing."""
    workspace.edit_config('{ own = ["latest", "review"], fill = ["due"] }', '{ own = ["review"] }')
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    assert cards_with_remarks(workspace)
    ran = retro(*workspace.arguments("baseline", "write"))
    assert ran.code == 0, ran.err
    assert (workspace.folder / "retro-baseline.json").exists()
    night = retro(*workspace.arguments("sync", now=workspace.clock[0] + timedelta(minutes=30)))
    assert night.code == 0, night.err
    left = "\n".join(cards_with_remarks(workspace).values())
    held = {each["code"] for each in json.loads((workspace.folder / "retro-baseline.json").read_text())["findings"]}
    assert not any(code in left for code in held)
    mark = workspace.server.log.mark()
    assert retro(*workspace.arguments("sync", now=workspace.clock[0] + timedelta(minutes=30))).code == 0
    assert workspace.server.writes(mark) == 0


def test_a_source_that_fails_loses_no_entry(retro: Run, workspace: Any) -> None:
    """Pruning while a board cannot be read takes nothing of it out, and leaves with 3."""
    retro(*workspace.arguments("baseline", "write"))
    file = workspace.folder / "retro-baseline.json"
    before = json.loads(file.read_text("utf-8"))["findings"]
    assert before
    (workspace.folder / "trello-token").write_text("0" * 64)
    ran = retro(*workspace.arguments("baseline", "prune"))
    assert ran.code == 3, ran.err
    assert json.loads(file.read_text("utf-8"))["findings"] == before
