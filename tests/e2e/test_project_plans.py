"""Microsoft Project's XML on the command line: schedule, lint, view, export, and as a configured source."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.connectors.msproject.plans import plan, task

Retro = Callable[..., Any]
NOW = ("--now", "2027-01-05")


@pytest.fixture
def launch(tmp_path: Path) -> Path:
    """Three tasks in a row, one of which is to be over too early."""
    path = tmp_path / "été" / "plan.xml"
    path.parent.mkdir()
    deadline = {"Deadline": "2027-01-05T17:00:00"}
    path.write_text(plan(task(1, 8, Name="Brief"), task(2, 16, 1, **deadline), task(3, 8, 2)), encoding="utf-8")
    return path


def test_a_plan_is_scheduled(retro: Retro, launch: Path) -> None:
    """Dates are those of the plan's own calendar and start, and what is too late has negative slack."""
    ran = retro("schedule", launch, "--format", "json", *NOW)
    assert ran.code == 0
    dates = {each["key"]: each for each in json.loads(ran.out)["tasks"]}
    assert {key: (each["earliest_start"][5:16], each["total_slack_minutes"]) for key, each in dates.items()} == {
        "plan.xml:1": ("01-04T08:00", -480),
        "plan.xml:2": ("01-05T08:00", -480),
        "plan.xml:3": ("01-07T08:00", 0),
    }


def test_a_plan_works_to_a_given_end(retro: Retro, launch: Path) -> None:
    """With --end, what nothing else bounds may end in that day's last minute."""
    ran = retro("schedule", launch, "--end", "2027-01-15", "--format", "json", *NOW)
    last = json.loads(ran.out)["tasks"][-1]
    assert (last["latest_finish"][:16], last["total_slack_minutes"]) == ("2027-01-15T17:00", 6 * 480)


@pytest.mark.parametrize("command", ["lint", "view"])
def test_a_plan_is_judged_and_drawn(retro: Retro, launch: Path, command: str) -> None:
    """The other reading commands take it as they take any file."""
    ran = retro(command, launch, *NOW)
    assert ran.code in (0, 1)
    assert ran.err == ""


def test_a_plan_survives_its_own_export(retro: Retro, launch: Path, tmp_path: Path) -> None:
    """Written as retro's JSON and read back, it has the same dates: its calendars come along."""
    copy = tmp_path / "copy.json"
    assert retro("export", "json", launch, "-o", copy, *NOW).code == 0
    first, second = (json.loads(retro("schedule", path, "--format", "json", *NOW).out) for path in (launch, copy))
    assert first["tasks"] == second["tasks"]


def test_a_plan_may_be_a_configured_source(retro: Retro, launch: Path) -> None:
    """`kind = "file"` reads it, and its calendar holds beside the configured one."""
    config = launch.parent / "retro.toml"
    config.write_text('[sources.plan]\nkind = "file"\npath = "plan.xml"\n', encoding="utf-8")
    ran = retro("--config", config, "schedule", "--format", "json", *NOW)
    assert ran.code == 0
    assert json.loads(ran.out)["tasks"][0]["earliest_finish"][5:16] == "01-04T17:00"


def test_a_broken_plan_says_where(retro: Retro, launch: Path) -> None:
    """A plan that was cut is refused with its line and what to do; the exit code is 2."""
    launch.write_text(launch.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    ran = retro("schedule", launch, *NOW)
    assert ran.code == 2
    assert "plan.xml:2" in ran.err
    assert "save it again" in ran.err
