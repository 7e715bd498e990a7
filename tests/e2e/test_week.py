"""`retro week`: one person's week over live boards, and over files without any configuration."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.small_team import NOW, SmallTeam, small_team

from retro.i18n import use

Retro = Callable[..., Any]
SHEET = "Tâche;Responsable;Échéance\nBrief;Léa Martin;23/11/2026\nMaquette;Ada Roy;20/11/2026\n"


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallTeam]:
    """Two boards on look-alikes, on a Monday; nobody waits for a rate limit."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    with small_team(tmp_path / "équipe") as found:
        yield found


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A plan of two people in a file."""
    file = tmp_path / "plan de l’été.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def test_a_name_needs_no_quotes(team: SmallTeam, retro: Retro) -> None:
    """Words are one name; case, accents and the rest of it may be left out."""
    for words in (("Léa", "Martin"), ("Léa Martin",), ("lea",)):
        ran = retro(*team.arguments("week", *words))
        assert (ran.code, ran.out.splitlines()[0]) == (0, "My week · Léa Martin · 23 Nov 2026"), ran.err


def test_without_a_name_people_are_listed(team: SmallTeam, retro: Retro) -> None:
    """By name, with what to write."""
    ran = retro(*team.arguments("week"))
    assert ran.code == 2
    assert 'Name one: `retro week "Alix Morel"`. There are: Alix Morel, Léa Martin.' in ran.err
    ran = retro(*team.arguments("week", "Lea", "Martn"))
    assert ran.code == 2
    assert "Léa Martin" in ran.err


def test_what_retro_filled_in_is_told(team: SmallTeam, retro: Retro) -> None:
    """Once dates stand on her cards that she did not have to look for; the state remembers them offline too."""
    assert "By retro" not in retro(*team.arguments("week", "Léa")).out
    later = NOW + timedelta(hours=2)
    assert retro(*team.arguments("apply", "--yes", now=later)).code == 0
    ran = retro(*team.arguments("week", "Léa", now=later + timedelta(minutes=20)))
    assert "By retro since 16 Nov: 4 dates filled in" in ran.out
    offline = retro(*team.arguments("--offline", "week", "Léa", now=later + timedelta(minutes=30)))
    assert "4 dates filled in" in offline.out
    assert "data of" in offline.out


def test_files_need_no_configuration(sheet: Path, retro: Retro) -> None:
    """A sheet and a name, in any order; what is late is told, and what was due to others is not."""
    for words in (("Ada", sheet), (sheet, "Ada")):
        ran = retro("--now", "2026-11-23", "week", *words)
        assert ran.code == 0, ran.err
        assert "Maquette" in ran.out
        assert "Brief" not in ran.out
        assert "Late" in ran.out


def test_formats_go_to_files(sheet: Path, retro: Retro, tmp_path: Path) -> None:
    """Text on the terminal, Markdown and JSON beside it; another format is refused."""
    page, data = tmp_path / "semaine.md", tmp_path / "semaine.json"
    ran = retro(
        *("--now", "2026-11-23", "week", "Léa", sheet, "--format", "text"),
        *("--format", f"markdown={page}", "--format", f"json={data}"),
    )
    assert ran.code == 0
    assert ran.out.startswith("My week · Léa Martin")
    assert page.read_text(encoding="utf-8").startswith("# My week · Léa Martin · 23 Nov 2026\n")
    document = json.loads(data.read_text(encoding="utf-8"))
    assert [each["task"]["title"] for each in document["due"]] == ["Brief"]
    assert document["saved"] is None
    ran = retro("week", "Léa", sheet, "--format", "html")
    assert (ran.code, "text, markdown, json" in ran.err) == (2, True)


def test_a_file_that_is_missing_is_no_name(retro: Retro) -> None:
    """What ends like a file is one: the error says that it is not there."""
    ran = retro("week", "Léa", "plan.csv")
    assert ran.code != 0
    assert "plan.csv" in ran.err
    assert "nobody is called" not in ran.err


def test_it_speaks_french(sheet: Path, retro: Retro) -> None:
    """The language of the terminal is that of the week."""
    use("fr")
    ran = retro("--now", "2026-11-23", "week", "Ada", sheet)
    assert ran.out.startswith("Ma semaine · Ada Roy · 23 nov. 2026")
    assert "En retard" in ran.out
