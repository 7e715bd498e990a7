"""Two thousand titles, owners and descriptions in French and English, each with the remarks that a team expects."""

from pathlib import Path

import pytest
from tests.title_verdicts import Verdict, lines_of, shares, verdicts

LINES = lines_of(Path(__file__).with_name("titles_fr_en.jsonl"))
CHANNELS = ("SEO", "SEA", "Ads", "Social", "Email", "Web", "Print", "Vidéo", "Event", "RP")
CLIENTS = ("Orfeo", "Atelier Brume")


@pytest.fixture(scope="module")
def judged() -> list[Verdict]:
    """Every line, with what was said of it."""
    return verdicts(LINES, channels=CHANNELS, clients=CLIENTS)


def test_every_line_gets_the_remarks_that_a_team_expects(judged: list[Verdict]) -> None:
    """Each title, owner and description gets exactly its codes, alone or among all the others."""
    assert all(verdict.right for verdict in judged), shares(judged)


def test_half_of_the_lines_are_silent(judged: list[Verdict]) -> None:
    """A fixture of faults alone would prove nothing about noise."""
    assert sum(verdict.silent for verdict in judged) * 2 >= len(judged)


def test_both_languages_are_there_and_no_line_twice() -> None:
    """French and English both count, and no line counts double."""
    assert {line.get("lang") for line in LINES if line["kind"] != "owner"} == {"fr", "en"}
    said = [line.get("title") or line.get("value") or line.get("description") for line in LINES]
    assert len(said) == len(set(said))
