"""`retro what-if` on the command line: from files and from configured boards, with nothing written anywhere."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.connectors.msproject.plans import plan, task

Retro = Callable[..., Any]
NOW = ("--now", "2027-01-04")
PLAN = """id,title,owner,estimate (days),depends
1,Brief,Ada Martin,2,
2,Maquette,Ada Martin,3,1
3,Impression,Bob Durand,4,2
4,Impression des badges,Bob Durand,1,
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Four tasks of two people, three of them in a row."""
    path = tmp_path / "été" / "plan du salon.csv"
    path.parent.mkdir()
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_slip_on_one_screen(retro: Retro, sheet: Path) -> None:
    """The question, the verdict of the date, and what moves; the file is as it was."""
    ran = retro("what-if", sheet, "--end", "2027-01-29", "--slip", "Maquette=5", *NOW)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "What if “Maquette” took 5 working days more?"
    assert lines[1] == "plan du salon · 29 Jan 2027 · The date holds: 11 → 6 working days of margin"
    assert any(line.startswith("Brief ") and "−6" in line for line in lines)
    assert len(lines) <= 24
    assert sheet.read_text(encoding="utf-8") == PLAN
    assert list(sheet.parent.iterdir()) == [sheet]


def test_several_suppositions_make_one_plan(retro: Retro, sheet: Path) -> None:
    """Everything at once, as JSON."""
    ran = retro(
        *("what-if", sheet, "--end", "2027-01-22", "--instead-of", "2027-01-29", "--slip", "Maquette=2d"),
        *("--away", "Ada Martin=2027-01-11..2027-01-15", "--add", "15 visuels=30h", "--owner", "bob durand"),
        *("--format", "json", *NOW),
    )
    assert ran.code == 0
    document = json.loads(ran.out)
    assert [change["kind"] for change in document["changes"]] == ["end", "slip", "away", "add"]
    assert document["anchors"][0]["before"]["date"] == "2027-01-29"
    assert document["anchors"][0]["after"]["date"] == "2027-01-22"
    assert document["moved"][0]["title"] == "15 visuels"
    assert document["moved"][0]["owners"] == ["Bob Durand"]
    assert {move["title"] for move in document["moved"]} >= {"Brief", "Maquette"}


def test_both_formats_at_once(retro: Retro, sheet: Path, tmp_path: Path) -> None:
    """The screen for the meeting, and a file for a script."""
    file = tmp_path / "out.json"
    arguments = ("--end", "2027-01-29", "--slip", "Brief=1")
    ran = retro("what-if", sheet, *arguments, "--format", "text", "--format", f"json={file}", *NOW)
    assert ran.code == 0
    assert "What if" in ran.out
    assert json.loads(file.read_text(encoding="utf-8"))["version"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing is supposed"),
        (("--slip", "badge"), "lacks a name, an equals sign or a value"),
        (("--slip", "im=1"), '"im" is in 2 names'),
        (("--slip", "Affiche=1"), "There are: Brief (Ada Martin"),
        (("--slip", "Maquete=1"), "Did you mean Maquette"),
        (("--away", "Eda Martin=2027-01-11"), "Did you mean Ada Martin"),
        (("--away", "Ada=2027-02-30"), "is no date"),
        (("--add", "x=1d", "--owner", "Zoe"), 'nobody is called "Zoe"'),
        (("--add", "x=1d", "--owner", "Ada", "--owner", "Bob"), "2 --owner for 1 --add"),
        (("--end", "2027-01-29", "--instead-of", "soon"), "--instead-of"),
        (("--slip", "Brief=1", "--format", "csv"), "no format"),
    ],
)
def test_what_is_not_clear_is_a_usage_error(retro: Retro, sheet: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit code 2, on one line of standard error, before anything is drawn."""
    ran = retro("what-if", sheet, *arguments, *NOW)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def test_a_part_of_a_title_that_one_task_has_will_do(retro: Retro, sheet: Path) -> None:
    """And a whole title goes before longer ones that hold it."""
    for words, title in (("badges", "Impression des badges"), ("IMPRESSION", "Impression")):
        ran = retro("what-if", sheet, "--end", "2027-01-29", "--slip", f"{words}=1", "--format", "json", *NOW)
        assert json.loads(ran.out)["changes"][0]["task"]["title"] == title


def test_help_shows_examples(retro: Retro) -> None:
    """And every option."""
    ran = retro("what-if", "--help")
    assert ran.code == 0
    assert "Examples" in ran.out
    assert all(option in ran.out for option in ("--end", "--slip", "--away", "--add", "--owner", "--instead-of"))


def test_a_plan_of_microsoft_project(retro: Retro, tmp_path: Path) -> None:
    """What began, what stands by hand and what is computed slip alike; people keep their own calendars."""
    path = tmp_path / "plan.xml"
    path.write_text(plan(task(1, 8, Name="Brief"), task(2, 16, 1, Name="Texte"), task(3, 8, 2)), encoding="utf-8")
    ran = retro("what-if", path, "--slip", "Texte=1", "--format", "json", *NOW)
    assert ran.code == 0
    moved = {move["key"]: move["minutes"] for move in json.loads(ran.out)["moved"]}
    assert moved["plan.xml:3"] == 480
    ended = retro("what-if", path, "--end", "2027-01-15", "--slip", "Texte=1", "--format", "json", *NOW)
    anchor = json.loads(ended.out)["anchors"][0]
    assert anchor["before"]["slack_minutes"] - anchor["after"]["slack_minutes"] == 480


def test_configured_boards_with_an_end_of_their_own(retro: Retro, tmp_path: Path, sheet: Path) -> None:
    """The configuration's date against another one, its calendar and people; the second answer is the first."""
    config = tmp_path / "retro.toml"
    config.write_text(
        f"""
[workspace]
lang = "en"
[sources.plan]
kind = "file"
path = "{sheet.as_posix()}"
[boards.salon]
source = "plan"
[people.ada]
name = "Ada Martin"
aliases = ["AM"]
[projects.salon]
boards = ["salon"]
anchors = [{{ name = "Opening", date = 2027-01-29 }}]
""",
        encoding="utf-8",
    )
    arguments = ("what-if", "-c", config, "--end", "2027-01-22", "--away", "am=2027-01-11..2027-01-15", *NOW)
    first, second = retro(*arguments), retro(*arguments)
    assert first.code == 0, first.err
    assert "29 Jan 2027 → 22 Jan 2027" in first.out
    assert "What if Ada Martin were away from 11 Jan 2027 to 15 Jan 2027?" in first.out
    assert first.out == second.out
    shown = json.loads(retro("schedule", "-c", config, "--format", "json", *NOW).out)
    assert shown["anchors"][0]["date"] == "2027-01-29"


def test_live_boards_are_only_read(retro: Retro, workspace: Any) -> None:
    """Nothing but reads goes over the wire, no run is logged, and the next schedule is what it was before."""
    schedule = workspace.arguments("schedule", "--format", "json")
    before = retro(*schedule).out
    title = next(each["title"] for each in json.loads(before)["tasks"] if each["category"] == "todo")
    mark = len(workspace.server.requests_since(0))
    ran = retro(*workspace.arguments("what-if", "--slip", f"{title}=10", "--add", "15 visuels=30h"))
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) <= 24
    requests = workspace.server.requests_since(mark)
    assert {request.method for request in requests} == {"GET"}
    assert retro(*schedule).out == before
