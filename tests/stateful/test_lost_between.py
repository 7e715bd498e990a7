"""A night on which dates move, killed before any write, and its state lost: the next one ends as an unbroken one would.

Remarks stand in comments of pages, whose stamps are not written in one request with the dates that they speak of.
"""

from pathlib import Path

import pytest
from tests.killed_runs import Fuse, FusedTraffic
from tests.sandbox_team import Team, Write
from tests.team_boards import BASE, BOARDS

WRITES = {**dict.fromkeys(BOARDS, Write("own = []")), BASE: Write('own = ["latest", "review"]', "comment")}


class AtWrite(Fuse):
    """Counts the requests that write, and no call of the ledger."""

    def __call__(self) -> None:
        """Let it go by."""

    def sent(self, method: str) -> None:
        """Count a request; a query of Notion's is posted and writes nothing."""
        if method == "PATCH":
            super().__call__()


def test_no_date_is_older_than_its_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No page keeps the « au plus tard » of the night before, and no comment is made twice."""
    monkeypatch.setattr(
        FusedTraffic,
        "sent",
        lambda traffic, method, _path: traffic._fuse.sent(method) if isinstance(traffic._fuse, AtWrite) else None,
    )
    team = Team(tmp_path, WRITES)
    assert team.sync().code == 0
    settled = team.cells
    team.sleep(hours=25)
    told = tmp_path / "retro.toml"
    told.write_text(told.read_text("utf-8").replace("date = 2027-03-01", "date = 2027-02-24"), "utf-8")
    kept = team.keep()
    assert team.sync().code == 0
    unbroken = team.cells
    assert sum(settled[cell] != unbroken[cell] for cell in settled if cell[1] == "retro_latest") > 0
    killed, at = True, 0
    while killed:
        at += 1
        team.go_back(kept)
        kept = team.keep()
        killed = team.sync(fuse=AtWrite(at)).code is None
        team.lose_state()
        team.sleep(hours=1)
        assert team.sync().code == 0
        assert team.cells == unbroken, at
        assert team.boards.doubles == []
    assert at > 2
    team.close()
