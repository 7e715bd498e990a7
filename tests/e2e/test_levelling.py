"""Nobody is given two things at once, over all boards together, and what was advised stays as it was."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Retro = Callable[..., Any]
END = ("--end", "2027-03-01")
NOW = ("--now", "2027-01-04")
SITE = """\
id,Titre,Responsable,Charge (jours),Après,Priorité
1,Brief,Léa Martin,2,,
2,Maquette,Karim Benali,5,1,
3,Textes,Léa Martin,4,1,
4,Flyer,Léa Martin,3,,Haute
5,Page web,Karim Benali,4,2;3,
"""
FILM = """\
id,Titre,Responsable,Charge (jours),Après
1,Vidéo,Léa Martin,5,
2,Sous-titres,Léa Martin,2,1
3,Affiche,Graphiste,3,
4,Vignette,Graphiste,3,
5,Bannière,Graphiste,3,
"""


@pytest.fixture
def boards(tmp_path: Path) -> Path:
    """Two sheets of one team, and a retro.toml over them that says how many graphic designers there are."""
    (tmp_path / "site.csv").write_text(SITE, encoding="utf-8")
    (tmp_path / "film.csv").write_text(FILM, encoding="utf-8")
    (tmp_path / "retro.toml").write_text(
        "\n".join(
            [
                "[teams.graphistes]\nname = 'Graphiste'\nsize = 2",
                *(
                    f"[sources.{name}]\nkind = 'file'\npath = '{name}.csv'\n[boards.{name}]\nsource = '{name}'"
                    for name in ("site", "film")
                ),
                *(
                    f"[projects.{name}]\nboards = ['{name}']\nanchors = [{{ name = '{name}', date = 2027-03-01 }}]"
                    for name in ("film", "site")
                ),
            ]
        ),
        encoding="utf-8",
    )
    return tmp_path


def spans(retro: Retro, *arguments: object) -> dict[str, tuple[list[str], str, str]]:
    """Of each task by title: its owners, and its advised start and finish."""
    ran = retro("schedule", "--format", "json", *arguments)
    assert ran.code == 0, ran.err
    tasks = json.loads(ran.out)["tasks"]
    return {each["title"]: (each["owners"], each["advised_start"], each["advised_finish"]) for each in tasks}


def at_once(found: dict[str, tuple[list[str], str, str]], owner: str) -> int:
    """How many of somebody's tasks go on at the same time, at most."""
    mine = [(start, finish) for owners, start, finish in found.values() if owner in owners]
    return max(sum(start <= moment < finish for start, finish in mine) for moment, _finish in mine)


def test_one_person_over_two_boards(retro: Retro, boards: Path) -> None:
    """Whoever is on two boards does one thing at a time; without levelling, several."""
    given = (boards / "site.csv", boards / "film.csv", *END, *NOW)
    levelled, loose = spans(retro, *given), spans(retro, *given, "--no-levelling")
    assert at_once(levelled, "Léa Martin") == 1
    assert at_once(loose, "Léa Martin") > 1
    assert all(levelled[title][2] <= loose[title][2] for title in loose)


def test_levelled_dates_do_not_depend_on_the_clock(retro: Retro, boards: Path) -> None:
    """The same boards give the same advised dates on any day."""
    given = (boards / "site.csv", boards / "film.csv", *END)
    assert spans(retro, *given, *NOW) == spans(retro, *given, "--now", "2027-02-24")


def test_a_role_has_so_many_hands(retro: Retro, boards: Path) -> None:
    """Two graphic designers do two things at once, and no third."""
    found = spans(retro, "-c", boards / "retro.toml", *NOW)
    assert at_once(found, "Graphiste") == 2
    assert at_once(spans(retro, "-c", boards / "retro.toml", *NOW, "--no-levelling"), "Graphiste") == 3


def test_the_first_project_keeps_its_dates(retro: Retro, boards: Path) -> None:
    """The first project of the configuration is not moved for the sake of the second."""
    config = ("-c", boards / "retro.toml", *NOW)
    levelled, loose = spans(retro, *config), spans(retro, *config, "--no-levelling")
    assert [title for title in ("Vidéo", "Sous-titres") if levelled[title] != loose[title]] == []
    assert levelled["Textes"] != loose["Textes"]


def test_levelling_may_be_switched_off(retro: Retro, boards: Path) -> None:
    """With `levelling = false` dates are those of `--no-levelling`."""
    config = boards / "retro.toml"
    without = spans(retro, "-c", config, *NOW, "--no-levelling")
    config.write_text(config.read_text(encoding="utf-8") + "\n[schedule]\nlevelling = false\n", encoding="utf-8")
    assert spans(retro, "-c", config, *NOW) == without


def test_the_text_tells_what_levelling_did(retro: Retro, boards: Path) -> None:
    """How many tasks moved is said, and nothing of it without levelling."""
    given = ("schedule", boards / "site.csv", boards / "film.csv", *END, *NOW)
    assert "advised earlier, so that nobody has more work" in retro(*given).out
    assert "advised earlier" not in retro(*given, "--no-levelling").out


def test_the_bottleneck_is_named(retro: Retro, boards: Path) -> None:
    """Where levelling makes a plan begin before today, the text says whose work it is."""
    given = ("schedule", boards / "site.csv", boards / "film.csv", "--end", "2027-01-22", "--now", "2027-01-08")
    said = " ".join(retro(*given).out.split())
    assert "Léa Martin has 16 working days of work by 22 Jan 2027, and time for 8.8 working days" in said
    assert re.search(r"levelled, the plan should have begun on \d+ Dec 2026", said)


def test_what_was_shown_stays(retro: Retro, boards: Path) -> None:
    """A plan that people saw is proposed again; only what must move does when a task is added."""
    config = ("-c", boards / "retro.toml", *NOW)
    assert retro("view", *config, "-o", boards / "page.html").code == 0
    before = spans(retro, *config)
    film = boards / "film.csv"
    film.write_text(film.read_text(encoding="utf-8") + "6,Légende,Graphiste,1,\n", encoding="utf-8")
    after = spans(retro, *config)
    assert {title: after[title] for title in before if "Graphiste" not in before[title][0]} == {
        title: span for title, span in before.items() if "Graphiste" not in span[0]
    }
