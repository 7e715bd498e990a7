"""`retro lint FILE` at a terminal asks once for the date that cannot move; never elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.conftest import NOW, Ran

Retro = Callable[..., Ran]


class Person:
    """Somebody who answers, and counts the questions."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def prompt(self, question: str, **_more: object) -> str:
        """The next answer."""
        self.asked.append(question)
        return self.answers.pop(0)


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan without a date to work to."""
    monkeypatch.setenv("RETRO_NOW", NOW.isoformat())
    path = tmp_path / "plan d’été.csv"
    path.write_text(
        "Titre;Responsable;Échéance;Statut\n"
        "[SEO] Articles;Léa;2026-12-01;À faire\n"
        "[SEO] Pages;Léa;2026-12-08;À faire\n",
        encoding="utf-8",
    )
    return path


def _sits(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    monkeypatch.setattr("retro.cli.asking.may_ask", lambda: True)
    monkeypatch.setattr("typer.prompt", person.prompt)


def test_the_launch_is_asked_once(retro: Retro, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no date is asked for again; then the plan is judged by the date, as with --end."""
    person = Person("soon", "01/03/2027")
    _sits(monkeypatch, person)
    done = retro("lint", plan, "--exit-zero")
    assert len(person.asked) == 2
    assert "Write it as 2027-03-01" in done.out
    assert "END101" not in done.out
    monkeypatch.undo()
    monkeypatch.setenv("RETRO_NOW", NOW.isoformat())
    monkeypatch.setenv("COLUMNS", "100")
    assert done.out.endswith(retro("lint", plan, "--end", "2027-03-01", "--exit-zero").out)


def test_without_one_it_goes_on(retro: Retro, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty answer is one: the same report as where nobody is asked."""
    alone = retro("lint", plan, "--exit-zero")
    person = Person("")
    _sits(monkeypatch, person)
    done = retro("lint", plan, "--exit-zero")
    assert len(person.asked) == 1
    assert done.out == alone.out


@pytest.mark.parametrize(
    "options", [("--end", "2027-03-01"), ("--format", "json"), ("--format", "text=remarks.txt"), ("--quiet",)]
)
def test_nothing_is_asked_where_a_program_reads(
    retro: Retro, plan: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    """With a date on the command line, or a report that is not for the screen, there is no question."""
    person = Person()
    _sits(monkeypatch, person)
    assert retro("lint", plan, "--exit-zero", *options).code == 0
    assert not person.asked


def test_a_plan_with_a_launch_is_not_asked_for_one(retro: Retro, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that says when it launches has its date."""
    plan.write_text(f"Mise en ligne : 01/03/2027\n\n{plan.read_text('utf-8')}", encoding="utf-8")
    person = Person()
    _sits(monkeypatch, person)
    assert retro("lint", plan, "--exit-zero").code == 0
    assert not person.asked


def test_nobody_is_asked_through_a_pipe(retro: Retro, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests have no terminal, and neither have cron jobs: a question would hold them for ever."""
    person = Person()
    monkeypatch.setattr("typer.prompt", person.prompt)
    assert retro("lint", plan, "--exit-zero").code == 0
    assert not person.asked
