"""`retro view` against a baseline: the last one set, one by its name, one in a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Retro = Callable[..., Any]
CONFIG = """
[sources.salon]
kind = "file"
path = "salon.csv"
[boards.salon]
source = "salon"
[projects.salon]
name = "Salon Bio"
boards = ["salon"]
anchors = [{ name = "Ouverture", date = 2027-03-01 }]
"""
SHEET = (
    "Tâche,Responsable,Début,Échéance,Durée (jours)\nPlaquette,Inès Duval,{start},{due},3\nStand,Hugo,,2027-02-10,2\n"
)
BEFORE, AFTER = {"start": "2027-01-27", "due": "2027-02-01"}, {"start": "2027-02-03", "due": "2027-02-08"}


@pytest.fixture
def salon(tmp_path: Path) -> Path:
    """A configuration of one sheet."""
    (tmp_path / "retro.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "salon.csv").write_text(SHEET.format(**BEFORE), encoding="utf-8")
    return tmp_path


def slip(salon: Path, end: str = "2027-03-08") -> None:
    """A week goes by: the brochure and the fair are a week later."""
    (salon / "salon.csv").write_text(SHEET.format(**AFTER), encoding="utf-8")
    (salon / "retro.toml").write_text(CONFIG.replace("2027-03-01", end), encoding="utf-8")


def page(retro: Retro, salon: Path, *arguments: object) -> str:
    """The page that a command line draws, a week later."""
    configured = () if arguments[:1] == (salon / "salon.csv",) else ("--config", salon / "retro.toml")
    out = salon / "page.html"
    ran = retro(*configured, "--now", "2027-01-18", "--lang", "en", "view", *arguments, "-o", out)
    assert (ran.code, ran.err) == (0, "")
    return out.read_text(encoding="utf-8")


def test_the_last_baseline_is_drawn_unasked(retro: Retro, salon: Path) -> None:
    """What was agreed upon stands under the bars, with the days between, per task and for the end."""
    kept = retro("--config", salon / "retro.toml", "--now", "2027-01-11", "baseline", "plan", "set", "kickoff")
    assert kept.code == 0
    slip(salon)
    made = page(retro, salon)
    assert "The end slips by 7 days (5 working days) since “kickoff”" in made
    assert made.count(">+7 d<") == 1
    assert "planned then 27 Jan to 1 Feb" in made
    assert "“kickoff” of 11 Jan 2027" in made


def test_a_plan_without_a_baseline_has_no_column_for_it(retro: Retro, salon: Path) -> None:
    """Nothing is said of baselines where none was set."""
    made = page(retro, salon)
    assert "slip" not in made.split("</style>")[1].split("<script>")[0]
    assert "since “" not in made


def test_files_are_held_against_the_baseline_of_a_file(retro: Retro, salon: Path) -> None:
    """Without a state, the baseline is named by its name, in the folder at hand, or by its file."""
    table = salon / "salon.csv"
    (salon / "retro.toml").unlink()
    assert retro("--now", "2027-01-11", "baseline", "plan", "set", "kickoff", table, "--end", "2027-03-01").code == 0
    table.write_text(SHEET.format(**AFTER), encoding="utf-8")
    for name in ("kickoff", "retro-plan-kickoff.json"):
        assert "The end slips by 7 days" in page(retro, salon, table, "--end", "2027-03-08", "--baseline", name)
    assert "The end slips" not in page(retro, salon, table, "--end", "2027-03-08")


def test_a_baseline_that_is_not_there_is_an_error(retro: Retro, salon: Path) -> None:
    """The error names those that are."""
    assert retro("--config", salon / "retro.toml", "baseline", "plan", "set", "kickoff").code == 0
    ran = retro(
        "--config", salon / "retro.toml", "--lang", "en", "view", "--baseline", "kickof", "-o", salon / "p.html"
    )
    assert ran.code == 2
    assert "kickoff" in ran.err
    assert not (salon / "p.html").exists()
