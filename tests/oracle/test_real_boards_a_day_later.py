"""Real boards, linted as the command does it, say the same a working day later, but for what that day decides.

RETRO_DATA names the folder of recorded inputs that stands beside a checkout.
"""

import json
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from retro.cli.app import run

pytestmark = pytest.mark.oracle

FOLDERS = ("trello", "plans")
KINDS = (".json", ".csv", ".ics")
TURN = {
    *("DAT103", "STA103", "DAT104", "DAT106", "END104", "END105", "BUF101", "BUF104", "BUF105", "GRA105", "CAP101"),
    *("RIT101", "RIT104"),
}
"""Rules whose verdict a day may change: a date passes, what is left from now on runs out, the meeting comes near."""
COUNT = {"END104", "BUF101", "CAP101"}
"""Rules whose very subject is what is left from now on."""

Said = dict[tuple[str, str, str, str], Any]


def boards() -> list[Path]:
    """Every board and plan that is there; none without the folder."""
    data = os.environ.get("RETRO_DATA")
    if not data:
        return []
    return sorted(file for name in FOLDERS for file in (Path(data) / name).iterdir() if file.suffix in KINDS)


def said(board: Path, now: date, end: date, capsys: pytest.CaptureFixture[str]) -> Said | None:
    """What is said of a board on one day, by what makes a finding the same one; None: it is not read."""
    capsys.readouterr()
    options = (
        "--profile",
        "standard",
        "--format",
        "json",
        "--exit-zero",
        "--end",
        end.isoformat(),
        "--now",
        now.isoformat(),
    )
    code = run(["lint", str(board), *options])
    if code == 2:
        return None
    assert code == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    by_identity = {(f["code"], f["subject"] or "", f["field"] or "", f["detail"] or ""): f for f in found}
    assert len(by_identity) == len(found), "no two findings are the same one"
    return {
        key: {name: f[name] for name in ("message", "params", "severity", "tasks")} for key, f in by_identity.items()
    }


@pytest.mark.parametrize("board", [pytest.param(board, id=board.name) for board in boards()] or [None])
def test_a_real_board_says_the_same_a_working_day_later(
    board: Path | None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Over a weekend and over a weekday, long before and shortly before the launch."""
    if board is None:
        pytest.skip("RETRO_DATA names no folder of recorded inputs")
    monkeypatch.chdir(tmp_path)
    for today, days, end in (
        (date(2018, 1, 5), 3, date(2018, 3, 1)),
        (date(2024, 7, 9), 1, date(2024, 8, 13)),
        (date(2026, 11, 20), 3, date(2026, 12, 1)),
    ):
        first, second = (said(board, today + timedelta(days=more), end, capsys) for more in (0, days))
        if first is None or second is None:
            pytest.skip("retro reads nothing from it")
        changed = {key for key in first.keys() & second.keys() if first[key] != second[key]}
        assert {key[0] for key in changed} <= COUNT, sorted(changed)
        assert {key[0] for key in first.keys() ^ second.keys()} <= TURN
