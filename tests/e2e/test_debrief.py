"""`retro report --debrief`: what a project taught, from its boards, their history and the first baseline."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.small_team import NOW, SmallTeam, small_team

Retro = Callable[..., Any]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[SmallTeam]:
    """Two boards on look-alikes, on a Monday."""
    with small_team(tmp_path / "équipe") as found:
        yield found


def finish(team: SmallTeam, title: str) -> None:
    """Somebody is through with a card."""
    lists = (each for board in team.server.state.boards.values() for each in board["lists"])
    done = next(each["id"] for each in lists if each["name"] == "Terminé")
    team.edit_card(title, idList=done, dueComplete="true")


def baseline(team: SmallTeam, retro: Retro, name: str, days: int) -> None:
    """Keep the plan as it stands then."""
    ran = retro(*team.arguments("baseline", "plan", "set", name, now=NOW + timedelta(days=days)))
    assert ran.code == 0, ran.err


def debrief(team: SmallTeam, retro: Retro, *more: object, days: int = 14) -> str:
    """The page, so many days after the first Monday."""
    ran = retro(*team.arguments("report", "--debrief", "SITE", *more, now=NOW + timedelta(days=days)))
    assert ran.code == 0, ran.err
    said: str = ran.out
    return said


def test_a_project_is_held_against_the_plan_it_began_with(team: SmallTeam, retro: Retro) -> None:
    """Planned for the 25th, moved to the 30th, done on 7 December: the kick-off's date counts, and the move stands."""
    team.edit_card("[SEO] Texte 0", due="2026-11-25T16:00:00.000Z")
    baseline(team, retro, "avant", 0)
    baseline(team, retro, "kickoff", 1)
    team.on(NOW + timedelta(days=2))
    team.edit_card("[SEO] Texte 0", due="2026-11-30T16:00:00.000Z")
    baseline(team, retro, "apres", 3)
    team.on(NOW + timedelta(days=14))
    finish(team, "[SEO] Texte 0")
    page = debrief(team, retro)
    assert page.startswith("# Debrief of site\n\n**29 Jan 2027 · 2 tasks done · 7 still open**\n")
    assert "*Against the baseline “kickoff” of 24 Nov 2026*" in page
    assert "25 Nov → 7 Dec 2026 (12 days later)" in page
    assert "25 Nov → 30 Nov (" in page.partition("## Dates that moved")[2]
    assert "**What went well?**" in page
    assert "*Against the baseline “avant” of 23 Nov 2026*" in debrief(team, retro, "--baseline", "avant")


def test_the_oldest_baseline_stands_in_for_the_kickoff(team: SmallTeam, retro: Retro) -> None:
    """Where none is called so; where there is none at all, that is said with what to do next time."""
    assert "retro baseline plan set kickoff" in debrief(team, retro, days=0)
    baseline(team, retro, "premier", 1)
    baseline(team, retro, "second", 2)
    assert "“premier” of 24 Nov 2026" in debrief(team, retro)


def test_it_goes_to_a_file(team: SmallTeam, retro: Retro, tmp_path: Path) -> None:
    """And the terminal says where."""
    file = tmp_path / "bilan.md"
    said = debrief(team, retro, "-o", file)
    assert "The debrief is in" in said
    assert file.read_text(encoding="utf-8").startswith("# Debrief of site\n")


def test_another_files_baseline_is_not_this_ones(retro: Retro, tmp_path: Path) -> None:
    """What was kept of one sheet in a folder says nothing of another sheet there, unless it is asked for by name."""
    heading = "Tâche;Responsable;Statut;Échéance\n"
    (tmp_path / "empty" / "salon.csv").write_text(f"{heading}Brief;Léa;À faire;04/12/2026\n", encoding="utf-8")
    (tmp_path / "empty" / "site.csv").write_text(f"{heading}Maquette;Léa;À faire;04/12/2026\n", encoding="utf-8")
    assert retro("--now", "2026-11-23", "baseline", "plan", "set", "kickoff", "salon.csv").code == 0
    page = retro("--now", "2026-12-14", "report", "--debrief", "site", "site.csv").out
    assert "kickoff” of" not in page
    assert "retro baseline plan set kickoff" in page


def test_a_plan_that_tells_no_status(retro: Retro, tmp_path: Path) -> None:
    """Where nothing says what is done, that is said, and not that nothing was; a status that is told is believed."""
    sheet = tmp_path / "salon.csv"
    sheet.write_text("Tâche;Responsable;Échéance\nBrief;Léa;04/12/2026\n", encoding="utf-8")
    assert "Nothing in this plan says" in retro("--now", "2026-12-14", "report", "--debrief", "salon", sheet).out
    sheet.write_text("Tâche;Responsable;Statut;Échéance\nBrief;Léa;À faire;04/12/2026\n", encoding="utf-8")
    assert "Nothing in this plan says" not in retro("--now", "2026-12-14", "report", "--debrief", "salon", sheet).out


def test_files_have_a_debrief(retro: Retro, tmp_path: Path) -> None:
    """A sheet against the baseline that was kept of it in the same folder."""
    sheet = tmp_path / "salon.csv"
    heading = "Tâche;Responsable;Statut;Échéance;Terminé le\n"
    sheet.write_text(f"{heading}Brief;Léa;À faire;04/12/2026;\n", encoding="utf-8")
    assert retro("--now", "2026-11-23", "baseline", "plan", "set", "kickoff", sheet).code == 0
    sheet.write_text(f"{heading}Brief;Léa;Terminé;04/12/2026;08/12/2026\nBadges;Léa;À faire;;\n", encoding="utf-8")
    ran = retro("--now", "2026-12-14", "report", "--debrief", "salon", sheet)
    assert ran.code == 0, ran.err
    assert "“kickoff” of 23 Nov 2026" in ran.out
    assert "**1 task added**" in ran.out
    assert "“Badges”" in ran.out


def test_an_unknown_project_is_told_with_those_there_are(team: SmallTeam, retro: Retro) -> None:
    """And one that a baseline does not know is held against none."""
    ran = retro(*team.arguments("report", "--debrief", "Salon"))
    assert ran.code == 2
    assert "--debrief" in ran.err
    assert "site" in ran.err
