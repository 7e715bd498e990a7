"""Kubernetes 1.33 before and after its release slipped: what a baseline of the one plan tells of the other."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retro.cli.app import run
from retro.i18n import use

pytestmark = pytest.mark.oracle

BEFORE = "kubernetes_1.33_timeline_before_slip.csv"
AFTER = "kubernetes_1.33_timeline.csv"
MOVED = 25
"""Rows of one title on both, read by hand, whose day is another."""


@pytest.fixture
def plans() -> Path:
    """Where the plans are."""
    data = os.environ.get("RETRO_DATA")
    if not data or not (Path(data) / "plans" / BEFORE).exists():
        pytest.skip("no plans here")
    return Path(data) / "plans"


@pytest.fixture
def slip(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    """The slip of the second plan from the first, as JSON."""
    monkeypatch.chdir(tmp_path)
    use("en")
    assert run(["--now", "2025-01-13", "baseline", "plan", "set", "kickoff", str(plans / BEFORE)]) == 0
    capsys.readouterr()
    show = ["--now", "2025-03-13", "baseline", "plan", "show", "kickoff", str(plans / AFTER), "--format", "json"]
    assert run(show) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_the_end_slips_by_seven_days(slip: dict[str, Any]) -> None:
    """The release goes from 16 to 23 April 2025: seven days, and four worked ones around Easter Monday."""
    end = slip["projects"][0]["end"]
    assert (end["was"]["date"], end["now"]["date"], end["days"]) == ("2025-04-16", "2025-04-23", 7)
    assert end["now"]["name"] == "v1.33.0 released"
    assert end["working_days"] == 4


def test_what_moved_with_it(slip: dict[str, Any]) -> None:
    """Twenty-five rows moved, none earlier, by one to three weeks; one went, and one was given a date that can be."""
    moved = [task for task in slip["tasks"] if task["change"] == "moved"]
    assert len(moved) == MOVED
    assert {task["days"] for task in moved} == {7, 14, 21}
    by_title = {task["task"]["title"]: task for task in moved}
    freeze = by_title["Begin [Code Freeze] and [Test Freeze]"]
    assert (date.fromisoformat(freeze["now"]) - date.fromisoformat(freeze["was"])).days == freeze["days"] == 14
    assert by_title["Call for [Exceptions](Exception)"]["title_was"] == "Call for [Exceptions][Exception]"
    others = {task["change"]: task["task"]["title"] for task in slip["tasks"] if task["change"] != "moved"}
    assert others == {"gone": "Release Highlights complete", "dated": "Begin APAC-friendly meetings"}


def test_the_meeting_hears_of_it(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """The notes tell the end's seven days, every date that moved by name or in a count, and by how much."""
    monkeypatch.chdir(tmp_path)
    use("en")
    assert run(["--now", "2025-01-13", "baseline", "plan", "set", "kickoff", str(plans / BEFORE)]) == 0
    capsys.readouterr()
    report = ["--now", "2025-03-13", "report", "--meeting", str(plans / AFTER), "--baseline", "kickoff"]
    assert run(report) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 40
    assert any("The end slips by 7 days (4 working days) · 16 Apr → 23 Apr 2025" in line for line in lines)
    since = lines[lines.index("## Since 13 Jan 2025") + 1 :]
    assert "- “Start final draft of Release Notes” · 18 Mar → 8 Apr (+21 d)" in since
    moved = sum(" → " in line and line.endswith(" d)") for line in since)
    (rest,) = (int(line.split()[1]) for line in since if line.endswith(" others moved"))
    assert moved + rest == MOVED
