"""Pooled margins at the terminal and in JSON."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from retro.model import Assessment, Buffer, FeverPoint, Zone
from retro.report import json_schedule, schedule_text


def fever(team: Assessment, complete: float, consumed: float, zone: Zone, *, days_ago: int = 0) -> FeverPoint:
    """A point of the chart."""
    at: datetime = team.now - timedelta(days=days_ago)
    return FeverPoint(at=at, complete=complete, consumed=consumed, zone=zone)


def pooled(team: Assessment, now: FeverPoint, *past: FeverPoint) -> Assessment:
    """The team's week, its first anchor with a buffer of two days and one that feeds its chain."""
    anchor = team.schedule.anchors[0]
    own = Buffer(
        anchor=anchor.key,
        project=anchor.project,
        chain=("t:s3", "t:s4"),
        done=("t:s2",),
        minutes=2 * team.day_minutes,
        chain_minutes=10 * team.day_minutes,
        left_minutes=6 * team.day_minutes,
        start=anchor.date,
        fever=now,
        past=past,
    )
    joins = replace(own, chain=("t:s1",), feeds=True, joins="t:s4", fever=None, past=())
    return replace(team, schedule=replace(team.schedule, buffers=(own, joins)))


@pytest.mark.parametrize(
    ("consumed", "zone", "said"),
    [
        (0.25, Zone.GREEN, "Tampon de 2 jours ouvrés, consommé à 25 % pour 40 % de la chaîne faits : rien à faire"),
        (0.5, Zone.YELLOW, "consommé à 50 % pour 40 % de la chaîne faits : cherchez où regagner du temps"),
        (0.7, Zone.RED, "consommé à 70 % pour 40 % de la chaîne faits : regagnez du temps maintenant"),
        (2.8, Zone.RED, "Tampon de 2 jours ouvrés, épuisé pour 40 % de la chaîne faits : regagnez du temps maintenant"),
    ],
)
def test_one_line_an_anchor(team: Assessment, screen: Any, consumed: float, zone: Zone, said: str) -> None:
    """How long the buffer is, how much of it is used for how much work, and what to do; once."""
    terminal = screen(200)
    schedule_text.draw(pooled(team, fever(team, 0.4, consumed, zone)), terminal.console)
    words = terminal.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert said in words
    assert words.count("Tampon de") == 1


def test_what_became_of_it_since_the_last_read(team: Assessment, screen: Any) -> None:
    """Against the last day on which the boards were read; nothing where nothing moved."""
    now = fever(team, 0.4, 0.5, Zone.YELLOW)
    terminal = screen(200)
    schedule_text.draw(pooled(team, now, fever(team, 0.4, 0.38, Zone.YELLOW, days_ago=3)), terminal.console)
    assert "(+12 points depuis le " in terminal.text
    better = screen(200)
    schedule_text.draw(pooled(team, now, fever(team, 0.4, 0.51, Zone.YELLOW, days_ago=3)), better.console)
    assert "(−1 point depuis le " in better.text
    same = screen(200)
    schedule_text.draw(pooled(team, now, fever(team, 0.3, 0.5, Zone.YELLOW, days_ago=3)), same.console)
    assert "depuis le" not in same.text


def test_every_buffer_is_in_the_document(team: Assessment) -> None:
    """An anchor's own with the points of its chart, the last of which is now; one that feeds it with what it joins."""
    before = fever(team, 1 / 3, 0.125, Zone.GREEN, days_ago=1)
    made = pooled(team, fever(team, 0.4, 0.5, Zone.YELLOW), before)
    own, joins = json_schedule.document(made)["buffers"]
    assert (own["kind"], own["joins"], own["minutes"], own["chain"]) == ("project", None, 840, ["t:s3", "t:s4"])
    assert (own["done"], own["chain_minutes"], own["left_minutes"]) == (["t:s2"], 4200, 2520)
    assert [(each["complete"], each["consumed"], each["zone"]) for each in own["points"]] == [
        (0.3333, 0.125, "green"),
        (0.4, 0.5, "yellow"),
    ]
    assert own["points"][-1] == own["fever"]
    assert (joins["kind"], joins["joins"], joins["fever"], joins["points"]) == ("feeding", "t:s4", None, [])
    assert json_schedule.document(team)["buffers"] == []


def test_without_pooled_margins_nothing_is_said(team: Assessment, screen: Any) -> None:
    """A margin a task: no buffer."""
    terminal = screen(200)
    schedule_text.draw(team, terminal.console)
    assert "Tampon" not in terminal.text
