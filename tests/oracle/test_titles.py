"""Titles, owners and descriptions with the verdicts of a marketing team: nearly all agree, and no rule is noisy.

RETRO_DATA names the folder of inputs that stands beside a checkout.
"""

import os
from pathlib import Path

import pytest
from tests.title_verdicts import Verdict, lines_of, share, shares, verdicts

pytestmark = pytest.mark.oracle

CHANNELS = ("SEO", "SEA", "Ads", "Social", "Email", "Web", "Print", "Vidéo", "Event")
CLIENTS = ("Novalys",)
LEAST = 0.95


@pytest.fixture(scope="module")
def judged() -> list[Verdict]:
    """Every line of the file, with what was said of it."""
    folder = os.environ.get("RETRO_DATA", "")
    if not folder:
        pytest.skip("RETRO_DATA names no folder of recorded inputs")
    found = verdicts(lines_of(Path(folder) / "titles.jsonl"), channels=CHANNELS, clients=CLIENTS)
    assert found
    print(shares(found))  # noqa: T201 - shown with `-s`, and where a test fails
    return found


def test_nearly_all_verdicts_are_those_of_the_team(judged: list[Verdict]) -> None:
    """At least 95 % of all lines get exactly the remarks that were expected."""
    assert share(judged) >= LEAST, shares(judged)


def test_every_silent_line_is_silent(judged: list[Verdict]) -> None:
    """Nothing is said of a line that a team finds good."""
    noisy = [verdict for verdict in judged if verdict.silent and not verdict.right]
    assert not noisy, shares(noisy)
