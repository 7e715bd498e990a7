"""Nights over real HTTP on which nobody changed anything, and what people change about retro's own columns."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from retro.i18n import use
from retro.schedule.levelling import best
from retro.sync.decide.stamp import split

Run = Callable[..., Any]
OWN = 'write = { own = ["latest", "review"], fill = ["due"] }'


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans are levelled by the rules alone, and nobody waits for a rate limit."""
    monkeypatch.setattr(best, "_TO_SEARCH", 10**9)
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    monkeypatch.setattr("retro.run.clock.SystemClock.sleep", lambda _clock, _seconds: None)


@pytest.fixture
def applied(retro: Run, campaign_of_three: Any) -> Any:
    """Three boards, written once by hand."""
    ran = retro(*campaign_of_three.arguments("apply", "--yes"))
    assert ran.code == 0, ran.err
    return campaign_of_three


def night(retro: Run, team: Any, **later: float) -> tuple[list[dict[str, Any]], int]:
    """A night so much later: what it planned, and the requests that wrote."""
    team.on(team.clock[0] + timedelta(**later))
    planned = json.loads(retro(*team.arguments("plan", "--format", "json")).out)["changes"]
    marks = team.server.log.mark(), team.base.log.mark()
    ran = retro(*team.arguments("sync"))
    assert ran.code == 0, ran.err
    return planned, team.server.writes(marks[0]) + team.base.writes(marks[1])


def move_launch(team: Any, days: int) -> None:
    """Somebody moves the launch, which is a card."""
    (launch,) = (
        card
        for board in team.server.state.boards.values()
        for card in board["cards"]
        if "Mise en ligne" in card["name"]
    )
    due = datetime.fromisoformat(launch["due"]) + timedelta(days=days)
    launch["due"] = due.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def columns_of(team: Any) -> set[str]:
    """Names of the base's columns."""
    (source,) = team.base.state.sources.values()
    return {column["name"] for column in source["properties"].values()}


def test_only_facts_that_became_true_are_written(retro: Run, applied: Any) -> None:
    """An hour, a working day and a week later only remarks change, each fact comes once, and a second run is silent."""
    told: dict[str, set[str]] = {}
    for later in ({"hours": 1}, {"days": 1}, {"days": 7}):
        changes, writes = night(retro, applied, **later)
        assert {change["field"] for change in changes} <= {"retro_review"}
        assert (writes > 0) == bool(changes)
        for change in changes:
            before, now = (set(split(change[which])[0].splitlines()) for which in ("old", "new"))
            key = change["task"]["key"]
            assert now != before
            assert not (now - before) & told.get(key, set())
            told.setdefault(key, set()).update(now - before)
        assert night(retro, applied, minutes=30) == ([], 0)
    assert any("DAT103" in line for lines in told.values() for line in lines)


def test_renamed_own_columns_are_known_by_their_ids(retro: Run, applied: Any) -> None:
    """Retro's own fields under names of the team's are written on: no second column on cards, none in the base."""
    fields = [field for board in applied.server.state.boards.values() for field in board["customFields"]]
    ours = [field for field in fields if field["name"].startswith("retro")]
    assert len(ours) == 4
    for number, field in enumerate(ours):
        field["name"] = f"Repère {number}"
    source = str(next(iter(applied.base.state.sources)))
    applied.base.state.rename_column(source, "retro · au plus tard", "Dernier jour")
    columns = columns_of(applied)
    assert "Dernier jour" in columns
    move_launch(applied, 14)
    changes, writes = night(retro, applied, days=1)
    assert "retro_latest" in {change["field"] for change in changes}
    assert writes
    again = [field for board in applied.server.state.boards.values() for field in board["customFields"]]
    assert len(again) == len(fields)
    assert not [field for field in again if field["name"].startswith("retro")]
    assert columns_of(applied) == columns
    assert night(retro, applied, hours=1) == ([], 0)


def test_own_columns_that_were_taken_off_are_not_made_again(retro: Run, applied: Any) -> None:
    """A column of retro's that somebody removed stays away, on cards and in the base, until `--force`."""
    source = str(next(iter(applied.base.state.sources)))
    applied.base.state.drop_column(source, "retro · au plus tard")
    move_launch(applied, 14)
    changes, _writes = night(retro, applied, days=1)
    boards = {change["board"] for change in changes if change["field"] == "retro_latest"}
    assert boards
    assert not [board for board in boards if board.startswith("notion")]
    assert "retro · au plus tard" not in columns_of(applied)
    said = retro(*applied.arguments("plan")).out
    assert "Somebody took fields of retro's own off this board" in said
    forced = retro(*applied.arguments("sync", "--force"))
    assert forced.code == 0, forced.err
    assert "retro · au plus tard" in columns_of(applied)
    assert night(retro, applied, hours=1) == ([], 0)


def test_a_guest_stops_every_write_until_the_second_line(retro: Run, workspace: Any) -> None:
    """With a guest on every board nothing is written by apply or sync; the second line of a board lets retro in."""
    for board in workspace.server.state.boards.values():
        board["prefs"]["permissionLevel"] = "public"
    for command in ("apply", "sync"):
        ran = retro(*workspace.arguments(command, "--yes"))
        assert ran.code == 0, ran.err
        assert "People outside the team can see this board" in ran.out
    assert workspace.server.writes() == 0
    workspace.edit_config(OWN, f"{OWN}\nwrite_where_guests_see = true")
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    assert workspace.server.writes() > 0


def test_a_launch_in_the_past_is_held_at_the_command_line(retro: Run, applied: Any) -> None:
    """A launch card that slid a year back leaves with 3, names both dates in French, and writes nothing."""
    move_launch(applied, -365)
    marks = applied.server.log.mark(), applied.base.log.mark()
    applied.on(applied.clock[0] + timedelta(days=1))
    use("fr")
    ran = retro(*applied.arguments("sync"))
    assert ran.code == 3, ran.err
    assert "est passée au 28 janv. 2026, un jour révolu ; c’était le 28 janv. 2027" in " ".join(ran.out.split())
    assert applied.server.writes(marks[0]) + applied.base.writes(marks[1]) == 0
    forced = retro(*applied.arguments("sync", "--force"))
    assert forced.code == 0, forced.err


def test_a_first_sync_with_yes_counts_as_by_hand(retro: Run, campaign_of_three: Any) -> None:
    """`sync --yes` is a first apply: the next nights write by themselves."""
    assert retro(*campaign_of_three.arguments("sync", "--yes")).code == 0
    assert campaign_of_three.server.writes() > 0
    move_launch(campaign_of_three, 14)
    mark = campaign_of_three.server.log.mark()
    ran = retro(*campaign_of_three.arguments("sync", now=campaign_of_three.clock[0] + timedelta(days=1)))
    assert ran.code == 0, ran.err
    assert "by hand" not in ran.out
    assert campaign_of_three.server.writes(mark) > 0


def test_a_clock_that_went_back_is_held_at_the_command_line(
    retro: Run, campaign_of_three: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without `--now` a machine that thinks it is last week leaves with 3; right again, it goes on by itself."""
    monkeypatch.setattr("retro.run.clock.SystemClock.now", lambda _clock: campaign_of_three.clock[0])
    assert retro("-c", campaign_of_three.config, "apply", "--yes").code == 0
    move_launch(campaign_of_three, 14)
    campaign_of_three.on(campaign_of_three.clock[0] - timedelta(days=7))
    mark = campaign_of_three.server.log.mark()
    back = retro("-c", campaign_of_three.config, "sync")
    assert back.code == 3, back.err
    assert "which is before the last run" in " ".join((back.out + back.err).split())
    assert campaign_of_three.server.writes(mark) == 0
    # An hour that a person names is no clock, and is none to compare with.
    assert "before the last run" not in retro(*campaign_of_three.arguments("plan")).out
    campaign_of_three.on(campaign_of_three.clock[0] + timedelta(days=8))
    right = retro("-c", campaign_of_three.config, "sync")
    assert right.code == 0, right.err
    assert campaign_of_three.server.writes(mark) > 0
