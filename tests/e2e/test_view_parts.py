"""`retro view --project`, `--client`, `--public-safe`: a page of a part, and one that may be sent out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retro.run.advised import remember_finishes

Retro = Callable[..., Any]
CONFIG = """
[sources.salon]
kind = "file"
path = "salon.csv"
[sources.cidre]
kind = "file"
path = "cidre.csv"
[boards.salon]
source = "salon"
[boards.cidre]
source = "cidre"
[projects.salon]
name = "Salon Bio"
boards = ["salon"]
client = "Maison Aubier"
anchors = [{ name = "Ouverture", date = 2027-03-01 }]
[projects.cidre]
name = "Nouveau cidre"
boards = ["cidre"]
client = "Cidrerie du Phare"
anchors = [{ name = "Mise en vente", date = 2027-04-15 }]
"""
NOW = ("--now", "2027-01-11", "--lang", "en")


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """A configuration of two clients, each with a sheet of its own."""
    folder = tmp_path / "agence"
    folder.mkdir()
    (folder / "retro.toml").write_text(CONFIG, encoding="utf-8")
    sheet = "Tâche,Responsable,Échéance,Durée (jours)\n"
    (folder / "salon.csv").write_text(
        sheet + "Plaquette,Inès Duval,2027-02-01,3\nComme pour la Cidrerie du Phare,ines@agence.example,2027-02-10,2\n",
        encoding="utf-8",
    )
    (folder / "cidre.csv").write_text(sheet + "Étiquette,Inès Duval,2027-03-01,4\n", encoding="utf-8")
    return folder


def page(retro: Retro, agency: Path, *arguments: str) -> str:
    """The page that a command line draws."""
    ran = retro("--config", agency / "retro.toml", *NOW, "view", *arguments, "-o", agency / "page.html")
    assert (ran.code, ran.err) == (0, "")
    return (agency / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", [("--project", "salon"), ("--client", "aubier"), ("--client", "Maison Aubier")])
def test_a_part_is_drawn_alone(retro: Retro, agency: Path, part: tuple[str, str]) -> None:
    """Its project and tasks are there, with their remarks; those of the other client are not."""
    drawn = page(retro, agency, *part)
    assert "Plaquette" in drawn
    assert 'id="remarks"' in drawn
    assert "Étiquette" not in drawn
    assert "Nouveau cidre" not in drawn


def test_a_page_that_is_sent_out_names_no_other_client(retro: Retro, agency: Path) -> None:
    """Not even where a title does; no remark, load or address stands on it."""
    drawn = page(retro, agency, "--client", "Maison Aubier", "--public-safe")
    assert "Plaquette" in drawn
    for hidden in ("Cidrerie", "Phare", "agence.example", 'id="remarks"', 'id="load"', "salon.csv"):
        assert hidden not in drawn


def test_the_terminal_keeps_the_same_back(retro: Retro, agency: Path) -> None:
    """What may be sent out as text is what may be sent out as a page."""
    part = ("--client", "Maison Aubier", "--public-safe", "--text")
    ran = retro("--config", agency / "retro.toml", *NOW, "view", *part)
    assert ran.code == 0
    assert "Plaquette" in ran.out
    for hidden in ("Cidrerie", "Phare", "agence.example", "cidre", "salon.csv"):
        assert hidden not in ran.out


def test_a_page_that_is_sent_out_is_for_one_client(retro: Retro, agency: Path) -> None:
    """Without a word on whose it is, nothing is written, and the error says what to add."""
    ran = retro("--config", agency / "retro.toml", *NOW, "view", "--public-safe", "-o", agency / "page.html")
    assert ran.code == 2
    assert "--client NAME" in ran.err
    assert not (agency / "page.html").exists()


def test_an_unknown_name_is_told_with_the_nearest(retro: Retro, agency: Path) -> None:
    """The exit code is that of a wrong use."""
    ran = retro("--config", agency / "retro.toml", *NOW, "view", "--project", "Salon Bia", "-o", agency / "page.html")
    assert ran.code == 2
    assert "Salon Bio" in ran.err
    assert not (agency / "page.html").exists()


def test_what_a_part_shows_is_not_taken_for_what_all_have_seen(
    retro: Retro, agency: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Advised dates are kept as known to people by the central page alone, on which they all stand."""
    kept: list[object] = []

    def remembered(*arguments: Any) -> None:
        kept.append(arguments[2])
        remember_finishes(*arguments)

    monkeypatch.setattr("retro.run.advised.remember_finishes", remembered)
    page(retro, agency, "--project", "salon")
    assert kept == []
    page(retro, agency)
    assert len(kept) == 1
