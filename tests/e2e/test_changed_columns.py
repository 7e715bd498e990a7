"""What people do to the columns of a base between two nights, at the command line."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest


@pytest.fixture
def applied(retro: Callable[..., Any], campaign_of_three: Any) -> Any:
    """Three boards, written once by hand."""
    assert retro(*campaign_of_three.arguments("apply", "--yes")).code == 0
    return campaign_of_three


def base_of(workspace: Any) -> str:
    """The id of the base's data source."""
    return str(next(iter(workspace.base.state.sources)))


def next_night(retro: Callable[..., Any], workspace: Any) -> tuple[Any, dict[str, Any]]:
    """A night later: what the run says, and the findings."""
    workspace.on(workspace.clock[0] + timedelta(days=1))
    ran = retro(*workspace.arguments("sync"))
    found = json.loads(retro(*workspace.arguments("lint", "--format", "json")).out)
    return ran, found


def test_renamed_columns_change_nothing(retro: Callable[..., Any], applied: Any) -> None:
    """Renamed, the team's columns are read as before: no write, no finding, nothing stale."""
    for name, new in (("Échéance", "Pour quand"), ("Bloqué par", "Après quoi"), ("Responsable", "Main")):
        applied.base.state.rename_column(base_of(applied), name, new)
    mark = applied.base.log.mark()
    ran, found = next_night(retro, applied)
    assert ran.code == 0, ran.err
    assert applied.base.writes(mark) == 0
    assert not [each for each in found["findings"] if each["code"] == "SRC104"]


def test_a_removed_column_stops_that_board_alone(retro: Callable[..., Any], applied: Any) -> None:
    """SRC104 on that board with the line that mends it; nothing is written there, and the other boards are read."""
    applied.base.state.drop_column(base_of(applied), "Échéance")
    mark, trello = applied.base.log.mark(), applied.server.log.mark()
    applied.on(applied.clock[0] + timedelta(days=1))
    ran = retro(*applied.arguments("sync"))
    assert ran.code == 3
    assert "Échéance" in ran.err
    assert applied.base.writes(mark) == 0
    assert len(applied.server.log.since(trello)) > 0
    said = retro(*applied.arguments("lint", "--all"))
    assert "SRC104" in said.out
    assert "Traceback" not in said.err
    section = next(
        line for line in applied.config.read_text("utf-8").splitlines() if "notion" in line and line.startswith("at =")
    )
    applied.edit_config(section, f'{section}\ncolumns = {{ due = "" }}')
    assert "SRC104" not in retro(*applied.arguments("lint", "--all")).out
