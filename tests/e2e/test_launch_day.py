"""A card that is the launch, or the closing, may be due on the date itself: no margin is missing there."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.conftest import NOW, Ran

Retro = Callable[..., Ran]


def _plan(folder: Path, last: str) -> Path:
    """Two tasks with room, and a last one on the day of the launch."""
    path = folder / "plan.csv"
    path.write_text(
        "Titre;Responsable;Échéance;Statut\n"
        "[Web] Maquettes;Léa;15/01/2027;À faire\n"
        "[Web] Page tarifs;Léa;15/02/2027;À faire\n"
        f"{last};Léa;10/03/2027;À faire\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a date before the plan, with no configuration around."""
    monkeypatch.setenv("RETRO_NOW", NOW.isoformat())
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("last", ["Mise en ligne", "[Web] Mise en ligne du site", "Clôture projet", "Project closure"])
def test_the_end_itself_is_due_on_its_day(retro: Retro, tmp_path: Path, last: str) -> None:
    """Neither the verdict nor a remark wants a margin between the launch and its own card."""
    plan = _plan(tmp_path, last)
    report = retro("lint", plan, "--end", "2027-03-10", "--exit-zero")
    assert "On time" in report.out.splitlines()[0]
    done = retro("lint", plan, "--end", "2027-03-10", "--select", "BUF", "--exit-zero", "--format", "json")
    assert json.loads(done.out)["findings"] == []


def test_work_on_that_day_leaves_no_margin(retro: Retro, tmp_path: Path) -> None:
    """What is no launch and is due that day uses up the margin: verdict and remark agree."""
    plan = _plan(tmp_path, "[Web] Blog")
    report = retro("lint", plan, "--end", "2027-03-10", "--exit-zero")
    assert "On time" not in report.out.splitlines()[0]
    done = retro("lint", plan, "--end", "2027-03-10", "--select", "BUF101", "--exit-zero", "--format", "json")
    assert [each["task"]["title"] for each in json.loads(done.out)["findings"]] == ["[Web] Blog"]
