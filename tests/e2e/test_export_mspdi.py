"""`retro export mspdi`, `retro schedule --chance` and `--optimize`: a plan for other tools, its chance, its solver."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

Retro = Callable[..., Any]
NOW = ("--now", "2027-01-05")
SPACE = "{http://schemas.microsoft.com/project}"


@pytest.fixture
def salon(tmp_path: Path) -> Path:
    """A plan with links, people and a parent."""
    path = tmp_path / "salon.csv"
    path.write_text(
        "id,titre,responsable,jours,prédécesseurs,statut,parent\n"
        "1,Brief,Léa,2,,Terminé,\n2,Maquette,Paul,3,1,En cours,\n3,Impression,Léa,5,2FS+2j,,4\n"
        "4,Production,,,,,\n5,Envoi,Zoé,1,3 2,,\n",
        encoding="utf-8",
    )
    return path


def test_a_plan_is_written_for_microsoft_project_and_read_again(retro: Retro, salon: Path) -> None:
    """Tasks, links and dates of a sheet go into a plan, which retro itself recognises and schedules the same."""
    ran = retro("export", "mspdi", salon, "--end", "2027-03-12", "-o", "plan.xml", *NOW)
    assert (ran.code, ran.out, ran.err) == (0, "plan.xml: 4 tasks\n", "")
    tasks = {
        each.findtext(f"{SPACE}Name"): each for each in fromstring(Path("plan.xml").read_bytes()).iter(f"{SPACE}Task")
    }
    assert [tasks[name].findtext(f"{SPACE}UID") for name in ("Brief", "Envoi")] == ["1", "5"]
    assert tasks["Production"].findtext(f"{SPACE}Summary") == "1"
    before = json.loads(retro("schedule", salon, "--end", "2027-03-12", "--format", "json", *NOW).out)
    after = json.loads(retro("schedule", "plan.xml", "--format", "json", *NOW).out)
    advised = {task["title"]: task["advised_start"] for task in before["tasks"] if task["category"] == "todo"}
    starts = {task["title"]: task["earliest_start"] for task in after["tasks"]}
    assert advised
    assert {title: starts[title] for title in advised} == advised


def test_the_launch_of_an_exported_plan_is_read_again(retro: Retro, salon: Path) -> None:
    """What is read back works to the same date by itself, and so does what is exported from that."""
    retro("export", "mspdi", salon, "--end", "2027-03-12", "-o", "plan.xml", *NOW)
    retro("export", "mspdi", "plan.xml", "-o", "again.xml", *NOW)
    given = json.loads(retro("schedule", salon, "--end", "2027-03-12", "--format", "json", *NOW).out)
    open_ = {each["title"] for each in given["tasks"] if each["category"] == "todo"}
    for file in ("plan.xml", "again.xml"):
        read = json.loads(retro("schedule", file, "--format", "json", *NOW).out)
        assert [each["at"] for each in read["anchors"]] == [each["at"] for each in given["anchors"]]
        latest = [{t["title"]: t["latest_finish"] for t in of["tasks"] if t["title"] in open_} for of in (given, read)]
        assert latest[0] == latest[1]
        assert "END101" not in retro("lint", file, "--format", "concise", *NOW).out


def test_the_plan_goes_to_standard_output(retro: Retro, salon: Path) -> None:
    """Without `-o` the document alone stands on standard output."""
    ran = retro("export", "mspdi", salon, *NOW)
    assert ran.code == 0
    assert fromstring(ran.out.encode()).tag == f"{SPACE}Project"


def test_the_file_that_was_read_is_not_written_over(retro: Retro, salon: Path) -> None:
    """`-o` never names the source."""
    before = salon.read_bytes()
    ran = retro("export", "mspdi", salon, "-o", salon, *NOW)
    assert ran.code == 2
    assert salon.read_bytes() == before


def test_links_without_a_place_are_told(retro: Retro, tmp_path: Path) -> None:
    """What Microsoft Project cannot hold is told once on standard error."""
    path = tmp_path / "a.csv"
    path.write_text("id,titre,jours,prédécesseurs\n1,A,1,2\n2,B,1,1\n", encoding="utf-8")
    ran = retro("export", "mspdi", path, "-o", "a.xml", *NOW)
    assert ran.code == 0
    assert ran.err.startswith("retro: Microsoft Project has no place for 2 links")


def test_the_chance_of_a_date_is_told(retro: Retro, salon: Path) -> None:
    """`--chance` gives each date a line, and JSON a share; without it JSON says that it is unknown."""
    plan = ("schedule", salon, "--end", "2027-01-22", *NOW)
    document = json.loads(retro(*plan, "--chance", 400, "--format", "json").out)
    share = document["anchors"][0]["chance"]
    assert 0 < share < 1
    assert json.loads(retro(*plan, "--format", "json").out)["anchors"][0]["chance"] is None
    assert f"Chance of making it: {round(share * 100)}%" in retro(*plan, "--chance", 400).out


def test_without_the_solver_it_is_said_how_to_get_it(
    retro: Retro, salon: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--optimize` asks for an extra, and does nothing without levelling: both are said before anything is read."""
    monkeypatch.setattr("retro.schedule.levelling.optimal.is_installed", lambda: False)
    ran = retro("schedule", salon, "--optimize", 1, *NOW)
    assert ran.code == 2
    assert "uv tool install 'retroplan[optimize]'" in ran.err
    ran = retro("schedule", salon, "--optimize", 1, "--no-levelling", *NOW)
    assert ran.code == 2
    assert "there is nothing to optimize without levelling." in ran.err


def test_a_solved_plan_is_drawn(retro: Retro, salon: Path) -> None:
    """Where the solver is there, the plan is that of the same command without it, or one that begins later."""
    pytest.importorskip("ortools")
    plan = ("schedule", salon, "--end", "2027-03-12", "--format", "json", *NOW)
    before, after = (json.loads(retro(*plan, *more).out)["tasks"] for more in ((), ("--optimize", 0.5)))
    starts = [min(task["advised_start"] for task in tasks if task["advised_start"]) for tasks in (before, after)]
    assert starts[0] <= starts[1]
