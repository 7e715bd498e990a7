"""`--format text=FILE`: the report as it is drawn, in a file, and nowhere else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.conftest import NOW, Ran

Retro = Callable[..., Ran]


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan of two tasks, one without an owner."""
    monkeypatch.setenv("RETRO_NOW", NOW.isoformat())
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.csv"
    path.write_text(
        "Titre;Responsable;Échéance;Statut\n[SEO] Audit;Léa;2026-12-01;À faire\n[Web] FAQ;;2026-12-08;À faire\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lint", "--exit-zero", "--end", "2027-03-01"), "OWN101"),
        (("schedule", "--end", "2027-03-01"), "[SEO] Audit"),
        (("what-if", "--end", "2027-03-01"), "2027"),
        (("week", "Léa", "--end", "2027-03-01"), "Léa"),
    ],
)
def test_text_goes_to_the_file_that_is_named(
    retro: Retro, plan: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    """The file holds what the terminal would have shown, without colours even where they are forced."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    command, *rest = words
    done = retro(command, *rest, plan, "--format", "text=out/report.txt")
    assert done.code == 0, done.err
    text = Path("out/report.txt").read_text("utf-8")
    assert said in text
    assert "\x1b" not in text
    assert said not in done.out


def test_text_stands_beside_other_formats(retro: Retro, plan: Path) -> None:
    """Text in one file, a table in another, and nothing at the terminal."""
    done = retro("lint", plan, "--exit-zero", "--format", "text=report.txt", "--format", "csv=remarks.csv")
    assert (done.code, done.out) == (0, "")
    assert Path("report.txt").read_text("utf-8")
    assert Path("remarks.csv").read_text("utf-8").startswith("code,")


def test_a_command_that_only_speaks_says_so(retro: Retro) -> None:
    """A file that would stay away is refused, with what to do instead, rather than forgotten."""
    done = retro("rules", "--format", "text=rules.txt")
    assert done.code == 2
    assert "> rules.txt" in done.err
    assert not Path("rules.txt").exists()
