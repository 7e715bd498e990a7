"""Columns of retro's that somebody renamed, on the night after the state was lost: none is made twice."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from tests.sandbox_team import DEFAULT, Team, Write
from tests.team_boards import BOARDS

ALL = Write('own = ["latest", "review", "start", "due", "margin"], fill = ["start", "due"]')
NEW = {"latest": "Au plus tard", "review": "À revoir", "due": "Fin conseillée"}


@pytest.fixture(params=["usual", "all"])
def team(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Team]:
    """A team whose boards retro has settled."""
    writes: Mapping[str, Write] = DEFAULT if request.param == "usual" else dict.fromkeys(BOARDS, ALL)
    found = Team(tmp_path, writes)
    assert found.sync().code == 0
    found.at += timedelta(days=1)
    assert found.sync().writes == 0
    yield found
    found.close()


@pytest.mark.parametrize("renamed", [("latest",), ("review",), ("latest", "review", "due")])
def test_a_lost_state_and_renamed_columns(team: Team, renamed: tuple[str, ...]) -> None:
    """Whatever people call them, the columns are known by the stamps: nothing is made and nothing written."""
    with team.by_hand():
        done = [team.boards.rename_column(board, own, NEW[own]) for board in BOARDS for own in renamed]
    assert any(done)
    columns = team.boards.columns
    team.lose_state()
    for days in (0, 1):
        team.at += timedelta(days=days, hours=1)
        ran = team.sync()
        assert (ran.code, ran.writes) == (0, 0), ran.out
    assert team.boards.columns == columns
